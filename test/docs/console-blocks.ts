import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drml, folderOf } from '../server/cli/program.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const prompt = '$ npm run -s drml -- ';
const block = /^```(console|diff)\n([\s\S]*?)^```$/gm;
const model = /^```drml\n([\s\S]*?)^```$/gm;

/** Path of a document of the project. */
export function documentPath(name: string): string {
  return join(root, name);
}

/** The complete models a document shows, by file name: the one its first line names, or a number. */
export function modelsOf(name: string): Readonly<Record<string, string>> {
  const models: Record<string, string> = {};
  for (const [, text = ''] of readFileSync(documentPath(name), 'utf8').matchAll(model)) {
    const named = /^\/\/ ([\w-]+\.drml)\n/.exec(text)?.[1];
    models[named ?? `example-${Object.keys(models).length + 1}.drml`] = text;
  }
  return models;
}

/**
 * The text of a document with what its commands print today. Commands run one after the other in a folder with a copy of the examples
 * and the models that the document shows; a `diff` block changes a file there, as the reader is asked to. A block that ends with `…` shows the beginning only, and keeps its length.
 */
export async function withFreshOutput(name: string): Promise<string> {
  const folder = folderOf(modelsOf(name));
  cpSync(join(root, 'examples'), join(folder, 'examples'), { recursive: true });
  const text = readFileSync(documentPath(name), 'utf8');
  let fresh = '';
  let done = 0;
  for (const match of text.matchAll(block)) {
    const [whole, language = '', body = ''] = match;
    fresh += text.slice(done, match.index);
    done = match.index + whole.length;
    if (language === 'diff') {
      change(folder, body);
      fresh += whole;
    } else {
      fresh += `\`\`\`console\n${await consoleBody(folder, body)}\`\`\``;
    }
  }
  return fresh + text.slice(done);
}

/** `--- FILE`, then lines without and lines with: every line that is taken away must be there. */
function change(folder: string, body: string): void {
  const lines = body.trimEnd().split('\n');
  const path = join(folder, (lines[0] ?? '').replace(/^--- /, ''));
  const withMark = (mark: string): string =>
    lines
      .slice(1)
      .filter((line) => line.startsWith(mark))
      .map((line) => line.slice(1))
      .join('\n');
  const before = readFileSync(path, 'utf8');
  if (!before.includes(withMark('-'))) throw new Error(`${path} has no ${withMark('-')}`);
  writeFileSync(path, before.replace(withMark('-'), withMark('+')));
}

/** What `jq` makes of JSON; undefined on machines without it, where a block stays as it is. */
function readWith(filter: string, json: string): string | undefined {
  const [, flags = '', program = ''] = /^jq((?: -[a-z]+)*) '([^']*)'$/.exec(filter) ?? [];
  if (program === '') throw new Error(`A filter is "jq '…'", not "${filter}".`);
  const { error, stdout, stderr } = spawnSync('jq', [...flags.split(' ').filter((flag) => flag !== ''), program], {
    input: json,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  return error === undefined ? `${stderr}${stdout}` : undefined;
}

async function consoleBody(folder: string, body: string): Promise<string> {
  const lines = body.trimEnd().split('\n');
  const command = lines[0] ?? '';
  if (!command.startsWith(prompt)) throw new Error(`A console block starts with "${prompt}", not with "${command}".`);
  // The filter may hold pipes of its own.
  const [own = '', ...filters] = command.slice(prompt.length).split(' | ');
  const filter = filters.length === 0 ? undefined : filters.join(' | ');
  const { error, out } = await drml(folder, ...own.split(' '));
  const read = filter === undefined ? out : readWith(filter, out);
  if (read === undefined) return body;
  const printed = `${error}${read}`.trimEnd().split('\n');
  // `…` alone asks for a first look: as many lines as the first table has.
  const isCut = lines.at(-1) === '…';
  const firstTable = printed.indexOf('', printed.indexOf('') + 1);
  const kept = lines.length > 2 ? lines.length - 2 : firstTable < 0 ? printed.length : firstTable;
  const shown = isCut && kept < printed.length ? [...printed.slice(0, kept), '…'] : printed;
  return [command, ...shown].map((line) => `${line.trimEnd()}\n`).join('');
}
