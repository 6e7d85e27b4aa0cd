/** What a scenario does, and whether that is as expected, as plain data. */
import type { AffectedSubject, ExpectationCheck, ExpectationFigures, ScenarioFigures } from '../analysis.js';
import type { FigureReport, PlaceReport } from './figure-report.js';
import type { Reporter } from './reporter.js';

/** Names of components and journeys with the nearest reason, for people. */
export interface ReasonsReport {
  readonly [name: string]: string;
}

/** For each of the four lists of a scenario why each name is on it, as printed. */
export interface ScenarioReasonsReport {
  /** Why each name is down. */
  readonly down: ReasonsReport;
  /** What each name is without. */
  readonly degraded: ReasonsReport;
  /** What each name would have to carry. */
  readonly overCapacity: ReasonsReport;
  /** Why no copy of each store survives. */
  readonly lost: ReasonsReport;
}

/** How something that a scenario reaches comes back. */
export interface ScenarioRecoveryReport {
  /** Up while the scenario lasts, every failover that is left working. */
  readonly up: boolean;
  /** Seconds from the fault until it serves again. */
  readonly rto: FigureReport;
  /** Seconds of writes that are lost. */
  readonly rpo: FigureReport;
}

/** One part of an expectation. */
export interface CheckReport {
  /** A state, or what is bounded. */
  readonly measure: 'state' | 'rto' | 'rpo' | 'availability';
  /** What is expected, as printed: `up`, `<= 15 min`. */
  readonly target: string;
  /** What the model yields, as printed: `down`, `12 min`, `not known`. */
  readonly estimate: string;
  /** Null where the figure cannot tell. */
  readonly met: boolean | null;
  /** The time in seconds, or the unavailability given what is off; absent for states. */
  readonly figure?: FigureReport;
  /** Why it is down, does not come back or is not known. */
  readonly because?: string;
}

/** One `expect` of a scenario. */
export interface ExpectationReport {
  /** As printed: `expect orders up rto <= 15 min`. */
  readonly text: string;
  /** The component or journey that it is about. */
  readonly subject: string;
  /** Null where the figures cannot tell. */
  readonly met: boolean | null;
  /** What the model yields, as printed, of the part that decides: the first that is missed, else the first that is not known. */
  readonly estimate: string;
  /** What is expected of that part, as printed. */
  readonly target: string;
  /** All its parts. */
  readonly checks: readonly CheckReport[];
  /** Where it is written. */
  readonly at: PlaceReport;
}

/** A scenario. Lists are in the order of the names, expectations as they are written. */
export interface ScenarioReport {
  /** Where its name is written. */
  readonly at: PlaceReport;
  /** Components and journeys that are down. */
  readonly down: readonly string[];
  /** Up, but without something wanted. */
  readonly degraded: readonly string[];
  /** Components that must carry more than they can. */
  readonly overCapacity: readonly string[];
  /** Stores of which no copy survives. */
  readonly lost: readonly string[];
  /** Why each name is on its list. */
  readonly reasons: ScenarioReasonsReport;
  /** By name of what it reaches: how that comes back. */
  readonly recovery: { readonly [name: string]: ScenarioRecoveryReport };
  /** What must hold while it lasts. */
  readonly expectations: readonly ExpectationReport[];
}

/** The report of a scenario. */
export function scenarioReport(scenario: ScenarioFigures, reporter: Reporter): ScenarioReport {
  const { name, source, down, degraded, overCapacity, lost, recovery, expectations } = scenario;
  const path = (subject: string): string => `${name}.${subject}`;
  return {
    at: reporter.place(source),
    down: namesOf(down),
    degraded: namesOf(degraded),
    overCapacity: namesOf(overCapacity),
    lost: namesOf(lost),
    reasons: {
      down: reasonsOf(down),
      degraded: reasonsOf(degraded),
      overCapacity: reasonsOf(overCapacity),
      lost: reasonsOf(lost),
    },
    recovery: Object.fromEntries(
      [...recovery]
        .sort(byName)
        .map(({ name: subject, up, rto, rpo }) => [
          subject,
          { up, rto: reporter.figure(rto, `${path(subject)}.rto`), rpo: reporter.figure(rpo, `${path(subject)}.rpo`) },
        ]),
    ),
    expectations: expectations.map((each) => expectationReport(each, path(each.subject), reporter)),
  };
}

function expectationReport(
  { text, subject, met, estimate, target, checks, source }: ExpectationFigures,
  path: string,
  reporter: Reporter,
): ExpectationReport {
  return {
    text,
    subject,
    met: met ?? null,
    estimate,
    target,
    checks: checks.map((check) => checkReport(check, path, reporter)),
    at: reporter.place(source),
  };
}

function checkReport(
  { measure, target, estimate, met, figure, because }: ExpectationCheck,
  path: string,
  reporter: Reporter,
): CheckReport {
  return {
    measure,
    target,
    estimate,
    met: met ?? null,
    ...(figure === undefined ? {} : { figure: reporter.figure(figure, `${path}.${measure}`) }),
    ...(because === undefined ? {} : { because }),
  };
}

function namesOf(affected: readonly AffectedSubject[]): readonly string[] {
  return affected.map(({ name }) => name).sort();
}

function reasonsOf(affected: readonly AffectedSubject[]): ReasonsReport {
  return Object.fromEntries([...affected].sort(byName).map(({ name, because }) => [name, because]));
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
