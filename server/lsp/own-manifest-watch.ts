import { URI, UriUtils } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import { type Connection, DidChangeWatchedFilesNotification, type Disposable } from 'vscode-languageserver';
import { ownManifestFiles } from '../../language/generate/own/own-files.js';
import type { Model } from '../../language/model/model.js';
import { type OwnManifestsParams, ownManifestsNotification } from './protocol.js';

/** Looks after the manifests that models name: other files of the same kind are never watched. */
export class OwnManifestWatch {
  private readonly named = new Map<string, ReadonlySet<string>>();
  /** What the client was told of each root. */
  private readonly told = new Map<string, string>();
  private readonly connection: Connection;
  private registers = false;
  private watched = '[]';
  private registration: Promise<Disposable | undefined> = Promise.resolve(undefined);

  /** @param changed is told the root of each model of which a manifest has changed */
  constructor(connection: Connection, shared: LangiumSharedServices, changed: (root: string) => void) {
    this.connection = connection;
    shared.lsp.LanguageServer.onInitialize(({ capabilities }) => {
      this.registers = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    });
    shared.lsp.DocumentUpdateHandler.onWatchedFilesChange(({ changes }) => {
      const files = new Set(changes.map(({ uri }) => URI.parse(uri).toString()));
      for (const [root, names] of this.named) {
        if (![...names].some((name) => files.has(name))) continue;
        this.told.set(root, '');
        changed(root);
      }
    });
  }

  /** Takes note of what a model names now. */
  follow(root: string, model: Model | undefined): void {
    const files = model === undefined ? [] : ownManifestFiles(model).flatMap(({ uri }) => uri ?? []);
    if (files.length === 0) this.named.delete(root);
    else this.named.set(root, new Set(files.map((file) => URI.parse(file).toString())));
    this.register();
    this.tell(root, model, files);
  }

  private tell(root: string, model: Model | undefined, manifests: readonly string[]): void {
    const named: OwnManifestsParams = {
      root,
      files: manifests.length === 0 ? [] : (model?.files.map(({ uri }) => uri) ?? []),
      manifests: [...new Set(manifests)].sort(),
    };
    const news = JSON.stringify(named);
    if (manifests.length === 0 ? !this.told.has(root) : this.told.get(root) === news) return;
    if (manifests.length === 0) this.told.delete(root);
    else this.told.set(root, news);
    this.connection.sendNotification(ownManifestsNotification, named).catch(() => undefined);
  }

  private register(): void {
    const names = new Set(
      [...this.named.values()].flatMap((files) => [...files].map((file) => UriUtils.basename(URI.parse(file)))),
    );
    // What means something in a pattern stands for any letter: a file too many costs nothing.
    const patterns = [...names].sort().map((name) => `**/${name.replace(/[[\]{}*?,!]/g, '?')}`);
    const watched = JSON.stringify(patterns);
    if (!this.registers || watched === this.watched) return;
    this.watched = watched;
    this.registration = this.registration.then(async (before) => {
      before?.dispose();
      if (patterns.length === 0) return undefined;
      const watchers = patterns.map((globPattern) => ({ globPattern }));
      return this.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(() => undefined);
    });
  }
}
