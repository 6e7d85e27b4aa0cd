/** Which single loss hurts most, and which two: ranked from single points of failure and minimal cut sets. */
import type { Analysis, FailureEvent } from '../../analysis/analysis.js';
import type { Figure } from '../../analysis/figure.js';
import { percentText, timeText } from '../../analysis/figure-text.js';
import { compareTimes } from '../../analysis/recovery/time.js';
import { instancesOf } from '../../analysis/structure/sides.js';
import type { Journey, Model } from '../../model/model.js';
import { componentsByName } from '../../model/queries.js';
import { displayName } from '../display-name.js';
import type { Switch, Switches } from './switches.js';
import { switchText } from './switches.js';

/** A loss that takes journeys down. */
export interface Loss {
  readonly switches: Switches;
  /** `redis-cart`, `cn-north.a and cn-north.b`. */
  readonly text: string;
  /** The journeys that are down with it, in order of declaration. */
  readonly journeys: readonly string[];
  /** How likely it is at any moment; 0 where no data says. */
  readonly probability: number;
  /** `takes 3 of 4 journeys · explains up to 41% of an outage` */
  readonly says: string;
}

export interface WorstLosses {
  /** Of one thing, the worst first. */
  readonly single: readonly Loss[];
  /** Of two things that only together take a journey down, the worst first. */
  readonly pairs: readonly Loss[];
  /** Places whose loss the journeys come back from last, by the longest time. */
  readonly slowest: readonly Loss[];
  /** Whether the pairs of some journey could not be found within the budget. */
  readonly incomplete: boolean;
  /** Scenarios of the file, in order of declaration. */
  readonly scenarios: readonly { readonly name: string; readonly title?: string }[];
}

/** So many of each kind are told. */
const most = 10;

/** So many journeys are asked for their cut sets: the important ones first. */
const mostJourneys = 40;

interface Collected {
  readonly off: readonly Switch[];
  readonly journeys: string[];
  probability: number;
  share: number;
}

/** Ranked by the tier of the most important journey that goes down, by how many do, then by how likely the loss is, then by name. */
export function worstLosses(model: Model, analysis: Analysis): WorstLosses {
  const single = new Map<string, Collected>();
  const pairs = new Map<string, Collected>();
  let incomplete = false;
  const add = (
    into: Map<string, Collected>,
    events: readonly FailureEvent[],
    journey: string,
    probability: number,
    share = 0,
  ): void => {
    const switches = events.flatMap((event) => switchOf(model, event) ?? []);
    // Shared fate is nothing that a click could take.
    if (switches.length < events.length) return;
    const off = joined(switches);
    const key = off.map(switchText).sort().join('\n');
    const found = into.get(key) ?? { off, journeys: [], probability, share: 0 };
    into.set(key, found);
    if (!found.journeys.includes(journey)) found.journeys.push(journey);
    found.share = Math.max(found.share, share);
  };
  const tiers = new Map(model.journeys.map(({ name, tier }) => [name, tier?.value ?? 1]));
  const asked = [...model.journeys].sort((a, b) => (tiers.get(a.name) ?? 1) - (tiers.get(b.name) ?? 1)).slice(0, mostJourneys);
  for (const { name } of asked) {
    for (const point of analysis.singlePoints(name)) add(single, [point.event], name, point.unavailability, point.share);
    const sets = analysis.cutSets(name);
    if (sets === undefined || sets.count === undefined) incomplete = true;
    for (const set of sets?.smallest ?? []) {
      if (set.events.length === 2) add(pairs, set.events, name, set.probability, set.share);
    }
  }
  const ranked = (losses: Map<string, Collected>): readonly Loss[] =>
    [...losses.values()]
      .sort(worseFirst(tiers))
      .slice(0, most)
      .map((each) => lossOf(model, each));
  return {
    single: ranked(single),
    pairs: ranked(pairs),
    slowest: slowest(model, analysis, asked),
    incomplete: incomplete || asked.length < model.journeys.length,
    scenarios: model.scenarios.map((each) => ({
      name: each.name,
      ...(each.title === undefined ? {} : { title: displayName(each) }),
    })),
  };
}

/** So many places are told. */
const mostPlaces = 5;

/** Zones and regions by the longest recovery of the journeys asked, its promise beside it. */
function slowest(model: Model, analysis: Analysis, asked: readonly Journey[]): readonly Loss[] {
  const found = new Map<string, { readonly journey: string; readonly rto: Figure }>();
  for (const { name } of asked) {
    const recovery = analysis.recovery(name);
    for (const disruption of ['zone-loss', 'region-loss'] as const) {
      for (const [site, { rto }] of recovery.get(disruption)?.perSite ?? []) {
        const worst = found.get(site)?.rto;
        if (worst === undefined || compareTimes(rto, worst) > 0) found.set(site, { journey: name, rto });
      }
    }
  }
  const sites = new Set(model.regions.flatMap((region) => [region.name, ...region.zones.map(({ path }) => path)]));
  return [...found]
    .filter(([site, { rto }]) => sites.has(site) && (rto.status !== 'known' || rto.value > 0))
    .sort(([a, { rto: first }], [b, { rto: second }]) => compareTimes(second, first) || (a < b ? -1 : 1))
    .slice(0, mostPlaces)
    .map(([site, { journey, rto }]) => {
      const missed = rto.verdict?.met === false ? ', its promise is missed' : '';
      const switches: Switches = { off: [{ kind: 'site', site }] };
      return { switches, text: site, journeys: [journey], probability: 0, says: `${journey}: RTO ${timeText(rto)}${missed}` };
    });
}

function worseFirst(tiers: ReadonlyMap<string, number>): (a: Collected, b: Collected) => number {
  const tier = ({ journeys }: Collected): number => Math.min(...journeys.map((name) => tiers.get(name) ?? 1));
  const text = ({ off }: Collected): string => off.map(switchText).join();
  return (a, b) =>
    tier(a) - tier(b) || b.journeys.length - a.journeys.length || b.probability - a.probability || (text(a) < text(b) ? -1 : 1);
}

/** The switch of an event; undefined for what cannot be switched off by itself. */
function switchOf(model: Model, event: FailureEvent): Switch | undefined {
  switch (event.kind) {
    case 'region':
    case 'zone':
      return { kind: 'site', site: event.name };
    case 'component': {
      if (event.instance === undefined) return { kind: 'component', component: event.name };
      const component = componentsByName(model).get(event.name);
      const instances = component === undefined ? [] : instancesOf(component);
      // The only instance is the component.
      if (instances.length === 1) return { kind: 'component', component: event.name };
      // `r.a`, or `r.a #2` where there are several.
      const [site = '', number = '#1'] = event.instance.split(' ');
      const here = instances.filter(({ zone }) => zone === site);
      const lost = here[Number(number.slice(1)) - 1];
      // Of a place the active ones go first: a standby beside them cannot be switched off alone.
      const first = here.find(({ role }) => role === 'active') ?? here[0];
      if (lost === undefined || lost.role !== first?.role) return undefined;
      return { kind: 'replica', component: event.name, site, count: 1 };
    }
    case 'shared-fate':
      return undefined;
  }
}

/** Two instances of one place are one switch of two. */
function joined(switches: readonly Switch[]): readonly Switch[] {
  const [first, second] = switches;
  return first?.kind === 'replica' && second?.kind === 'replica' && switchText(first) === switchText(second)
    ? [{ ...first, count: first.count + second.count }]
    : switches;
}

function lossOf(model: Model, { off, journeys, probability, share }: Collected): Loss {
  const inOrder = model.journeys.map(({ name }) => name).filter((name) => journeys.includes(name));
  const takes = `takes ${inOrder.length} of ${model.journeys.length} ${model.journeys.length === 1 ? 'journey' : 'journeys'}`;
  const explains = share <= 0 ? '' : ` · explains up to ${percentText(Number(share.toPrecision(2)))} of an outage`;
  return { switches: { off }, text: off.map(switchText).join(' and '), journeys: inOrder, probability, says: takes + explains };
}
