import { fold, foldStates } from '../../language/diagram/fold.js';
import type { DiagramGraph } from '../../language/diagram/graph.js';
import type { FileTheme } from '../../language/diagram/ink.js';
import { canBeDrawnWhole } from '../../language/diagram/layout-effort.js';
import { renderPlacement } from '../../language/diagram/placement.js';
import type { DiagramStates } from '../../language/diagram/states.js';
import { renderSvg } from '../../language/diagram/svg.js';
import { layoutInNode } from '../layout/elk-node.js';

/** A picture as SVG, and what to say of it where it is not drawn part by part. */
export interface DrawnPicture {
  readonly svg: string;
  readonly note?: string;
}

/** Draws the flow, or the table of places. What nobody could read part by part is folded, as it is in the editor. */
export async function pictureSvg(
  graph: DiagramGraph,
  states: DiagramStates | undefined,
  theme: FileTheme,
  pane: 'flow' | 'placement',
): Promise<DrawnPicture> {
  const how = { theme, standalone: true, idPrefix: 'drml-' } as const;
  if (pane === 'placement') return { svg: renderPlacement(graph, states === undefined ? how : { ...how, states }) };
  const folded = canBeDrawnWhole(graph) ? { graph, boxOf: new Map<string, string>() } : fold(graph);
  const stands = states === undefined ? {} : { states: foldStates(states, graph, folded) };
  const svg = renderSvg(folded.graph, await layoutInNode(folded.graph), { ...how, ...stands });
  return folded.boxOf.size === 0 ? { svg } : { svg, note: foldedText(graph, folded.boxOf) };
}

function foldedText({ nodes }: DiagramGraph, boxOf: ReadonlyMap<string, string>): string {
  const boxes = new Set(boxOf.values()).size;
  return `${nodes.length} nodes are too many to draw one by one: ${boxOf.size} of them are folded into ${boxes === 1 ? 'a box' : `${boxes} boxes`}. Draw a part with --view, or write an .html file, in which boxes open.`;
}
