/** Whether a statement may stand where it stands: the key table says which blocks take it. */
import type { Component } from '../../generated/ast.js';
import { anyComponent, running } from '../key-entry.js';
import { componentKindPlaces, entriesOf, keyIn, type Place } from '../keys.js';
import { type Block, keyOf } from './blocks.js';
import { capitalised, joined, withArticle } from './phrases.js';
import { type Report, removal, spanOf, spanOfKey, spanOfProperty } from './problem.js';

const nouns: Readonly<Record<Place, string>> = {
  file: 'file',
  model: 'model',
  region: 'region',
  zone: 'zone',
  link: 'link',
  service: 'service',
  gateway: 'gateway',
  database: 'database',
  cache: 'cache',
  queue: 'queue',
  bucket: 'bucket',
  external: 'external',
  coordinator: 'coordinator',
  job: 'job',
  journey: 'journey',
  policy: 'policy',
  defaults: '`defaults` block',
  together: '`together` block',
  failover: '`failover` block',
  objective: '`objective` block',
  class: 'disruption class of an `objective`, such as `region-loss`',
  backup: 'backup',
  edge: "`requires` edge's block",
  rollout: '`rollout` block',
  scenario: 'scenario',
  drill: 'drill',
};

const componentKinds: ReadonlySet<Place> = new Set(componentKindPlaces);
const reuse: ReadonlySet<Place> = new Set(['policy', 'defaults']);

/** Reports statements that the kind of block does not take. */
export function checkPlaces(block: Block, report: Report): void {
  for (const statement of block.statements) {
    const key = keyOf(statement);
    if (key === undefined || keyIn(block.place, key) !== undefined) continue;
    const phrase = entriesOf(key)[0]?.phrase ?? key;
    report({
      severity: 'error',
      code: 'syntax/place',
      message: `\`${phrase}\` does not belong in ${withArticle(nouns[block.place])}; it belongs in ${homesOf(key)}.`,
      at: spanOfKey(statement, key),
      fix: removal(statement, `Remove \`${phrase}\``),
    });
  }
  const { top } = block;
  if (block.node !== top || top.$type !== 'Component') return;
  const first = top.sites[0];
  const runs = top.statements.find((statement) => statement.$type === 'Runs');
  if (first === undefined || runs === undefined) return;
  const sites = { start: spanOf(first).start, end: spanOf(top.sites.at(-1) ?? first).end };
  report({
    severity: 'error',
    code: 'syntax/sites-and-runs',
    message: `${capitalised(block.label)} says where it stands twice: \`in\` in its head is for what has no \`runs\`. Leave one of the two out.`,
    at: sites,
    fix: { title: 'Remove `in …` from the head', start: headEnd(top), end: sites.end, text: '' },
    related: { node: runs, at: spanOfKey(runs, 'runs'), message: 'Its instances are placed here.' },
  });
}

/** Where the head of a component ends before `in`. */
function headEnd(component: Component): number {
  const parts = (['name', 'title', 'tier'] as const).filter((part) => component[part] !== undefined);
  return Math.max(spanOfKey(component, component.kind).end, ...parts.map((part) => spanOfProperty(component, part).end));
}

/** The blocks that take a key, in words: `a database, cache or queue`. */
function homesOf(key: string): string {
  const places = [...new Set(entriesOf(key).flatMap((entry) => entry.places))];
  const kinds = places.filter((place) => componentKinds.has(place));
  const others = places.filter((place) => !componentKinds.has(place) && !reuse.has(place));
  const words: string[] = [];
  if (kinds.length === anyComponent.length) words.push('component');
  else if (kinds.length === running.length && running.every((kind) => kinds.includes(kind)))
    words.push('component with instances (no bucket or external)');
  else words.push(...kinds.map((place) => nouns[place]));
  words.push(...others.map((place) => nouns[place]));
  const [first, ...rest] = words;
  return first === undefined ? 'no block' : joined([withArticle(first), ...rest]);
}
