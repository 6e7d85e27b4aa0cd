import type { Model } from '../model/model.js';
import { componentsByName } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { componentCause } from './causes.js';
import { withoutEdgeFix } from './edge-fixes.js';
import { namedClasses } from './objectives.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { downWith, type Knot, knots, type StartEdge, shortestCycle, stuck } from './start-order.js';
import { spokenList } from './wording.js';

/** How many members and sites of one knot are tried; past it the first ones speak for the rest. */
const mostTrials = 40;

/** How many edges of a cycle are tried as the one that unties it, and are cut at most where no single one does. */
const mostEdges = 12;

/** DR020: what was lost waits for itself and never starts again. */
export const cyclicHardDependency: Rule = {
  code: 'DR020',
  name: 'cyclic-hard-dependency',
  title: 'Cyclic hard dependency',
  severity: 'error',
  subsumes: ['DR057'],
  docs: {
    what: 'Components wait for each other while they start, over `requires`, `consumes from` and `recovers after` (not `wants`, and not an edge for single journeys): after the loss of one of them, or of a site of a class that an objective names, what was lost is not reached again from what survived. A warning where only a start from everything down deadlocks.',
    why: 'Up it runs; after an outage nothing comes back without hands. Sources: Facebook 2021 (DNS needed the backbone that needed DNS), Roblox 2021 (Consul and its own monitoring), the AWS Well-Architected Reliability pillar on circular dependencies.',
    how: 'Turn one edge of the cycle into `wants`, with a fallback, or reach the other side out of band.',
    bad: `region north { zones a, b, c }

service orders {
  runs 3 in north
  requires payments
}
service payments {
  runs 3 in north
  requires orders
}
`,
    good: `region north { zones a, b, c }

service orders {
  runs 3 in north
  requires payments
}
service payments {
  runs 3 in north
  wants orders { fallback "take the order number from the message" }
}
`,
  },
  check(context) {
    return knots(context.model).flatMap((knot) => {
      const finding = judge(knot, context);
      return finding === undefined ? [] : [finding];
    });
  },
};

/** `orders → payments → orders`; a long way is cut in its middle. */
function wayOf(names: readonly string[]): string {
  const shown = names.length > 8 ? [...names.slice(0, 5), `${names.length - 7} more`, ...names.slice(-2)] : names;
  return shown.join(' → ');
}

interface Deadlock {
  readonly severity: 'error' | 'warning';
  /** `orders fails`, for people. */
  readonly when: string;
  readonly waiting: readonly string[];
}

function judge(knot: Knot, context: RuleContext): RawFinding | undefined {
  const deadlock = deadlockOf(knot, knot.edges, context);
  if (deadlock === undefined) return undefined;
  const cycle = shortestCycle(knot, knot.edges, new Set(deadlock.waiting));
  const [first, ...others] = cycle;
  const members = cycle.map((edge) => edge.from);
  const holder = componentsByName(context.model).get(first?.from ?? knot.members[0] ?? '');
  if (first === undefined || holder === undefined) return undefined;
  const remedy = cycle.some((edge) => edge.kind === 'requires')
    ? 'Make one edge of the cycle `wants`.'
    : 'Let one of them start without the other.';
  const way = wayOf([...members, first.from]);
  return {
    severity: deadlock.severity,
    message: `${way}: each waits for the next. When ${deadlock.when}, ${spokenList(deadlock.waiting)} ${deadlock.waiting.length === 1 ? 'does' : 'do'} not start again. ${remedy}`,
    at: first.source,
    related: others.slice(0, mostEdges).map((edge) => ({ message: `${edge.from} waits here.`, at: edge.source })),
    fixes: [...edgeFixes(knot, cycle, context), acceptFix('DR020', holder, context.model, context.analysis.asOf)],
    subject: holder.name,
    causes: knot.members.map(componentCause),
  };
}

function deadlockOf(knot: Knot, edges: readonly StartEdge[], { model, analysis }: RuleContext): Deadlock | undefined {
  for (const name of knot.members.slice(0, mostTrials)) {
    const waiting = stuck(knot, edges, downWith(knot, edges, new Set([name])));
    if (waiting.length > 0) return { severity: 'error', when: `${name} fails`, waiting };
  }
  for (const site of namedSites(model).slice(0, mostTrials)) {
    const down = analysis.downWithout(site);
    const lost = downWith(knot, edges, new Set(knot.members.filter((name) => down.has(name))));
    const waiting = stuck(knot, edges, lost);
    if (waiting.length > 0) return { severity: 'error', when: `${site} is lost`, waiting };
  }
  const waiting = stuck(knot, edges, new Set(knot.members));
  return waiting.length > 0 ? { severity: 'warning', when: 'all of them are down', waiting } : undefined;
}

/** Sites of the classes that objectives name. */
function namedSites(model: Model): readonly string[] {
  const classes = namedClasses(model);
  const regions = classes.has('region-loss') ? model.regions.map((region) => region.name) : [];
  const zones = classes.has('zone-loss') ? model.regions.flatMap((region) => region.zones.map((zone) => zone.path)) : [];
  return [...regions.sort(), ...zones.sort()];
}

/** One fix for each edge whose softening alone unties the knot; else one that softens edges until nothing waits any more. */
function edgeFixes(knot: Knot, cycle: readonly StartEdge[], context: RuleContext): readonly Fix[] {
  const components = componentsByName(context.model);
  const inside = new Set(knot.members);
  const next = (edge: StartEdge, index: number) => cycle[(index + 1) % cycle.length]?.from ?? edge.from;
  const single = cycle.slice(0, mostEdges).flatMap((edge, index) => {
    const target = next(edge, index);
    if (deadlockOf(knot, softened(knot.edges, edge, target), context) !== undefined) return [];
    const fix = withoutEdgeFix(components.get(edge.from), edge, target);
    return fix === undefined ? [] : [fix];
  });
  if (single.length > 0) return single;
  let edges = knot.edges;
  const fixes: Fix[] = [];
  for (let deadlock = deadlockOf(knot, edges, context); deadlock !== undefined; deadlock = deadlockOf(knot, edges, context)) {
    const rest = shortestCycle({ members: knot.members, edges }, edges, new Set(deadlock.waiting));
    const found = rest.flatMap((edge, index) => {
      const target = rest[(index + 1) % rest.length]?.from ?? edge.from;
      const fix = inside.has(target) ? withoutEdgeFix(components.get(edge.from), edge, target) : undefined;
      return fix === undefined ? [] : [{ edge, target, fix }];
    })[0];
    // Edits of one statement may not meet: a second change of the same edge is left to a second run.
    if (found === undefined || edges.length === 0 || fixes.length >= mostEdges) return [];
    fixes.push(found.fix);
    edges = softened(edges, found.edge, found.target);
  }
  const edits = fixes.flatMap((fix) => fix.edits);
  return [{ title: fixes.map((fix) => fix.title).join('; '), edits, safe: false }];
}

/** The edges without one target of one of them. */
function softened(edges: readonly StartEdge[], gone: StartEdge, target: string): readonly StartEdge[] {
  return edges.flatMap((edge) => {
    if (edge.source.start !== gone.source.start || edge.source.uri !== gone.source.uri) return [edge];
    const targets = edge.targets.filter((candidate) => candidate.name !== target);
    return targets.length === 0 ? [] : [{ ...edge, targets }];
  });
}
