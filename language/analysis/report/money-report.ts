/** Costs and durability, as plain data. */
import type { Analysis } from '../analysis.js';
import type { ClassCost, Strategy } from '../cost/cost-figures.js';
import { costReport, durabilityReport, type SubjectCostReport } from '../cost/cost-report.js';
import type { FigureReport } from './figure-report.js';
import { plainFigure, type Reporter } from './reporter.js';

/** What one class of disruption costs a subject, in `currency`. */
export interface ClassCostReport {
  /** How often a year a scope of the class that reaches the subject is hit. */
  readonly frequency: FigureReport;
  /** Money for one outage: price × RTO of the worst scope. */
  readonly outagePerIncident: FigureReport;
  /** Money for the data one incident loses: price × RPO of the worst scope. */
  readonly lossPerIncident: FigureReport;
  /** Money a year for outages of the class. */
  readonly outagePerYear: FigureReport;
  /** Money a year for data lost by the class. */
  readonly lossPerYear: FigureReport;
}

/** One way to survive the loss of a region, with only the standby changed. */
export interface StrategyReport {
  /** What the way is called. */
  readonly name: 'backup and restore' | 'pilot light' | 'warm standby' | 'hot standby' | 'active-active';
  /** Whether it is modelled so now. */
  readonly current: boolean;
  /** Seconds until it serves again after the loss of a region, the worst of them. */
  readonly rto: FigureReport;
  /** Seconds of writes that are lost with a region, the worst of them. */
  readonly rpo: FigureReport;
  /** Share of the time that it is up. */
  readonly availability: FigureReport;
  /** Money a year, of the component. */
  readonly standing: FigureReport;
  /** Money a year that the loss of a region costs: outages and lost data. */
  readonly losses: FigureReport;
  /** Standing cost and losses together, a year. */
  readonly total: FigureReport;
  /** Whether it keeps the objectives for region-loss and availability; null where that is not known, or none is stated. */
  readonly meets: boolean | null;
  /** The cheapest of those that keep them. */
  readonly best: boolean;
}

/** Money of one journey or component, in `currency`. */
export interface SubjectMoneyReport {
  /** Money a year to have it; of a journey the sum over every component it needs. */
  readonly standing: FigureReport;
  /** Money a year for its outages: price × unavailability. */
  readonly downtime: FigureReport;
  /** By class of disruption; empty where neither `outage costs` nor `loss costs` is stated. */
  readonly classes: { readonly [disruption: string]: ClassCostReport };
  /** Of components that run in two regions: of the first twenty of them. */
  readonly strategies: readonly StrategyReport[];
}

/** One line of what the model costs to have. */
export interface ItemReport {
  /** A component, or a link with what crosses it. */
  readonly name: string;
  /** Money a year. */
  readonly perYear: FigureReport;
}

/** What the model costs. */
export interface MoneyReport {
  /** Currency of all amounts; null where no price is stated, or prices are in several currencies. */
  readonly currency: string | null;
  /** Money a year: the sum of what is stated. */
  readonly standing: FigureReport;
  /** What the sum is made of, by name, links last. */
  readonly items: readonly ItemReport[];
  /** Components without a `cost`: the sum says nothing about them. */
  readonly unstated: readonly string[];
  /** Journeys and components with a price. */
  readonly subjects: { readonly [name: string]: SubjectMoneyReport };
}

/** How likely a store is to lose its data. */
export interface StoreDurabilityReport {
  /** Copies of the data: instances that hold it. */
  readonly copies: number;
  /** Chance within a year that all copies are lost at once, 0..1. */
  readonly copiesLost: FigureReport;
  /** Chance within a year that all copies are lost while no backup in a bucket is left either, 0..1. */
  readonly everythingLost: FigureReport;
  /** Mean seconds until all copies are lost at once. */
  readonly meanTimeToLoss: FigureReport;
}

/** Costs of everything with a price; null where the model states none. */
export function moneyReport(analysis: Analysis, reporter: Reporter): MoneyReport | null {
  const found = costReport(analysis);
  if (found === undefined) return null;
  const { currency, standing, items, unstated, subjects } = found;
  return {
    currency: currency ?? null,
    standing: reporter.figure(standing, 'cost'),
    items: items.map(({ name, perYear }) => ({ name, perYear: reporter.figure(perYear, `${name}.cost`) })),
    unstated: [...unstated].sort(),
    subjects: Object.fromEntries(
      Object.entries(subjects).map(([name, subject]) => [name, subjectMoney(name, subject, reporter)]),
    ),
  };
}

function subjectMoney(
  name: string,
  { standing, downtime, classes, strategies }: SubjectCostReport,
  reporter: Reporter,
): SubjectMoneyReport {
  return {
    standing: reporter.figure(standing, `${name}.cost`),
    downtime: reporter.figure(downtime, `${name}.downtime`),
    classes: Object.fromEntries(
      Object.entries(classes).map(([disruption, cost]) => [disruption, classMoney(cost, `${name}.${disruption}.cost`, reporter)]),
    ),
    strategies: strategies.map(strategyReport),
  };
}

function classMoney(cost: ClassCost, path: string, reporter: Reporter): ClassCostReport {
  return {
    frequency: reporter.figure(cost.frequency, path),
    outagePerIncident: reporter.figure(cost.outagePerIncident, path),
    lossPerIncident: reporter.figure(cost.lossPerIncident, path),
    outagePerYear: reporter.figure(cost.outagePerYear, path),
    lossPerYear: reporter.figure(cost.lossPerYear, path),
  };
}

function strategyReport(strategy: Strategy): StrategyReport {
  const { name, current, rto, rpo, availability, standing, losses, total, meets, best } = strategy;
  return {
    name,
    current,
    rto: plainFigure(rto),
    rpo: plainFigure(rpo),
    availability: plainFigure(availability),
    standing: plainFigure(standing),
    losses: plainFigure(losses),
    total: plainFigure(total),
    meets: meets ?? null,
    best,
  };
}

/** Durability of every store that says what its data lies on. */
export function durabilityReports(analysis: Analysis, reporter: Reporter): { readonly [store: string]: StoreDurabilityReport } {
  return Object.fromEntries(
    Object.entries(durabilityReport(analysis)).map(([name, found]) => {
      const path = `${name}.durability`;
      return [
        name,
        {
          copies: found.copies,
          copiesLost: reporter.figure(found.copiesLost, path),
          everythingLost: reporter.figure(found.everythingLost, path),
          meanTimeToLoss: reporter.figure(found.meanTimeToLoss, path),
        },
      ];
    }),
  );
}
