/** What the analysis says about money. All amounts are in `currency`. */
import type { DisruptionClass, Role } from '../../model/model.js';
import type { Figure } from '../figure.js';

/** What one class of disruption costs a subject. Being down and losing data are apart, because either price may be unstated. */
export interface ClassCost {
  readonly disruption: DisruptionClass;
  /** How often a year a scope of the class that reaches the subject is hit. */
  readonly frequency: Figure;
  /** Outage price × RTO of the worst scope. */
  readonly outagePerIncident: Figure;
  /** Price of lost data × RPO of the worst scope. */
  readonly lossPerIncident: Figure;
  /** Σ over the scopes of how often × outage price × RTO there. */
  readonly outagePerYear: Figure;
  /** Σ over the scopes of how often × price of lost data × RPO there. */
  readonly lossPerYear: Figure;
}

export interface CostFigures {
  /** Undefined where no price is stated, or prices are in several currencies. */
  readonly currency: string | undefined;
  /** Per year, of a component itself; of a journey the sum over every component it needs. */
  readonly standing: Figure;
  /** Outage price × unavailability, per year: of all failures in the model, not of the classes alone. */
  readonly downtime: Figure;
  /** Empty where neither `outage costs` nor `loss costs` is stated. */
  readonly classes: ReadonlyMap<DisruptionClass, ClassCost>;
}

/** One line of what a model costs to have: a component, or what crosses a link. */
export interface StandingCost {
  readonly name: string;
  readonly perYear: Figure;
}

export interface ModelCosts {
  readonly currency: string | undefined;
  /** The sum of what is stated, per year; unknown where nothing is stated. */
  readonly standing: Figure;
  /** By name, links last. */
  readonly items: readonly StandingCost[];
  /** Components without a `cost`: the sum says nothing about them. */
  readonly unstated: readonly string[];
}

/** One way to survive the loss of a region, as the same analysis sees it with only the standby changed. */
export interface Strategy {
  readonly name: 'backup and restore' | 'pilot light' | 'warm standby' | 'hot standby' | 'active-active';
  readonly role: Role | undefined;
  /** Whether this is how it is modelled now. */
  readonly current: boolean;
  /** After the loss of a region, the worst of them. */
  readonly rto: Figure;
  readonly rpo: Figure;
  readonly availability: Figure;
  readonly unavailability: Figure;
  /** Per year, of the component. */
  readonly standing: Figure;
  /** What losing a region costs it in a year: outages and lost data. */
  readonly losses: Figure;
  /** Standing cost and losses together, per year. */
  readonly total: Figure;
  /** Whether it keeps the objectives for region-loss and availability; undefined where that is not known, or none is stated. */
  readonly meets: boolean | undefined;
  /** The cheapest of those that keep the objectives. */
  readonly best: boolean;
}
