/** Timeouts, retries and round trips, as plain data. */
import type { Analysis } from '../analysis.js';
import type { CallBudgetFigures, CallFigures } from '../call-budget/call-budget-figures.js';
import type { FigureReport, PlaceReport } from './figure-report.js';
import type { Reporter } from './reporter.js';

/** One call of a component or journey. */
export interface CallReport {
  /** What is called. */
  readonly target: string;
  /** The statement that makes it. */
  readonly kind: 'requires' | 'wants' | 'publishes';
  /** Where that is written. */
  readonly at: PlaceReport;
  /** Tries in the worst case: 1 + retries. */
  readonly tries: number;
  /** Seconds of all tries and the pauses between them; its objective is the timeout. */
  readonly spent: FigureReport;
  /** Seconds that the callee's own calls may take; its objective is the time of one try. */
  readonly below: FigureReport;
  /** Largest sum of timeouts along a path below, in seconds; its objective is the timeout. */
  readonly workBelow: FigureReport;
  /** Seconds of round trips between regions; its objective is the time of one try. */
  readonly roundTrips: FigureReport;
}

/** The calls of one component or journey, and the worst of all that these lead to. */
export interface CallBudgetReport {
  /** In the order of the targets' names. */
  readonly calls: readonly CallReport[];
  /** How often one call may reach the busiest callee below: the largest product of tries along a path. */
  readonly attempts: FigureReport;
  /** Names from the subject to where the tries multiply the most, the first hundred. */
  readonly attemptsPath: readonly string[];
  /** Seconds that work may go on below: the largest sum of timeouts along a path. */
  readonly longestWork: FigureReport;
  /** Seconds of round trips between regions that no answer can beat; its objective is that for latency. */
  readonly roundTrips: FigureReport;
}

const mostNames = 100;

/** Calls of all subjects with an edge that states a timeout or retries, or that leads to another region. */
export function callReports(analysis: Analysis, reporter: Reporter): { readonly [name: string]: CallBudgetReport } {
  const { model } = analysis;
  return Object.fromEntries(
    [...model.components, ...model.journeys]
      .map(({ name }) => name)
      .sort()
      .flatMap((name) => {
        const found = analysis.callBudget(name);
        return found === undefined || found.calls.length === 0 ? [] : [[name, budgetReport(found, reporter)]];
      }),
  );
}

function budgetReport(
  { name, calls, attempts, attemptsPath, longestWork, roundTrips }: CallBudgetFigures,
  reporter: Reporter,
): CallBudgetReport {
  const path = `${name}.calls`;
  return {
    calls: calls.map((call) => callReport(call, path, reporter)),
    attempts: reporter.figure(attempts, path),
    attemptsPath: attemptsPath.slice(0, mostNames),
    longestWork: reporter.figure(longestWork, path),
    roundTrips: reporter.figure(roundTrips, path),
  };
}

function callReport(call: CallFigures, path: string, reporter: Reporter): CallReport {
  return {
    target: call.target,
    kind: call.kind,
    at: reporter.place(call.source),
    tries: call.tries,
    spent: reporter.figure(call.spent, path),
    below: reporter.figure(call.below, path),
    workBelow: reporter.figure(call.workBelow, path),
    roundTrips: reporter.figure(call.roundTrips, path),
  };
}
