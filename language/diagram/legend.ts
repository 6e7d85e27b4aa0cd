/** What the signs mean: only those in use, in lines that fit the picture. */
import type { DiagramGraph, Pip, Relation } from './diagram-graph.js';
import { edgeLine } from './edge.js';
import type { Ink } from './ink.js';
import { box, path, singlePointTab, textLine } from './markup.js';
import { pipMark } from './pips.js';
import { smallSize } from './sizes.js';
import { partStates, stateGlyph } from './state-marks.js';
import type { DiagramStates, PartState } from './states.js';
import { textWidth } from './text-width.js';

interface Item {
  /** Items of one group begin a line of their own where they do not fit beside the group before. */
  readonly group: 'pips' | 'lines' | 'marks' | 'states';
  readonly sign: (ink: Ink, x: number, y: number) => string;
  readonly signWidth: number;
  readonly text: string;
}

const lineHeight = 20;
const margin = 16;
const gap = 18;

const relations: readonly (readonly [Relation, string])[] = [
  ['hard', 'hard: caller fails too'],
  ['choice', 'needs some of these'],
  ['soft', 'soft: caller goes on'],
  ['async', 'async: hands over'],
  ['route', 'sends traffic'],
  ['backup', 'backup copy'],
  ['sync-copy', 'synchronous copy'],
  ['async-copy', 'replication'],
];

const letters: readonly (readonly [NonNullable<Pip['letter']>, string, Pip['role']])[] = [
  ['P', 'primary', 'active'],
  ['S', 'sync copy', 'active'],
  ['A', 'async copy', 'standby'],
  ['W', 'witness', 'witness'],
];

/** The legend from `top`; answers the drawing and its height. */
export function legend(
  ink: Ink,
  graph: DiagramGraph,
  states: DiagramStates | undefined,
  top: number,
  width: number,
): { readonly drawn: string; readonly height: number } {
  const known = items(graph);
  // Room for every state is always left, so that a what-if does not make the picture higher.
  const lines = Math.ceil(flow([...known, ...stateItems(partStates)], width).at(-1)?.y ?? 0) + 1;
  const used = states === undefined ? [] : partStates.filter((state) => isUsed(state, states));
  const placed = flow([...known, ...stateItems(used)], width);
  let drawn = '';
  for (const { item, x, y } of placed) {
    const middle = top + (y + 0.5) * lineHeight;
    drawn += item.sign(ink, x, middle) + textLine(ink, x + item.signWidth + 6, middle, item.text);
  }
  return { drawn, height: known.length === 0 ? 0 : lines * lineHeight };
}

/** Items one after the other, groups together where a line holds them; `y` counts lines. */
function flow(list: readonly Item[], width: number): readonly { readonly item: Item; readonly x: number; readonly y: number }[] {
  let x = margin;
  let y = 0;
  return list.map((item, index) => {
    const needed = neededBy(item);
    const begins = index > 0 && list[index - 1]?.group !== item.group;
    const group = begins ? list.filter((other) => other.group === item.group) : [];
    const groupWidth = group.reduce((sum, other) => sum + neededBy(other) + gap, -gap);
    const isTooWide = begins && groupWidth <= width - 2 * margin ? x + groupWidth > width - margin : x + needed > width - margin;
    if (x > margin && isTooWide) {
      x = margin;
      y += 1;
    }
    const placed = { item, x, y };
    x += needed + gap;
    return placed;
  });
}

function neededBy(item: Item): number {
  return item.signWidth + 6 + textWidth(item.text, smallSize);
}

function isUsed(state: PartState, states: DiagramStates): boolean {
  return [...states.nodes, ...states.sites, ...(states.edges ?? [])].some((part) => part.state === state);
}

function stateItems(shown: readonly PartState[]): readonly Item[] {
  return shown.map((state) => ({
    group: 'states',
    sign: (ink, x, y) => stateGlyph(ink, state, x + 6, y),
    signWidth: 12,
    text: state === 'at-risk' ? 'at risk' : state,
  }));
}

function items(graph: DiagramGraph): readonly Item[] {
  const plainRoles = new Set<Pip['role']>();
  const usedLetters = new Set<Pip['letter']>();
  for (const node of graph.nodes) {
    for (const row of node.rows) {
      for (const cell of row.cells) {
        for (const { role, letter } of cell.pips) {
          if (letter === undefined) plainRoles.add(role);
          else usedLetters.add(letter);
        }
      }
    }
  }
  const plain = (role: Pip['role'], text: string): readonly Item[] =>
    plainRoles.has(role) ? [{ group: 'pips', sign: (ink, x, y) => pipMark(ink, { role }, x + 5, y), signWidth: 10, text }] : [];
  const lettered = letters.flatMap(([letter, text, role]): readonly Item[] =>
    usedLetters.has(letter)
      ? [{ group: 'pips', sign: (ink, x, y) => pipMark(ink, { role, letter }, x + 7, y), signWidth: 14, text }]
      : [],
  );
  const lines = relations.flatMap(([relation, text]): readonly Item[] =>
    graph.edges.some((edge) => edge.relation === relation)
      ? [
          {
            group: 'lines',
            sign: (ink, x, y) =>
              edgeLine(ink, relation, [
                { x, y },
                { x: x + 30, y },
              ]),
            signWidth: 30,
            text,
          },
        ]
      : [],
  );
  const quiet: readonly Item[] = graph.edges.some((edge) => edge.quiet === true)
    ? [{ group: 'lines', sign: quietSign, signWidth: 30, text: 'where it stands by' }]
    : [];
  const arrives = graph.nodes.some((node) => node.rows.some((row) => row.arrives !== undefined));
  const replication: readonly Item[] = arrives
    ? [{ group: 'lines', sign: replicationSign, signWidth: 30, text: 'replication' }]
    : [];
  const single = graph.nodes.some((node) => node.badge !== undefined) || graph.places.some((place) => place.single);
  const zone = graph.places.some((place) => place.zones.some((each) => each.single));
  const tab: readonly Item[] = single
    ? [{ group: 'marks', sign: (ink, x, y) => singlePointTab(ink, x, y), signWidth: 44, text: 'alone takes a journey down' }]
    : [];
  const frame: readonly Item[] = zone
    ? [
        {
          group: 'marks',
          sign: singleZoneSign,
          signWidth: 22,
          text: single ? 'a zone that does' : 'a zone whose loss alone takes a journey down',
        },
      ]
    : [];
  return [
    ...plain('active', 'active'),
    ...plain('standby', 'standby'),
    ...plain('witness', 'witness'),
    ...lettered,
    ...lines,
    ...quiet,
    ...replication,
    ...tab,
    ...frame,
  ];
}

function quietSign(ink: Ink, x: number, y: number): string {
  return edgeLine(
    ink,
    'hard',
    [
      { x, y },
      { x: x + 30, y },
    ],
    undefined,
    true,
  );
}

function singleZoneSign(ink: Ink, x: number, y: number): string {
  return box(ink, x + 1, y - 7, 20, 14, 4, { fill: 'card', stroke: 'down', width: 1.8 });
}

function replicationSign(ink: Ink, x: number, y: number): string {
  return (
    path(ink, `M${x} ${y}h28`, { stroke: 'repl', width: 2, dash: '5 3' }) +
    path(ink, `M${x + 24} ${y - 4}l5 4l-5 4`, { stroke: 'repl', width: 1.6, round: true })
  );
}
