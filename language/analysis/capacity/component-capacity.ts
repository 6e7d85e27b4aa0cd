/** The capacity figures of one component: what its load takes, and what is left to carry it after each loss. */
import { calculations } from '../../model/assumptions.js';
import type { Fact } from '../../model/fact.js';
import type { Component } from '../../model/model.js';
import { givesUpOneAtATime, staysInDrain } from '../../model/queries.js';
import { explained, factReason, knownFigure, reason, unknownFigure } from '../explained-figure.js';
import type { Explanation, Figure } from '../figure.js';
import { quantityText } from '../figure-text.js';
import { workedOutLater } from '../worked-out-later.js';
import type { CapacityLoss, ComponentCapacity, LossKind, SafeUtilisation } from './capacity-figures.js';
import { carryingInstances, demandOf } from './demand.js';
import { catchingUp, scaledInstances } from './scaling.js';
import { instancesFor, readyInRollout, spreadOver } from './site-headroom.js';
import type { SurvivorCounts, Survivors } from './survivors.js';

const evenly = calculations['load-evenly'].sentence;
const oneCopy = calculations['one-copy'].sentence;

/** All capacity figures of a component. What is not stated leaves its figures unknown, and they say so. */
export function capacityOfComponent(
  component: Component,
  counts: SurvivorCounts,
  flows: Pick<ComponentCapacity, 'backlogs' | 'replication'> = { backlogs: [], replication: [] },
): ComponentCapacity {
  const now = counts.now(component);
  const { load, peak } = component.demand;
  const sums = new Sums(component);
  const losses = lossesOf(component, counts, now, sums);
  const serving = now.instances.length;
  const known = { kind: 'component', name: component.name, serving, losses, ...flows } as const;
  // Who looks for losses that overload it, and most do, asks for nothing of this.
  const needed = withNeededAtPeak(
    withNeededAtLoad(known, () => sums.needed('load', load)),
    () => sums.needed('peak', peak ?? load),
  );
  const used = withUtilisationAtPeak(
    withUtilisationAtLoad(needed, () => sums.utilisation('utilisation at load', load, serving)),
    () => sums.utilisation('utilisation at peak', peak ?? load, serving),
  );
  const left = withHeadroom(used, () => sums.headroom('headroom', serving));
  const kinds = ['zone', 'region'] as const;
  return withSafeUtilisation(left, () => kinds.flatMap((kind) => safeUtilisation(component, kind, losses, now, sums)));
}

const withNeededAtLoad = workedOutLater<'neededAtLoad', Figure>('neededAtLoad');
const withNeededAtPeak = workedOutLater<'neededAtPeak', Figure>('neededAtPeak');
const withUtilisationAtLoad = workedOutLater<'utilisationAtLoad', Figure>('utilisationAtLoad');
const withUtilisationAtPeak = workedOutLater<'utilisationAtPeak', Figure>('utilisationAtPeak');
const withHeadroom = workedOutLater<'headroom', Figure>('headroom');
const withCatchesUp = workedOutLater<'catchesUp', Figure>('catchesUp');
const withSafeUtilisation = workedOutLater<'safeUtilisation', readonly SafeUtilisation[]>('safeUtilisation');

/** Load and capacity of one component, as figures. */
class Sums {
  readonly demand: Fact<number> | undefined;
  private readonly replicated: boolean;

  constructor(private readonly component: Component) {
    this.demand = demandOf(component);
    this.replicated = component.data.replication.length > 0;
  }

  carrying(instances: number): number {
    return carryingInstances(this.component, instances);
  }

  missing(demand: Fact<number> | undefined, word: string): readonly string[] {
    const { name, demand: stated } = this.component;
    return [
      ...(demand === undefined ? [`${word} of ${name}`] : []),
      ...(stated.capacity === undefined ? [`capacity of ${name}`] : []),
    ];
  }

  needed(word: 'load' | 'peak', demand: Fact<number> | undefined): Figure {
    const label = `${this.component.name} instances needed at ${word}`;
    const { capacity } = this.component.demand;
    if (demand === undefined || capacity === undefined) return unknownFigure('count', this.missing(demand, 'load'), { label });
    const count = instancesFor(demand.value, capacity.value);
    const children = [factReason(word, demand, 'per-second'), factReason('capacity of one', capacity, 'per-second')];
    if (!Number.isFinite(count))
      return explained('count', { status: 'never', because: 'one instance carries nothing' }, { label, children });
    if (this.replicated && count > 1) {
      const because = `${quantityText(demand.value, 'per-second')} do not fit one copy, and further copies carry no more`;
      return explained('count', { status: 'never', because }, { label, children, assumptions: [oneCopy] });
    }
    return knownFigure('count', count, { label, formula: `${word} / capacity, rounded up`, children });
  }

  utilisation(what: string, demand: Fact<number> | undefined, instances: number): Figure {
    const label = `${this.component.name} ${what}`;
    const { capacity } = this.component.demand;
    if (demand === undefined || capacity === undefined) return unknownFigure('share', this.missing(demand, 'load'), { label });
    const total = this.carrying(instances) * capacity.value;
    const children = (): readonly Explanation[] => this.reasons(demand, capacity, instances);
    if (total <= 0) {
      const because = instances === 0 ? 'no instance is left to carry the load' : 'one instance carries nothing';
      return explained(
        'share',
        { status: 'unbounded', because },
        { label, children, verdict: { target: 1, met: demand.value <= 0 } },
      );
    }
    const value = demand.value / total;
    return knownFigure('share', value, {
      label,
      formula: () =>
        `${quantityText(demand.value, 'per-second')} / (${this.carrying(instances)} × ${quantityText(capacity.value, 'per-second')})`,
      children,
      verdict: { target: 1, met: demand.value <= total },
      assumptions: [this.replicated ? oneCopy : evenly],
    });
  }

  headroom(what: string, instances: number): Figure {
    const label = `${this.component.name} ${what}`;
    const { capacity } = this.component.demand;
    const { demand } = this;
    if (demand === undefined || capacity === undefined) {
      return unknownFigure('per-second', this.missing(demand, 'load'), { label });
    }
    return knownFigure('per-second', this.carrying(instances) * capacity.value - demand.value, {
      label,
      formula: () =>
        `${this.carrying(instances)} × ${quantityText(capacity.value, 'per-second')} − ${quantityText(demand.value, 'per-second')}`,
      children: () => this.reasons(demand, capacity, instances),
      assumptions: [this.replicated ? oneCopy : evenly],
    });
  }

  private reasons(demand: Fact<number>, capacity: Fact<number>, instances: number): readonly Explanation[] {
    return [
      factReason(demand === this.component.demand.peak ? 'peak' : 'load', demand, 'per-second'),
      factReason('capacity of one', capacity, 'per-second'),
      reason('instances', String(instances), this.component.placements[0]?.source),
    ];
  }
}

function lossesOf(component: Component, counts: SurvivorCounts, now: Survivors, sums: Sums): readonly CapacityLoss[] {
  if (now.instances.length === 0) return [];
  const zones = new Set(now.instances.map(({ zone }) => zone).filter((zone) => zone.includes('.')));
  const regions = new Set(now.instances.map(({ region }) => region));
  const loss = (kind: LossKind, survivors: Survivors, site?: string): CapacityLoss =>
    lossOf(component, sums, kind, survivors, site);
  const worstFirst = (list: readonly CapacityLoss[]): readonly CapacityLoss[] =>
    [...list].sort((a, b) => a.survivors - b.survivors || compareText(a.site ?? '', b.site ?? ''));
  const zoneLosses = worstFirst([...zones].map((zone) => loss('zone', counts.withoutSite(component, zone), zone)));
  return [
    loss('instance', counts.withoutInstance(component)),
    ...zoneLosses,
    ...worstFirst([...regions].map((region) => loss('region', counts.withoutSite(component, region), region))),
    ...rollouts(component, counts, now, zoneLosses[0]?.site, loss),
    ...drains(component, now, loss),
  ];
}

/** Nodes may be drained in every cluster at once: what the budgets let go is away then. What a provider runs is drained by nobody. */
function drains(
  component: Component,
  now: Survivors,
  loss: (kind: LossKind, survivors: Survivors, site?: string) => CapacityLoss,
): readonly CapacityLoss[] {
  if (now.carriedBy !== 'active' || component.data.managedBy?.value.manager === 'provider') return [];
  const spare = now.instances.length - staysInDrain(component);
  if (spare <= 0) return [];
  const regions = new Set(now.instances.map(({ region }) => region)).size;
  const gone = givesUpOneAtATime(component) ? Math.min(spare, regions) : spare;
  return [loss('drain', { ...now, instances: now.instances.slice(gone) })];
}

/** A rollout goes region by region at best and everywhere at once at worst; the figure is of everywhere at once. */
function rollouts(
  component: Component,
  counts: SurvivorCounts,
  now: Survivors,
  worstZone: string | undefined,
  loss: (kind: LossKind, survivors: Survivors, site?: string) => CapacityLoss,
): readonly CapacityLoss[] {
  const rollout = component.deployment.rollout;
  if (rollout === undefined) return [];
  const unavailable = rollout.unavailable?.value ?? 0;
  // What can never move is written as surge 25% into the manifests.
  const surge = rollout.surge?.value === 0 && unavailable === 0 ? 0.25 : (rollout.surge?.value ?? 0.25);
  const ready = (survivors: Survivors): Survivors => {
    const regions = new Map<string, number>();
    for (const { region } of survivors.instances) regions.set(region, (regions.get(region) ?? 0) + 1);
    const kept: Survivors['instances'][number][] = [];
    for (const [region, count] of regions) {
      const { ready } = readyInRollout(count, surge, unavailable);
      kept.push(...survivors.instances.filter((instance) => instance.region === region).slice(0, ready));
    }
    return { carriedBy: survivors.carriedBy, instances: kept };
  };
  return [
    loss('rollout', ready(now)),
    ...(worstZone === undefined ? [] : [loss('rollout-and-zone', ready(counts.withoutSite(component, worstZone)), worstZone)]),
  ];
}

function lossOf(component: Component, sums: Sums, kind: LossKind, survivors: Survivors, site: string | undefined): CapacityLoss {
  const left = survivors.instances.length;
  const what = site === undefined ? wordOf(kind) : kind === 'rollout-and-zone' ? `rollout without ${site}` : `without ${site}`;
  const utilisation = sums.utilisation(`utilisation ${what}`, sums.demand, left);
  const scaled = scaledInstances(component, survivors);
  const scaledUtilisation =
    scaled === undefined ? undefined : sums.utilisation(`utilisation ${what}, scaled`, sums.demand, scaled.count);
  const known = {
    kind,
    ...(site === undefined ? {} : { site }),
    carriedBy: survivors.carriedBy,
    survivors: left,
    utilisation,
    ...(scaledUtilisation === undefined ? {} : { scaledUtilisation }),
  };
  return withCatchesUp(
    withHeadroom(known, () => sums.headroom(`headroom ${what}`, left)),
    () => catchingUp(`${component.name} carries its load ${what}`, utilisation, scaledUtilisation, scaled?.within),
  );
}

function wordOf(kind: LossKind): string {
  switch (kind) {
    case 'instance':
      return 'without one instance';
    case 'rollout':
    case 'rollout-and-zone':
      return 'in a rollout';
    case 'drain':
      return 'in a drain';
    case 'zone':
    case 'region':
      return `without a ${kind}`;
  }
}

function safeUtilisation(
  component: Component,
  kind: 'zone' | 'region',
  losses: readonly CapacityLoss[],
  now: Survivors,
  sums: Sums,
): readonly SafeUtilisation[] {
  const worst = losses.find((loss) => loss.kind === kind);
  if (worst === undefined) return [];
  const sites = losses.filter((loss) => loss.kind === kind).length;
  const all = sums.carrying(now.instances.length);
  const left = sums.carrying(worst.survivors);
  const needed = sums.needed('peak', sums.demand);
  const label = `${component.name} instances needed in each ${kind}`;
  if (needed.status === 'known' && sites === 1 && worst.survivors > 0) {
    // All stands in one site, and a standby elsewhere takes all of it.
    const perSite = knownFigure('count', needed.value, { label, formula: `${worst.carriedBy ?? kind} takes over all of it` });
    return [{ kind, sites, perSite, utilisation: safeShare(component, kind, worst, all, left) }];
  }
  const spread = needed.status === 'known' ? spreadOver(needed.value, sites, 1) : undefined;
  const perSite =
    needed.status === 'known' && spread !== undefined
      ? knownFigure('count', spread.perSite, {
          label,
          formula: `${needed.value} needed / (${sites} − 1 ${kind}s), rounded up; ${spread.total} in all`,
          children: [reason('needed at peak', String(needed.value))],
        })
      : needed.status === 'known'
        ? explained('count', { status: 'never', because: `it serves from one ${kind}, and no other carries the load` }, { label })
        : needed.status === 'never'
          ? explained('count', { status: 'never', because: needed.because }, { label })
          : unknownFigure('count', needed.status === 'unknown' ? needed.missing : [], { label });
  return [{ kind, sites, perSite, utilisation: safeShare(component, kind, worst, all, left) }];
}

function safeShare(component: Component, kind: 'zone' | 'region', worst: CapacityLoss, all: number, left: number): Figure {
  return knownFigure('share', Math.min(1, all === 0 ? 0 : left / all), {
    label: `${component.name} highest safe utilisation for one lost ${kind}`,
    formula: `${left} against ${all} instances without ${worst.site ?? kind}`,
    children: [reason('carried by', worst.carriedBy ?? 'nobody')],
    assumptions: [evenly],
  });
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
