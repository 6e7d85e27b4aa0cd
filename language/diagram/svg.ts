/** Graph and layout → SVG. The one renderer of the webview, the command line and the tests. */
import { bucket } from './bucket.js';
import { card } from './card.js';
import type { CardMeasure, DiagramGraph, DiagramNode } from './diagram-graph.js';
import { displayName } from './display-name.js';
import { drawnLines, lineInsides } from './drawn-lines.js';
import { gatewayHexagon } from './gateway.js';
import { groupBox } from './group-box.js';
import { header, summaryText } from './header.js';
import { type Ink, inkFor, type Theme } from './ink.js';
import { journeyPill } from './journey-pill.js';
import { laneFrames } from './lane-frames.js';
import type { Layout } from './layout.js';
import { legend } from './legend.js';
import { at, drawnTogether, escapeText, textLine } from './markup.js';
import { fromFar, fromMiddle } from './overview.js';
import { placesPanel } from './places.js';
import type { Shape } from './shape.js';
import { singlePointTabs } from './single-point.js';
import { type Standing, standingOf } from './standing.js';
import { hatchPattern, stateWords } from './state-marks.js';
import type { DiagramStates } from './states.js';
import { thirdParty } from './third-party.js';

export interface SvgOptions {
  /** `vscode`: classes, coloured by the webview's style sheet; else hex colours. */
  readonly theme: Theme;
  /** A file of its own: with background and fonts, and nothing to click. */
  readonly standalone: boolean;
  /** Comes before every id in the picture. */
  readonly idPrefix: string;
  /** What a what-if says about the parts. It moves nothing: the same layout serves with and without. */
  readonly states?: DiagramStates;
  /**
   * `later`: nodes are frames and signs with empty titles, and {@link insidesOf} draws what belongs before the sign of those that are
   * looked at; lines are their strokes, and {@link lineInsidesOf} draws all of those that are.
   */
  readonly insides?: 'later';
}

/** Fonts of every system that the table of text widths covers, Latin and Chinese. */
const fonts =
  "'Segoe UI', system-ui, Ubuntu, 'Liberation Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'WenQuanYi Zen Hei', sans-serif";

/** A part of a picture that is drawn by itself: a node, a line, the legend. */
export interface SvgPart {
  /** Its own in the picture. Parts of the same keys always lie above each other in the same order. */
  readonly key: string;
  /** Elements; of a node and of a line one. */
  readonly drawn: string;
}

/** A picture in parts, from the lowest to the highest. */
export interface SvgPicture {
  /** The start tag of the root element; a file of its own has what it says of itself behind it. */
  readonly head: string;
  readonly parts: readonly SvgPart[];
}

/**
 * Draws a picture. `layout` may be of another graph with the same {@link DiagramGraph.structure}.
 * The text is well-formed XML whatever the model's names are, holds no script and no inline style, and is the same for the same input.
 */
export function renderSvg(graph: DiagramGraph, layout: Layout, options: SvgOptions): string {
  const { head, parts } = drawParts(graph, layout, options);
  return [head, ...parts.map(({ drawn }) => drawn), '</svg>', ''].join('\n');
}

/** As {@link renderSvg}, in parts, so that a page need not put in again what is drawn as before. */
export function drawParts(graph: DiagramGraph, layout: Layout, options: SvgOptions): SvgPicture {
  const ink = inkFor(options.theme, !options.standalone, options.idPrefix);
  const { width } = layout;
  const { states } = options;
  const standing = standingOf(graph, states);
  const tabs = singlePointTabs(ink, graph, layout);
  const key = legend(ink, graph, states, layout.height + 6, width);
  const height = Math.ceil(layout.height + 6 + key.height + 10);
  const label = escapeText(`${states?.title ?? graph.title}: ${summaryText(graph, states)}`);
  const parts: readonly SvgPart[] = [
    { key: 'hatch', drawn: states === undefined ? '' : hatchPattern(ink) },
    { key: 'header', drawn: header(ink, graph, states, width) },
    { key: 'places', drawn: placesPanel(ink, graph, layout, standing) },
    { key: 'lanes', drawn: laneFrames(ink, graph, layout, standing) },
    ...drawnLines(ink, graph, layout, standing, options.insides === 'later'),
    { key: 'loose', drawn: looseCaption(ink, graph, layout) },
    ...graph.nodes.map((node, index) => ({
      key: `n${index}`,
      drawn: nodeGroup(ink, node, index, graph.card, layout, standing, tabs.get(index) ?? '', options.insides),
    })),
    { key: 'legend', drawn: key.drawn },
    { key: 'nothing', drawn: graph.nodes.length === 0 ? textLine(ink, 16, 90, nothingYet, { role: 'mu', size: 13 }) : '' },
  ];
  return {
    head: svgHead(ink, width, height, label, graph, standing, options.standalone),
    parts: parts.filter(({ drawn }) => drawn !== ''),
  };
}

const nothingYet = 'Nothing to draw yet: declare a service, a database or a journey.';

/** Over what no line leads to. In a part of the system that does not say that there is none elsewhere. */
function looseCaption(ink: Ink, { view }: DiagramGraph, { looseCaption: at }: Layout): string {
  const text = view === undefined ? 'No dependency to or from these' : 'No dependency between these and the others here';
  return at === undefined ? '' : textLine(ink, at.x, at.y, text, { role: 'mu' });
}

/** So many journeys are told in the description of a file. */
const mostTold = 30;

/** What a file says of itself to who hears it read out: how each journey stands, and whatever is down or lost. */
function description(graph: DiagramGraph, standing: Standing): string {
  const told = graph.nodes.filter(({ id, kind }) => {
    const state = standing.node(id)?.state;
    return kind === 'journey' || state === 'down' || state === 'lost';
  });
  const more = told.length <= mostTold ? [] : [`And ${told.length - mostTold} more.`];
  return [...told.slice(0, mostTold).map((node) => describe(node, standing)), ...more].join(' ');
}

/** The root element; a file of its own has fonts, a title, a description and a background. `label` is escaped. */
export function svgHead(
  ink: Ink,
  width: number,
  height: number,
  label: string,
  graph: DiagramGraph,
  standing: Standing,
  standalone: boolean,
): string {
  const size = `xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return standalone
    ? `<svg ${size} font-family="${fonts}" role="img" aria-label="${label}"><title>${label}</title><desc>${escapeText(description(graph, standing))}</desc><rect width="${width}" height="${height}"${ink.paint({ fill: 'bg' })}/>`
    : `<svg ${size} role="group" aria-label="${label}">`;
}

function nodeGroup(
  ink: Ink,
  node: DiagramNode,
  index: number,
  measure: CardMeasure,
  layout: Layout,
  standing: Standing,
  tab: string,
  insides: SvgOptions['insides'],
): string {
  const corner = layout.nodes[index] ?? { x: 0, y: 0 };
  const title = escapeText(describe(node, standing));
  const target = ink.interactive ? ` data-key="n${index}" class="target" tabindex="0" role="button" aria-label="${title}"` : '';
  const place = `transform="translate(${at(corner.x)} ${at(corner.y)})"`;
  const group = `<g id="${ink.idPrefix}n${index}" data-node="${escapeText(node.name)}"${target} ${place}>`;
  const { frame, inside } = shape(ink, node, measure, standing);
  if (insides === 'later') {
    return drawnTogether([group, '<title></title>', frame, fromFar(ink, node, standing), tab, '</g>']);
  }
  // A file is looked at as it is; only where one can zoom does a node say less from further away.
  const body = ink.interactive ? [insideOf(ink, node, inside(), standing), fromFar(ink, node, standing)] : [inside()];
  return drawnTogether([group, `<title>${title}</title>`, frame, ...body, tab, '</g>']);
}

function insideOf(ink: Ink, node: DiagramNode, near: string, standing: Standing): string {
  return drawnTogether(['<g class="near">', near, '</g>', fromMiddle(ink, node, standing)]);
}

/** Draws what is inside of nodes, by their index, for a picture that was drawn with `insides: 'later'` and is otherwise alike. */
export function insidesOf(graph: DiagramGraph, options: SvgOptions): (index: number) => string {
  const ink = inkFor(options.theme, !options.standalone, options.idPrefix);
  const standing = standingOf(graph, options.states);
  return (index) => {
    const node = graph.nodes[index];
    return node === undefined ? '' : insideOf(ink, node, shape(ink, node, graph.card, standing).inside(), standing);
  };
}

/** Draws what is in the groups of lines, by their index, in the place of their strokes; for the same as {@link insidesOf}. */
export function lineInsidesOf(graph: DiagramGraph, layout: Layout, options: SvgOptions): (index: number) => string {
  return lineInsides(
    inkFor(options.theme, !options.standalone, options.idPrefix),
    graph,
    layout,
    standingOf(graph, options.states),
  );
}

/** What a part is, how it stands, and what is known of it, in sentences. */
export function describe(node: DiagramNode, standing: Standing): string {
  const heading = node.title === undefined ? `${node.kind} ${node.name}` : `${node.kind} ${node.name} (${displayName(node)})`;
  const own = standing.node(node.id);
  if (own === undefined) return [`${heading}.`, ...node.says].join(' ');
  const role = own.role === undefined ? '' : `, ${own.role}`;
  const because = own.says ?? own.reason ?? '';
  return [`${heading}: ${stateWords[own.state]}${role}.`, ...(because === '' ? [] : [because]), ...node.says].join(' ');
}

function shape(ink: Ink, node: DiagramNode, measure: CardMeasure, standing: Standing): Shape {
  switch (node.shape) {
    case 'journey':
      return journeyPill(ink, node, standing);
    case 'hexagon':
      return gatewayHexagon(ink, node, standing);
    case 'card':
      return card(ink, node, measure, standing);
    case 'group':
      return groupBox(ink, node, standing);
    case 'bucket':
      return bucket(ink, node, standing);
    case 'third-party':
      return thirdParty(ink, node, standing);
  }
}
