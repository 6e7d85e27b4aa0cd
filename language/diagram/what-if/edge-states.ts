/** How the lines of the picture stand in a what-if, from how their ends do. */
import type { DiagramEdge } from '../diagram-graph.js';
import type { EdgeState, NodeState } from '../states.js';
import type { Switches } from './switches.js';

/** Lines through which something fails, is missed, or that are cut themselves. */
export function edgeStates(
  edges: readonly Pick<DiagramEdge, 'id' | 'from' | 'to' | 'relation'>[],
  nodes: readonly NodeState[],
  switches: Switches,
): readonly EdgeState[] {
  const states = new Map(nodes.map((node) => [node.id, node]));
  const isDown = (name: string): boolean => ['down', 'lost'].includes(states.get(name)?.state ?? 'ok');
  const cut = new Set(switches.off.flatMap((each) => (each.kind === 'dependency' ? [JSON.stringify([each.from, each.to])] : [])));
  return edges.flatMap((edge): readonly EdgeState[] => {
    if (cut.has(JSON.stringify([edge.from, edge.to]))) {
      return [{ id: edge.id, state: 'lost', says: `${edge.from} cannot reach ${edge.to}.` }];
    }
    if (edge.relation === 'route' || !isDown(edge.to)) return [];
    const callerDown = isDown(edge.from);
    if ((edge.relation === 'hard' || edge.relation === 'choice') && callerDown) {
      return [{ id: edge.id, state: 'down', says: `${edge.to} is down, and ${edge.from} with it.` }];
    }
    return callerDown ? [] : [{ id: edge.id, state: 'degraded', says: `${edge.from} goes on without ${edge.to}.` }];
  });
}
