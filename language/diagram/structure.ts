/** The fingerprint of what a layout depends on. */
import type { DiagramEdge, DiagramNode, Place } from './diagram-graph.js';

/**
 * A short text that is equal for two pictures exactly when one layout serves both: the same nodes of the same sizes,
 * the same lines, as many places. Words, figures and colours are not part of it.
 */
export function structureOf(
  nodes: readonly Pick<DiagramNode, 'id' | 'shape' | 'width' | 'height'>[],
  edges: readonly Pick<DiagramEdge, 'from' | 'to' | 'relation'>[],
  places: readonly Pick<Place, 'zones'>[],
): string {
  const parts = [
    ...nodes.map((node) => JSON.stringify([node.id, node.shape, node.width, node.height])),
    ...edges.map((edge) => JSON.stringify([edge.from, edge.to, edge.relation])),
    ...places.map((place) => String(place.zones.length)),
  ];
  const text = parts.join('\n');
  return `${parts.length}-${hash(text, 0x9e3779b9)}${hash(text, 0x85ebca6b)}`;
}

/** 32 bits of a text as eight hexadecimal digits (FNV-1a with a last mixing). */
function hash(text: string, seed: number): string {
  let value = 0x811c9dc5 ^ seed;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d);
  value ^= value >>> 13;
  return (value >>> 0).toString(16).padStart(8, '0');
}
