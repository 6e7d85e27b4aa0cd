/** Evidence: what drills measured, beside what the model yields for the same scenario. */
import type { Fact, Source } from '../../model/fact.js';
import type { DisruptionClass, Drill, Model, Scenario } from '../../model/model.js';
import type { Figure } from '../figure.js';
import { buildingsOf } from './scope.js';
import { noTime } from './time.js';

/** One measured time of a component or journey. */
export interface MeasuredTime {
  readonly subject: string;
  readonly measure: 'rto' | 'rpo';
  /** Seconds. */
  readonly measured: Fact<number>;
  /** What the model yields for the scenario. */
  readonly estimate: Figure;
  /** Whether it took no longer than the estimate says; undefined where the estimate is no number. */
  readonly within: boolean | undefined;
}

/** One drill that has taken place. */
export interface DrillFigures {
  readonly scenario: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** Whole days from the drill to the date of the analysis. */
  readonly ageDays: number;
  readonly environment: 'production' | 'staging' | undefined;
  readonly source: Source;
  /** The class of disruption that the scenario is a case of, with the scope it takes; absent where it takes several things. */
  readonly tried?: { readonly disruption: DisruptionClass; readonly scope: string };
  readonly times: readonly MeasuredTime[];
}

/** The last measured time of a subject in a class. */
export interface LastMeasured extends MeasuredTime {
  readonly drill: DrillFigures;
}

/** Drills of the model that have taken place by `asOf`, latest first, those of one day by scenario. `yields`: the figures of a scenario. */
export function drillsOf(
  model: Model,
  asOf: string,
  yields: (scenario: string) => readonly { readonly name: string; readonly rto: Figure; readonly rpo: Figure }[] | undefined,
): readonly DrillFigures[] {
  const scenarios = new Map(model.scenarios.map((scenario) => [scenario.name, scenario]));
  return model.drills
    .filter((drill) => drill.date <= asOf)
    .sort((a, b) => compare(b.date, a.date) || compare(a.scenario, b.scenario))
    .map((drill) => {
      const scenario = scenarios.get(drill.scenario);
      const found = new Map((yields(drill.scenario) ?? []).map((each) => [each.name, each]));
      const tried = scenario === undefined ? undefined : caseOf(model, scenario);
      return {
        scenario: drill.scenario,
        date: drill.date,
        ageDays: Math.round((Date.parse(`${asOf}T00:00:00Z`) - Date.parse(`${drill.date}T00:00:00Z`)) / 86_400_000),
        environment: drill.environment?.value,
        source: drill.source,
        ...(tried === undefined ? {} : { tried }),
        times: timesOf(drill, scenario, (subject, measure) => found.get(subject)?.[measure] ?? noTime('not affected')),
      };
    });
}

/** The last time that a drill measured of a subject in a class, whichever of its scopes was tried; undefined where none was. */
export function lastMeasured(
  drills: readonly DrillFigures[],
  subject: string,
  disruption: DisruptionClass,
  measure: 'rto' | 'rpo',
): LastMeasured | undefined {
  for (const drill of drills) {
    if (drill.tried?.disruption !== disruption) continue;
    const time = drill.times.find((each) => each.subject === subject && each.measure === measure);
    if (time !== undefined) return { ...time, drill };
  }
  return undefined;
}

/** A measurement without a name is of everything that the scenario expects something of. */
function timesOf(
  drill: Drill,
  scenario: Scenario | undefined,
  estimateOf: (subject: string, measure: 'rto' | 'rpo') => Figure,
): readonly MeasuredTime[] {
  const expected = [...new Set(scenario?.expects.map(({ target }) => target.name) ?? [])].sort(compare);
  return drill.measured.flatMap((measurement) => {
    const subjects = measurement.target === undefined ? expected : [measurement.target.name];
    return subjects.flatMap((subject) =>
      (['rto', 'rpo'] as const).flatMap((measure): readonly MeasuredTime[] => {
        const measured = measurement[measure];
        if (measured === undefined) return [];
        const estimate = estimateOf(subject, measure);
        return [{ subject, measure, measured, estimate, within: isWithin(measured.value, estimate) }];
      }),
    );
  });
}

function isWithin(measured: number, estimate: Figure): boolean | undefined {
  switch (estimate.status) {
    case 'known':
      return measured <= estimate.value;
    case 'bounded':
      return measured <= estimate.upper;
    case 'unknown':
      return undefined;
    case 'unbounded':
    case 'never':
      return true;
  }
}

/** The scope of a class that a scenario takes, where it takes one thing and no more. */
function caseOf(model: Model, scenario: Scenario): DrillFigures['tried'] {
  const targets = scenario.fails.flatMap((failing) => failing.targets);
  const data = [
    ...scenario.corrupts.map((use) => ({ disruption: 'corruption' as const, scope: use.name })),
    ...scenario.deletes.map((deletion) =>
      deletion.kind === 'account'
        ? { disruption: 'account-loss' as const, scope: `account ${deletion.account}` }
        : { disruption: 'corruption' as const, scope: deletion.component.name },
    ),
  ];
  const [target] = targets;
  if (targets.length + data.length !== 1) return undefined;
  if (target === undefined) return data[0];
  switch (target.kind) {
    case 'site':
      return { disruption: target.site.includes('.') ? 'zone-loss' : 'region-loss', scope: target.site };
    case 'provider':
    case 'account':
      return { disruption: `${target.kind}-loss`, scope: `${target.kind} ${target.name}` };
    case 'building': {
      const zones = [...(buildingsOf(model).get(target.name) ?? [])];
      return { disruption: 'zone-loss', scope: zones.length === 1 ? (zones[0] ?? '') : `building ${target.name}` };
    }
    case 'component':
      return target.count?.value === 1 ? { disruption: 'instance-loss', scope: target.component } : undefined;
    case 'link':
      return undefined;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
