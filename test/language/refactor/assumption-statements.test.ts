/** Assumptions written down: the same figures, and nothing left to assume of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../language/analysis/analyze.js';
import { applyEdits, changedText } from '../../../language/edit/apply.js';
import { assumedStatements } from '../../../language/refactor/assumption-statements.js';
import { type Files, type Parsed, parseFiles } from '../model-of.js';
import { problemsOf, uriOf } from './refactored.js';

const examples = fileURLToPath(new URL('../../../examples/', import.meta.url));
const read = (path: string): string => readFileSync(join(examples, path), 'utf8');

/** A model in which every assumption about a component is made. */
const bare = `model bare { }
region r { zones a, b, c }
region q { zones a, b }
service s {
  runs 3 in r
  runs 2 in q as warm standby
  requires d
}
service t { runs 2 in r  availability 99.9%  runs 2 in q as hot standby  failover { detect 10s } }
database d {
  runs 2 in r
  backup nightly {
    full every 1d takes 1h
    copies to vault takes 10m
    restores at 100MiB/s
  }
  size 10GiB
  objective { corruption { rto 4h  rpo 1d } }
}
bucket vault in q { }
external e { }
journey j { requires s, t, e }
`;

const models: readonly (readonly [string, Files])[] = [
  ['first-steps', { 'a.drml': read('first-steps/first-steps.drml') }],
  ['online-boutique', { 'a.drml': read('online-boutique/online-boutique.drml') }],
  [
    'shop',
    { 'shop.drml': read('shop/shop.drml'), 'platform.drml': read('shop/platform.drml'), 'sites.drml': read('shop/sites.drml') },
  ],
  ['bare', { 'a.drml': bare }],
];

/** Availability, RTO and RPO of everything, without what they are assumed from. */
function valuesOf(parsed: Parsed): string {
  const plain = (key: string, value: unknown): unknown => {
    if (['source', 'at', 'assumptions'].includes(key)) return undefined;
    return typeof value === 'number' ? Number(value.toPrecision(9)) : value;
  };
  return JSON.stringify(analyze(parsed.model, { asOf: '2026-11-21' }).report(), plain, 1);
}

function assumedIn(parsed: Parsed) {
  const analysis = analyze(parsed.model, { asOf: '2026-11-21' });
  return parsed.model.components.flatMap((component) => assumedStatements(component, analysis));
}

describe.each(models)('%s', (_name, files) => {
  it('says the same when its assumptions are written down', async () => {
    const before = await parseFiles(files);
    const edits = assumedIn(before).map(({ edit }) => edit);
    const changed = Object.fromEntries(
      Object.entries(files).map(([path, text]) => {
        const changes = applyEdits(edits, (uri) => (uri === uriOf(path) ? text : undefined));
        return [path, changedText(text, changes)];
      }),
    );
    const after = await parseFiles(changed);
    const shown = Object.values(changed).join('\n---\n');
    expect(
      problemsOf(after).filter((problem) => !problemsOf(before).includes(problem)),
      shown,
    ).toEqual([]);
    expect(valuesOf(after), shown).toBe(valuesOf(before));
    expect(assumedIn(after), shown).toEqual([]);
  });
});

it('names each assumption as it would be written', async () => {
  const assumed = assumedIn(await parseFiles({ 'a.drml': bare }));
  expect([...new Set(assumed.map(({ statement }) => statement))].sort()).toEqual([
    'availability 99.5%',
    'availability 99.9%',
    'common cause 5%',
    'consistent at start',
    'mttr 1h',
    'needs 1',
    'success 100%',
    'tolerates 0 failed runs',
  ]);
});
