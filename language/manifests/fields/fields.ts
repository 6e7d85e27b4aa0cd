/**
 * Which fields the kinds have that manifests are made of, read from the table that scripts/manifest-fields.mjs writes. A type is
 * `s` text, `n` number, `b` boolean, `q` text or number, `a` anything, `"A,B"` one of these texts, `*T` a list, `%T` a map, or the
 * number of a shape.
 */
import { kindLines, shapeLines } from './field-table.js';

export type FieldType =
  | { readonly kind: 'text' | 'number' | 'flag' | 'text-or-number' | 'anything' }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'list' | 'map'; readonly of: FieldType }
  | { readonly kind: 'object'; readonly shape: Shape };

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly isRequired: boolean;
}

/** The fields of an object, by name. */
export type Shape = ReadonlyMap<string, Field>;

let kinds: ReadonlyMap<string, number> | undefined;
let shapeTexts: readonly string[] | undefined;
const shapes = new Map<number, Shape>();

/** The fields of a kind; undefined where the table does not have it, which says nothing of whether it exists. */
export function shapeOfKind(apiVersion: string, kind: string): Shape | undefined {
  kinds ??= new Map(
    kindLines.split(';').map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
  const number = kinds.get(`${apiVersion} ${kind}`);
  return number === undefined ? undefined : shapeOf(number);
}

function shapeOf(number: number): Shape {
  const known = shapes.get(number);
  if (known !== undefined) return known;
  shapeTexts ??= shapeLines.split(';');
  const shape = new Map<string, Field>();
  // Shapes may hold themselves: it is known before its fields are.
  shapes.set(number, shape);
  for (const line of (shapeTexts[number] ?? '').split('|')) {
    const [written = '', type = 'a'] = line.split(' ', 2);
    const isRequired = written.endsWith('!');
    const name = isRequired ? written.slice(0, -1) : written;
    shape.set(name, { name, type: typeOf(type), isRequired });
  }
  return shape;
}

const simple: { readonly [letter: string]: FieldType } = {
  s: { kind: 'text' },
  n: { kind: 'number' },
  b: { kind: 'flag' },
  q: { kind: 'text-or-number' },
  a: { kind: 'anything' },
};

function typeOf(written: string): FieldType {
  switch (written[0]) {
    case '*':
      return { kind: 'list', of: typeOf(written.slice(1)) };
    case '%':
      return { kind: 'map', of: typeOf(written.slice(1)) };
    case '"':
      return { kind: 'choice', values: written.slice(1, -1).split(',') };
  }
  return simple[written] ?? { kind: 'object', shape: shapeOf(Number(written)) };
}
