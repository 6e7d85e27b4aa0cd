/** The second picture: what runs where. One row for each component, one column for each zone, and how it stands at the end. */
import type { DiagramGraph, DiagramNode, Place, ZoneCell } from './diagram-graph.js';
import { displayName } from './display-name.js';
import { header, summaryText } from './header.js';
import { icon } from './icons.js';
import { type Ink, inkFor } from './ink.js';
import { headerHeight } from './layout-places.js';
import { at, box, chipRow, escapeText, path, singlePointTab, textLine } from './markup.js';
import { zoneCell } from './pips.js';
import { fittingChips, smallSize } from './sizes.js';
import { type Standing, standingOf } from './standing.js';
import { borderOf, hatch, hatchPattern, lostCross, stateLine, stripe } from './state-marks.js';
import { describe, type SvgOptions, svgHead } from './svg.js';
import { textWidth } from './text-width.js';

const margin = 16;
const rowPitch = 24;
const captionPitch = 22;
const columnGap = 8;
const regionPadding = 8;
const regionGap = 14;
const tableHead = 52;
const verdictWidth = 216;
const widestName = 190;

interface Column {
  readonly site: string;
  readonly label: string;
  readonly x: number;
}

interface RegionColumns {
  readonly place: Place;
  readonly index: number;
  readonly x: number;
  readonly width: number;
  readonly columns: readonly Column[];
}

/** What the lines say of the components: where users come in, and what several others call. */
interface Calls {
  readonly entries: ReadonlySet<string>;
  readonly shared: ReadonlySet<string>;
}

const tiers: readonly (readonly [string, (node: DiagramNode, calls: Calls) => boolean])[] = [
  ['Edge', (node, { entries }) => node.kind === 'gateway' || (node.kind === 'service' && entries.has(node.id))],
  ['Services', (node, { shared }) => (node.kind === 'service' && !shared.has(node.id)) || node.kind === 'job'],
  ['Shared services', (node) => node.kind === 'service'],
  ['Data', (node) => ['database', 'cache', 'queue', 'coordinator'].includes(node.kind)],
  ['Copies', (node) => node.kind === 'bucket'],
  ['Third parties', (node) => node.kind === 'external'],
  ['Folded', (node) => node.kind === 'group'],
];

/**
 * Draws the table of places. The text is well-formed XML whatever the model's names are, and the same for the same input;
 * a what-if moves nothing in it.
 */
export function renderPlacement(graph: DiagramGraph, options: SvgOptions): string {
  const ink = inkFor(options.theme, !options.standalone, options.idPrefix);
  const standing = standingOf(graph, options.states);
  const rows = tieredRows(graph);
  const names = rows.flatMap(({ nodes }) =>
    nodes.map(({ node }) => textWidth(displayName(node), smallSize + 1, 'bold') + (node.badge === undefined ? 0 : 46)),
  );
  const left = margin + 37 + Math.ceil(Math.min(widestName + 46, Math.max(60, ...names))) + 12;
  const regions = regionColumns(graph, left);
  const right = (regions.at(-1)?.x ?? left) + (regions.at(-1)?.width ?? 0);
  const width = right + 18 + verdictWidth + margin;
  const top = headerHeight + tableHead;
  const body = rows.reduce((sum, { nodes }) => sum + captionPitch + nodes.length * rowPitch, 0);
  // Where nothing runs there is a line that says so.
  const height = top + body + margin + (rows.length === 0 ? rowPitch : 8);
  const title = options.states?.title ?? graph.title;
  const label = escapeText(`Placement. ${title}: ${summaryText(graph, options.states)}`);
  const parts = [
    svgHead(ink, width, height, label, graph, standing, options.standalone),
    options.states === undefined ? '' : hatchPattern(ink),
    header(ink, graph, options.states, width, placementTitle(title)),
    ...regions.map((region) => regionFrame(ink, region, top, body, standing)),
    textLine(ink, right + 18, headerHeight + 34, options.states === undefined ? 'What to know' : 'How it stands', {
      weight: 'bold',
    }),
  ];
  let y = top;
  for (const { caption, nodes } of rows) {
    parts.push(textLine(ink, margin, y + captionPitch / 2, caption.toUpperCase(), { role: 'mu', weight: 'bold' }));
    const line = margin + textWidth(caption.toUpperCase(), smallSize, 'bold') + 8;
    parts.push(path(ink, `M${at(line)} ${y + captionPitch / 2}H${at(width - margin)}`, { stroke: 'hair', width: 1 }));
    y += captionPitch;
    for (const { node, index } of nodes) {
      parts.push(nodeRow(ink, { node, index, y, left, right }, regions, graph, standing));
      y += rowPitch;
    }
  }
  if (rows.length === 0) parts.push(textLine(ink, margin, top + 20, 'Nothing runs anywhere yet.', { role: 'mu', size: 13 }));
  parts.push('</svg>');
  return `${parts.filter((part) => part !== '').join('\n')}\n`;
}

/** Beside the flow the same title twice would not say which picture is which. */
function placementTitle(title: string): string {
  return `Placement: ${title.startsWith('What if ') ? title.replace('What', 'what') : title}`;
}

function tieredRows(graph: DiagramGraph) {
  const calls = callsOf(graph);
  const left = new Set(graph.nodes.map((_, index) => index).filter((index) => graph.nodes[index]?.kind !== 'journey'));
  return tiers.flatMap(([caption, belongs]) => {
    const nodes = graph.nodes.flatMap((node, index) => (left.has(index) && belongs(node, calls) ? [{ node, index }] : []));
    for (const { index } of nodes) left.delete(index);
    return nodes.length === 0 ? [] : [{ caption, nodes }];
  });
}

/** Users come in at what a journey or a gateway calls, and nothing else that a journey needs. */
function callsOf(graph: DiagramGraph): Calls {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const fromOutside = new Set<string>();
  const callers = new Map<string, Set<string>>();
  const fromNeeded = new Set<string>();
  for (const { from, to, relation } of graph.edges) {
    const caller = nodes.get(from);
    if (caller === undefined || relation === 'backup') continue;
    if (caller.kind === 'journey' || caller.kind === 'gateway') fromOutside.add(to);
    else {
      callers.set(to, (callers.get(to) ?? new Set()).add(from));
      if (caller.journeys.length > 0) fromNeeded.add(to);
    }
  }
  const entries = new Set([...fromOutside].filter((id) => !fromNeeded.has(id)));
  return { entries, shared: new Set([...callers].flatMap(([id, list]) => (list.size > 1 ? [id] : []))) };
}

/** A column for each zone; one for the region where it has none, and one more where cards sum up zones that have no room. */
function regionColumns(graph: DiagramGraph, left: number): readonly RegionColumns[] {
  const cell = graph.card.cellWidth;
  const summed = new Set(
    graph.nodes.flatMap((node) => node.rows.flatMap((row) => row.cells.filter(isRest).map((each) => each.site))),
  );
  let x = left;
  return graph.places.map((place, index) => {
    const zones = place.zones.length === 0 ? [{ site: place.site, label: '' }] : place.zones;
    const shown = summed.has(place.site) ? [...zones, { site: place.site, label: 'more' }] : zones;
    const needed = textWidth(place.label, smallSize, 'bold') + 10 + textWidth('promoted', smallSize) + 2 * regionPadding;
    const width = Math.max(2 * regionPadding + shown.length * (cell + columnGap) - columnGap, Math.min(220, Math.ceil(needed)));
    const columns = shown.map(({ site, label }, column) => ({ site, label, x: x + regionPadding + column * (cell + columnGap) }));
    const region = { place, index, x, width, columns };
    x += width + regionGap;
    return region;
  });
}

function isRest(cell: ZoneCell): boolean {
  return !cell.spans && cell.label.startsWith('+');
}

function regionFrame(ink: Ink, region: RegionColumns, top: number, body: number, standing: Standing): string {
  const { place, index, x, width, columns } = region;
  const own = standing.site(place.site);
  const lost = standing.isLost(place.site);
  const frameTop = headerHeight + 4;
  const height = top + body - frameTop + 6;
  const dash = place.role === 'active' ? {} : { dash: place.role === 'standby' ? '8 4' : '2 3' };
  const planned = place.role === 'unused' ? 'not used' : place.role;
  const role = lost ? 'LOST' : own?.promoted === true ? 'promoted' : planned;
  const outline = lost ? { stroke: 'fg' as const, width: 2.4 } : { stroke: 'bd' as const, width: 1.4, ...dash };
  const nameRoom = width - 2 * regionPadding - textWidth(role, smallSize, 'bold') - 6;
  const frame =
    box(ink, x, frameTop, width, height, 8, outline) +
    textLine(ink, x + regionPadding, frameTop + 14, place.label, { weight: 'bold', room: nameRoom }) +
    textLine(ink, x + width - regionPadding, frameTop + 14, role, {
      anchor: 'end',
      ...(lost ? { weight: 'bold' } : { role: 'mu' }),
    });
  let drawn = part(ink, `p${index}`, `Region ${place.label}, ${role}.`, place.site, frame);
  columns.forEach((column, position) => {
    const cell = columns.length > 1 ? (columns[1]?.x ?? 0) - (columns[0]?.x ?? 0) - columnGap : width - 2 * regionPadding;
    const off = standing.isLost(column.site) && column.label !== '';
    let head = '';
    if (off) {
      head += hatch(ink, column.x - 3, top - 24, cell + 6, body + 24, 4);
      head += box(ink, column.x - 3, top - 24, cell + 6, body + 24, 4, { stroke: 'fg', width: 1.8 });
    } else head += box(ink, column.x - 3, top - 22, cell + 6, 19, 3, { fill: 'card', stroke: 'hair', width: 1 });
    const middle = column.x + cell / 2;
    head += textLine(ink, middle - (off ? 7 : 0), top - 12, column.label, {
      weight: 'bold',
      anchor: 'middle',
      room: cell - (off ? 14 : 0),
    });
    if (off) head += lostCross(ink, middle + 9, top - 12);
    const isZone = position < place.zones.length;
    const says = `Zone ${column.site}.${off ? ' Lost.' : ''}`;
    if (column.label !== '') drawn += isZone ? part(ink, `p${index}z${position}`, says, column.site, head) : head;
  });
  return drawn;
}

function part(ink: Ink, key: string, says: string, site: string, body: string): string {
  const attributes = ink.interactive
    ? ` data-key="${key}" data-site="${escapeText(site)}" tabindex="0" role="button" aria-label="${escapeText(says)}" class="target"`
    : '';
  return `<g${attributes}><title>${escapeText(says)}</title>${body}</g>`;
}

interface Row {
  readonly node: DiagramNode;
  readonly index: number;
  readonly y: number;
  readonly left: number;
  readonly right: number;
}

function nodeRow(
  ink: Ink,
  { node, index, y, left, right }: Row,
  regions: readonly RegionColumns[],
  graph: DiagramGraph,
  standing: Standing,
): string {
  const own = standing.node(node.id);
  const middle = y + rowPitch / 2;
  const title = escapeText(describe(node, standing));
  const target = ink.interactive
    ? ` data-key="n${index}" class="target row" tabindex="0" role="button" aria-label="${title}"`
    : '';
  const plain = { fill: 'bg', width: 0 } as const;
  const framed = own?.role === 'cause' || own?.state === 'lost';
  const border = framed ? borderOf(node, own, { fill: 'bg', stroke: 'bd', width: 1 }) : plain;
  let drawn = box(ink, margin - 4, y + 2, left - margin - 4, rowPitch - 4, 4, border);
  if (own !== undefined) {
    const height = rowPitch + 6;
    drawn += `<g transform="translate(${framed ? margin - 3 : margin - 5} ${at(y - 3)})">${stripe(ink, own.state, height)}</g>`;
  }
  drawn += icon(ink, node.kind, margin + 7, y + 4);
  const room = left - margin - 37 - (node.badge === undefined ? 0 : 46);
  drawn += textLine(ink, margin + 29, middle, displayName(node), { size: smallSize + 1, weight: 'bold', room });
  if (node.badge !== undefined) drawn += singlePointTab(ink, left - 54, middle);
  for (const region of regions) drawn += regionCells(ink, node, region, y + 3, graph.card.cellWidth, standing);
  const verdict = right + 18;
  if (own !== undefined) drawn += stateLine(ink, verdict, middle, own, verdictWidth);
  else if (node.chips.length > 0) drawn += chipRow(ink, verdict, y + 4, fittingChips(node.chips, 2, verdictWidth));
  else drawn += textLine(ink, verdict, middle, node.subtitle ?? '', { role: 'mu', room: verdictWidth });
  return `<g data-node="${escapeText(node.name)}"${target}><title>${title}</title>${drawn}</g>`;
}

/** The instances of a component in the columns of a region; dotted outlines where it has none. */
function regionCells(
  ink: Ink,
  node: DiagramNode,
  { place, columns, x, width }: RegionColumns,
  y: number,
  cellWidth: number,
  standing: Standing,
): string {
  if (node.rows.length === 0) return '';
  const cells = node.rows.find((row) => row.region === place.site)?.cells ?? [];
  const whole = cells.find((cell) => cell.spans && cell.pips.length > 0);
  if (whole !== undefined) {
    const here = standing.cell(node.id, whole.site, whole.pips.length);
    return zoneCell(ink, whole, x + regionPadding, y, width - 2 * regionPadding, true, here);
  }
  return columns
    .map((column) => {
      const isMore = column.label === 'more' && column.site === place.site;
      const known = cells.find((cell) => !cell.spans && (isMore ? isRest(cell) : cell.site === column.site && !isRest(cell)));
      const cell = known ?? { site: column.site, label: '', pips: [], spans: false };
      const here = standing.cell(node.id, cell.site, cell.pips.length);
      return zoneCell(ink, { ...cell, label: isMore ? cell.label : '' }, column.x, y, cellWidth, !isMore, here);
    })
    .join('');
}
