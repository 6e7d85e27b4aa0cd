/** The picture in the language of D2. */

import type { Words } from '../../translation/words.js';
import type { DiagramEdge, DiagramGraph, DiagramNode } from '../diagram-graph.js';
import { stateWords } from '../state-marks.js';
import type { DiagramStates, PartState } from '../states.js';
import { asWritten, labelOf, textOfLine } from './label.js';

const stateStyles: Readonly<Record<Exclude<PartState, 'ok'>, string>> = {
  down: 'style.stroke: "#be1606"; style.stroke-width: 3',
  degraded: 'style.stroke: "#7f5e0f"; style.stroke-dash: 5',
  'at-risk': 'style.stroke: "#7f5e0f"',
  lost: 'style.stroke-dash: 2',
};

/** The text of a D2 file; every name is quoted. `words` says texts in the language of the picture. Same input, same bytes. */
export function d2Of(graph: DiagramGraph, states?: DiagramStates, words: Words = asWritten): string {
  const ids = new Map(graph.nodes.map((node, index) => [node.id, `n${index}`]));
  const byId = new Map(states?.nodes.map((node) => [node.id, node]));
  const title = textOfLine(words(states?.title ?? graph.title));
  const lines = [
    'direction: down',
    ...(title === '' ? [] : [`title: ${quoted(title)} { near: top-center; shape: text; style.bold: true }`]),
  ];
  for (const node of graph.nodes) {
    const state = byId.get(node.id);
    const isTold = state !== undefined && state.state !== 'ok';
    const told = isTold ? ` · ${words(stateWords[state.state])} ${words(state.reason ?? '')}` : '';
    const style = isTold ? `; ${stateStyles[state.state]}` : '';
    lines.push(`${ids.get(node.id) ?? ''}: ${quoted(`${labelOf(node)}${told}`)} { shape: ${shapeOf(node)}${style} }`);
  }
  for (const edge of graph.edges) {
    const [from, to] = [ids.get(edge.from), ids.get(edge.to)];
    if (from !== undefined && to !== undefined) lines.push(`${from} -> ${to}${lineOf(edge, words)}`);
  }
  return `${lines.join('\n')}\n`;
}

const shapes: Readonly<Record<string, string>> = {
  journey: 'oval',
  hexagon: 'hexagon',
  bucket: 'stored_data',
  'third-party': 'cloud',
  group: 'package',
};

function shapeOf({ shape, kind }: DiagramNode): string {
  if (shape === 'card' && (kind === 'database' || kind === 'cache')) return 'cylinder';
  if (shape === 'card' && kind === 'queue') return 'queue';
  return shapes[shape] ?? 'rectangle';
}

function lineOf({ relation }: DiagramEdge, words: Words): string {
  switch (relation) {
    case 'hard':
      return '';
    case 'choice':
      return `: ${words('one of')}`;
    case 'soft':
      return ' { style.stroke-dash: 5 }';
    case 'async':
      return `: ${words('async')} { style.stroke-dash: 2 }`;
    case 'route':
      return `: ${words('route')}`;
    case 'backup':
      return `: ${words('backup')} { style.stroke-dash: 8 }`;
    case 'sync-copy':
    case 'async-copy':
      return `: ${words('replication')} { style.stroke-dash: 6 }`;
  }
}

/** In single quotes nothing but the quote itself has a meaning, and it is doubled. */
function quoted(text: string): string {
  return `'${textOfLine(text).replace(/'/g, "''")}'`;
}
