import { isRecord } from '../../language/model/json-value.js';

/** JSON laid out to be read: what fits on a line stands on one. */

const width = 140;
const step = '  ';

/** How many levels from the outside are written part by part, so that no text grows past what one string can hold. */
const levelsInParts = 2;

/** A value as the text of a JSON file, in parts to be written one after the other. Undefined properties are left out. */
export function* jsonParts(value: unknown): Generator<string> {
  yield* parts(value, '', 0, levelsInParts);
  yield '\n';
}

function* parts(value: unknown, indent: string, lead: number, levels: number): Generator<string> {
  const entries = levels > 0 && isRecord(value) ? Object.entries(value).filter(([, each]) => each !== undefined) : [];
  if (entries.length === 0) {
    yield laidOut(value, indent, lead);
    return;
  }
  const inner = indent + step;
  let before = '{';
  for (const [key, each] of entries) {
    const name = `${JSON.stringify(key)}: `;
    yield `${before}\n${inner}${name}`;
    yield* parts(each, inner, name.length, levels - 1);
    before = ',';
  }
  yield `\n${indent}}`;
}

/** `lead`: how much stands before it on its line, the indent apart. */
function laidOut(value: unknown, indent: string, lead: number): string {
  const inner = indent + step;
  if (Array.isArray(value)) {
    return joined(
      value.map((each) => laidOut(each ?? null, inner, 0)),
      '[]',
      '',
      indent,
      lead,
    );
  }
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null';
  const lines: string[] = [];
  for (const [key, each] of Object.entries(value)) {
    if (each === undefined) continue;
    const name = `${JSON.stringify(key)}: `;
    lines.push(name + laidOut(each, inner, name.length));
  }
  return joined(lines, '{}', ' ', indent, lead);
}

/** On one line where they fit, else on one line each. `padding` stands inside the braces of a single line. */
function joined(lines: readonly string[], braces: '[]' | '{}', padding: string, indent: string, lead: number): string {
  if (lines.length === 0) return braces;
  const [open = '', close = ''] = braces;
  const length = lines.reduce((sum, line) => sum + line.length + 2, indent.length + lead + 3);
  if (length <= width && lines.every((line) => !line.includes('\n'))) {
    return `${open}${padding}${lines.join(', ')}${padding}${close}`;
  }
  const inner = indent + step;
  return `${open}\n${inner}${lines.join(`,\n${inner}`)}\n${indent}${close}`;
}
