import { buildGraph } from '../../../language/diagram/graph.js';
import type { FileTheme } from '../../../language/diagram/ink.js';
import { renderSvg } from '../../../language/diagram/svg.js';
import { layoutInNode } from '../../layout/elk-node.js';
import type { Output } from '../console.js';
import { onlyModel, openSoundSession } from '../session.js';
import { type ExitCode, exitCodes } from '../unusable-input.js';
import { writeWhole } from '../write-file.js';

export interface DiagramOptions {
  /** The file to write; without it the picture goes to the standard output. */
  readonly output?: string;
  readonly theme: FileTheme;
  readonly asOf?: string;
}

/** `drml diagram PATH -o FILE.svg`: the picture of the model as a file of its own. */
export async function diagram(path: string, options: DiagramOptions, output: Output): Promise<ExitCode> {
  const { model, analysis } = onlyModel(await openSoundSession([path], options));
  const graph = buildGraph(model, analysis);
  const svg = renderSvg(graph, await layoutInNode(graph), { theme: options.theme, standalone: true, idPrefix: 'drml-' });
  if (options.output === undefined) output.out(svg);
  else {
    writeWhole(options.output, svg);
    output.out(`${options.output}: ${graph.nodes.length} nodes, ${graph.edges.length} lines\n`);
  }
  return exitCodes.done;
}
