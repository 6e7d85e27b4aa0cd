/** The public face of the analysis: model → figures. */
import type { Source } from '../model/fact.js';
import type { DisruptionClass, Model, Scenario } from '../model/model.js';
import type { PairSwitching } from './availability/switching.js';
import type { CallBudgetFigures } from './call-budget/call-budget-figures.js';
import type { CapacityFigures } from './capacity/capacity-figures.js';
import type { CostFigures, ModelCosts, Strategy } from './cost/cost-figures.js';
import type { Disk } from './durability/disk-arrays.js';
import type { DurabilityFigures } from './durability/durability.js';
import type { Figure } from './figure.js';
import type { DrillFigures } from './recovery/drills.js';
import type { AnalysisReport } from './report/analysis-report.js';
import type { Reason } from './structure/evaluate.js';

export interface AnalysisOptions {
  /** `YYYY-MM-DD`: dates in the model are judged as of this day, never of the clock. */
  readonly asOf: string;
}

/** Something that can fail on its own. */
export type FailureEvent =
  | { readonly kind: 'region' | 'zone'; readonly name: string; readonly source: Source }
  | { readonly kind: 'component'; readonly name: string; readonly source: Source; readonly instance?: string }
  /**
   * Shared fate, never a single point of failure: common cause, `together`, a failover that does not work. `id` is its name where data is
   * exchanged: `orders@cn-north common cause`, `orders together`, `failover cn-north → cn-south`, `orders failover cn-north → cn-south`.
   */
  | { readonly kind: 'shared-fate'; readonly name: string; readonly id: string; readonly source: Source };

/** A minimal cut of order one: with this event alone, the subject is down. */
export interface SinglePoint {
  readonly event: FailureEvent;
  /** Probability of the event, 0..1; 0 where the site has no failure data. */
  readonly unavailability: number;
  /** Share of the subject's unavailability that this event alone explains, 0..1; undefined where that is not known. */
  readonly share: number | undefined;
}

/** A minimal set of events that together take the subject down; without any one of them it is up. */
export interface CutSet {
  readonly events: readonly FailureEvent[];
  /** Product of the events' probabilities, 0..1. */
  readonly probability: number;
  /** Share of the subject's unavailability that this set alone explains, 0..1; undefined where that is not known. */
  readonly share: number | undefined;
}

export interface CutSetFigures {
  /** How many there are, as a decimal number, since there may be billions; undefined where counting them is over the budget. */
  readonly count: string | undefined;
  /** Sets of one and two events, smallest first, a hundred at most. */
  readonly smallest: readonly CutSet[];
  /** The ten likeliest, likeliest first. */
  readonly likeliest: readonly CutSet[];
  /** All of them, smallest first, where they are a thousand at most; found when first read. */
  readonly every: readonly CutSet[] | undefined;
}

export interface AvailabilityFigures {
  /** With switching. */
  readonly availability: Figure;
  readonly unavailability: Figure;
  /** Without the time that switching to a standby takes. */
  readonly structural: Figure;
  readonly structuralUnavailability: Figure;
  readonly switchingUnavailability: Figure;
  /** Up, but without something wanted. */
  readonly degraded: Figure;
  /** Seconds down in a year of 365 days, switching included. */
  readonly downtimePerYear: Figure;
  /** Seconds down in a month of 30 days, switching included. */
  readonly downtimePerMonth: Figure;
}

/** How often a subject goes down, with what each short outage of a switch adds. */
export interface OutageFigures {
  /** Outages a year: structural ones and switches. */
  readonly perYear: Figure;
  /** Failures that nothing takes over from. */
  readonly structural: Figure;
  /** Failures of an active side that a standby takes over from. */
  readonly switches: Figure;
  /** Failures of an active side that has a standby, whether or not the standby is up. */
  readonly activeFailures: Figure;
}

/** What one event does to a subject: where to begin. */
export interface Contribution {
  readonly event: FailureEvent;
  /** Probability of the event, 0..1. */
  readonly unavailability: number;
  /** Birnbaum importance: P(down | event) − P(down | no event). */
  readonly importance: number;
  /** Availability gained if it never happened: importance × unavailability. */
  readonly gain: number;
  /** Criticality, the share of the outage that goes with it: gain over the subject's unavailability. Undefined where that is 0. */
  readonly criticality: number | undefined;
  /** Risk achievement worth: how many times likelier the subject is down while the event lasts. */
  readonly riskAchievement: number | undefined;
  /** Risk reduction worth: how many times less likely it is down if the event never happens; undefined where nothing else takes it down. */
  readonly riskReduction: number | undefined;
}

export interface ClassRecovery {
  readonly disruption: DisruptionClass;
  /** Up with the scope off, every failover outside it working. `undefined`: the class cannot hit it. */
  readonly survives: boolean | undefined;
  /** No copy of its data survives. */
  readonly lost: boolean;
  /** The worst scope of the class, for people: `cn-north`. */
  readonly scope: string | undefined;
  readonly rto: Figure;
  readonly rpo: Figure;
  /**
   * What each scope of the class that reaches the subject does to it, worked out when first asked for: by site (`cn-north`, `building BJ-1`),
   * provider, account, store, or place of an instance (`orders in cn-north.a`: the worst of those there). In the order of the scopes' names.
   * Where a model has more than a hundred such places, or a hundred stores, only the subject's own and the worst of them are listed.
   */
  readonly perSite: ReadonlyMap<string, SiteRecovery>;
  /**
   * When lost work is done again and waiting work worked off, worked out when first asked for: recovery time + window × load / (capacity that
   * is left − load). With no loss it is the recovery time.
   */
  readonly caughtUp: Figure;
  /** How long the way back takes afterwards, where something moved and says so; no part of the recovery time. */
  readonly failback?: Figure;
}

/** What one scope of a class does to a subject. */
export interface SiteRecovery {
  readonly survives: boolean;
  /** No copy of its data survives. */
  readonly lost: boolean;
  readonly rto: Figure;
  readonly rpo: Figure;
  readonly caughtUp: Figure;
  readonly failback?: Figure;
}

/** Something that a scenario takes or weakens, and the nearest reason. */
export interface AffectedSubject {
  readonly name: string;
  /** For people: `requires store, which is down`. */
  readonly because: string;
}

/** One part of an expectation: a state, or a bound of a figure. */
export interface ExpectationCheck {
  readonly measure: 'state' | 'rto' | 'rpo' | 'availability';
  /** What is expected, for people: `up`, `<= 15 min`. */
  readonly target: string;
  /** What the model yields, for people: `down`, `12 min`, `not known`. */
  readonly estimate: string;
  /** Undefined where the figure cannot tell. */
  readonly met: boolean | undefined;
  /** The time, or the unavailability given what is off; absent for states. */
  readonly figure?: Figure;
  /** Why it is down, does not come back or is not known. */
  readonly because?: string;
  /** Where the bound stands. */
  readonly source?: Source;
}

/** One `expect` of a scenario. `estimate` and `target` are those of the part that decides: the first that is missed, or not known. */
export interface ExpectationFigures {
  readonly subject: string;
  readonly text: string;
  readonly met: boolean | undefined;
  readonly estimate: string;
  readonly target: string;
  readonly checks: readonly ExpectationCheck[];
  readonly source: Source;
}

/** What one scenario does to the model. All lists are in order of declaration. */
export interface ScenarioFigures {
  readonly name: string;
  /** Where its name stands. */
  readonly source: Source;
  readonly down: readonly AffectedSubject[];
  /** Up, but without something wanted. */
  readonly degraded: readonly AffectedSubject[];
  /** What is left must carry more than it can. */
  readonly overCapacity: readonly AffectedSubject[];
  /** Stores of which no copy survives. */
  readonly lost: readonly AffectedSubject[];
  /** Times of everything that the scenario reaches. */
  readonly recovery: readonly { readonly name: string; readonly up: boolean; readonly rto: Figure; readonly rpo: Figure }[];
  readonly expectations: readonly ExpectationFigures[];
}

/** How one component or journey stands in a what-if. */
export interface SubjectStanding {
  readonly name: string;
  readonly up: boolean;
  /** Up, but without something wanted. */
  readonly degraded: boolean;
  /** Why it is down: the nearest thing that made it so. Undefined where it is up. */
  readonly reason: Reason | undefined;
  /** The side that serves: `active`, or the region of a standby. Undefined where it is down, or has no instances and no place. */
  readonly serving: string | undefined;
  /** The side that serves with nothing off. */
  readonly usually: string | undefined;
  /** Instances that are off, by index over all placements. */
  readonly offInstances: readonly number[];
  /** Instances of the side that serves (or would, where it is down) that count. */
  readonly standing: number;
  /** How many of them that side needs. */
  readonly needs: number;
  /** How many that side has with nothing off. */
  readonly instances: number;
  /** How many more of them may go before the side is down; undefined where there are no instances. */
  readonly spare: number | undefined;
  /** Time until it is back, and loss of data, judged by its objective for the class; undefined where nothing reaches it. */
  readonly rto: Figure | undefined;
  readonly rpo: Figure | undefined;
}

/** What something that is switched off for a try does to the model: the figures of a scenario, and how everything stands. */
export interface WhatIfFigures extends ScenarioFigures {
  /** The class that it is most like: its objectives judge the times. */
  readonly disruption: DisruptionClass;
  /** Regions and zones that are off, as they were named. */
  readonly sites: readonly string[];
  /** All components and journeys, in order of declaration. */
  readonly standings: readonly SubjectStanding[];
}

/**
 * Figures of a model. Each is computed when first asked for and kept, so that an editor pays for what it shows.
 * Asking never throws and never hangs; an unknown name answers undefined.
 */
export interface Analysis {
  readonly model: Model;
  readonly asOf: string;
  availability(subject: string): AvailabilityFigures | undefined;
  /** Sorted by unavailability, largest first, then by name. */
  singlePoints(subject: string): readonly SinglePoint[];
  /** Shared fate apart from single points: `together` events and common causes that take the subject down alone. */
  sharedFate(subject: string): readonly SinglePoint[];
  /** How often it goes down; undefined for unknown names. */
  outages(subject: string): OutageFigures | undefined;
  /** Each failover behind it with what switching costs: the terms of `switchingUnavailability`. None for unknown names. */
  switches(subject: string): readonly PairSwitching[];
  /** What each event that can fail by chance does to it, the largest gain first. Empty where there is no exact figure. Switching is left out. */
  contributions(subject: string): readonly Contribution[];
  /** Minimal cut sets over sites, instances, common causes, `together` and failovers; undefined for unknown names. */
  cutSets(subject: string): CutSetFigures | undefined;
  recovery(subject: string): ReadonlyMap<DisruptionClass, ClassRecovery>;
  /** By store, the worst that it loses by itself in the class: the stores whose loss the subject takes on, its own among them. */
  lossOrigins(subject: string, disruption: DisruptionClass): ReadonlyMap<string, Figure>;
  /** Drills that have taken place by `asOf`, latest first: what they measured beside what the model yields. */
  drills(): readonly DrillFigures[];
  /** Names of the components whose single loss, whole, takes the subject down: its hard closure without siblings. */
  hardClosure(subject: string): ReadonlySet<string>;
  /** With this site off (a region with all its zones), every failover working: names of components and journeys that are down. */
  downWithout(site: string): ReadonlySet<string>;
  /** A scenario of the model; undefined for unknown names. */
  scenario(name: string): ScenarioFigures | undefined;
  /** What a scenario that stands in no file does to the model. What it names and the model does not have takes nothing; not kept. */
  whatIf(scenario: Scenario): WhatIfFigures;
  /** Money per year and per incident; undefined for unknown names. */
  cost(subject: string): CostFigures | undefined;
  /** What the whole model costs to have. */
  costs(): ModelCosts;
  /** RTO, RPO and price of each way to survive the loss of a region; empty for what does not run in two regions. */
  strategies(component: string): readonly Strategy[];
  /** How likely a store is to lose its data; undefined for what keeps none of its own. `disk`: of one disk under each copy. */
  durability(store: string, disk?: Disk): DurabilityFigures | undefined;
  /** Load against what stands, now and after each loss, of a component; quotas of a region. Undefined for journeys and unknown names. */
  capacity(subject: string): CapacityFigures | undefined;
  /** Timeouts, retries and round trips of the calls of a component or journey; undefined for unknown names. */
  callBudget(subject: string): CallBudgetFigures | undefined;
  /** Lets go of all that figures are worked out from, for as long as nobody asks: whoever asks next waits for it to be made anew. */
  rest(): void;
  /**
   * Everything, as plain data for `drml analyze --format json`. `base`: address of the folder that paths are seen from, the root's own by
   * default. `only`: names of journeys, components and scenarios to report; all of them by default.
   */
  report(base?: string, only?: ReadonlySet<string>): AnalysisReport;
}
