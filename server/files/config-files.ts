import { type FileSystemProvider, type URI, UriUtils } from 'langium';
import { type Config, type ConfigProblem, isExcluded, parseConfig } from '../../language/rules/config.js';

const fileName = 'drml.config.json';
const noConfig: Config = {};

interface ReadConfig {
  readonly uri: URI;
  readonly text: string;
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
}

/** A settings file with what is wrong in it. */
export interface ConfigReport {
  readonly uri: string;
  readonly text: string;
  readonly problems: readonly ConfigProblem[];
}

/**
 * Settings by folder: of a file, the nearest `drml.config.json` at or above its folder. Read once and kept until forgotten, so that
 * the same settings are the same object.
 */
export class ConfigFiles {
  private readonly byFolder = new Map<string, ReadConfig | undefined>();

  constructor(private readonly fileSystem: FileSystemProvider) {}

  /** The settings that hold for a file. */
  configOf(file: URI): Config {
    return this.nearest(UriUtils.dirname(file))?.config ?? noConfig;
  }

  /** Whether the settings leave the file out. */
  excludes(file: URI): boolean {
    const found = this.nearest(UriUtils.dirname(file));
    return found !== undefined && isExcluded(UriUtils.relative(UriUtils.dirname(found.uri), file), found.config);
  }

  /** The settings files that were read so far. */
  reports(): readonly ConfigReport[] {
    const files = new Map<string, ConfigReport>();
    for (const read of this.byFolder.values()) {
      if (read !== undefined)
        files.set(read.uri.toString(), { uri: read.uri.toString(), text: read.text, problems: read.problems });
    }
    return [...files.values()];
  }

  /** Reads everything again when next asked; called when a settings file has changed. */
  forget(): void {
    this.byFolder.clear();
  }

  private nearest(folder: URI): ReadConfig | undefined {
    const key = folder.toString();
    if (this.byFolder.has(key)) return this.byFolder.get(key);
    const above = UriUtils.dirname(folder);
    const here = this.read(UriUtils.joinPath(folder, fileName));
    const found = here ?? (above.toString() === key || folder.path.length <= 1 ? undefined : this.nearest(above));
    this.byFolder.set(key, found);
    return found;
  }

  private read(uri: URI): ReadConfig | undefined {
    // Documents without a file have no settings.
    if (uri.scheme === 'untitled') return undefined;
    try {
      if (!this.fileSystem.existsSync(uri)) return undefined;
      const text = this.fileSystem.readFileSync(uri);
      return { uri, text, ...parseConfig(text) };
    } catch (error) {
      const message = `drml.config.json cannot be read: ${error instanceof Error ? error.message : String(error)}`;
      return { uri, text: '', config: noConfig, problems: [{ message, start: 0, end: 0 }] };
    }
  }
}
