import { type FileSystemProvider, type URI, UriUtils } from 'langium';
import { type Config, type ConfigProblem, isExcluded, parseConfig } from '../../language/rules/config.js';
import { noBaseline, parseBaseline } from './baseline.js';

const fileName = 'drml.config.json';
const noConfig: Config = {};

interface ReadConfig {
  readonly uri: URI;
  readonly text: string;
  readonly config: Config;
  /** Fingerprints of the baseline that the settings name. */
  readonly baseline?: ReadonlySet<string>;
  readonly problems: readonly ConfigProblem[];
}

/** A settings file with what is wrong in it. */
export interface ConfigReport {
  readonly uri: string;
  readonly text: string;
  readonly problems: readonly ConfigProblem[];
  /** The baseline that it names: the path as written, and the fingerprints. */
  readonly baseline?: { readonly path: string; readonly fingerprints: ReadonlySet<string> };
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

  /** Fingerprints of the baseline that the settings of a file name; undefined where they name none. */
  baselineOf(file: URI): ReadonlySet<string> | undefined {
    return this.nearest(UriUtils.dirname(file))?.baseline;
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
      if (read !== undefined) files.set(read.uri.toString(), reportOf(read));
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
      return this.withBaseline({ uri, text, ...parseConfig(text) });
    } catch (error) {
      const message = `drml.config.json cannot be read: ${error instanceof Error ? error.message : String(error)}`;
      return { uri, text: '', config: noConfig, problems: [{ message, start: 0, end: 0 }] };
    }
  }
  private withBaseline(read: ReadConfig): ReadConfig {
    const { uri, text, config, problems } = read;
    if (config.baseline === undefined) return read;
    const file = UriUtils.joinPath(UriUtils.dirname(uri), config.baseline);
    const found = this.fileSystem.existsSync(file) ? parseBaseline(this.fileSystem.readFileSync(file)) : 'missing';
    if (typeof found === 'object') return { ...read, baseline: found };
    const reason =
      found === 'missing' ? `there is none yet; "drml check --write-baseline ${config.baseline}" writes it.` : noBaseline;
    const start = Math.max(0, text.indexOf('"baseline"'));
    const message = `${config.baseline}: ${reason}`;
    return { ...read, problems: [...problems, { message, start, end: start + '"baseline"'.length }] };
  }
}

function reportOf({ uri, text, problems, baseline, config }: ReadConfig): ConfigReport {
  const report = { uri: uri.toString(), text, problems };
  const path = config.baseline;
  return baseline === undefined || path === undefined ? report : { ...report, baseline: { path, fingerprints: baseline } };
}
