/** The picture as a Mermaid flowchart, for pages that draw it themselves. */

import type { Words } from '../../translation/words.js';
import type { DiagramEdge, DiagramGraph, DiagramNode } from '../diagram-graph.js';
import { stateWords } from '../state-marks.js';
import type { DiagramStates, PartState } from '../states.js';
import { asWritten, labelOf, textOfLine } from './label.js';

/** Styles of states: shape of the border first, colour second, as everywhere. */
const stateStyles: Readonly<Record<Exclude<PartState, 'ok'>, string>> = {
  down: 'stroke:#be1606,stroke-width:3px',
  degraded: 'stroke:#7f5e0f,stroke-width:2px,stroke-dasharray:7 3',
  'at-risk': 'stroke:#7f5e0f,stroke-width:2px',
  lost: 'stroke:#202020,stroke-width:2px,stroke-dasharray:2 3',
};

/** The text of a flowchart; every name is escaped. `words` says texts in the language of the picture. Same input, same bytes. */
export function mermaidOf(graph: DiagramGraph, states?: DiagramStates, words: Words = asWritten): string {
  const ids = new Map(graph.nodes.map((node, index) => [node.id, `n${index}`]));
  const byId = new Map(states?.nodes.map((node) => [node.id, node]));
  const lines = [`---`, `title: ${JSON.stringify(textOfLine(words(states?.title ?? graph.title)))}`, `---`, 'flowchart TD'];
  for (const node of graph.nodes) {
    const state = byId.get(node.id);
    const told =
      state === undefined || state.state === 'ok'
        ? words(node.subtitle ?? '')
        : `${words(stateWords[state.state])} ${words(state.reason ?? '')}`;
    lines.push(`  ${ids.get(node.id) ?? ''}${shaped(node, told)}`);
  }
  for (const edge of graph.edges) {
    const [from, to] = [ids.get(edge.from), ids.get(edge.to)];
    if (from !== undefined && to !== undefined) lines.push(`  ${from} ${arrowOf(edge, words)} ${to}`);
  }
  for (const state of Object.keys(stateStyles) as (keyof typeof stateStyles)[]) {
    const of = graph.nodes.flatMap(({ id }) => (byId.get(id)?.state === state ? (ids.get(id) ?? []) : []));
    const name = state.replace('-', '');
    if (of.length > 0) lines.push(`  classDef ${name} ${stateStyles[state]}`, `  class ${of.join(',')} ${name}`);
  }
  return `${lines.join('\n')}\n`;
}

function shaped(node: DiagramNode, told: string): string {
  const second = told.trim() === '' ? '' : `<br/>${escaped(told)}`;
  const label = `"${escaped(labelOf(node))}${second}"`;
  if (node.shape === 'card' && (node.kind === 'database' || node.kind === 'cache')) return `[(${label})]`;
  if (node.shape === 'card' && node.kind === 'queue') return `[[${label}]]`;
  const [open, close] = brackets[node.shape] ?? ['[', ']'];
  return `${open}${label}${close}`;
}

const brackets: Readonly<Record<string, readonly [string, string]>> = {
  journey: ['([', '])'],
  hexagon: ['{{', '}}'],
  bucket: ['[\\', '/]'],
  'third-party': ['(', ')'],
  group: ['[[', ']]'],
};

function arrowOf({ relation }: DiagramEdge, words: Words): string {
  switch (relation) {
    case 'hard':
      return '-->';
    case 'choice':
      return `-- ${words('one of')} --->`;
    case 'soft':
      return '-.->';
    case 'async':
      return `-. ${words('async')} .->`;
    case 'route':
      return `-- ${words('route')} -->`;
    case 'backup':
      return `-. ${words('backup')} .->`;
    case 'sync-copy':
    case 'async-copy':
      return `-. ${words('replication')} .->`;
  }
}

/** Everything but plain characters as a numbered entity: no name can end the label, start a link, name an icon or become a tag. */
function escaped(text: string): string {
  return (
    [...textOfLine(text)]
      .map((character) => (/[\p{L}\p{N} .,%≥≤·/+_-]/u.test(character) ? character : `#${character.codePointAt(0) ?? 32};`))
      .join('')
      // Two of them begin a comment.
      .replace(/%(?=%)/g, '#37;')
  );
}
