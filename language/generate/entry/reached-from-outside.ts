/** What users reach without a sidecar of the mesh between: gateways, and what entries lead to. */
import type { Source } from '../../model/fact.js';
import { sourceOf } from '../../model/fact.js';
import type { Context, Deployed } from '../context.js';
import { type NamedPort, namedPorts } from '../kubernetes/ports.js';
import { entryRoutes } from './entry-routes.js';

export interface ReachedFromOutside {
  readonly ports: readonly NamedPort[];
  /** Whether calls come without the mesh's TLS: their sender is no part of the mesh. */
  readonly plain: boolean;
  readonly source: Source;
}

/** By component. A gateway without a stated entry is reached at all its ports: something that the model does not know leads to it. */
export function reachedFromOutside(context: Context): ReadonlyMap<string, ReachedFromOutside> {
  const reached = new Map<string, ReachedFromOutside>();
  const note = ({ component }: Deployed, port: NamedPort, plain: boolean, source: Source): void => {
    const known = reached.get(component.name);
    const ports = new Map([...(known?.ports ?? []), port].map((each) => [each.number, each]));
    reached.set(component.name, {
      ports: [...ports.values()].sort((a, b) => a.number - b.number),
      plain: plain || (known?.plain ?? false),
      source: known?.source ?? source,
    });
  };
  for (const deployed of context.deployed.values()) {
    if (deployed.component.kind !== 'gateway' || context.entries.has(deployed.component.name)) continue;
    for (const port of namedPorts(deployed.component)) note(deployed, port, true, deployed.component.nameSource);
  }
  for (const [name, { plan, component }] of context.entries) {
    if (plan.pods === 'proxy') continue;
    const { means, class: by } = plan.entry.value;
    const byMesh = context.istio && (means === 'istio' || (means === 'gateway-api' && by === 'istio'));
    const source = sourceOf(plan.entry) ?? component.nameSource;
    for (const { target, port } of entryRoutes(context, { component }, plan.pods)) note(target, port, !byMesh, source);
    if (!reached.has(name) && plan.pods === 'program') {
      const own = context.deployed.get(name);
      for (const port of own === undefined ? [] : namedPorts(component)) if (own !== undefined) note(own, port, !byMesh, source);
    }
  }
  return reached;
}
