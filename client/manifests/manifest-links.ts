import {
  type Definition,
  type DefinitionProvider,
  Disposable,
  DocumentLink,
  type DocumentLinkProvider,
  type Location,
  l10n,
  languages,
  type Position,
  Range,
  type TextDocument,
  Uri,
} from 'vscode';
import type { LanguageServer } from '../language-server.js';
import { locationOf, type ManifestDocuments, manifestScheme } from './manifest-documents.js';
import { generatedFrom, rootFileOf, treePathOf } from './model-of-manifest.js';

/** `drml.dev/source: shop.drml#L42`, as the generator writes it. */
const annotation = /drml\.dev\/source:\s*"?([^"#\r\n]+\.drml)#L(\d+)"?/g;

/** From manifests to the model: the annotation is a link, and the definition of a field is the statement that it follows from. */
export class ManifestLinks implements DocumentLinkProvider, DefinitionProvider, Disposable {
  readonly #server: LanguageServer;
  readonly #documents: ManifestDocuments;
  readonly #subscriptions: Disposable;

  constructor(server: LanguageServer, documents: ManifestDocuments) {
    this.#server = server;
    this.#documents = documents;
    const manifests = [{ language: 'yaml' }, { scheme: manifestScheme }];
    this.#subscriptions = Disposable.from(
      languages.registerDocumentLinkProvider(manifests, this),
      languages.registerDefinitionProvider(manifests, this),
    );
  }

  async provideDocumentLinks(document: TextDocument): Promise<DocumentLink[]> {
    const text = document.getText();
    const found = [...text.matchAll(annotation)];
    if (found.length === 0) return [];
    const root = await this.#rootOf(document);
    if (root === undefined) return [];
    return found.map((match) => {
      const [whole, path = '', line = ''] = match;
      const written = match.index + whole.indexOf(path);
      const range = new Range(document.positionAt(written), document.positionAt(written + `${path}#L${line}`.length));
      const link = new DocumentLink(range, Uri.joinPath(root, '..', path).with({ fragment: `L${line}` }));
      link.tooltip = l10n.t('Open the model');
      return link;
    });
  }

  async provideDefinition(document: TextDocument, { line }: Position): Promise<Definition | undefined> {
    const placeOf =
      document.uri.scheme === manifestScheme
        ? (at: number): Location | undefined => this.#documents.placeOf(document.uri, at)
        : await this.#placesOnDisk(document);
    if (placeOf === undefined) return undefined;
    for (const at of linesAround(document, line)) {
      const place = placeOf(at);
      if (place !== undefined) return place;
    }
    return undefined;
  }

  async #rootOf(document: TextDocument): Promise<Uri | undefined> {
    return document.uri.scheme === manifestScheme ? this.#documents.rootOf(document.uri) : rootFileOf(document);
  }

  /** Places of the lines of a file on disk, where it is as the model generates it now. */
  async #placesOnDisk(document: TextDocument): Promise<((line: number) => Location | undefined) | undefined> {
    if (generatedFrom(document) === undefined) return undefined;
    const [root, path] = await Promise.all([rootFileOf(document), treePathOf(document.uri)]);
    if (root === undefined || path === undefined) return undefined;
    const { text, lines } = await this.#server.manifestText({ uri: root.toString(), of: { path } });
    const generated = text?.split('\n');
    return (at) => {
      const found = lines.find((one) => one.line === at);
      // A line that says something else no longer follows from the model.
      return found === undefined || generated?.[at]?.trim() !== document.lineAt(at).text.trim() ? undefined : locationOf(found);
    };
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

/** A line, and the lines of the fields that it lies in, the nearest first: what a probe asks follows from the probe. */
function* linesAround(document: TextDocument, line: number): Iterable<number> {
  const depthOf = (at: number): number => document.lineAt(at).text.search(/[^\s-]|$/);
  let depth = depthOf(line);
  yield line;
  for (let at = line - 1; at >= 0 && depth > 0; at -= 1) {
    if (/^\s*(#|$)/.test(document.lineAt(at).text)) continue;
    if (document.lineAt(at).text.startsWith('---')) return;
    if (depthOf(at) >= depth) continue;
    depth = depthOf(at);
    yield at;
  }
}
