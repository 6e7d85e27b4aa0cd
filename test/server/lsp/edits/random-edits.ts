/** Random edits of a small workspace, and the comparison with a build from nothing after each of them. */
import { isDeepStrictEqual } from 'node:util';
import { allFigures, difference } from '../../../language/analysis/renewal/all-figures.js';
import { shop } from '../../shop.js';
import { generator, ServerInProcess } from './server-in-process.js';

const parts = `/* sites */
region cn-north "Beijing" {
  mtbf 3y  mttr 4h
  zone a { mtbf 1y  mttr 1h }
  zones b, c
}
region cn-south { mtbf 3y  mttr 4h  zones x, y }

policy gold { owner "team" }
// what others lean on
service search { runs 2 in cn-north  requires orders } // behind

service Bad_Name { runs 1 in cn-south.x }
defaults database { mtbf 90d }
link cn-north <-> cn-south { rtt 38ms }
`;
const main = `import "./parts.drml"\n${shop.replace(/region .*\n/g, '')}
service pay {
  follows gold
  runs 2 in cn-north zones a, b
  requires search { timeout 200ms }
}
scenario lost { fails cn-north.a  expect orders up }
drill lost on 2026-09-14 { measured orders rto 3m rpo 6s }
`;
const other = `import "./main.drml"
import "./parts.drml"
service extra {
  // a comment
  runs 1 in cn-north
  requires orders, nobody
}
external Far { availability 99.9% }
`;

/** The files that the edits begin with. */
export const beginnings: ReadonlyMap<string, string> = new Map([
  ['parts.drml', parts],
  ['main.drml', main],
  ['other.drml', other],
]);

const pieces = [
  '',
  ' ',
  '1',
  'x',
  '{',
  '}',
  '"',
  "'",
  'orders',
  'requires nobody\n',
  'requires Bad_Name ',
  'follows gold\n',
  'runs 2 in cn-north\n',
  'runs 2 in cn-north.a as hot standby\n',
  'mtbf 5m  ',
  '\n',
  '\r\n',
  '\r',
  '5m',
  ',',
  '//',
  '/*',
  '*/',
  '#',
  '// "quoted\n',
  ' = ',
  '1,000',
  '\u00fc',
  '\ud83d\ude00',
  'backup b {\n  full every 1d\n}\n',
  'zone d { }\n',
  'zones d\n',
  'service s { }\n',
  'service s2 {\n  runs 1 in cn-north\n}\n',
  'import "./x.drml"\n',
  'objective { availability 99.9%',
  'in same region ',
  'account backup\n',
];

/** One change of one file. */
interface Change {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** All figures take longer than all the rest: they are compared after every so many edits. */
const stepsBetweenFigures = 5;

export interface EditRun {
  readonly edits: number;
  /** Edits of which all files were edited in place. */
  readonly inPlace: number;
}

export interface Difference {
  readonly step: number;
  readonly changes: readonly Change[];
  readonly what: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly found: unknown;
  readonly expected: unknown;
}

/** Makes random edits and throws the first difference from a build from nothing. */
export async function runEdits(seed: number, edits: number, tell: (run: EditRun) => void = () => undefined): Promise<EditRun> {
  const random = generator(seed);
  const edited = new ServerInProcess();
  await edited.rebuild(beginnings);
  let fresh = new ServerInProcess();
  let inPlace = 0;
  let undo: readonly Change[] = [];
  for (let step = 1; step <= edits; step++) {
    if (step % 500 === 0) fresh = new ServerInProcess();
    const changes = undo.length > 0 && random(4) === 0 ? undo : randomChanges(edited, random);
    undo = [];
    for (const { path, start, end, text } of changes) {
      const before = edited.textOf(path).slice(start, end);
      edited.edit(path, start, end, text);
      undo = [{ path, start, end: start + text.length, text: before }, ...undo];
    }
    const paths = [...new Set(changes.map(({ path }) => path))];
    if ((await edited.build(paths)) === paths.length) inPlace++;
    const texts = new Map(edited.paths.map((path) => [path, edited.textOf(path)]));
    await fresh.rebuild(texts);
    compare(edited, fresh, step, changes, texts);
    if (step % 100 === 0) tell({ edits: step, inPlace });
    // Random edits ruin a text sooner or later, and ruins have no elements to edit.
    if (random(10) === 0) {
      for (const [path, text] of beginnings) edited.edit(path, 0, edited.textOf(path).length, text);
      await edited.build([...beginnings.keys()]);
      undo = [];
    }
  }
  return { edits, inPlace };
}

function compare(
  edited: ServerInProcess,
  fresh: ServerInProcess,
  step: number,
  changes: readonly Change[],
  texts: ReadonlyMap<string, string>,
): void {
  const report = (what: string, found: unknown, expected: unknown): never => {
    const difference: Difference = { step, changes, what, texts: Object.fromEntries(texts), ...firstDifference(found, expected) };
    throw new Error(`After edit ${step} the ${what} differs from a build from nothing.`, { cause: difference });
  };
  for (const path of texts.keys()) {
    const [found, expected] = [edited.known(path), fresh.known(path)];
    for (const key of Object.keys(expected))
      if (!isDeepStrictEqual(found[key], expected[key])) report(`${key} of ${path}`, found[key], expected[key]);
  }
  const [found, expected] = [edited.meaning(), fresh.meaning()];
  if (!isDeepStrictEqual(found, expected)) report('meaning', found, expected);
  if (step % stepsBetweenFigures !== 0) return;
  for (const { found: renewed, expected: anew } of edited.analyses()) {
    const apart = difference(allFigures(renewed), allFigures(anew));
    if (apart !== undefined) report('figures', apart, undefined);
  }
}

/** The innermost parts that differ. */
function firstDifference(found: unknown, expected: unknown): { readonly found: unknown; readonly expected: unknown } {
  if (Array.isArray(found) && Array.isArray(expected)) {
    const at = found.findIndex((each, index) => !isDeepStrictEqual(each, expected[index]));
    if (at >= 0 && at < expected.length && typeof found[at] !== 'string') return firstDifference(found[at], expected[at]);
  }
  return { found, expected };
}

function randomChanges(edited: ServerInProcess, random: (below: number) => number): readonly Change[] {
  const path = edited.paths[random(edited.paths.length)] ?? '';
  const text = edited.textOf(path);
  const start = random(text.length + 1);
  const piece = pieces[random(pieces.length)] ?? '';
  switch (random(8)) {
    case 0:
      return [{ path, start, end: Math.min(text.length, start + random(12)), text: piece }];
    case 1:
      return [{ path, start, end: Math.min(text.length, start + 1), text: '' }];
    case 2:
      return moveOfLine(edited, path, start, random);
    case 3: {
      // A digit of a number for another one: the edit that figures are tuned with.
      const at = text.slice(start).search(/\d/);
      return at < 0 ? [] : [{ path, start: start + at, end: start + at + 1, text: String(random(10)) }];
    }
    case 4: {
      // At the start of a line, as most is written.
      const line = text.lastIndexOf('\n', start - 1) + 1;
      return [{ path, start: line, end: line, text: `  ${piece}` }];
    }
    case 5: {
      const at = text.slice(start).search(/[a-z]{3,}/);
      return at < 0 ? [] : [{ path, start: start + at + 1, end: start + at + 1 + random(2), text: 'abc'.slice(0, random(3)) }];
    }
    default:
      return [{ path, start, end: start, text: piece }];
  }
}

/** Takes a line out of one file and puts it into another, or elsewhere into the same. */
function moveOfLine(edited: ServerInProcess, path: string, at: number, random: (below: number) => number): readonly Change[] {
  const text = edited.textOf(path);
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at) + 1;
  const line = text.slice(start, end);
  const target = edited.paths[random(edited.paths.length)] ?? path;
  const rest = target === path ? text.slice(0, start) + text.slice(end) : edited.textOf(target);
  const place = rest.lastIndexOf('\n', random(rest.length + 1) - 1) + 1;
  return [
    { path, start, end, text: '' },
    { path: target, start: place, end: place, text: line },
  ];
}
