import type { QueueBacklog } from '../analysis/capacity/capacity-figures.js';
import type { Figure } from '../analysis/figure.js';
import { quantityText } from '../analysis/figure-text.js';
import { sourceOf } from '../model/fact.js';
import type { Component } from '../model/model.js';
import { acceptFix } from './accept-fix.js';
import { lookup } from './lookup.js';
import { countFix } from './placement-fixes.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { regionsOf, workingSites } from './sites.js';
import { effectiveTiers, isTopTier } from './tier.js';
import { writtenDuration } from './wording.js';

/** DR029: a queue loses what waits while a consumer is away, or it is never worked off, or there is no place for what cannot be. */
export const queueCannotAbsorb: Rule = {
  code: 'DR029',
  name: 'queue-cannot-absorb',
  title: 'Queue cannot bridge an outage of its consumers',
  severity: 'warning',
  subsumes: [],
  docs: {
    what: 'Of a queue and one of its consumers: messages wait for the longest recovery of the consumer, and the queue `keeps` them for less; or recovery time times the load of the queue times the largest payload is more than it `holds`; or the consumer works off no more than comes, or takes longer for what waited than the longest recovery time its objective allows. On tier 0 and 1 also: the queue has consumers and no `dead letters to`. Recovery times, loads, payloads and capacities that are not stated are not judged.',
    why: 'A queue decouples for as long as it keeps what waits, and no longer; what waited has to be worked off beside what keeps coming; and one message that nobody can work off holds up all behind it. Sources: Little’s law and the arithmetic of fluid queues; AWS Well-Architected REL05 (fail fast and limit queues).',
    how: 'Keep messages for longer than the longest recovery, run more consumers, and name a queue for dead letters.',
    bad: `region north { zones a, b }
region south { zones a, b }

queue events in north, south {
  keeps 10m
  failover { detect 10s  decide automatic  promote 0s  switch mesh }
}
service worker {
  runs 2 in north
  runs 2 in south as hot standby
  consumes from events
  failover { detect 30m  decide automatic  promote 0s  switch dns ttl 30m }
}
`,
    good: `region north { zones a, b }
region south { zones a, b }

queue events in north, south {
  keeps 7d
  failover { detect 10s  decide automatic  promote 0s  switch mesh }
}
service worker {
  runs 2 in north
  runs 2 in south as hot standby
  consumes from events
  failover { detect 30m  decide automatic  promote 0s  switch dns ttl 30m }
}
`,
  },
  check(context) {
    const queues = context.model.components.filter(({ kind }) => kind === 'queue');
    if (queues.length === 0) return [];
    const deadLetters = new Set(queues.flatMap(({ data }) => data.deadLetters?.name ?? []));
    return queues.flatMap((queue) => [
      ...backlogFindings(queue, context),
      ...(deadLetters.has(queue.name) ? [] : withoutDeadLetters(queue, context)),
    ]);
  },
};

function backlogFindings(queue: Component, context: RuleContext): readonly RawFinding[] {
  const figures = context.analysis.capacity(queue.name);
  if (figures?.kind !== 'component') return [];
  return [
    ...limitFindings(queue, 'keeps', figures.backlogs, context),
    ...limitFindings(queue, 'holds', figures.backlogs, context),
    ...figures.backlogs.flatMap((backlog) => slowFinding(queue, backlog, context) ?? []),
  ];
}

/** The most that comes together for certain and at worst; undefined where it is not known, or without end. */
function rangeOf(figure: Figure): { readonly least: number; readonly most: number } | undefined {
  if (figure.status === 'known') return { least: figure.value, most: figure.value };
  return figure.status === 'bounded' ? { least: figure.lower, most: figure.upper } : undefined;
}

/** The consumer that asks for most, where that is more than the queue `keeps` or `holds`. */
function limitFindings(
  queue: Component,
  word: 'keeps' | 'holds',
  backlogs: readonly QueueBacklog[],
  { model, analysis }: RuleContext,
): readonly RawFinding[] {
  const fact = queue.data[word];
  const at = fact === undefined ? undefined : sourceOf(fact);
  if (fact === undefined || at === undefined) return [];
  const over = backlogs.flatMap(({ consumer, waits, bytes }) => {
    const figure = word === 'keeps' ? waits : bytes;
    const range = rangeOf(figure);
    return figure.verdict?.met === false && range !== undefined ? [{ consumer, range, unit: figure.unit }] : [];
  });
  const [worst] = over.sort((a, b) => b.range.most - a.range.most || (a.consumer < b.consumer ? -1 : 1));
  if (worst === undefined) return [];
  const { consumer, range, unit } = worst;
  const asked = quantityText(range.least, unit);
  const stated = quantityText(fact.value, unit);
  const text = word === 'keeps' ? writtenDuration(Math.ceil(range.most)) : `${Math.ceil(range.most / 2 ** 30 - 1e-9)}GiB`;
  const message =
    word === 'keeps'
      ? `Until ${consumer} is back, messages wait ${asked} in ${queue.name}, which keeps them ${stated}: the oldest are lost. Keep them longer.`
      : `Until ${consumer} is back, ${asked} wait in ${queue.name}, which holds ${stated}: the rest is lost or refused. Hold more.`;
  const own = fact.origin.kind === 'stated' ? fact.origin.at : undefined;
  return [
    {
      message,
      at,
      related: relatedOf(queue, consumer, { model, analysis }),
      fixes: [
        ...(own === undefined
          ? []
          : [
              {
                title: `Let ${queue.name} ${word === 'keeps' ? 'keep' : 'hold'} ${text}`,
                edits: [{ kind: 'set-value' as const, at: own, after: word, text }],
                safe: false,
              },
            ]),
        acceptFix('DR029', queue, model, analysis.asOf),
      ],
      subject: queue.name,
      causes: [`backlog:${queue.name}.${word}`],
    },
  ];
}

/** A consumer that never works off what waited, or not within any recovery time that its objective allows. */
function slowFinding(queue: Component, backlog: QueueBacklog, context: RuleContext): RawFinding | undefined {
  const { model, analysis } = context;
  const consumer = lookup(model).components.get(backlog.consumer);
  const { load } = queue.demand;
  const capacity = consumer?.demand.capacity;
  if (consumer === undefined || load === undefined || capacity === undefined || capacity.value <= 0) return undefined;
  const promised = consumer.objective?.classes.flatMap(({ rto }) => (rto === undefined ? [] : [rto.value])) ?? [];
  const target = promised.length === 0 ? undefined : Math.max(...promised);
  const drains = rangeOf(backlog.drainsIn);
  const isNever = backlog.drainsIn.status === 'never';
  if (!isNever && (drains === undefined || target === undefined || drains.least <= target)) return undefined;
  const away = rangeOf(backlog.waits);
  const rate = target === undefined || target <= 0 ? undefined : load.value * (1 + (away?.most ?? 0) / target);
  // Something above what comes works all off at last; with a target, enough for it.
  const count = Math.max(Math.floor(load.value / capacity.value) + 1, rate === undefined ? 0 : Math.ceil(rate / capacity.value));
  const message = isNever
    ? `${consumer.name} works off no more than comes into ${queue.name} (${quantityText(load.value, 'per-second')}): what waited while it was away stays. Run more of it.`
    : `${consumer.name} takes ${quantityText(drains?.least ?? 0, 'seconds')} to work off what waited in ${queue.name}; the longest recovery time of its objective is ${quantityText(target ?? 0, 'seconds')}. Run more of it.`;
  return {
    message,
    at: queue.nameSource,
    related: relatedOf(queue, consumer.name, context),
    fixes: [...moreConsumers(consumer, count), acceptFix('DR029', queue, model, analysis.asOf)],
    subject: queue.name,
    causes: [`backlog:${queue.name}.${consumer.name}`],
  };
}

function moreConsumers(consumer: Component, count: number): readonly Fix[] {
  const [placement, ...others] = consumer.placements.filter(({ role }) => role === 'active');
  const scales = consumer.deployment.scales?.max.value;
  if (placement === undefined || others.length > 0 || consumer.data.replication.length > 0) return [];
  if (count <= placement.zones.length || (scales !== undefined && count > scales)) return [];
  const fix = countFix(consumer, placement, count);
  return fix === undefined ? [] : [fix];
}

function relatedOf(queue: Component, consumer: string, { model }: RuleContext): RawFinding['related'] {
  const reader = lookup(model).components.get(consumer);
  const load = queue.demand.load === undefined ? undefined : sourceOf(queue.demand.load);
  return [
    ...(reader === undefined ? [] : [{ message: `${consumer} consumes from it.`, at: reader.nameSource }]),
    ...(load === undefined ? [] : [{ message: 'So much comes in.', at: load }]),
  ];
}

/** Only where the business leans on it: what nobody can work off stays at the head of the queue. */
function withoutDeadLetters(queue: Component, { model, analysis }: RuleContext): readonly RawFinding[] {
  if (queue.data.deadLetters !== undefined || !isTopTier(effectiveTiers(model).get(queue.name))) return [];
  const consumers = (lookup(model).callers.get(queue.name) ?? []).filter(({ edges }) =>
    edges.some((edge) => edge.kind === 'consumes' && edge.targets.some(({ name }) => name === queue.name)),
  );
  const readers = [...consumers].sort((a, b) => (a.name < b.name ? -1 : 1));
  const [first] = readers;
  if (first === undefined) return [];
  return [
    {
      message: `${queue.name} is tier ${effectiveTiers(model).get(queue.name)} and has no queue for dead letters: a message that ${first.name} cannot work off holds up those behind it. Name one.`,
      at: queue.nameSource,
      related: readers.slice(0, 4).map(({ name, nameSource }) => ({ message: `${name} consumes from it.`, at: nameSource })),
      fixes: [...deadLetterFix(queue, lookup(model).names), acceptFix('DR029', queue, model, analysis.asOf)],
      subject: queue.name,
      causes: [`dead-letters:${queue.name}`],
    },
  ];
}

/** A queue of its own at the same sites; of one that `runs`, in its regions: on what it runs there its author decides. */
function deadLetterFix(queue: Component, names: ReadonlySet<string>): readonly Fix[] {
  const name = `${queue.name}-dead`;
  const sites = [...new Set(queue.hosts.length > 0 ? queue.hosts.map((host) => host.name) : regionsOf(workingSites(queue)))];
  if (names.has(name) || sites.length === 0) return [];
  return [
    {
      title: `Add ${name} for its dead letters`,
      edits: [
        { kind: 'add-statement', block: queue.source, text: `dead letters to ${name}` },
        { kind: 'add-declaration', after: queue.source, text: `queue ${name} in ${sites.join(', ')} { keeps 30d }` },
      ],
      safe: false,
    },
  ];
}
