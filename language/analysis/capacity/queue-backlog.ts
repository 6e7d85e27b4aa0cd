/** What waits in a queue while a consumer is away, whether the queue keeps it, and how long it takes to be worked off. */
import { sourceOf } from '../../model/fact.js';
import type { Component, DisruptionClass, Edge, Model } from '../../model/model.js';
import type { ClassRecovery } from '../analysis.js';
import { explained, factReason, type Outcome, type Reasons, reason, unknownFigure } from '../explained-figure.js';
import type { Explanation, Figure, Verdict } from '../figure.js';
import { timeText } from '../figure-text.js';
import { atLeast, compareTimes } from '../recovery/time.js';
import type { QueueBacklog } from './capacity-figures.js';
import { carryingInstances } from './demand.js';

/** Asks for the recovery of a component, class by class. */
export type RecoveryOf = (name: string) => ReadonlyMap<DisruptionClass, ClassRecovery>;

/** One for each consumer of a queue, by name; none for what is no queue. `serving`: instances of a component that carry its load. */
export function backlogsOf(
  model: Model,
  queue: Component,
  recovery: RecoveryOf,
  serving: (component: Component) => number,
): readonly QueueBacklog[] {
  if (queue.kind !== 'queue') return [];
  const publishing = model.components.flatMap(({ edges }) =>
    edges.filter((edge) => edge.kind === 'publishes' && leadsTo(edge, queue)),
  );
  return model.components
    .filter(({ edges }) => edges.some((edge) => edge.kind === 'consumes' && leadsTo(edge, queue)))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((consumer) =>
      backlogOf(queue, consumer, publishing, longestAway(recovery(consumer.name), recovery(queue.name)), serving(consumer)),
    );
}

function leadsTo(edge: Edge, { name }: Component): boolean {
  return edge.targets.some((target) => target.name === name);
}

/** The longest recovery of the consumer in all classes that the queue survives: nothing comes into one that is down. */
function longestAway(
  classes: ReadonlyMap<DisruptionClass, ClassRecovery>,
  ofQueue: ReadonlyMap<DisruptionClass, ClassRecovery>,
): ClassRecovery | undefined {
  let longest: ClassRecovery | undefined;
  for (const each of classes.values()) {
    if (each.survives === undefined || ofQueue.get(each.disruption)?.survives === false) continue;
    if (longest === undefined || compareTimes(each.rto, longest.rto) > 0) longest = each;
  }
  return longest;
}

function backlogOf(
  queue: Component,
  consumer: Component,
  publishing: readonly Edge[],
  away: ClassRecovery | undefined,
  instances: number,
): QueueBacklog {
  const name = `${queue.name} while ${consumer.name} is away`;
  const rto: Figure = away?.rto ?? { status: 'known', value: 0, unit: 'seconds', terms: [], assumptions: [] };
  const after: readonly Explanation[] =
    away === undefined ? [] : [reason(`${consumer.name} ${away.disruption} RTO`, timeText(rto))];
  const { load } = queue.demand;
  const flow: readonly Explanation[] = load === undefined ? [] : [factReason('load of the queue', load, 'per-second')];
  const { keeps, holds } = queue.data;
  const waits = explained('seconds', plain(rto), {
    label: `${name}, oldest message`,
    formula: 'the longest recovery of all classes that the queue survives',
    children: after,
    ...judgedBy(keeps?.value, rto, keeps === undefined ? undefined : sourceOf(keeps)),
    assumptions: rto.assumptions,
  });
  const scaled = (what: string, unit: Figure['unit'], factor: number, reasons: Partial<Reasons>): Figure => {
    const outcome = times(rto, factor);
    return explained(unit, outcome, {
      label: `${name}, ${what}`,
      children: [...after, ...flow],
      assumptions: rto.assumptions,
      ...reasons,
    });
  };
  if (load === undefined) {
    const missing = (unit: Figure['unit'], what: string): Figure =>
      unknownFigure(unit, [`load of ${queue.name}`], { label: `${name}, ${what}` });
    return {
      consumer: consumer.name,
      waits,
      messages: missing('count', 'messages'),
      bytes: missing('bytes', 'data'),
      drainsIn: missing('seconds', 'worked off in'),
    };
  }
  const messages = scaled('messages', 'count', load.value, { formula: 'RTO × load of the queue' });
  const sizes = publishing.map(({ payload }) => payload?.value);
  const largest = Math.max(0, ...sizes.map((size) => size ?? 0));
  const bytes =
    sizes.length === 0 || sizes.includes(undefined)
      ? unknownFigure('bytes', [`payload of publishes to ${queue.name}`], { label: `${name}, data` })
      : scaled('data', 'bytes', load.value * largest, {
          formula: 'messages × the largest payload',
          ...judgedBy(
            holds?.value,
            fromOutcome(times(rto, load.value * largest)),
            holds === undefined ? undefined : sourceOf(holds),
          ),
        });
  return {
    consumer: consumer.name,
    waits,
    messages,
    bytes,
    drainsIn: drainOf(`${name}, worked off in`, consumer, load.value, rto, instances, flow),
  };
}

/** backlog / (capacity − load): what waited, at what is left beside what keeps coming. */
function drainOf(
  label: string,
  consumer: Component,
  load: number,
  rto: Figure,
  instances: number,
  flow: readonly Explanation[],
): Figure {
  const { capacity } = consumer.demand;
  if (capacity === undefined) return unknownFigure('seconds', [`capacity of ${consumer.name}`], { label });
  const works = carryingInstances(consumer, instances) * capacity.value;
  const children = [...flow, reason(`capacity of ${consumer.name}`, `${instances} instances`, sourceOf(capacity))];
  if (works <= load) {
    const because = `${consumer.name} works off no more than comes`;
    return explained('seconds', { status: 'never', because }, { label, children });
  }
  const formula = 'RTO × load / (capacity of the consumer − load)';
  return explained('seconds', times(rto, load / (works - load)), { label, formula, children, assumptions: rto.assumptions });
}

function plain(figure: Figure): Outcome {
  switch (figure.status) {
    case 'known':
      return { status: 'known', value: figure.value };
    case 'bounded':
      return { status: 'bounded', lower: figure.lower, upper: figure.upper };
    case 'unknown':
      return { status: 'unknown', missing: figure.missing };
    case 'unbounded':
    case 'never':
      return { status: figure.status, because: figure.because };
  }
}

/** A time times a rate; what never ends has no limit. */
function times(figure: Figure, factor: number): Outcome {
  switch (figure.status) {
    case 'known':
      return { status: 'known', value: figure.value * factor };
    case 'bounded':
      return { status: 'bounded', lower: figure.lower * factor, upper: figure.upper * factor };
    case 'unknown':
      return { status: 'unknown', missing: figure.missing };
    case 'unbounded':
    case 'never':
      return { status: 'unbounded', because: figure.because };
  }
}

function fromOutcome(outcome: Outcome): Figure {
  return { ...outcome, unit: 'bytes', terms: [], assumptions: [] };
}

/** Whether no more than `limit` comes together; undefined where that is not known. */
function judgedBy(limit: number | undefined, figure: Figure, source: Verdict['source']): { readonly verdict?: Verdict } {
  if (limit === undefined) return {};
  const most = figure.status === 'known' ? figure.value : figure.status === 'bounded' ? figure.upper : Number.POSITIVE_INFINITY;
  const met = most <= limit ? true : atLeast(figure) > limit ? false : undefined;
  return { verdict: { target: limit, met, ...(source === undefined ? {} : { source }) } };
}
