import {
  DefaultDocumentBuilder,
  type DocumentBuildListener,
  DocumentState,
  interruptAndCheck,
  type LangiumDocument,
  type URI,
} from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import { CancellationToken } from 'vscode-languageserver';
import { fileOf, importsOf } from '../../language/syntax/imports.js';
import { EditInPlace } from '../../language/syntax/incremental/edit-in-place.js';
import { LimitedDocuments } from './document-limits.js';
import type { DebouncedDocumentUpdates } from './document-updates.js';

type BuildOptions = DefaultDocumentBuilder['updateBuildOptions'];

/**
 * Langium's builder with these differences:
 * - it reads files that are imported from outside the workspace;
 * - when the names or imports of a file change, every file that sees it through imports, directly or not, is linked and checked
 *   again (Langium follows references only, one hop, and misses names that appear or vanish);
 * - a wait for a state first flushes the changes that the debounce still holds;
 * - an edit inside one top-level element reads, links and checks that element alone, in one go and without setting anything back;
 * - phase listeners hear also of builds in which nothing had to be rebuilt (after a deletion), so that nobody waits for ever.
 */
export class ImportingDocumentBuilder extends DefaultDocumentBuilder {
  private readonly updates: () => Pick<DebouncedDocumentUpdates, 'flush'>;
  private readonly signatures = new Map<string, string>();
  private readonly deletedFiles = new Set<string>();
  private inPlace: EditInPlace | undefined;

  constructor(services: LangiumSharedServices, updates: () => Pick<DebouncedDocumentUpdates, 'flush'>) {
    super(services);
    this.updates = updates;
    this.onUpdate((_changed, deleted) => {
      for (const uri of deleted) this.deletedFiles.add(uri.toString());
    });
  }

  override waitUntil(state: DocumentState, cancelToken?: CancellationToken): Promise<void>;
  override waitUntil(state: DocumentState, uri?: URI, cancelToken?: CancellationToken): Promise<URI>;
  override async waitUntil(state: DocumentState, target?: URI | CancellationToken, token?: CancellationToken): Promise<unknown> {
    await this.updates().flush();
    if (target === undefined || CancellationToken.is(target)) return super.waitUntil(state, target ?? token);
    return super.waitUntil(state, target, token);
  }

  override async update(changed: URI[], deleted: URI[], cancelToken = CancellationToken.None): Promise<void> {
    const edited = deleted.length > 0 ? undefined : this.editInPlace(changed);
    if (edited === undefined) return super.update(changed, deleted, cancelToken);
    // Trees and names are ready; only the analysis is still to come.
    this.currentState = DocumentState.IndexedReferences;
    await this.emitUpdate(changed, []);
    for (const document of this.concerned(edited)) {
      // Not to be interrupted: a build that goes on from here must find everything checked.
      this.resetToState(document, DocumentState.IndexedReferences);
      this.prepareBuild([document], this.updateBuildOptions);
      await this.validate(document, CancellationToken.None);
      this.markAsCompleted(document);
      document.state = DocumentState.Validated;
      edited.push(document);
    }
    await this.notifyBuildPhase(edited, DocumentState.Validated, cancelToken);
    this.currentState = DocumentState.Validated;
  }

  /** Edits all documents in place, if every one of them can be and the workspace is built; undefined where it has to be built. */
  private editInPlace(changed: readonly URI[]): LangiumDocument[] | undefined {
    const isBuilt = (document: LangiumDocument): boolean =>
      document.state === DocumentState.Validated && this.buildState.get(document.uri.toString())?.completed === true;
    const factory = this.langiumDocumentFactory;
    if (changed.length === 0 || !(factory instanceof LimitedDocuments) || !this.langiumDocuments.all.every(isBuilt))
      return undefined;
    const edited: LangiumDocument[] = [];
    for (const uri of changed) {
      const document = this.langiumDocuments.getDocument(uri);
      if (document === undefined || !factory.readsFrom(document)) return undefined;
      this.inPlace ??= new EditInPlace(this.serviceRegistry.getServices(uri));
      if (!this.inPlace.apply(document)) return undefined;
      factory.wasRead(document);
      edited.push(document);
    }
    return edited;
  }

  /** Other documents about which something else may have to be said after an edit. */
  private concerned(edited: readonly LangiumDocument[]): LangiumDocument[] {
    const own = new Set(edited);
    return this.langiumDocuments.all
      .filter((other) => !own.has(other) && edited.some((document) => this.inPlace?.concerns(document, other) === true))
      .toArray();
  }

  protected override async buildDocuments(
    documents: LangiumDocument[],
    options: BuildOptions,
    cancelToken: CancellationToken,
  ): Promise<void> {
    const all = new Set(documents);
    // Imports are only known once a file is parsed, and an imported file may import further ones.
    for (let fresh = documents; fresh.length > 0; ) {
      this.prepareBuild(fresh, options);
      await this.runCancelable(fresh, DocumentState.Parsed, cancelToken, (document) =>
        this.langiumDocumentFactory.update(document, cancelToken),
      );
      fresh = await this.unknownImports(fresh, cancelToken);
      for (const document of fresh) all.add(document);
    }
    for (const document of this.seeingChangedNames(all)) {
      this.resetToState(document, DocumentState.ComputedScopes);
      all.add(document);
    }
    for (const document of this.concerned([...all])) {
      this.resetToState(document, DocumentState.IndexedReferences);
      all.add(document);
    }
    await super.buildDocuments([...all], options, cancelToken);
  }

  protected override async notifyBuildPhase(
    documents: LangiumDocument[],
    state: DocumentState,
    cancelToken: CancellationToken,
  ): Promise<void> {
    const told = new Set<DocumentBuildListener>();
    // Whoever starts to wait for this state while its listeners are at work would otherwise wait for the next build.
    for (let fresh = this.buildPhaseListeners.get(state).slice(); fresh.length > 0; ) {
      for (const listener of fresh) {
        told.add(listener);
        await interruptAndCheck(cancelToken);
        await listener(documents, cancelToken);
      }
      fresh = this.buildPhaseListeners.get(state).filter((listener) => !told.has(listener));
    }
  }

  /** Files that the documents import and nobody has read yet. A file that is not there is reported by the checks, not here. */
  private async unknownImports(
    documents: readonly LangiumDocument[],
    cancelToken: CancellationToken,
  ): Promise<LangiumDocument[]> {
    const found: LangiumDocument[] = [];
    for (const document of documents) {
      for (const { uri } of importsOf(document)) {
        if (uri === undefined || this.langiumDocuments.hasDocument(uri)) continue;
        try {
          found.push(await this.langiumDocuments.getOrCreateDocument(uri, cancelToken));
        } catch {
          // Missing or unreadable: the import statement gets its problem from the checks.
        }
      }
    }
    return found;
  }

  /** Documents outside `built` that see, through imports, a file whose names or imports have changed, or that was deleted. */
  private seeingChangedNames(built: ReadonlySet<LangiumDocument>): LangiumDocument[] {
    const changed = new Set(this.deletedFiles);
    this.deletedFiles.clear();
    for (const uri of changed) this.signatures.delete(uri);
    for (const document of built) {
      const uri = document.uri.toString();
      const signature = signatureOf(document);
      if (this.signatures.get(uri) === signature) continue;
      this.signatures.set(uri, signature);
      changed.add(uri);
    }
    if (changed.size === 0) return [];
    const importers = new Map<string, LangiumDocument[]>();
    for (const document of this.langiumDocuments.all) {
      for (const { uri } of importsOf(document)) {
        if (uri === undefined) continue;
        const list = importers.get(uri.toString());
        if (list === undefined) importers.set(uri.toString(), [document]);
        else list.push(document);
      }
    }
    const seeing = new Set<LangiumDocument>();
    const queue = [...changed];
    for (let uri = queue.pop(); uri !== undefined; uri = queue.pop()) {
      for (const importer of importers.get(uri) ?? []) {
        if (seeing.has(importer)) continue;
        seeing.add(importer);
        queue.push(importer.uri.toString());
      }
    }
    return [...seeing].filter((document) => !built.has(document));
  }
}

/** What other files can see of a file: the kinds and names of its declarations, its `defaults`, what it imports, and whether it can be read. */
function signatureOf(document: LangiumDocument): string {
  const parts: string[] = [document.parseResult.parserErrors.length > 0 ? 'broken' : 'sound'];
  for (const element of fileOf(document)?.elements ?? []) {
    switch (element.$type) {
      case 'Import':
        parts.push(`import ${element.path}`);
        break;
      case 'Component':
        parts.push(`${element.kind} ${element.name}`);
        break;
      case 'Region':
      case 'Journey':
      case 'Policy':
      case 'Scenario':
        parts.push(`${element.$type} ${element.name}`);
        break;
      case 'Defaults':
        parts.push(element.$cstNode?.text ?? '');
        break;
      default:
        break;
    }
  }
  return parts.join('\n');
}
