/** Graph and layout → SVG. The one renderer of the webview, the command line and the tests. */
import { bucket } from './bucket.js';
import { card } from './card.js';
import type { CardMeasure, DiagramGraph, DiagramNode } from './diagram-graph.js';
import { displayName } from './display-name.js';
import { edgeLine, edgePath } from './edge.js';
import { gatewayHexagon } from './gateway.js';
import { header } from './header.js';
import { type Ink, inkFor, type Theme } from './ink.js';
import { journeyPill } from './journey-pill.js';
import type { Layout } from './layout.js';
import { legend } from './legend.js';
import { at, escapeText, textLine } from './markup.js';
import { placesPanel } from './places.js';
import { thirdParty } from './third-party.js';

export interface SvgOptions {
  /** `vscode`: classes, coloured by the webview's style sheet; else hex colours. */
  readonly theme: Theme;
  /** A file of its own: with background and fonts, and nothing to click. */
  readonly standalone: boolean;
  /** Comes before every id in the picture. */
  readonly idPrefix: string;
}

/** Fonts of every system that the table of text widths covers, Latin and Chinese. */
const fonts =
  "'Segoe UI', system-ui, Ubuntu, 'Liberation Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'WenQuanYi Zen Hei', sans-serif";

/**
 * Draws a picture. `layout` may be of another graph with the same {@link DiagramGraph.structure}.
 * The text is well-formed XML whatever the model's names are, holds no script and no inline style, and is the same for the same input.
 */
export function renderSvg(graph: DiagramGraph, layout: Layout, options: SvgOptions): string {
  const ink = inkFor(options.theme, !options.standalone, options.idPrefix);
  const { width } = layout;
  const key = legend(ink, graph, layout.height + 6, width);
  const height = Math.ceil(layout.height + 6 + key.height + 10);
  const label = escapeText(`${graph.title}: ${graph.summary.map((part) => part.text).join(', ')}`);
  const head = options.standalone
    ? `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${fonts}" role="img" aria-label="${label}"><title>${label}</title><rect width="${width}" height="${height}"${ink.paint({ fill: 'bg' })}/>`
    : `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="group" aria-label="${label}">`;
  const parts = [
    head,
    header(ink, graph, width),
    placesPanel(ink, graph, layout),
    ...edges(ink, graph, layout),
    ...(layout.looseCaption === undefined
      ? []
      : [textLine(ink, layout.looseCaption.x, layout.looseCaption.y, 'No dependency to or from these', { role: 'mu' })]),
    ...graph.nodes.map((node, index) => nodeGroup(ink, node, index, graph.card, layout)),
    key.drawn,
    ...(graph.nodes.length === 0
      ? [textLine(ink, 16, 90, 'Nothing to draw yet: declare a service, a database or a journey.', { role: 'mu', size: 13 })]
      : []),
    '</svg>',
  ];
  return `${parts.filter((part) => part !== '').join('\n')}\n`;
}

/** Softer relations first, so that the hard ones lie above them. */
function edges(ink: Ink, graph: DiagramGraph, layout: Layout): readonly string[] {
  const order = ['route', 'soft', 'async', 'backup', 'choice', 'hard'];
  const indexed = graph.edges.map((edge, index) => ({ edge, index }));
  indexed.sort((a, b) => order.indexOf(a.edge.relation) - order.indexOf(b.edge.relation) || a.index - b.index);
  return indexed.map(({ edge, index }) => {
    const points = layout.edges[index] ?? [];
    const line = edgeLine(ink, edge.relation, points);
    const title = `<title>${escapeText(edge.says)}</title>`;
    if (!ink.interactive) return `<g>${title}${line}</g>`;
    return `<g data-edge="${escapeText(edge.id)}" data-key="e${index}" class="line">${title}${line}<path d="${edgePath(points)}" class="hit" fill="none"/></g>`;
  });
}

function nodeGroup(ink: Ink, node: DiagramNode, index: number, measure: CardMeasure, layout: Layout): string {
  const corner = layout.nodes[index] ?? { x: 0, y: 0 };
  const heading = node.title === undefined ? `${node.kind} ${node.name}` : `${node.kind} ${node.name} (${displayName(node)})`;
  const title = escapeText([`${heading}.`, ...node.says].join(' '));
  const target = ink.interactive ? ` data-key="n${index}" class="target" tabindex="0" role="button" aria-label="${title}"` : '';
  const place = `transform="translate(${at(corner.x)} ${at(corner.y)})"`;
  return `<g id="${ink.idPrefix}n${index}" data-node="${escapeText(node.name)}"${target} ${place}><title>${title}</title>${shape(ink, node, measure)}</g>`;
}

function shape(ink: Ink, node: DiagramNode, measure: CardMeasure): string {
  switch (node.shape) {
    case 'journey':
      return journeyPill(ink, node);
    case 'hexagon':
      return gatewayHexagon(ink, node);
    case 'card':
      return card(ink, node, measure);
    case 'bucket':
      return bucket(ink, node);
    case 'third-party':
      return thirdParty(ink, node);
  }
}
