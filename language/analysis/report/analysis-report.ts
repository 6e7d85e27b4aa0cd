/** The JSON of `drml analyze`: everything that the analysis knows of one model, as plain data in the order of the names. */
import { type DisruptionClass, disruptionClasses } from '../../model/model.js';
import type { Analysis } from '../analysis.js';
import { type AssumptionReport, assumptionReports } from './assumption-report.js';
import { type CallBudgetReport, callReports } from './call-report.js';
import { type CapacityReport, capacityReport } from './capacity-report.js';
import { durabilityReports, type MoneyReport, moneyReport, type StoreDurabilityReport } from './money-report.js';
import { folderOf, relativePath } from './relative-path.js';
import { Reporter } from './reporter.js';
import { type ScenarioReport, scenarioReport } from './scenario-report.js';
import { type SubjectReport, subjectReport } from './subject-report.js';

/** The figures of one root. */
export interface RootReport {
  /** Name of the model. */
  readonly model: string;
  /** `YYYY-MM-DD`: dates in the model are judged as of this day. */
  readonly asOf: string;
  /** Classes of disruption, in the order in which they are told. */
  readonly disruptionClasses: readonly DisruptionClass[];
  /** Figures of every journey, by name. */
  readonly journeys: { readonly [name: string]: SubjectReport };
  /** Figures of every component, by name. */
  readonly components: { readonly [name: string]: SubjectReport };
  /** What every scenario takes, and whether that is as expected, by name. */
  readonly scenarios: { readonly [name: string]: ScenarioReport };
  /** Load against what stands. */
  readonly capacity: CapacityReport;
  /** Timeouts, retries and round trips of journeys and components that call something, by name. */
  readonly callBudgets: { readonly [name: string]: CallBudgetReport };
  /** Money; null where the model states no price. */
  readonly cost: MoneyReport | null;
  /** Stores that say what their data lies on, by name. */
  readonly durability: { readonly [store: string]: StoreDurabilityReport };
  /** What figures of this report rest on that nobody has written, by text. */
  readonly assumptions: readonly AssumptionReport[];
}

/** What `drml analyze PATH --format json` prints of one root. */
export interface AnalysisReport extends RootReport {
  /** Name and version of this format. */
  readonly schema: 'drml/analysis@1';
}

/** What it prints of a folder with several roots. */
export interface FolderReport {
  /** Name and version of this format. */
  readonly schema: 'drml/analysis@1';
  /** By path of the root, as seen from the folder, with `/` between its parts. */
  readonly roots: { readonly [path: string]: RootReport };
}

const schema = 'drml/analysis@1';

/**
 * The report of one root. `base`: address of the folder that its paths are seen from, its own where none is given. `only`: names of
 * journeys, components and scenarios; where it is given, what the model is as a whole (capacity, calls, money, durability) is left empty.
 */
export function analysisReport(analysis: Analysis, base?: string, only?: ReadonlySet<string>): AnalysisReport {
  return { schema, ...rootReport(analysis, base, only) };
}

/** The report of several roots, by path. `base`: address of the folder that paths are seen from. */
export function folderReport(roots: readonly Analysis[], base: string, only?: ReadonlySet<string>): FolderReport {
  const byPath = roots.map((analysis) => [relativePath(base, analysis.model.root), analysis] as const);
  return {
    schema,
    roots: Object.fromEntries(
      byPath.sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, analysis]) => [path, rootReport(analysis, base, only)]),
    ),
  };
}

function rootReport(analysis: Analysis, base: string | undefined, only?: ReadonlySet<string>): RootReport {
  const { model, asOf } = analysis;
  const reporter = new Reporter(model, base ?? folderOf(model.root));
  const wanted = <T extends { readonly name: string }>(all: readonly T[]): readonly T[] =>
    only === undefined ? all : all.filter(({ name }) => only.has(name));
  const report = {
    model: model.name,
    asOf,
    disruptionClasses,
    journeys: named(wanted(model.journeys), (journey) => subjectReport(analysis, journey, reporter)),
    components: named(wanted(model.components), (component) => subjectReport(analysis, component, reporter)),
    scenarios: named(wanted(model.scenarios), ({ name }) => {
      const found = analysis.scenario(name);
      return found === undefined ? undefined : scenarioReport(found, reporter);
    }),
    ...(only === undefined ? wholeReport(analysis, reporter) : nothingWhole),
  };
  // What is assumed is known once all figures are written.
  return { ...report, assumptions: assumptionReports(reporter) };
}

/** What a model is as a whole. */
type WholeReport = Pick<RootReport, 'capacity' | 'callBudgets' | 'cost' | 'durability'>;

const nothingWhole: WholeReport = {
  capacity: { components: {}, regions: {}, queues: {}, replication: {} },
  callBudgets: {},
  cost: null,
  durability: {},
};

function wholeReport(analysis: Analysis, reporter: Reporter): WholeReport {
  return {
    capacity: capacityReport(analysis, reporter),
    callBudgets: callReports(analysis, reporter),
    cost: moneyReport(analysis, reporter),
    durability: durabilityReports(analysis, reporter),
  };
}

function named<T extends { readonly name: string }, R>(
  all: readonly T[],
  make: (each: T) => R | undefined,
): { readonly [name: string]: R } {
  return Object.fromEntries(
    [...all]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((each): (readonly [string, R])[] => {
        const made = make(each);
        return made === undefined ? [] : [[each.name, made]];
      }),
  );
}
