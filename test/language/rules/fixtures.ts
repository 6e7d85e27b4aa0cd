/** Fixtures: `.drml` files whose comments say what is found in the line above: `// ^^^ error DR001: part of the message`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('./fixtures/', import.meta.url));

export interface Fixture {
  /** `DR001/fires-on-tier` */
  readonly name: string;
  readonly code: string;
  readonly text: string;
  readonly markers: readonly Marker[];
}

/** What a marker says: place as `line:column-column`, from 1, and a part of the message. */
export interface Marker {
  readonly place: string;
  readonly severity: string;
  readonly code: string;
  readonly accepted: boolean;
  readonly part: string;
}

/** All fixtures, in order of their names. */
export function fixtures(): readonly Fixture[] {
  return readdirSync(folder)
    .sort()
    .flatMap((code) =>
      readdirSync(join(folder, code))
        .sort()
        .map((file) => {
          const text = readFileSync(join(folder, code, file), 'utf8').replaceAll('\r\n', '\n');
          return { name: `${code}/${file.replace(/\.drml$/, '')}`, code, text, markers: markersOf(text) };
        }),
    );
}

function markersOf(text: string): readonly Marker[] {
  const markers: Marker[] = [];
  let lineNumber = 0;
  text.split('\n').forEach((line, index) => {
    const found = /^\s*\/\/\s*(\^+) (accepted )?(error|warning|info) (DR\d+): (.*)$/.exec(line);
    if (found === null) {
      lineNumber = index + 1;
      return;
    }
    const [, carets = '', accepted, severity = '', code = '', part = ''] = found;
    const column = line.indexOf('^') + 1;
    const place = `${lineNumber}:${column}-${column + carets.length}`;
    markers.push({ place, severity, code, accepted: accepted !== undefined, part });
  });
  return markers;
}
