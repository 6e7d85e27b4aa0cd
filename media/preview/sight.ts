/** What of a model is shown now, and what becomes of it in a file. */
import type { DiagramGraph } from '../../language/diagram/diagram-graph.js';
import { fileNameOf } from '../../language/diagram/export/file-name.js';
import type { PageStart } from '../../language/diagram/export/page-data.js';
import { fold } from '../../language/diagram/fold.js';
import type { Layout } from '../../language/diagram/layout.js';
import type { DiagramStates } from '../../language/diagram/states.js';
import type { View } from '../../language/diagram/views.js';
import type { Switches } from '../../language/diagram/what-if/switches.js';
import type { ExportedPicture } from './exported-picture.js';
import type { Panes } from './view-bar.js';

export interface Sight {
  readonly whole: DiagramGraph;
  readonly view: View;
  /** Folded boxes that are open. */
  readonly open: readonly string[];
  readonly panes: Panes;
  /** How the whole model stands; undefined where nothing is off. */
  readonly states: DiagramStates | undefined;
  /** The picture, with the states of what is in it. */
  readonly shown: { readonly graph: DiagramGraph; readonly layout: Layout; readonly states: DiagramStates | undefined };
  /** Layouts by the structures that they serve. */
  readonly layouts: ReadonlyMap<string, Layout>;
}

/** What a file would show: the table of places where it stands alone, else the picture. */
export function exportedOf({ whole, view, panes, states, shown }: Sight, switches: Switches): Omit<ExportedPicture, 'words'> {
  const isPlacement = panes === 'placement';
  const name = fileNameOf(whole.name, { view, isPlacement, switches });
  if (!isPlacement) return { name, ...shown };
  // Lanes show each component several times; the table shows what of the model is in them once.
  if (shown.graph.lanes !== undefined) return { name, graph: whole, states };
  return { name, graph: shown.graph, states: shown.states };
}

/** What an interactive page opens with to look as it does here; the whole system looks the same there, too. */
export function pageStartOf({ whole, view, open, panes, shown, layouts }: Sight, switches: Switches): PageStart {
  const system = layouts.get(fold(whole).graph.structure);
  const both = system === undefined || system === shown.layout ? [shown.layout] : [shown.layout, system];
  return { layouts: both, view, panes, open, switches };
}
