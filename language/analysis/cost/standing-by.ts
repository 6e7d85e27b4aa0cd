/**
 * Other ways for components to stand by, as components of a model of their own: beside each component its alternatives, with the same
 * requirements and required by nobody, so that one analysis answers for all of them.
 */
import type { Component, Edge, Model, Placement, Role } from '../../model/model.js';
import { activePlacements, isHard, keepsData } from '../../model/queries.js';
import { strongComponents } from '../structure/strong-components.js';
import type { Strategy } from './cost-figures.js';

/** One way of a component to survive the loss of a region. */
export interface Alternative {
  readonly strategy: Strategy['name'];
  /** Undefined where nothing runs in the second region. */
  readonly role: Role | undefined;
  /** How it is modelled now. */
  readonly current: boolean;
  /** The second region. */
  readonly region: string;
  /** The component changed so; under a name of its own unless it is the one that is modelled. */
  readonly component: Component;
  /** Instances that run in the second region, at least and at most: how small a smaller standby is, nobody states. */
  readonly fewest: number;
  readonly most: number;
}

const roles: readonly { readonly strategy: Strategy['name']; readonly role: Role | undefined }[] = [
  { strategy: 'backup and restore', role: undefined },
  { strategy: 'pilot light', role: 'pilot-light' },
  { strategy: 'warm standby', role: 'warm-standby' },
  { strategy: 'hot standby', role: 'hot-standby' },
  { strategy: 'active-active', role: 'active' },
];

/** The alternatives of a component that has instances in two regions. None otherwise: which region would stand by is nobody's guess. */
export function alternativesOf(component: Component): readonly Alternative[] {
  const other = otherRegion(component);
  if (other === undefined) return [];
  const now = component.placements.find(({ region }) => region === other)?.role;
  return roles.map(({ strategy, role }) => {
    const current = role === now || (role === undefined && now === 'cold-standby');
    const running = runningIn(component, other, role, current);
    const changed = { ...standingBy(component, other, role, running), name: `${component.name} as ${strategy}` };
    return { strategy, role, current, region: other, component: current ? component : changed, ...running };
  });
}

/** So many components are compared without being asked for by name: all in one model, but for those that change others, of which each takes its own. */
const mostCompared = { beside: 1000, apart: 20 };

/** Components with a price that run in two regions, by name: the first of them are compared, the others only named. */
export function comparable(
  model: Model,
  alone: ReadonlySet<string> = changingOthers(model),
): { readonly compared: ReadonlySet<string>; readonly left: readonly string[] } {
  const names = model.components
    .filter(({ costs, placements }) => costs.length > 0 && new Set(placements.map(({ region }) => region)).size > 1)
    .map(({ name }) => name)
    .sort();
  const beside = names.filter((name) => !alone.has(name)).slice(0, mostCompared.beside);
  const apart = names.filter((name) => alone.has(name)).slice(0, mostCompared.apart);
  const compared = new Set([...beside, ...apart].sort());
  return { compared, left: names.filter((name) => !compared.has(name)) };
}

/** The model with these alternatives beside what they are alternatives of. Callers that take out what fails do so with each of them. */
export function withAlternatives(model: Model, alternatives: ReadonlyMap<string, readonly Alternative[]>): Model {
  const added: Component[] = [];
  for (const list of alternatives.values()) for (const each of list) if (!each.current) added.push(each.component);
  const watching = model.components.flatMap((caller) =>
    caller.edges.flatMap((edge): readonly Edge[] => {
      if (edge.breaker?.within === undefined) return [];
      const targets = edge.targets.flatMap((target) =>
        (alternatives.get(target.name) ?? []).map(({ component }) => ({ ...target, name: component.name })),
      );
      return targets.length === 0 ? [] : [{ ...edge, kind: 'wants', quantifier: { kind: 'all' }, journeys: [], targets }];
    }),
  );
  const [first] = model.components;
  const callers = first === undefined || watching.length === 0 ? [] : [{ ...unplaced(first), edges: watching }];
  return { ...model, components: [...model.components, ...added, ...callers] };
}

/**
 * Components whose way to stand by changes what they wait for: those that depend on themselves through others, and stores that may hold up
 * the restore of something they require.
 */
export function changingOthers(model: Model): ReadonlySet<string> {
  const targets = new Map(
    model.components.map(({ name, edges, recoversAfter, rebuildsFrom }) => [
      name,
      [...edges.filter(isHard), ...recoversAfter, ...(rebuildsFrom === undefined ? [] : [rebuildsFrom])].flatMap((requirement) =>
        requirement.targets.map((target) => target.name),
      ),
    ]),
  );
  const groups = strongComponents(targets.keys(), (name) => (targets.get(name) ?? []).filter((target) => targets.has(target)));
  const circular = groups.filter(([name = '', other]) => other !== undefined || targets.get(name)?.includes(name)).flat();
  const restored = model.components.filter(
    ({ name, data }) => targets.get(name)?.length !== 0 && data.backups.some(({ copies }) => copies.length > 0),
  );
  return new Set([...circular, ...restored.map(({ name }) => name)]);
}

/** Somebody who only calls: nothing of it is placed, and nothing is required. */
function unplaced(like: Component): Component {
  return { ...like, name: 'whoever calls', kind: 'external', placements: [], hosts: [], edges: [], recoversAfter: [], costs: [] };
}

/** The region that stands by, or the later of two active ones. */
function otherRegion(component: Component): string | undefined {
  const regions = [...new Set(component.placements.filter(({ role }) => role !== 'witness').map(({ region }) => region))];
  const first = activePlacements(component)[0]?.region;
  const others = regions.filter((region) => region !== first);
  const placements = component.placements.filter(({ region }) => region === others[0]);
  return others.length === 1 && placements.length === 1 ? others[0] : undefined;
}

/** The component with its placement there in another role, a full one at its full size; without a role it has none there. */
function standingBy(
  component: Component,
  region: string,
  role: Role | undefined,
  { fewest }: Pick<Alternative, 'fewest'>,
): Component {
  const placements = component.placements.flatMap((placement): readonly Placement[] => {
    if (placement.region !== region || placement.role === 'witness') return [placement];
    if (role === undefined) return [];
    const count = Math.max(fewest, placement.zones.length);
    return [
      {
        ...placement,
        role,
        zones: Array.from({ length: count }, (_, at) => placement.zones[at % placement.zones.length] ?? region),
      },
    ];
  });
  return { ...component, placements };
}

/** Instances in the second region: those modelled, as many as on the active side for a full one, fewer for a smaller one. */
function runningIn(
  component: Component,
  region: string,
  role: Role | undefined,
  current: boolean,
): Pick<Alternative, 'fewest' | 'most'> {
  const count = (wanted: (placement: Placement) => boolean): number =>
    component.placements.filter(wanted).reduce((total, placement) => total + placement.zones.length, 0);
  const there = count((placement) => placement.region === region);
  const full = Math.max(
    there,
    count((placement) => placement.region !== region && placement.role === 'active'),
  );
  if (current) return { fewest: there, most: there };
  switch (role) {
    case undefined:
    case 'cold-standby':
    case 'witness':
      return { fewest: 0, most: 0 };
    case 'pilot-light':
      return { fewest: keepsData(component) ? 1 : 0, most: full };
    case 'warm-standby':
      return { fewest: 1, most: full };
    case 'hot-standby':
    case 'active':
      return { fewest: full, most: full };
  }
}
