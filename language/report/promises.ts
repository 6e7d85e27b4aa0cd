/** Every promise of a model with what the model yields: the one list that summary, objectives and matrix are made of. */
import type { Analysis } from '../analysis/analysis.js';
import { eventName } from '../analysis/explain.js';
import type { Figure } from '../analysis/figure.js';
import { durationText, figureText, percentText, shareText, timeText } from '../analysis/figure-text.js';
import { lastMeasured } from '../analysis/recovery/drills.js';
import type { DisruptionClass, Model } from '../model/model.js';
import { budgetOf, retentionOf } from './other-promises.js';
import { rankedContributions } from './ranked-contributions.js';
import { byText } from './report-input.js';
import { type Subject, spokenSubject, subjectsOf } from './subjects.js';

export interface PromiseMade {
  readonly subject: Subject;
  readonly measure: 'availability' | 'RTO' | 'RPO' | 'latency' | 'retention' | 'budget';
  readonly disruption: DisruptionClass | undefined;
  /** For people: `99.9%`, `15 min`. */
  readonly target: string;
  readonly estimate: string;
  readonly met: boolean | undefined;
  /** What to state so that the figure is known. */
  readonly missing: readonly string[];
  /** Why it is as it is: the reason of a time that never ends, the largest part of one that is too long. */
  readonly because: string | undefined;
  /** The last time that a drill measured it: `12 min on 2026-05-04`. */
  readonly measured: string | undefined;
  /** How many times what is promised: 2 is twice as long. Infinite where nothing is a multiple of the promise. */
  readonly excess: number;
}

/** All promises, in the order of the subjects; of one subject availability first, then class by class as written in the language. */
export function promisesOf(model: Model, analysis: Analysis): readonly PromiseMade[] {
  return subjectsOf(model).flatMap((subject) => promisesOfSubject(subject, model, analysis));
}

/** The largest gaps first: what does not come back, then by how many times the promise is passed, then by tier and name. */
export function worstFirst(promises: readonly PromiseMade[]): readonly PromiseMade[] {
  const missed = promises.filter(({ met }) => met === false);
  const rank = (one: PromiseMade): number => (one.estimate === 'never' ? 0 : one.estimate === 'unbounded' ? 1 : 2);
  return [...missed].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.excess === b.excess ? 0 : b.excess - a.excess) ||
      (a.subject.tier ?? 9) - (b.subject.tier ?? 9) ||
      byText(a.subject.name, b.subject.name) ||
      byText(a.disruption ?? '', b.disruption ?? '') ||
      byText(a.measure, b.measure),
  );
}

/** One gap in one sentence. */
export function gapSentence(promise: PromiseMade): string {
  const { subject, measure, disruption, target, estimate, because, missing } = promise;
  const who = spokenSubject(subject);
  const after = disruption === undefined ? '' : ` after ${disruption}`;
  const why = because === undefined ? '' : ` (${because})`;
  if (promise.met === undefined) {
    const lacks = missing.length === 0 ? '' : `; missing: ${missing.join(', ')}`;
    return `${who}: nobody can say whether ${measure}${after} keeps the promised ${target}${lacks}.`;
  }
  switch (measure) {
    case 'availability':
      return `${who}: availability is ${estimate}, promised is ${target}${why}.`;
    case 'latency':
      return `${who}: no answer can come sooner than ${estimate}, promised is ${target}${why}.`;
    case 'retention':
      return `${who}: data can be recovered from ${estimate}, promised is ${target}${why}.`;
    case 'budget':
      return `${who}: it costs ${estimate}, promised is ${target} at most${why}.`;
    case 'RTO':
      if (estimate === 'never') return `${who}: it does not come back${after}, promised is ${target}${why}.`;
      return `${who}: recovery${after} takes ${estimate}, promised is ${target}${why}.`;
    case 'RPO':
      if (estimate === 'never') return `${who}: its data is lost${after}, promised is ${target} at most${why}.`;
      return `${who}: data loss${after} is ${estimate}, promised is ${target} at most${why}.`;
  }
}

function promisesOfSubject(subject: Subject, model: Model, analysis: Analysis): readonly PromiseMade[] {
  const { objective, name } = subject;
  if (objective === undefined) return [];
  const figures = analysis.availability(name);
  const made: PromiseMade[] = [];
  if (objective.availability !== undefined && figures !== undefined) {
    const { availability, unavailability } = figures;
    const target = objective.availability.value;
    made.push({
      subject,
      measure: 'availability',
      disruption: undefined,
      target: percentText(target),
      estimate: figureText(unavailability),
      met: availability.verdict?.met,
      missing: missingOf(unavailability),
      measured: undefined,
      because: availability.verdict?.met === false ? largestContribution(analysis, name) : undefined,
      excess: unavailability.status === 'known' ? ratio(unavailability.value, 1 - target) : Number.POSITIVE_INFINITY,
    });
  }
  if (objective.latency !== undefined) {
    const floor = analysis.callBudget(name)?.roundTrips;
    made.push({
      subject,
      measure: 'latency',
      disruption: undefined,
      target: durationText(objective.latency.value),
      estimate: floor?.status === 'known' ? `${timeText(floor)} between regions` : 'not known',
      met: floor?.verdict?.met === false ? false : undefined,
      missing: floor === undefined ? [] : floor.status === 'unknown' ? floor.missing : ['the work of each component'],
      measured: undefined,
      because: undefined,
      excess: floor?.status === 'known' ? ratio(floor.value, objective.latency.value) : Number.POSITIVE_INFINITY,
    });
  }
  const recovery = analysis.recovery(name);
  for (const [disruption, found] of recovery) {
    const promised = objective.classes.find((each) => each.disruption === disruption);
    const times = [
      ['RTO', promised?.rto, found.rto],
      ['RPO', promised?.rpo, found.rpo],
    ] as const;
    for (const [measure, target, figure] of times) {
      if (target === undefined) continue;
      const met = figure.verdict?.met;
      made.push({
        subject,
        measure,
        disruption,
        target: durationText(target.value),
        estimate: estimateText(figure),
        met,
        missing: missingOf(figure),
        measured: lastDrill(analysis, name, disruption, measure),
        because: reasonOf(figure, met),
        excess: figure.status === 'known' ? ratio(figure.value, target.value) : Number.POSITIVE_INFINITY,
      });
    }
  }
  const { retention, budget } = objective;
  const others = [
    ...(retention === undefined ? [] : [['retention', retentionOf(model, analysis, name, retention.value)] as const]),
    ...(budget === undefined ? [] : [['budget', budgetOf(model, analysis, name, budget)] as const]),
  ];
  for (const [measure, judgement] of others) {
    made.push({ subject, measure, disruption: undefined, ...judgement, measured: undefined, excess: 1 });
  }
  return made;
}

/** What a drill last measured of the subject after a disruption of the class. */
function lastDrill(analysis: Analysis, name: string, disruption: DisruptionClass, measure: 'RTO' | 'RPO'): string | undefined {
  const last = lastMeasured(analysis.drills(), name, disruption, measure === 'RTO' ? 'rto' : 'rpo');
  return last === undefined ? undefined : `${durationText(last.measured.value)} on ${last.drill.date}`;
}

/** A time as people read it. One that is not known as a whole, and misses its promise by what is known, is more than the promise. */
export function estimateText(figure: Figure): string {
  const { verdict } = figure;
  return figure.status === 'unknown' && verdict?.met === false ? `more than ${durationText(verdict.target)}` : timeText(figure);
}

/** What is missing of a figure that is not known. */
export function missingOf(figure: Figure): readonly string[] {
  return figure.status === 'unknown' ? figure.missing : [];
}

function reasonOf(figure: Figure, met: boolean | undefined): string | undefined {
  if (figure.status === 'never' || figure.status === 'unbounded') return figure.because;
  if (met !== false || figure.terms.length < 2) return undefined;
  const largest = figure.terms.reduce((most, term) => ((term.seconds ?? 0) > (most.seconds ?? 0) ? term : most));
  if (largest.seconds === undefined || largest.seconds === 0) return undefined;
  const where = largest.note === undefined ? '' : ` of ${largest.note.split(':')[0]}`;
  return `the largest part is ${largest.name}${where}, ${durationText(largest.seconds)}`;
}

function largestContribution(analysis: Analysis, name: string): string | undefined {
  const [first] = rankedContributions(analysis, name);
  if (first?.criticality === undefined) return undefined;
  return `most of it from ${eventName(first.event)}, ${shareText(first.criticality)} of the outage`;
}

function ratio(value: number, target: number): number {
  return target > 0 ? value / target : value > 0 ? Number.POSITIVE_INFINITY : 0;
}
