import type { LangiumSharedServices } from 'langium/lsp';
import { maximumFileBytes } from '../files/limits.js';

/** What is shown in the text, each kind with a switch of its own: `drml.inlayHints.recovery`, `drml.codeLens.drills`. */
export interface DisplayKinds {
  readonly inlayHints: 'availability' | 'recovery' | 'assumptions' | 'placement';
  readonly codeLens: 'figures' | 'references' | 'sites' | 'drills' | 'model' | 'manifests';
}

/** The user's settings, as the client sends them; each has the default of the extension's manifest. */
export class Settings {
  constructor(private readonly shared: LangiumSharedServices) {}

  /** Which kinds of a display are wanted: all of them unless it, or the kind, is switched off. */
  async shown<D extends keyof DisplayKinds>(display: D): Promise<(kind: DisplayKinds[D]) => boolean> {
    const section: unknown = await this.read(display);
    if (typeof section !== 'object' || section === null) return () => true;
    const switches = new Map(Object.entries(section));
    return (kind) => switches.get('enabled') !== false && switches.get(kind) !== false;
  }

  /** The largest file that is read, in bytes. */
  async maximumFileBytes(): Promise<number> {
    const kibibytes: unknown = await this.read('maxFileSize');
    return typeof kibibytes === 'number' && kibibytes > 0 ? kibibytes * 1024 : maximumFileBytes;
  }

  /** What is left out of every folder of the workspace, as entries of `exclude` in `drml.config.json`. */
  async excluded(): Promise<readonly string[]> {
    const entries: unknown = await this.read('exclude');
    return Array.isArray(entries) ? entries.filter((entry) => typeof entry === 'string' && entry !== '') : [];
  }

  private read(name: string): Promise<unknown> {
    return this.shared.workspace.ConfigurationProvider.getConfiguration('drml', name);
  }
}
