import type { LangiumSharedServices } from 'langium/lsp';
import { maximumFileBytes } from '../files/limits.js';

/** The user's settings, as the client sends them; each has the default of the extension's manifest. */
export class Settings {
  constructor(private readonly shared: LangiumSharedServices) {}

  /** Whether a display of figures is wanted. */
  async shows(display: 'inlayHints' | 'codeLens'): Promise<boolean> {
    const section: unknown = await this.read(display);
    return !(typeof section === 'object' && section !== null && 'enabled' in section && section.enabled === false);
  }

  /** The largest file that is read, in bytes. */
  async maximumFileBytes(): Promise<number> {
    const kibibytes: unknown = await this.read('maxFileSize');
    return typeof kibibytes === 'number' && kibibytes > 0 ? kibibytes * 1024 : maximumFileBytes;
  }

  private read(name: string): Promise<unknown> {
    return this.shared.workspace.ConfigurationProvider.getConfiguration('drml', name);
  }
}
