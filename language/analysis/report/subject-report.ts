/** Everything about one component or journey, as plain data. */
import type { Component, Journey } from '../../model/model.js';
import type { Analysis, Contribution, CutSet, SinglePoint } from '../analysis.js';
import type { Figure } from '../figure.js';
import { eventId } from '../structure/event-id.js';
import type { FigureReport, PlaceReport } from './figure-report.js';
import { type RecoveryReport, recoveryReport } from './recovery-report.js';
import { plainFigure, type Reporter } from './reporter.js';

/** Events that together take a subject down; without any one of them it is up. */
export interface CutSetReport {
  /** Names of the events, in alphabetical order. */
  readonly events: readonly string[];
  /** How many events it is. */
  readonly order: number;
  /** Product of the events' probabilities, 0..1; 0 with a site that has no failure data. */
  readonly probability: number;
  /** Share of the subject's unavailability that it explains alone, 0..1; null where that is not known. */
  readonly share: number | null;
}

/** One event that takes a subject down alone. */
export interface SinglePointReport {
  /** Name of the event. */
  readonly event: string;
  /** Probability of the event, 0..1; 0 for a site without failure data. */
  readonly unavailability: number;
  /** Share of the subject's unavailability that it explains alone, 0..1; null where that is not known. */
  readonly share: number | null;
}

/** What one event does to a subject, switching left out. */
export interface ImportanceReport {
  /** Name of the event. */
  readonly event: string;
  /** Probability of the event, 0..1. */
  readonly unavailability: number;
  /** P(down with the event) − P(down without it), 0..1. */
  readonly birnbaum: number;
  /** Criticality: birnbaum × unavailability over the subject's unavailability, 0..1; null where the subject is never down. */
  readonly criticality: number | null;
  /** How many times likelier the subject is down while the event lasts; null where the subject is never down. */
  readonly riskAchievementWorth: number | null;
  /** How many times less likely the subject is down if the event never happens; null where nothing else takes it down. */
  readonly riskReductionWorth: number | null;
  /** Availability gained if the event never happened, 0..1. */
  readonly gain: number;
}

/** The figures of a component or journey. */
export interface SubjectReport {
  /** `journey`, or what kind of component it is. */
  readonly kind: string;
  /** Where its name is written. */
  readonly at: PlaceReport;
  /** Share of the time that it is up, switching included, with its objective where it has one. */
  readonly availability: FigureReport;
  /** Share of the time that it is down, switching included. */
  readonly unavailability: FigureReport;
  /** Share of the time that it would be up if switching to a standby took no time. */
  readonly structural: FigureReport;
  /** Share of the time that it is down without counting switches. */
  readonly structuralUnavailability: FigureReport;
  /** Share of the time that it is down while a standby takes over. */
  readonly switchingUnavailability: FigureReport;
  /** How often a year an active side fails that has a standby; of a journey those of all it requires, which move together counted once. */
  readonly activeFailuresPerYear: FigureReport;
  /** Share of the time that it is up without something wanted. */
  readonly degraded: FigureReport;
  /** Minutes down in a year of 365 days. */
  readonly downtimeMinutesPerYear: FigureReport;
  /** Minutes down in a month of 30 days. */
  readonly downtimeMinutesPerMonth: FigureReport;
  /** How often a year it goes down, switches included. */
  readonly outagesPerYear: FigureReport;
  /**
   * Minimal cut sets: all of one and two events (a hundred at most, the likeliest of them), and the ten likeliest of any size. The smallest
   * first, of one size in the order of their events' names.
   */
  readonly cutSets: readonly CutSetReport[];
  /** How many minimal cut sets there are, as a decimal number; null where counting them is over the budget. */
  readonly cutSetCount: string | null;
  /** Why they are not counted; absent where they are. */
  readonly cutSetsBecause?: string;
  /** The events that matter most, the largest gain first, a hundred at most. */
  readonly importance: readonly ImportanceReport[];
  /** How many events can take part in an outage by chance. */
  readonly importanceCount: number;
  /** Sites, instances and components that take it down alone. */
  readonly singlePoints: readonly SinglePointReport[];
  /** Shared fate that takes it down alone: releases and other `together` events, common causes. */
  readonly sharedFate: readonly SinglePointReport[];
  /** By class of disruption, the worst of the class. */
  readonly recovery: { readonly [disruption: string]: RecoveryReport };
  /** Assumptions that its availability rests on, as printed. */
  readonly assumptions: readonly string[];
}

/** How many events are ranked. */
const mostContributions = 100;
const secondsPerMinute = 60;

/** The report of a component or journey; undefined for what the analysis does not know. */
export function subjectReport(analysis: Analysis, subject: Component | Journey, reporter: Reporter): SubjectReport | undefined {
  const { name } = subject;
  const figures = analysis.availability(name);
  const outages = analysis.outages(name);
  if (figures === undefined || outages === undefined) return undefined;
  const figure = (found: Figure): FigureReport => reporter.figure(found, `${name}.availability`);
  const minutes = (found: Figure): FigureReport => {
    const { assumptions } = figure(found);
    return { ...plainFigure(found, 1 / secondsPerMinute), ...(assumptions === undefined ? {} : { assumptions }) };
  };
  const sets = analysis.cutSets(name);
  const contributions = analysis.contributions(name);
  return {
    kind: 'kind' in subject ? subject.kind : 'journey',
    at: reporter.place(subject.nameSource),
    availability: figure(figures.availability),
    unavailability: figure(figures.unavailability),
    structural: figure(figures.structural),
    structuralUnavailability: figure(figures.structuralUnavailability),
    switchingUnavailability: figure(figures.switchingUnavailability),
    activeFailuresPerYear: reporter.figure(outages.activeFailures, `${name}.outages`),
    degraded: reporter.figure(figures.degraded, `${name}.degraded`),
    downtimeMinutesPerYear: minutes(figures.downtimePerYear),
    downtimeMinutesPerMonth: minutes(figures.downtimePerMonth),
    outagesPerYear: reporter.figure(outages.perYear, `${name}.outages`),
    cutSets: cutSetReports(sets === undefined ? [] : [...sets.smallest, ...sets.likeliest]),
    cutSetCount: sets?.count ?? null,
    ...(sets?.count === undefined ? { cutSetsBecause: 'too many to count: over the budget of nodes' } : {}),
    importance: contributions.slice(0, mostContributions).map(importanceReport),
    importanceCount: contributions.length,
    singlePoints: analysis.singlePoints(name).map(pointReport),
    sharedFate: analysis.sharedFate(name).map(pointReport),
    recovery: recoveryReport(name, analysis.recovery(name), reporter),
    assumptions: figures.unavailability.assumptions,
  };
}

/** Each set once, the smallest first, then by the names of their events. */
function cutSetReports(sets: readonly CutSet[]): readonly CutSetReport[] {
  const byName = new Map<string, CutSetReport>();
  for (const { events, probability, share } of sets) {
    const names = events.map(eventId).sort();
    byName.set(names.join('\n'), { events: names, order: names.length, probability, share: share ?? null });
  }
  return [...byName]
    .sort(([a, { order }], [b, { order: other }]) => order - other || (a < b ? -1 : 1))
    .map(([, report]) => report);
}

function pointReport({ event, unavailability, share }: SinglePoint): SinglePointReport {
  return { event: eventId(event), unavailability, share: share ?? null };
}

function importanceReport(contribution: Contribution): ImportanceReport {
  const { event, unavailability, importance, gain, criticality, riskAchievement, riskReduction } = contribution;
  return {
    event: eventId(event),
    unavailability,
    birnbaum: importance,
    criticality: criticality ?? null,
    riskAchievementWorth: riskAchievement ?? null,
    riskReductionWorth: riskReduction ?? null,
    gain,
  };
}
