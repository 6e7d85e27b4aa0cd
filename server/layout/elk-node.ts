import type { ELK } from 'elkjs/lib/elk-api.js';
import type { DiagramGraph } from '../../language/diagram/graph.js';
import { type Layout, layoutGraph } from '../../language/diagram/layout.js';

let engine: Promise<ELK> | undefined;

/**
 * Lays a picture out in this process, for the command line. The engine is 1.6 MB of code: it is loaded when it is asked for the first time,
 * and not at all for pictures that the quick layout draws as well.
 */
export function layoutInNode(graph: DiagramGraph): Promise<Layout> {
  return layoutGraph(graph, {
    layout: async (question) => {
      engine ??= loadEngine();
      return (await engine).layout(question);
    },
  });
}

async function loadEngine(): Promise<ELK> {
  const module = await import('elkjs/lib/elk.bundled.js');
  // The package is CommonJS: its class is the default of the default where Node wraps it, and the default where a bundler does.
  const outer: unknown = module.default;
  const Engine = (isWrapped(outer) ? outer.default : outer) as new () => ELK;
  return new Engine();
}

function isWrapped(value: unknown): value is { readonly default: unknown } {
  return typeof value === 'object' && value !== null && 'default' in value;
}
