// Writes what the documents take from the code: the contents, the statement tables and the reference of docs/language.md from the key
// table, and the table of assumptions of docs/figures.md. `--check` writes nothing and fails where a document is not up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importFromSources } from './from-sources.mjs';
import { root } from './project.mjs';

/** Chapters of docs/language.md, and the statements that each introduces, by phrase. Every statement stands in one of them. */
const chapters = {
  start: ['import', 'model', 'mesh', 'kubernetes', 'namespace', 'currency', 'timezone'],
  sites: [
    ...['region', 'zone', 'zones', 'link', 'id', 'cluster', 'provider', 'account', 'jurisdiction', 'building'],
    ...['quota', 'mirrors', 'version', 'rtt', 'bandwidth'],
  ],
  components: [
    ...['service', 'gateway', 'database', 'cache', 'queue', 'bucket', 'external', 'coordinator', 'job'],
    ...['runs', 'needs', 'load', 'capacity', 'cpu', 'memory', 'scales', 'provides'],
  ],
  failures: ['mtbf', 'mttr', 'availability', 'unavailability', 'together', 'common cause', 'repairs', 'evicts after', 'expects'],
  edges: [
    ...['requires', 'wants', 'publishes to', 'consumes from', 'recovers after', 'timeout', 'retries', 'breaker', 'fallback'],
    ...['acks', 'idempotent', 'reads', 'writes', 'lock', 'fenced', 'outbox', 'payload', 'trips'],
  ],
  journeys: ['journey'],
  data: [
    ...[
      'engine',
      'managed by',
      'size',
      'changes',
      'storage',
      'disks',
      'disk',
      'replicates',
      'consistency',
      'conflicts',
      'residency',
    ],
    ...['sensitive', 'corruption found within', 'rebuilds from', 'agrees with', 'keeps', 'holds', 'dead letters to'],
  ],
  backups: [
    ...['backup', 'full every', 'incremental every', 'snapshot every', 'log every', 'consistent at', 'tolerates', 'copies to'],
    ...['encrypted', 'restores at', 'replays at', 'tested', 'alerts on', 'exclusive', 'locked', 'media', 'offline', 'immutable'],
  ],
  failover: [
    ...['failover', 'detect', 'decide', 'provision', 'promote', 'warmup', 'switch', 'verify', 'success', 'hold', 'failback'],
  ],
  objectives: [
    ...['objective', 'latency', 'retention', 'budget', 'rto', 'rpo'],
    ...['instance-loss', 'zone-loss', 'region-loss', 'provider-loss', 'account-loss', 'corruption'],
  ],
  reuse: ['policy', 'follows', 'defaults'],
  deployment: [
    ...['image', 'port', 'host', 'certificate', 'routes', 'probe', 'rollout', 'surge', 'unavailable', 'waves', 'bake'],
    ...['grace', 'mounts', 'user', 'entry', 'repeats every', 'isolation', 'tracing', 'manifest'],
  ],
  people: ['owner', 'runbook', 'cost', 'outage costs', 'loss costs'],
  risks: ['accepts'],
  scenarios: [
    ...['scenario', 'fails', 'corrupts', 'deletes', 'expect', 'drill', 'measured', 'in', 'traffic', 'lasts', 'stops when'],
  ],
};

/** The blocks of a file, in the order of the chapters. */
const blocks = [
  ...['file', 'model', 'region', 'zone', 'link', 'service', 'gateway', 'database', 'cache', 'queue', 'bucket', 'external'],
  ...['coordinator', 'job', 'together', 'rollout', 'edge', 'backup', 'failover', 'objective', 'class', 'journey', 'policy'],
  ...['defaults', 'scenario', 'drill'],
];

const { keysOf, anchorOf, referenceEntries, assumptionTable, kindDefaults, assumedUnavailability } = await importFromSources(`
  export { keysOf } from './language/syntax/keys.js';
  export { anchorOf, referenceEntries } from './language/syntax/reference.js';
  export { assumptionTable, kindDefaults, assumedUnavailability } from './language/model/assumptions.js';
`);
const entries = referenceEntries();
const byPhrase = new Map(entries.map((entry) => [entry.phrase, entry]));

/** Text in a cell of a table. */
function cell(text) {
  return text.replaceAll('|', '\\|');
}

function link({ phrase, anchor }) {
  return `[\`${phrase}\`](#${anchor})`;
}

/** The statements of a chapter in a few words; the reference says the rest. */
function statementTable(phrases) {
  const rows = phrases.map((phrase) => {
    const entry = byPhrase.get(phrase);
    if (entry === undefined)
      throw new Error(`"${phrase}" is no statement; correct the chapters in scripts/language-reference.mjs`);
    return [link(entry), entry.meaning, entry.absent ?? ''].map(cell);
  });
  return table(['Statement', 'Meaning', 'If omitted'], rows);
}

function blockTable() {
  const rows = blocks.map((place) => {
    const links = keysOf(place).map(({ phrase }) => link({ phrase, anchor: anchorOf(phrase) }));
    const name =
      place === 'class'
        ? 'a class of an `objective`'
        : place === 'edge'
          ? 'an edge'
          : place === 'file'
            ? 'the file'
            : `\`${place}\``;
    return [name, links.join(' ')];
  });
  return table(['In', 'may stand'], rows);
}

/** One entry of the reference: exactly what hover says, and the parts and words of the statement. */
function entryText(entry) {
  // A word of a part is explained there, unless the part is a choice between words.
  const isPart = (word) =>
    entry.parts.some(({ text }) => text.split(/[^\w-]+/).includes(word) && (/[A-Z]/.test(text) || !text.includes('|')));
  const words = entry.words.filter(([word]) => !isPart(word));
  const items = [
    `- **Write** \`${entry.form}\`${entry.repeats ? '; may repeat' : ''}`,
    ...entry.parts.map(({ text, meaning }) => `  - \`${text}\`: ${meaning}`),
    ...(words.length === 0 ? [] : ['- **Words**']),
    ...words.map(([word, meaning]) => `  - ${meaning.startsWith(`\`${word} `) ? '' : `\`${word}\`: `}${meaning}`),
    `- **In** ${entry.where}`,
    ...(entry.value === undefined ? [] : [`- **Value** ${entry.value}`]),
    ...(entry.absent === undefined ? [] : [`- **If omitted** ${entry.absent}`]),
    `- **Example** \`${entry.example}\``,
  ];
  return `### \`${entry.phrase}\`\n\n${entry.meaning}\n\n${items.join('\n')}`;
}

/** Chapters and sections of a document, without the entries of the reference. */
function contents(text) {
  const lines = text.split('\n').filter((line) => /^#{2,3} [^`]/.test(line));
  return lines
    .map((line) => {
      const title = line.replace(/^#+ /, '');
      const slug = title
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-');
      return `${line.startsWith('### ') ? '  ' : ''}- [${title}](#${slug})`;
    })
    .join('\n');
}

function tableOfAssumptions() {
  return table(
    ['Code', 'As printed', 'Why', 'To replace it, write'],
    assumptionTable.map(({ code, sentence, source, instead, reading }) =>
      [`\`${code}\``, reading === true ? `${sentence} (at the instances)` : sentence, source, instead].map(cell),
    ),
  );
}

/** What is taken of each kind of component of which nobody says how often it fails. */
function kindTable() {
  const percent = (kind, placed) => `${Number(((1 - assumedUnavailability(kind, placed).value) * 100).toPrecision(6))} %`;
  return table(
    ['Kind', 'An instance is up', 'Without `runs`', 'Promised by providers'],
    Object.entries(kindDefaults).map(([kind, { published }]) => [
      `\`${kind}\``,
      percent(kind, true),
      percent(kind, false),
      published,
    ]),
  );
}

function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

const introduced = Object.values(chapters).flat();
const stray = entries.filter(({ phrase }) => introduced.filter((one) => one === phrase).length !== 1);
if (stray.length > 0) {
  console.error(`Not in exactly one chapter: ${stray.map(({ phrase }) => phrase).join(', ')}`);
  process.exit(1);
}

const parts = new Map([
  ...Object.entries(chapters).map(([name, phrases]) => [`statements ${name}`, () => statementTable(phrases)]),
  ['contents', contents],
  ['blocks', blockTable],
  ['reference', () => entries.map(entryText).join('\n\n')],
  ['assumptions', tableOfAssumptions],
  ['kinds', kindTable],
]);

/** The document with every generated part written anew, between `<!-- generated: NAME -->` and `<!-- end -->`. */
function renewed(text, file, used) {
  return text.replaceAll(/<!-- generated: (.+) -->\n[\s\S]*?<!-- end -->/g, (_, name) => {
    const part = parts.get(name);
    if (part === undefined) throw new Error(`${file} asks for "${name}", which is none of: ${[...parts.keys()].join(', ')}`);
    used.add(name);
    return `<!-- generated: ${name} -->\n\n${part(text)}\n\n<!-- end -->`;
  });
}

const used = new Set();
const stale = [];
for (const file of ['docs/language.md', 'docs/figures.md']) {
  const path = join(root, file);
  const text = readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  const fresh = renewed(text, file, used);
  if (fresh === text) continue;
  stale.push(file);
  if (!process.argv.includes('--check')) writeFileSync(path, fresh);
}
const unused = [...parts.keys()].filter((name) => !used.has(name));
if (unused.length > 0) {
  console.error(`No document shows: ${unused.join(', ')}`);
  process.exit(1);
}
if (process.argv.includes('--check') && stale.length > 0) {
  console.error(`Not up to date; run node scripts/language-reference.mjs:\n${stale.join('\n')}`);
  process.exit(1);
}
console.log(stale.length === 0 ? 'The documents are up to date.' : `Wrote ${stale.join(', ')}.`);
