import type { DiagramGraph } from '../diagram-graph.js';

/** What the model, its parts and its places are called: nothing of this is ever translated. */
export function namesIn({ title, nodes, places }: DiagramGraph): ReadonlySet<string> {
  const sites = places.flatMap((place) => [place, ...place.zones]);
  return new Set([
    title,
    ...nodes.flatMap((node) => [node.name, node.title ?? node.name]),
    ...sites.flatMap((each) => [each.site, each.label]),
  ]);
}
