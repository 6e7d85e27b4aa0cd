import { durationText } from '../analysis/figure-text.js';
import { sourceOf } from '../model/fact.js';
import type { ClassObjective, Component, Edge, Journey } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { isHard } from '../model/queries.js';
import { acceptFix, statementFix } from './accept-fix.js';
import { closureOf, lookup } from './lookup.js';
import { promising, subjects } from './objectives.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { spokenList } from './wording.js';

type Subject = Component | Journey;

/** A limit of lost data that somebody promises, in seconds. */
interface Limit {
  readonly subject: Subject;
  readonly promise: ClassObjective;
  readonly seconds: number;
}

/** How a message gets lost although its sender goes on. */
type Loss = 'unacknowledged' | 'one copy' | 'best effort';

/** DR028: a message counts as sent and can be lost, where somebody promises how much may be lost. */
export const ackedButLost: Rule = {
  code: 'DR028',
  name: 'acked-but-lost',
  title: 'Message sent and lost all the same',
  severity: 'error',
  subsumes: [],
  docs: {
    what: 'Something publishes with `acks none`, and an objective of it, of the queue, of a consumer or of what cannot do without the publisher promises an `rpo`. Or with `acks one` to a queue that stands in several places, where such an objective promises `rpo 0s`: then the copy that confirmed may be the one that is lost. A warning where it publishes `best effort` without an `outbox`, and the queue or a consumer promises an `rpo`. Objectives for corruption are left out, and so are promises of callers that only read.',
    why: 'A producer that does not wait for an answer, or swallows it, goes on as if all were well: what was sent while the queue failed over is in no copy and in no log. Sources: the Kafka documentation of `acks` (0: no guarantee; 1: lost if the leader fails before the followers have it; all: kept as long as one replica in sync lives).',
    how: 'Write `acks all`. Store the message with the data and send it from there (`outbox`), so that it outlives the sender as well.',
    bad: `region north { zones a, b, c }

service orders {
  runs 3 in north
  publishes to events { acks none }
  objective { zone-loss { rpo 1m } }
}
queue events { runs 3 in north  replicates sync within north quorum 2 }
`,
    good: `region north { zones a, b, c }

service orders {
  runs 3 in north
  publishes to events { acks all  outbox }
  objective { zone-loss { rpo 1m } }
}
queue events { runs 3 in north  replicates sync within north quorum 2 }
`,
  },
  check(context) {
    const limits = promising(context.model).flatMap((subject) => limitsOf(subject));
    if (limits.length === 0) return [];
    return subjects(context.model).flatMap((owner) =>
      publishedBy(owner).flatMap((edge) => judge(owner, edge, limits, context) ?? []),
    );
  },
};

const publishedBy = oncePer(({ edges }: Subject): readonly Edge[] => edges.filter(({ kind }) => kind === 'publishes'));

function limitsOf(subject: Subject): readonly Limit[] {
  return (subject.objective?.classes ?? []).flatMap((promise) =>
    promise.rpo === undefined || promise.disruption === 'corruption' ? [] : [{ subject, promise, seconds: promise.rpo.value }],
  );
}

function judge(owner: Subject, edge: Edge, limits: readonly Limit[], context: RuleContext): RawFinding | undefined {
  const loss = lossOf(edge, context);
  if (loss === undefined) return undefined;
  const queues = edge.targets.map(({ name }) => name);
  const concerned = limits
    .filter(({ seconds }) => loss !== 'one copy' || seconds === 0)
    .filter(({ subject }) => isPromised(subject, owner, edge, context))
    .sort((a, b) => a.seconds - b.seconds || (nameOf(a) < nameOf(b) ? -1 : 1));
  const [strictest] = concerned;
  if (strictest === undefined) return undefined;
  const { model, analysis } = context;
  return {
    severity: loss === 'best effort' ? 'warning' : 'error',
    message: `${lossText(owner.name, spokenList(queues), loss)} ${strictest.subject.name} promises to lose at most ${durationText(strictest.seconds)} in ${strictest.promise.disruption}. ${remedy(edge, loss)}`,
    at: placeOf(edge, loss),
    related: concerned.slice(0, 8).map(({ subject, promise, seconds }) => ({
      message: `${subject.name} promises rpo ${durationText(seconds)} for ${promise.disruption}.`,
      at: (promise.rpo === undefined ? undefined : sourceOf(promise.rpo)) ?? promise.source,
    })),
    fixes: [...waitFixes(owner, edge, loss), acceptFix('DR028', owner, model, analysis.asOf)],
    subject: owner.name,
    causes: [`messages:${owner.name}@${queues.join(',')}`],
  };
}

/** Undefined where every message that counts as sent lies on all copies, or is sent again until it does. */
function lossOf(edge: Edge, { model }: RuleContext): Loss | undefined {
  switch (edge.acks?.value) {
    case 'none':
      return 'unacknowledged';
    case 'one': {
      const { components } = lookup(model);
      return edge.targets.some(({ name }) => copiesOf(components.get(name)) > 1) ? 'one copy' : undefined;
    }
    case 'all':
    case undefined:
      return edge.bestEffort && edge.outbox === undefined ? 'best effort' : undefined;
  }
}

/** Instances that keep messages, or sites of what has none. */
function copiesOf(queue: Component | undefined): number {
  if (queue === undefined) return 0;
  const kept = queue.placements.filter(({ role }) => role !== 'witness' && role !== 'cold-standby');
  return Math.max(
    queue.hosts.length,
    kept.reduce((sum, { zones }) => sum + zones.length, 0),
  );
}

/** Whether a promise is about these messages: that of the queue, of who reads them, and of who cannot do without their sender. */
function isPromised(subject: Subject, owner: Subject, edge: Edge, { analysis }: RuleContext): boolean {
  const isTarget = (name: string) => edge.targets.some((target) => target.name === name);
  if (isTarget(subject.name)) return true;
  if (subject.edges.some((each) => each.kind === 'consumes' && each.targets.some(({ name }) => isTarget(name)))) return true;
  if (!isHard(edge)) return false;
  if (edge.journeys.length > 0) return edge.journeys.some(({ name }) => name === subject.name);
  if (subject.name === owner.name) return true;
  const direct = subject.edges.filter((each) => each.targets.some(({ name }) => name === owner.name));
  const onlyReads = direct.length > 0 && direct.every(({ reads, writes }) => reads !== undefined && writes === undefined);
  return !onlyReads && closureOf(analysis, subject.name).has(owner.name);
}

function nameOf({ subject, promise }: Limit): string {
  return `${subject.name} ${promise.disruption}`;
}

function lossText(owner: string, queues: string, loss: Loss): string {
  switch (loss) {
    case 'unacknowledged':
      return `${owner} does not wait for ${queues} to confirm (acks none): while it fails over, what is sent is lost and nobody knows.`;
    case 'one copy':
      return `${owner} waits for one copy of ${queues} only (acks one): if that copy is lost, so is what it alone had confirmed.`;
    case 'best effort':
      return `${owner} publishes to ${queues} as best effort: while the queue is down, what it has to say is lost.`;
  }
}

function remedy({ outbox }: Edge, loss: Loss): string {
  if (loss === 'best effort') return 'Keep it in an outbox, or wait for the queue.';
  return outbox === undefined ? 'Write acks all, and an outbox.' : 'Write acks all.';
}

function placeOf(edge: Edge, loss: Loss): RawFinding['at'] {
  const acks = edge.acks === undefined || loss === 'best effort' ? undefined : sourceOf(edge.acks);
  return acks ?? edge.source;
}

/** What stands in a policy is changed for all who follow it: a stricter confirmation does them no harm. */
function waitFixes(owner: Subject, edge: Edge, loss: Loss): readonly Fix[] {
  const queues = spokenList(edge.targets.map(({ name }) => name));
  const acks = edge.acks === undefined ? undefined : sourceOf(edge.acks);
  if (loss === 'best effort') {
    return [statementFix(`Keep what ${owner.name} publishes to ${queues} in an outbox`, edge.source, 'outbox')];
  }
  if (acks === undefined) return [];
  const edits = [{ kind: 'replace', at: acks, text: 'acks all' } as const];
  // Without an outbox, best effort would swallow what the queue refuses.
  if (edge.bestEffort && edge.outbox === undefined) {
    const outbox = { kind: 'add-statement', block: edge.source, text: 'outbox' } as const;
    const title = `Wait for all copies of ${queues} to confirm, and keep what is sent in an outbox`;
    return [{ title, edits: [...edits, outbox], safe: false }];
  }
  return [{ title: `Wait for all copies of ${queues} to confirm`, edits, safe: false }];
}
