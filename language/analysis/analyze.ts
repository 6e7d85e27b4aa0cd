/** Model → figures, each computed when first asked for and then kept. */
import type { Component, DisruptionClass, Model, Scenario } from '../model/model.js';
import { componentsByName } from '../model/queries.js';
import type {
  Analysis,
  AnalysisOptions,
  AvailabilityFigures,
  ClassRecovery,
  Contribution,
  CutSetFigures,
  OutageFigures,
  ScenarioFigures,
  SinglePoint,
  WhatIfFigures,
} from './analysis.js';
import { Availabilities } from './availability/availabilities.js';
import { type LeafProbabilities, leafProbabilities } from './availability/leaf-probabilities.js';
import type { PairSwitching } from './availability/switching.js';
import { CallBudgets } from './call-budget/call-budget.js';
import type { CallBudgetFigures } from './call-budget/call-budget-figures.js';
import { Capacity } from './capacity/capacity.js';
import type { CapacityFigures } from './capacity/capacity-figures.js';
import type { CostFigures, ModelCosts, Strategy } from './cost/cost-figures.js';
import { Costs } from './cost/costs.js';
import { Strategies } from './cost/strategies.js';
import { CutSetNames } from './cut-sets/cut-set-names.js';
import type { Disk } from './durability/disk-arrays.js';
import { type DurabilityFigures, durabilityOf } from './durability/durability.js';
import { explainAvailability } from './explain.js';
import { explainDegraded, explainDowntime, explainStructural, explainSwitching } from './explain-downtime.js';
import { register } from './explanations.js';
import type { Figure } from './figure.js';
import { type DrillFigures, drillsOf } from './recovery/drills.js';
import { explainRecovery } from './recovery/explain-recovery.js';
import { LossOrigins } from './recovery/loss-origins.js';
import { Recovery } from './recovery/recovery.js';
import { type AnalysisReport, analysisReport } from './report/analysis-report.js';
import { Scenarios } from './scenarios/scenarios.js';
import { Structure } from './structure/evaluate.js';
import { SinglePoints } from './structure/single-points.js';

/** The analysis of a model. Never throws, whatever the model holds; figures that cannot be known say what is missing. */
export function analyze(model: Model, options: AnalysisOptions): Analysis {
  return new LazyAnalysis(model, options.asOf);
}

/** Figures of one model. What they stand on is made with the first of them: most of a model that was edited is never asked again. */
export class LazyAnalysis implements Analysis {
  private readonly components: ReadonlyMap<string, Component>;
  private compiled: Structure | undefined;
  private likelihoods: LeafProbabilities | undefined;
  private reliability: Availabilities | undefined;
  private points: SinglePoints | undefined;
  private cuts: CutSetNames | undefined;
  private readonly sets = new Map<string, CutSetFigures>();
  private recoveries: Recovery | undefined;
  private losses: LossOrigins | undefined;
  private tried: readonly DrillFigures[] | undefined;
  private money: Costs | undefined;
  private compared: Strategies | undefined;
  private capacities: Capacity | undefined;
  private budgets: CallBudgets | undefined;
  private scenarios: Scenarios | undefined;
  private readonly figures = new Map<string, AvailabilityFigures | undefined>();
  private readonly single = new Map<string, readonly SinglePoint[]>();
  private readonly shared = new Map<string, readonly SinglePoint[]>();
  private readonly without = new Map<string, ReadonlySet<string>>();

  /** Who answers for the design by now: figures that outlive an edit are explained by what stands around them then. */
  latest: Analysis = this;

  constructor(
    readonly model: Model,
    readonly asOf: string,
  ) {
    this.components = componentsByName(model);
  }

  private get structure(): Structure {
    this.compiled ??= new Structure(this.model);
    return this.compiled;
  }

  private get leaves(): LeafProbabilities {
    this.likelihoods ??= leafProbabilities(this.model, this.structure.compiled);
    return this.likelihoods;
  }

  private get availabilities(): Availabilities {
    this.reliability ??= new Availabilities(this.structure, this.leaves);
    return this.reliability;
  }

  availability(subject: string): AvailabilityFigures | undefined {
    if (!this.figures.has(subject)) {
      const figures = this.availabilities.of(subject);
      if (figures !== undefined) {
        register(figures.availability, () => explainAvailability(this.latest, subject));
        register(figures.unavailability, () => explainAvailability(this.latest, subject));
        register(figures.structural, () => explainStructural(this.latest, subject, figures));
        register(figures.structuralUnavailability, () => explainStructural(this.latest, subject, figures));
        register(figures.switchingUnavailability, () => explainSwitching(this.latest, subject, figures));
        register(figures.degraded, () => explainDegraded(this.latest, subject, figures));
        register(figures.downtimePerYear, () => explainDowntime(this.latest, subject, figures));
        register(figures.downtimePerMonth, () => explainDowntime(this.latest, subject, figures));
      }
      this.figures.set(subject, figures);
    }
    return this.figures.get(subject);
  }

  outages(subject: string): OutageFigures | undefined {
    return this.availabilities.outages(subject);
  }

  switches(subject: string): readonly PairSwitching[] {
    return this.availabilities.switches(subject);
  }

  contributions(subject: string): readonly Contribution[] {
    return this.availabilities.contributions(subject);
  }

  singlePoints(subject: string): readonly SinglePoint[] {
    return remember(this.single, subject, () => this.weigh(subject, this.pointsOfFailure().of(subject)?.points ?? []));
  }

  sharedFate(subject: string): readonly SinglePoint[] {
    return remember(this.shared, subject, () => this.weigh(subject, this.pointsOfFailure().of(subject)?.sharedFate ?? []));
  }

  cutSets(subject: string): CutSetFigures | undefined {
    const { compiled } = this.structure;
    const node = compiled.nodeOf(subject);
    const gate = node === undefined ? undefined : compiled.gates[node.id]?.up;
    const total = this.availability(subject)?.unavailability;
    if (gate === undefined || total === undefined) return undefined;
    this.cuts ??= new CutSetNames(this.structure, this.leaves);
    const names = this.cuts;
    return remember(this.sets, subject, () => names.of(gate, total.status === 'known' ? total.value : undefined));
  }

  recovery(subject: string): ReadonlyMap<DisruptionClass, ClassRecovery> {
    return this.recovered().of(subject);
  }

  lossOrigins(subject: string, disruption: DisruptionClass): ReadonlyMap<string, Figure> {
    const recovered = this.recovered();
    this.losses ??= new LossOrigins(this.structure, recovered.graph, (each) => recovered.scopesOf(each));
    return this.losses.of(subject, disruption);
  }

  drills(): readonly DrillFigures[] {
    this.tried ??= drillsOf(this.model, this.asOf, (name) => this.scenario(name)?.recovery);
    return this.tried;
  }

  scenario(name: string): ScenarioFigures | undefined {
    this.scenarios ??= new Scenarios(this.structure, this.leaves, this.recovered());
    return this.scenarios.of(name);
  }

  whatIf(scenario: Scenario): WhatIfFigures {
    this.scenarios ??= new Scenarios(this.structure, this.leaves, this.recovered());
    return this.scenarios.tried(scenario);
  }

  capacity(subject: string): CapacityFigures | undefined {
    this.capacities ??= new Capacity(this.structure, (name) => this.recovery(name));
    return this.capacities.of(subject);
  }

  callBudget(subject: string): CallBudgetFigures | undefined {
    this.budgets ??= new CallBudgets(this.model, this.structure.compiled);
    return this.budgets.of(subject);
  }

  cost(subject: string): CostFigures | undefined {
    return this.priced().of(subject);
  }

  costs(): ModelCosts {
    return this.priced().ofModel();
  }

  strategies(component: string): readonly Strategy[] {
    this.compared ??= new Strategies(this.model);
    return this.compared.of(component);
  }

  durability(store: string, disk?: Disk): DurabilityFigures | undefined {
    const component = this.components.get(store);
    return component === undefined ? undefined : durabilityOf(component, (name) => this.components.get(name), disk);
  }

  hardClosure(subject: string): ReadonlySet<string> {
    return this.pointsOfFailure().hardClosure(subject);
  }

  downWithout(site: string): ReadonlySet<string> {
    return remember(this.without, site, () => this.pointsOfFailure().downWithout(site));
  }

  rest(): void {
    this.compiled = undefined;
    this.likelihoods = undefined;
    this.reliability = undefined;
    this.points = undefined;
    this.cuts = undefined;
    this.recoveries = undefined;
    this.losses = undefined;
    this.tried = undefined;
    this.money = undefined;
    this.compared = undefined;
    this.capacities = undefined;
    this.budgets = undefined;
    this.scenarios = undefined;
  }

  report(base?: string, only?: ReadonlySet<string>): AnalysisReport {
    return analysisReport(this, base, only);
  }

  private recovered(): Recovery {
    this.recoveries ??= new Recovery(this.structure, undefined, (subject, recovery) => {
      for (const measure of ['rto', 'rpo'] as const)
        register(recovery[measure], () => explainRecovery(subject, recovery, measure, this.latest.drills()));
    });
    return this.recoveries;
  }

  private priced(): Costs {
    this.money ??= new Costs(this.model, this, this.recovered());
    return this.money;
  }

  private pointsOfFailure(): SinglePoints {
    this.points ??= new SinglePoints(this.structure);
    return this.points;
  }

  /** Adds how likely each event is, and the share of the outage it explains alone: u of the event over u of the subject. */
  private weigh(subject: string, events: readonly SinglePoint['event'][]): readonly SinglePoint[] {
    if (events.length === 0) return [];
    const total = this.availability(subject)?.unavailability;
    const whole = total?.status === 'known' ? total.value : undefined;
    const weighed = events.map((event): SinglePoint => {
      const unavailability = this.chance(event);
      return {
        event,
        unavailability,
        share: whole === undefined || whole <= 0 ? undefined : Math.min(1, unavailability / whole),
      };
    });
    return weighed.sort((a, b) => b.unavailability - a.unavailability || compareText(a.event.name, b.event.name));
  }

  private chance(event: SinglePoint['event']): number {
    const leaf = this.pointsOfFailure().leafOf(event);
    return leaf === undefined ? 0 : this.leaves.chance(leaf);
  }
}

function remember<V>(map: Map<string, V>, key: string, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
