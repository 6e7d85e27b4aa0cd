/** Budgets of timeouts and retries along calls, of all subjects from one pass over the graph of calls. */
import { calculations } from '../../model/assumptions.js';
import { type Fact, sourceOf } from '../../model/fact.js';
import type { Model } from '../../model/model.js';
import { explained, factReason, knownFigure, type Outcome, reason, unknownFigure } from '../explained-figure.js';
import type { Explanation, Figure, Term, Verdict } from '../figure.js';
import { durationText } from '../figure-text.js';
import type { Compiled, StructureNode } from '../structure/compile.js';
import { workedOutLater } from '../worked-out-later.js';
import type { CallBudgetFigures, CallFigures } from './call-budget-figures.js';
import { type Call, CallGraph, callName, meshSentence } from './call-graph.js';
import { type Amplification, amplifications, worstPath } from './retry-amplification.js';
import { type Floor, RoundTrips } from './round-trips.js';
import { type Wait, type Work, waits, works } from './waits.js';

const oneTrip = calculations['one-round-trip'].sentence;

// Rules ask for tries and waits; paths and the rest are made for who reads them, and long paths each time anew.
const withAttemptsPath = workedOutLater<'attemptsPath', readonly string[]>('attemptsPath', false);
const withLongestWork = workedOutLater<'longestWork', Figure>('longestWork');
const withWorkBelow = workedOutLater<'workBelow', Figure>('workBelow');
const withRoundTrips = workedOutLater<'roundTrips', Figure>('roundTrips');

/** Call budgets of a model. The graph is read once, when first asked for. */
export class CallBudgets {
  private readonly graph: CallGraph;
  private readonly worst: readonly Amplification[];
  private readonly waits: readonly Wait[];
  private readonly works: readonly Work[];
  private readonly trips: RoundTrips;
  private readonly kept = new Map<string, CallBudgetFigures | undefined>();

  constructor(
    model: Model,
    private readonly compiled: Compiled,
  ) {
    this.graph = new CallGraph(model, compiled);
    this.worst = amplifications(this.graph);
    this.waits = waits(this.graph);
    this.works = works(this.graph);
    this.trips = new RoundTrips(model, this.graph);
  }

  /** A component or journey; undefined for unknown names. */
  of(subject: string): CallBudgetFigures | undefined {
    if (!this.kept.has(subject)) {
      const node = this.compiled.nodeOf(subject);
      this.kept.set(subject, node === undefined ? undefined : this.figuresOf(node));
    }
    return this.kept.get(subject);
  }

  private figuresOf(node: StructureNode): CallBudgetFigures {
    const path = (): readonly string[] => worstPath(this.graph, this.worst, node.id);
    const latency = (node.component?.objective ?? node.journey?.objective)?.latency;
    const known = {
      name: node.name,
      calls: this.graph.of(node.id).map((call) => this.callFigures(call)),
      attempts: this.attemptsFigure(node, path),
    };
    const worked = withLongestWork(withAttemptsPath(known, path), () =>
      this.workFigure(`${node.name} longest work below`, node.id, undefined),
    );
    return withRoundTrips(worked, () =>
      floorFigure(
        `${node.name} round trips between regions`,
        this.trips.of(node.id),
        latency === undefined ? undefined : verdictOf(latency, this.trips.of(node.id).seconds, 'at-most'),
        [],
      ),
    );
  }

  private callFigures(call: Call): CallFigures {
    const name = callName(this.graph, call);
    const known = {
      target: this.graph.nameOf(call.to),
      kind: call.kind,
      source: call.edge.source,
      tries: call.tries,
      spent: spentFigure(`${name} all tries`, call),
      below: this.belowFigure(`${name} waits of the callee`, call),
    };
    return withRoundTrips(
      withWorkBelow(known, () => this.workFigure(`${name} work below`, call.to, call.edge.timeout)),
      () => this.callTrips(`${name} round trips between regions`, call),
    );
  }

  private attemptsFigure(node: StructureNode, path: () => readonly string[]): Figure {
    const found = this.worst[node.id];
    const children = (): readonly Explanation[] => {
      const steps: Explanation[] = [];
      const seen = new Set<number>();
      for (let by = found?.by; by !== undefined && !seen.has(by.to); by = this.worst[by.to]?.by) {
        seen.add(by.to);
        steps.push(reason(callName(this.graph, by), by.tries === 1 ? 'tried once' : `tried ${by.tries} times`, triesSource(by)));
      }
      return steps;
    };
    const product = found?.product ?? 1;
    const reasons = {
      label: `${node.name} attempts in the worst case`,
      children,
      assumptions: found?.byMesh === true ? [meshSentence] : [],
    };
    if (!Number.isFinite(product)) {
      const because = `retries in a circle multiply with every round: ${path().join(' → ')}`;
      return explained('count', { status: 'unbounded', because }, reasons);
    }
    if (product === Number.MAX_VALUE) {
      // The path that multiplies so is a thousand calls long: the explanation has it.
      const because = 'retries multiply past what can be counted';
      const formula = (): string => `Π(1 + retries) along ${path().join(' → ')}`;
      return explained('count', { status: 'unbounded', because }, { ...reasons, formula });
    }
    return knownFigure('count', product, { ...reasons, formula: () => `Π(1 + retries) along ${path().join(' → ')}` });
  }

  /** What the callee waits for against one try of the caller. */
  private belowFigure(label: string, call: Call): Figure {
    const wait = this.waits[call.to] ?? { together: 0, inTurn: 0, missing: [] };
    const limit = call.edge.retries?.each ?? call.edge.timeout;
    const met = limit === undefined ? undefined : fitsInto(wait, limit.value);
    const children = (): readonly Explanation[] =>
      this.graph
        .of(call.to)
        .map((inner) =>
          inner.edge.timeout === undefined
            ? reason(callName(this.graph, inner), 'no timeout', inner.edge.source)
            : factReason(callName(this.graph, inner), inner.edge.timeout, 'seconds'),
        );
    const verdict = limit === undefined ? {} : { verdict: targetOf(limit, met) };
    const formula = (): string => `all at once ${durationText(wait.together)}, one after another ${durationText(wait.inTurn)}`;
    const reasons = { label, formula, children, ...verdict };
    if (wait.missing.length > 0) return unknownFigure('seconds', wait.missing, reasons);
    const outcome: Outcome =
      wait.together === wait.inTurn
        ? { status: 'known', value: wait.together }
        : { status: 'bounded', lower: wait.together, upper: wait.inTurn };
    return explained('seconds', outcome, reasons);
  }

  /** The largest sum of timeouts from a node down, against the caller's own timeout. */
  private workFigure(label: string, node: number, limit: Fact<number> | undefined): Figure {
    const work = this.works[node] ?? { seconds: 0, by: undefined, missing: [] };
    const terms = (): readonly Term[] => {
      const steps: Term[] = [];
      const seen = new Set<number>();
      for (let by = work.by; by !== undefined && !seen.has(by.to); by = this.works[by.to]?.by) {
        seen.add(by.to);
        const source = by.edge.timeout === undefined ? undefined : sourceOf(by.edge.timeout);
        steps.push({
          name: callName(this.graph, by),
          seconds: by.timeout,
          ...(source === undefined ? {} : { source }),
        });
      }
      return steps;
    };
    const met =
      limit === undefined ? undefined : exceeds(work.seconds, limit.value) ? false : work.missing.length > 0 ? undefined : true;
    const reasons = {
      label,
      formula: 'Σ timeouts along the longest path',
      terms,
      children: () =>
        terms().map((term) =>
          reason(term.name, term.seconds === undefined ? 'no timeout' : durationText(term.seconds), term.source),
        ),
      ...(limit === undefined ? {} : { verdict: targetOf(limit, met) }),
    };
    if (!Number.isFinite(work.seconds)) {
      return explained('seconds', { status: 'unbounded', because: 'the calls go round in a circle' }, reasons);
    }
    if (work.missing.length > 0) return unknownFigure('seconds', work.missing, reasons);
    return knownFigure('seconds', work.seconds, reasons);
  }

  private callTrips(label: string, call: Call): Figure {
    const floor = this.trips.ofCall(call);
    const limit = call.edge.retries?.each ?? call.edge.timeout;
    const { trips } = call.edge;
    const children = trips === undefined ? [] : [factReason('round trips a call', trips, 'count')];
    const verdict = limit === undefined ? undefined : verdictOf(limit, floor.seconds, 'below');
    const assumptions = trips === undefined && floor.seconds > 0 ? [oneTrip] : [];
    return floorFigure(label, floor, verdict, children, assumptions);
  }
}

/**
 * Whether the waits of a callee end before its caller's try does. A wait as long as the try leaves no time for the answer. Undefined where
 * it depends on how the callee orders its calls, or on calls that nothing ends.
 */
function fitsInto(wait: Wait, limit: number): boolean | undefined {
  if (reaches(wait.together, limit)) return false;
  return wait.missing.length === 0 && !reaches(wait.inTurn, limit) ? true : undefined;
}

/** tries × one try + pauses. The pause is the stated one, the same before each further try; none stated, none taken. */
function spentFigure(label: string, call: Call): Figure {
  const { timeout, retries } = call.edge;
  const each = call.tries === 1 ? (retries?.each ?? timeout) : retries?.each;
  const assumptions = call.byMesh ? [meshSentence] : [];
  if (each === undefined) {
    const missing = [call.tries === 1 ? 'timeout' : 'each of retries'];
    const verdict = timeout === undefined ? {} : { verdict: targetOf(timeout, undefined) };
    return unknownFigure('seconds', missing, { label, assumptions, ...verdict });
  }
  const pause = (call.tries - 1) * (retries?.backoff?.value ?? 0);
  const total = call.tries * each.value + pause;
  const terms: Term[] = [
    { name: call.tries === 1 ? 'one try' : `${call.tries} tries`, seconds: call.tries * each.value, ...placed(each) },
    ...(retries?.backoff === undefined || pause === 0 ? [] : [{ name: 'backoff', seconds: pause, ...placed(retries.backoff) }]),
  ];
  return knownFigure('seconds', total, {
    label,
    formula: () =>
      `${call.tries} × ${durationText(each.value)}${pause === 0 ? '' : ` + ${call.tries - 1} × ${durationText(pause / (call.tries - 1))}`}`,
    terms,
    children: () => terms.map((term) => reason(term.name, durationText(term.seconds ?? 0), term.source)),
    assumptions,
    ...(timeout === undefined ? {} : { verdict: targetOf(timeout, !exceeds(total, timeout.value)) }),
  });
}

/** A floor says what cannot be kept; that something can be kept it never says. */
function floorFigure(
  label: string,
  floor: Floor,
  verdict: Verdict | undefined,
  children: readonly Explanation[],
  assumptions: readonly string[] = [],
): Figure {
  const reasons = { label, formula: 'Σ round trips × rtt', children, assumptions, ...(verdict === undefined ? {} : { verdict }) };
  if (floor.missing.length === 0) return knownFigure('seconds', floor.seconds, reasons);
  return unknownFigure('seconds', floor.missing, { ...reasons, formula: `at least ${durationText(floor.seconds)}` });
}

function verdictOf(limit: Fact<number>, seconds: number, how: 'at-most' | 'below'): Verdict {
  const broken = how === 'below' ? reaches(seconds, limit.value) : exceeds(seconds, limit.value);
  return targetOf(limit, broken ? false : undefined);
}

/** Sums of decimal fractions may be a hair beside what they equal. */
const hair = 1e-12;

function reaches(seconds: number, limit: number): boolean {
  return seconds >= limit * (1 - hair);
}

function exceeds(seconds: number, limit: number): boolean {
  return seconds > limit * (1 + hair);
}

function targetOf(limit: Fact<number>, met: boolean | undefined): Verdict {
  const source = sourceOf(limit);
  return { target: limit.value, met, ...(source === undefined ? {} : { source }) };
}

function placed(fact: Fact<number>): { readonly source?: NonNullable<Term['source']> } {
  const source = sourceOf(fact);
  return source === undefined ? {} : { source };
}

function triesSource(call: Call): NonNullable<Term['source']> {
  return call.edge.retries?.source ?? call.edge.source;
}
