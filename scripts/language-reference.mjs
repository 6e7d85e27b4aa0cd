// Writes what the documents take from the code: the statement tables of docs/language.md from the key table, and the table of
// assumptions of docs/figures.md. `--check` writes nothing and fails where a document is not up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './project.mjs';

/** Chapters of the reference. A statement stands in the first chapter that has one of its blocks. */
const chapters = [
  { name: 'file', places: ['file'] },
  { name: 'model', places: ['model'] },
  { name: 'sites', places: ['region', 'zone', 'link'] },
  {
    name: 'components',
    places: ['service', 'gateway', 'job', 'external', 'policy', 'defaults', 'journey', 'together', 'rollout', 'edge'],
  },
  { name: 'data', places: ['database', 'cache', 'queue', 'bucket', 'coordinator', 'backup'] },
  { name: 'promises', places: ['failover', 'objective', 'class'] },
  { name: 'scenarios', places: ['scenario', 'drill'] },
];

const dimensions = {
  probability: 'probability',
  share: 'share',
  duration: 'duration',
  count: 'whole number',
  size: 'size',
  throughput: 'throughput',
  rate: 'rate',
  cpu: 'CPU',
  money: 'money',
  version: 'version',
};

async function load() {
  const result = await build({
    stdin: {
      contents: [
        "export { keyTable } from './language/syntax/keys.js';",
        "export { anyComponent, dataPlaces, running } from './language/syntax/key-entry.js';",
        "export { assumptions } from './language/model/assumptions.js';",
      ].join('\n'),
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    write: false,
    logLevel: 'error',
  });
  const code = result.outputFiles[0]?.text ?? '';
  return import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
}

const { keyTable, anyComponent, dataPlaces, running, assumptions } = await load();

/** The blocks of an entry in few words. */
function where(places) {
  const left = new Set(places);
  const words = [];
  const take = (group, word) => {
    if (!group.every((place) => left.has(place))) return;
    for (const place of group) left.delete(place);
    words.push(word);
  };
  take(anyComponent, 'every component');
  take(running, 'components with instances');
  take(dataPlaces, 'data components');
  for (const place of left) words.push(place === 'class' ? 'a class of an objective' : place);
  return words.join(', ');
}

function value(entry) {
  const { value: of, repeats } = entry;
  const again = repeats ? '; may repeat' : '';
  switch (of.kind) {
    case 'quantity':
      return `${dimensions[of.dimension]}${of.aboveMinimum === true ? ' above 0' : ''}${again}`;
    case 'words':
      return `${of.allowed === undefined ? (of.many ? 'words' : 'a word') : of.allowed.map((word) => `\`${word}\``).join(', ')}${again}`;
    case 'text':
      return `text${again}`;
    case 'mark':
      return `nothing${again}`;
    case 'structure':
      return `as in the example${again}`;
    default:
      throw new Error(`Unknown kind of value: ${of.kind}`);
  }
}

function cell(text) {
  return text.replaceAll('|', '\\|');
}

function statementTable(chapter) {
  const earlier = new Set(chapters.slice(0, chapters.indexOf(chapter)).flatMap(({ places }) => places));
  const entries = keyTable.filter(
    ({ places }) => places.some((place) => chapter.places.includes(place)) && !places.some((place) => earlier.has(place)),
  );
  const rows = entries.map((entry) =>
    [
      `\`${entry.phrase}\``,
      where(entry.places),
      value(entry),
      entry.absent === undefined ? entry.meaning : `${entry.meaning} Left out: ${entry.absent}.`,
      `\`${entry.example}\``,
    ].map(cell),
  );
  return table(['Statement', 'In', 'Value', 'Meaning', 'Example'], rows);
}

function assumptionTable() {
  return table(
    ['Code', 'As printed', 'Why'],
    Object.values(assumptions).map(({ code, sentence, source }) => [`\`${code}\``, sentence, source].map(cell)),
  );
}

function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

const parts = new Map([
  ...chapters.map((chapter) => [`statements ${chapter.name}`, statementTable(chapter)]),
  ['assumptions', assumptionTable()],
]);

/** The document with every generated part written anew, between `<!-- generated: NAME -->` and `<!-- end -->`. */
function renewed(text, file, used) {
  return text.replaceAll(/<!-- generated: (.+) -->\n[\s\S]*?<!-- end -->/g, (_, name) => {
    const part = parts.get(name);
    if (part === undefined) throw new Error(`${file} asks for "${name}", which is none of: ${[...parts.keys()].join(', ')}`);
    used.add(name);
    return `<!-- generated: ${name} -->\n\n${part}\n\n<!-- end -->`;
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
