/**
 * What a plain scalar means to Kubernetes. Its reader (sigs.k8s.io/yaml) follows YAML 1.1 but for sexagesimal numbers and dates:
 * `yes`, `on` and `y` are booleans, and `0644` is octal.
 */
import type { Place, YamlScalar } from './yaml-tree.js';

const booleans: ReadonlyMap<string, boolean> = new Map(
  (
    [
      [true, ['true', 'yes', 'on', 'y']],
      [false, ['false', 'no', 'off', 'n']],
    ] as const
  ).flatMap(([value, words]) =>
    words.flatMap((word) =>
      [word, word.toUpperCase(), `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`].map((form) => [form, value] as const),
    ),
  ),
);

const nulls: ReadonlySet<string> = new Set(['', '~', 'null', 'Null', 'NULL']);

/** The value of a plain scalar as written. */
export function plainScalar(written: string, at: Place): YamlScalar {
  if (nulls.has(written)) return { kind: 'nothing', at };
  const flag = booleans.get(written);
  if (flag !== undefined) return { kind: 'flag', at, value: flag, written };
  const value = numberOf(written);
  return value === undefined ? { kind: 'text', at, value: written, quoted: false } : { kind: 'number', at, value, written };
}

/** The value of a scalar that a tag such as `!!str` or `!!int` gives a type; undefined where the tag is none of YAML's own. */
export function taggedScalar(tag: string, written: string, at: Place): YamlScalar | undefined {
  switch (tag) {
    case 'tag:yaml.org,2002:str':
    case 'tag:yaml.org,2002:binary':
    case '!':
      return { kind: 'text', at, value: written, quoted: true };
    case 'tag:yaml.org,2002:int':
    case 'tag:yaml.org,2002:float':
    case 'tag:yaml.org,2002:bool':
    case 'tag:yaml.org,2002:null':
    case 'tag:yaml.org,2002:timestamp':
      return plainScalar(written, at);
    default:
      return undefined;
  }
}

/** A number in one of the forms that Kubernetes' reader takes; undefined where the text is none. Infinities are no numbers of JSON. */
function numberOf(written: string): number | undefined {
  // Most scalars are words: their first letter tells.
  if (!/^[-+.0-9]/.test(written)) return undefined;
  const plain = written.replaceAll('_', '');
  const integer = /^([-+]?)(?:0x([0-9a-fA-F]+)|0o?([0-7]+)|0b([01]+)|(\d+))$/.exec(plain);
  if (integer !== null) {
    const [, sign, hex, octal, binary, decimal] = integer;
    const digits = hex !== undefined ? Number.parseInt(hex, 16) : octal !== undefined ? Number.parseInt(octal, 8) : undefined;
    const value = digits ?? (binary !== undefined ? Number.parseInt(binary, 2) : Number(decimal));
    return Number.isFinite(value) ? (sign === '-' ? -value : value) : undefined;
  }
  if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}
