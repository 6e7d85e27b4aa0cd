/** The entries of the reference: whoever copies an example out of it gets a model without errors, and figures. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../language/analysis/analyze.js';
import { assumptions } from '../../../language/model/assumptions.js';
import type { AssumptionCode } from '../../../language/model/fact.js';
import { type KeyEntry, keyIn, keyTable, type Place } from '../../../language/syntax/keys.js';
import { wordMeaning, wordsOf } from '../../../language/syntax/keys-words.js';
import { referenceEntries, referenceEntry } from '../../../language/syntax/reference.js';
import { parseFiles } from '../model-of.js';

/** What the examples name. */
const world = `
region cn-north { zones a, b }
region cn-south { zones a, b }
service orders { runs 3 in cn-north }
service recommendations { runs 2 in cn-north }
service storefront { runs 2 in cn-north }
external registry { }
external dns { }
external kms { }
external adyen { }
external stripe { }
database orders-db { runs 3 in cn-north }
database payments-db { runs 3 in cn-north }
queue order-events { runs 2 in cn-north }
queue order-dlq { runs 2 in cn-north }
bucket vault in cn-south { }
journey place-order { requires orders }
policy gold { }
scenario north-lost { fails cn-north }
`;

const runs = 'runs 3 in cn-north';
const blocks: Readonly<Record<Place, string>> = {
  file: '…',
  model: 'model m { … }',
  region: 'region it { … }',
  zone: 'region it { zone z { … } }',
  link: 'link cn-north <-> cn-south { … }',
  service: `service it { ${runs} … }`,
  gateway: `gateway it { ${runs} … }`,
  database: `database it { ${runs} … }`,
  cache: `cache it { ${runs} … }`,
  queue: `queue it { ${runs} … }`,
  bucket: 'bucket it in cn-north { … }',
  external: 'external it { … }',
  coordinator: `coordinator it { ${runs} … }`,
  job: `job it { ${runs} … }`,
  journey: 'journey it { … }',
  policy: `policy it { … }\ndatabase one { follows it  ${runs} }`,
  defaults: 'defaults database { … }',
  together: `service it { ${runs}  together { … } }`,
  failover: `service it { ${runs}  runs 2 in cn-south as hot standby  failover { … } }`,
  objective: `service it { ${runs}  objective { … } }`,
  class: `service it { ${runs}  objective { region-loss { … } } }`,
  backup: `database it { ${runs}  backup b { … } }`,
  edge: `service it { ${runs}  requires orders { … } }`,
  rollout: `service it { ${runs}  rollout { … } }`,
  scenario: 'scenario it { … }',
  drill: 'drill north-lost on 2026-01-01 { … }',
};

/** Options of an edge that only a message has. */
const handsOver: ReadonlySet<string> = new Set(['acks', 'outbox']);
const publishing = `service it { ${runs}  publishes to order-events { … } }`;

/** A complete model around an example. */
function modelAround(entry: KeyEntry, place: Place): string {
  const block = handsOver.has(entry.key) ? publishing : blocks[place];
  const head = block.replace('…', () => `\n  ${entry.example}\n`);
  const declared = /^(?!link|drill)[a-z]+ ([\w-]+)/.exec(place === 'file' ? entry.example : '')?.[1];
  // An example that runs in the region it stands in already says it once.
  const alone = entry.example.startsWith(runs) ? head.replace(runs, '') : head;
  return `${alone}${world
    .split('\n')
    .filter((line) => declared === undefined || line.split(' ')[1] !== declared)
    .join('\n')}`;
}

describe.each(keyTable)('$phrase', (entry) => {
  test.each(entry.places)('its example is fine in %s, and the model has figures', async (place) => {
    // What the file `./platform.drml` would hold stands in the world.
    const files = { 'model.drml': modelAround(entry, place), 'platform.drml': '' };
    const { documents, model } = await parseFiles(files);
    const errors = documents.flatMap(({ diagnostics = [] }) => diagnostics.filter(({ severity }) => severity === 1));
    expect(errors.map(({ message }) => message)).toEqual([]);
    expect(analyze(model, { asOf: '2026-11-21' }).report()).toHaveProperty('asOf');
  });

  test('says how it is written, starting with its own words', () => {
    const { form, phrase, where } = referenceEntry(entry);
    expect(form.startsWith(phrase)).toBe(true);
    expect(where).not.toBe('');
  });

  test('says the meaning of its words in full sentences, each once', () => {
    for (const [word, meaning] of wordsOf(entry.key)) {
      expect(meaning).toMatch(/^[A-Z`].*\.$/);
      expect(wordMeaning(entry.key, word)).toBe(meaning);
    }
  });
});

test('each entry has an anchor of its own', () => {
  const anchors = referenceEntries().map(({ anchor }) => anchor);
  expect(new Set(anchors).size).toBe(anchors.length);
  for (const anchor of anchors) expect(anchor).toMatch(/^[a-z-]+$/);
});

test('what a key accepts by name is explained by name', () => {
  for (const { key, value } of keyTable) {
    if (value.kind !== 'words') continue;
    for (const word of value.allowed ?? []) expect([key, word, wordMeaning(key, word)]).not.toContain(undefined);
  }
});

test('words of one key mean nothing behind another', () => {
  expect(wordMeaning('runs', 'sync')).toBeUndefined();
  expect(wordMeaning('nonsense', 'sync')).toBeUndefined();
  expect(wordMeaning('runs', 'constructor')).toBeUndefined();
});

/** The statement that replaces an assumption, and the value that both must say. */
const assumed: readonly (readonly [code: AssumptionCode, key: string, place: Place, value: string])[] = [
  ['common-cause', 'common', 'service', '5%'],
  ['instance-availability', 'availability', 'service', '99.5%'],
  ['managed-availability', 'availability', 'service', '99.9%'],
  ['mean-time-to-repair', 'mttr', 'service', '1h'],
];

test.each(assumed)('the assumption %s is what %s says of being left out', (code, key, place, value) => {
  expect(assumptions[code].sentence).toContain(value);
  expect(keyIn(place, key)?.absent).toContain(value);
});
