/** Random small models with everything that decides what is up: sites, roles, quorums, failovers, requirements of every form. */
import type fc from 'fast-check';
import { type Drawn, type DrawnComponent, type DrawnEdge, drawings } from './random-statements.js';
import type {
  Sketch,
  SketchComponent,
  SketchEdge,
  SketchJourney,
  SketchRegion,
  SketchReplication,
  SketchRuns,
  SketchTarget,
} from './sketch.js';

const names = ['c0', 'c1', 'c2', 'c3', 'c4'];
const journeyNames = ['j0', 'j1', 'j2'];

/** `events`: how many events there may be at most. What is drawn beyond is left away. */
export function sketches(events: number): fc.Arbitrary<Sketch> {
  return drawings.map((drawn) => sketchOf(drawn, events));
}

function sketchOf(drawn: Drawn, events: number): Sketch {
  const sites = drawn.regions.flatMap((region) => [region.name, ...region.zones.map((zone) => `${region.name}.${zone.name}`)]);
  let left = events - sites.length;
  const shapes = drawn.components.filter((each) => {
    const cost = costOf(each);
    if (cost > left) return false;
    left -= cost;
    return true;
  });
  const known = shapes.map((_, index) => names[index] ?? '');
  const kinds = shapes.map((shape) => (shape.form === 'external' ? 'external' : shape.kind));
  const usable = journeyNames.slice(0, drawn.journeys.length);
  const components = shapes.map((shape, index) => componentOf(shape, index, { drawn, sites, known, kinds, journeys: usable }));
  const journeys = drawn.journeys.map((edges, index): SketchJourney => {
    // Journeys may require the journeys after them.
    const targets = [...known, ...usable.slice(index + 1)];
    const own = edges.flatMap((edge) => {
      const list = [...new Set(edge.targets.map((target) => targets[target % Math.max(1, targets.length)] ?? ''))].filter(
        (name) => name !== '',
      );
      if (list.length === 0) return [];
      return [
        {
          ...edgeOf({ ...edge, verb: edge.verb === 'wants' ? 'wants' : 'requires' }, list),
          journeys: [],
          sameRegion: false,
          bestEffort: false,
        },
      ];
    });
    return { name: usable[index] ?? '', edges: own };
  });
  const [first, second] = drawn.regions;
  return {
    regions: drawn.regions,
    components,
    journeys,
    links:
      drawn.link !== undefined && first !== undefined && second !== undefined
        ? [{ a: first.name, b: second.name, success: drawn.link }]
        : [],
    policies: drawn.policy === undefined ? [] : [{ name: 'gold', failover: drawn.policy }],
    defaults: { commonCause: drawn.defaultCommonCause, failover: drawn.defaultFailover },
    fails: withoutRepeats(drawn.fails.flatMap((each) => targetOf(each, drawn.regions, components))),
  };
}

/** How many events a component brings at most. */
function costOf(shape: DrawnComponent): number {
  const together = shape.together === undefined ? 0 : 1;
  if (shape.form !== 'placed') return 1 + together;
  const instances = 1 + shape.runs.reduce((sum, { count }) => sum + count, 0);
  return instances + together + Math.min(3, shape.runs.length + 1) + shape.runs.length;
}

interface Around {
  readonly drawn: Drawn;
  readonly sites: readonly string[];
  readonly known: readonly string[];
  readonly kinds: readonly SketchComponent['kind'][];
  readonly journeys: readonly string[];
}

function componentOf(shape: DrawnComponent, index: number, around: Around): SketchComponent {
  const { regions: places, policy } = around.drawn;
  const kind = around.kinds[index] ?? 'service';
  const placed = shape.form === 'placed';
  const name = around.known[index] ?? '';
  const at = (region: number): SketchRegion | undefined => places[region % places.length];
  // The first statement is active, so that there is something to fail over from.
  const runs = placed
    ? [{ count: 1 + (index % 2), region: index, zone: undefined, role: 'active' as const }, ...shape.runs].flatMap(
        ({ count, region, zone, role }): SketchRuns[] => {
          const place = at(region);
          if (place === undefined || (role === 'witness' && !keepsVotes(kind))) return [];
          const only = zone === undefined ? undefined : place.zones[zone]?.name;
          return [{ count, region: place.name, role, ...(only === undefined ? {} : { zones: [only] }) }];
        },
      )
    : [];
  const standby = runs.find(({ role }) => role === 'hot standby' || role === 'warm standby')?.region;
  const replication: SketchReplication[] = [];
  const store = placed && (kind === 'database' || kind === 'cache' || kind === 'queue' || kind === 'coordinator');
  const home = runs[0]?.region ?? '';
  if (store && shape.sync !== undefined) {
    const { where, quorum, shrinks } = shape.sync;
    replication.push({
      mode: 'sync',
      where:
        where === 0
          ? undefined
          : where === 1 || standby === undefined
            ? { word: 'within' as const, region: home }
            : { word: 'to' as const, region: standby },
      quorum,
      shrinksTo: shrinks && quorum !== undefined && quorum > 1 ? quorum - 1 : undefined,
    });
  }
  if (store && shape.async && standby !== undefined && standby !== home)
    replication.push({ mode: 'async', where: { word: 'to', region: standby } });
  const edges = shape.edges.flatMap((edge): SketchEdge[] => {
    const queue = edge.verb === 'publishes to' || edge.verb === 'consumes from';
    const targets = [...new Set(edge.targets.map((target) => around.known[target % around.known.length] ?? ''))].filter(
      (target) => target !== name && target !== '' && (!queue || around.kinds[around.known.indexOf(target)] === 'queue'),
    );
    return targets.length === 0
      ? []
      : [edgeOf({ ...edge, journeys: edge.journeys.filter((each) => around.journeys.includes(each)) }, targets)];
  });
  return {
    kind,
    name,
    runs,
    sites: shape.form === 'hosted' ? [...new Set(shape.sites.map((site) => around.sites[site % around.sites.length] ?? ''))] : [],
    failing: shape.failing,
    commonCause: placed ? shape.commonCause : undefined,
    together: placed ? shape.together : undefined,
    needs: placed ? shape.needs : undefined,
    needsIn: placed && standby !== undefined && shape.needsIn !== undefined ? [{ region: standby, count: shape.needsIn }] : [],
    load: placed && shape.load !== undefined ? shape.load : undefined,
    replication,
    edges: kind === 'external' ? [] : edges,
    failovers: placed
      ? [
          ...(shape.failover === undefined ? [] : [shape.failover]),
          ...(shape.failoverTo === undefined || standby === undefined ? [] : [{ ...shape.failoverTo, to: standby }]),
        ]
      : [],
    follows: placed && policy !== undefined && shape.follows ? 'gold' : undefined,
  };
}

function withoutRepeats(targets: readonly SketchTarget[]): readonly SketchTarget[] {
  return [...new Map(targets.map((target) => [JSON.stringify(target), target])).values()];
}

function keepsVotes(kind: SketchComponent['kind']): boolean {
  return kind === 'database' || kind === 'coordinator';
}

function edgeOf(edge: DrawnEdge, targets: readonly string[]): SketchEdge {
  const need =
    edge.need === 0 || targets.length === 1 ? 'all' : edge.need === 1 || targets.length <= edge.need ? 'any' : edge.need;
  return {
    verb: edge.verb,
    need,
    targets,
    journeys: edge.journeys,
    sameRegion: edge.sameRegion && edge.verb === 'requires',
    bestEffort: edge.bestEffort && edge.verb === 'publishes to',
  };
}

function targetOf(
  drawn: Drawn['fails'][number],
  places: readonly SketchRegion[],
  components: readonly SketchComponent[],
): readonly SketchTarget[] {
  const region = places[drawn.at % places.length];
  const zone = region?.zones[drawn.at % Math.max(1, region.zones.length)];
  const component = components[drawn.at % Math.max(1, components.length)];
  if (drawn.kind === 0 && region !== undefined) return [{ kind: 'site', site: region.name }];
  if (drawn.kind === 1 && region !== undefined && zone !== undefined)
    return [{ kind: 'site', site: `${region.name}.${zone.name}` }];
  if (component !== undefined && drawn.kind === 2) return [{ kind: 'component', name: component.name }];
  if (component !== undefined && drawn.kind === 3 && component.runs.length > 0)
    return [{ kind: 'component', name: component.name, count: drawn.count }];
  const placed = component?.runs[drawn.count % Math.max(1, component.runs.length)];
  if (component !== undefined && placed !== undefined) return [{ kind: 'component', name: component.name, site: placed.region }];
  return region === undefined ? [] : [{ kind: 'site', site: region.name }];
}
