/** How long one component itself takes to be back in one scope: what runs from the fault, and what waits for what it requires. */
import { type Fact, sourceOf } from '../../model/fact.js';
import type { Component, Model, Placement } from '../../model/model.js';
import { keepsData, requiredInstances } from '../../model/queries.js';
import type { Figure } from '../figure.js';
import { instancesOf } from '../structure/sides.js';
import type { DataLoss } from './data-loss.js';
import {
  anyFailover,
  decideSteps,
  detectAndDecide,
  type FailoverFacts,
  failoverTo,
  failoverWithin,
  promoteSteps,
  startSteps,
} from './failover.js';
import { restoreSteps } from './restore.js';
import type { Scope } from './scope.js';
import { type RestoreJob, restoreJob } from './shared-restores.js';
import {
  after,
  compareTimes,
  factStep,
  inSequence,
  missingStep,
  never,
  noSteps,
  noTime,
  type Steps,
  step,
  timeOf,
} from './time.js';
import { trafficLeaves } from './traffic.js';

/** `before` runs from the fault, `start` begins when it is over and everything required is ready. */
export interface OwnTime {
  readonly before: Figure;
  readonly start: Steps;
  /** It starts anew, so that `recovers after` and its source count. */
  readonly restarts: boolean;
  /** The way back, once what failed is there again; absent where nothing moved, or nobody says how long it takes. */
  readonly failback?: Figure;
  /** How many instances carry the load once it is back; absent: those that the structure says. */
  readonly carries?: number;
  /** People do it: they restore, rebuild or provision. */
  readonly byHand?: true;
  /** What is restored on the way; it may share its source with others. */
  readonly restore?: RestoreJob;
}

/** What the way back of one component depends on. */
export interface Situation {
  readonly model: Model;
  readonly component: Component;
  readonly scope: Scope;
  /** The side that serves without regard to what it requires: `active`, a standby's region, or nobody. */
  readonly serving: string | undefined;
  /** The side that serves with nothing off. */
  readonly usually: string | undefined;
  readonly loss: DataLoss;
  readonly componentOf: (name: string) => Component | undefined;
  /** What its restore takes longer because of others; absent: nothing. */
  readonly waits?: Steps;
  /** Edges that lead to it, for outlier detection. */
  readonly callers: readonly { readonly breaker?: { readonly within?: { readonly value: number } } }[];
}

/** The component's own part; undefined where the scope does not touch it and whoever serves goes on. */
export function ownTime(situation: Situation): OwnTime | undefined {
  const own = untilMended(situation);
  const { ends, corrupted } = situation.scope;
  if (own === undefined || ends === undefined || corrupted.has(situation.component.name)) return own;
  // Whoever would be back later than the failure ends need not do anything.
  const facts = failoverWithin(situation.component, undefined) ?? {};
  const waited: OwnTime = { before: failureEnds(ends), start: startSteps(situation.component, facts, false), restarts: true };
  return compareTimes(after(own.before, own.start), after(waited.before, waited.start)) > 0 ? waited : own;
}

/** The time until what failed is back by itself. */
export function failureEnds(ends: Fact<number>): Figure {
  return timeOf(step('failure ends', ends.value, sourceOf(ends)));
}

function untilMended(situation: Situation): OwnTime | undefined {
  const { component, scope, serving, usually } = situation;
  if (scope.corrupted.has(component.name)) return repairData(situation);
  const touched = scope.instances.has(component.name) || scope.hosts.has(component.name);
  if (touched && scope.disruption === 'corruption') return rebuiltFromGoodData(situation);
  if (!touched && serving === usually) return undefined;
  if (serving !== undefined && serving === usually) {
    if (!carriedTraffic(component, scope, serving)) return at(noTime('the scope carried no traffic'));
    return at(trafficLeaves(situation));
  }
  if (serving !== undefined) return standbyServes(situation, serving);
  if (!touched) return undefined;
  return comesBackElsewhere(situation) ?? rebuilt(situation) ?? coldSite(situation) ?? restored(situation);
}

function carriedTraffic(component: Component, scope: Scope, side: string): boolean {
  if (component.placements.length === 0) return true;
  const gone = scope.instances.get(component.name);
  return instancesOf(component).some((instance) => {
    const serves = side === 'active' ? instance.role === 'active' : instance.region === side && instance.role !== 'active';
    return serves && gone?.has(instance.index) === true;
  });
}

/** A hot or warm standby: detect, decide, promote; then scale up where it is too small, warm up, switch, verify. */
function standbyServes({ model, component, scope }: Situation, region: string): OwnTime {
  const facts = failoverTo(model, component, region);
  const before = inSequence(detectAndDecide(component, facts), promoteSteps(component, facts, keepsData(component)));
  const gone = scope.instances.get(component.name);
  const standing = instancesOf(component).filter(
    (instance) =>
      instance.region === region &&
      (instance.role === 'hot-standby' || instance.role === 'warm-standby') &&
      gone?.has(instance.index) !== true,
  );
  const needed = requiredInstances(component).count;
  const small = standing.some((instance) => instance.role === 'warm-standby') && standing.length < needed;
  const scaleUp = small
    ? factStep('scale up', component.deployment.scales?.within, `scales to … within of ${component.name}`)
    : noSteps;
  return {
    before: timeOf(before),
    start: inSequence(scaleUp, startSteps(component, facts, true)),
    restarts: false,
    ...wayBack(facts),
    carries: small ? needed : standing.length,
  };
}

/** `failback` as it is told: no part of the recovery time. */
function wayBack({ failback }: FailoverFacts): Pick<OwnTime, 'failback'> {
  return failback === undefined ? {} : { failback: timeOf(step('failback', failback.value, sourceOf(failback))) };
}

/** Instances placed by region on storage that is not zonal come back in its other zones; a lost instance is repaired where it was. */
function comesBackElsewhere({ component, scope, loss }: Situation): OwnTime | undefined {
  if (scope.disruption !== 'instance-loss' && scope.disruption !== 'zone-loss') return undefined;
  const storage = component.data.storage?.value;
  const disk = keepsData(component) ? storage === 'regional' : storage === undefined || storage === 'regional';
  const active = component.placements.filter((placement) => placement.role === 'active');
  if (active.length === 0) return undefined;
  const facts = failoverWithin(component, undefined) ?? {};
  const start = startSteps(component, facts, false);
  const repair = component.failure.mttr;
  if (scope.disruption === 'instance-loss') {
    const intact = !keepsData(component) || (loss.rpo.status === 'known' && loss.rpo.value === 0);
    if (!intact) return undefined;
    if (component.evictsAfter === undefined && repair !== undefined && repair.origin.kind !== 'assumed') {
      return { before: timeOf(step('repair', repair.value, sourceOf(repair))), start, restarts: true };
    }
    if (!disk && storage !== 'zonal') return undefined;
  } else if (!disk || !active.every((placement) => hasPlaceLeft(placement, component, scope))) {
    return undefined;
  }
  const evicted = factStep('evict', component.evictsAfter, `evicts after of ${component.name}`);
  return { before: timeOf(evicted), start, restarts: true };
}

/** Whether the instances of a placement may start in a zone of theirs that is left. */
function hasPlaceLeft(placement: Placement, component: Component, scope: Scope): boolean {
  const gone = scope.instances.get(component.name);
  const dead = new Set<string>();
  for (const instance of instancesOf(component)) if (gone?.has(instance.index) === true) dead.add(instance.zone);
  return placement.zones.some((zone) => !dead.has(zone));
}

/** Derived data is built anew from its source. */
function rebuilt({ component, scope }: Situation): OwnTime | undefined {
  if (component.rebuildsFrom === undefined) return undefined;
  const facts = anyFailover(component);
  const provision = scope.disruption === 'account-loss' ? `provision in failover of ${component.name}` : undefined;
  const before = inSequence(detectAndDecide(component, facts), factStep('provision', facts.provision, provision));
  const takes = factStep('rebuild', component.rebuildsFrom.takes, `takes of rebuilds from of ${component.name}`);
  return { before: timeOf(before), start: inSequence(takes, startSteps(component, facts, true)), restarts: true, byHand: true };
}

/** What is derived from bad data is as bad: once its source is restored it is built anew, where it is. */
function rebuiltFromGoodData({ component }: Situation): OwnTime {
  const facts = failoverWithin(component, undefined) ?? {};
  const takes = factStep('rebuild', component.rebuildsFrom?.takes, `takes of rebuilds from of ${component.name}`);
  const start = inSequence(takes, startSteps(component, facts, false));
  return { before: noTime('rebuilt'), start, restarts: true, byHand: true };
}

/** A pilot light has its data and starts everything; a cold standby is provisioned, restored and started. */
function coldSite(situation: Situation): OwnTime | undefined {
  const { model, component, scope, loss } = situation;
  const gone = scope.instances.get(component.name);
  const waiting = instancesOf(component).filter(
    (instance) => (instance.role === 'pilot-light' || instance.role === 'cold-standby') && gone?.has(instance.index) !== true,
  );
  const left = waiting[0];
  if (left === undefined) return undefined;
  const facts = failoverTo(model, component, left.region);
  const data = keepsData(component) && component.kind !== 'cache';
  const pilot = left.role === 'pilot-light';
  if (!pilot && data && loss.point === undefined) return at(never(`${component.name} has nothing to restore from`));
  const restored = !pilot && data ? restoring(situation, left.region) : undefined;
  const before = inSequence(
    detectAndDecide(component, facts),
    pilot ? noSteps : factStep('provision', facts.provision),
    pilot ? promoteSteps(component, facts, data) : (restored?.steps ?? noSteps),
  );
  return {
    before: timeOf(before),
    start: startSteps(component, facts, true),
    restarts: true,
    byHand: true,
    ...wayBack(facts),
    carries: waiting.filter((instance) => instance.region === left.region && instance.role === left.role).length,
    ...restored?.job,
  };
}

/** Restore from a backup outside the scope; what has no data comes back only where a site can be provisioned for it. */
function restored(situation: Situation): OwnTime {
  const { component, scope, loss } = situation;
  const facts = anyFailover(component);
  const sameSites = scope.disruption === 'account-loss';
  const provision = factStep('provision', facts.provision, sameSites ? `provision in failover of ${component.name}` : undefined);
  const start = startSteps(component, facts, true);
  if (!keepsData(component) || component.kind === 'cache') {
    if (!sameSites) return at(never(`no recovery path: ${component.name} runs nowhere else and no standby is placed`));
    return { before: timeOf(inSequence(detectAndDecide(component, facts), provision)), start, restarts: true, byHand: true };
  }
  if (loss.lost) return at(never(`no copy of ${component.name} survives ${scope.name}`.trimEnd()));
  if (loss.point === undefined)
    return at(never(`no recovery path: ${component.name} has no standby and no backup outside ${scope.name}`));
  const { steps, job } = restoring(situation, sameSites ? activeRegion(component) : undefined);
  const before = inSequence(detectAndDecide(component, facts), provision, steps);
  return { before: timeOf(before), start, restarts: true, byHand: true, ...job };
}

/** The restore to a region, with what it waits for others that read from the same place. */
function restoring(
  { model, component, scope, loss, waits, componentOf }: Situation,
  to: string | undefined,
): { readonly steps: Steps; readonly job: Pick<OwnTime, 'restore'> } {
  const { point } = loss;
  if (point === undefined) return { steps: noSteps, job: {} };
  const steps = inSequence(restoreSteps(component, point), waits ?? noSteps);
  return { steps, job: { restore: restoreJob(model, component, point, scope, to, componentOf) } };
}

function activeRegion(component: Component): string | undefined {
  return component.placements.find((placement) => placement.role === 'active')?.region;
}

/** Bad data is found, then restored in place: no traffic moves. */
function repairData(situation: Situation): OwnTime {
  const { component, loss } = situation;
  if (loss.lost || loss.point === undefined) return at(never(`no earlier point in time of ${component.name} is kept`));
  const facts = failoverWithin(component, undefined) ?? {};
  const found = component.data.corruptionFoundWithin;
  const { steps, job } = restoring(situation, activeRegion(component));
  const before = inSequence(
    found === undefined
      ? missingStep('found within', `corruption found within of ${component.name}`)
      : step('found within', found.value, sourceOf(found)),
    decideSteps(component, facts),
    steps,
  );
  return { before: timeOf(before), start: startSteps(component, facts, false), restarts: true, byHand: true, ...job };
}

function at(before: Figure): OwnTime {
  return { before, start: noSteps, restarts: false };
}
