/** The chips of a card: at most two, what is missed and what is worrying before plain facts. */
import type { Analysis } from '../analysis/analysis.js';
import { availabilityText, durationText, figureText, percentText, timeText } from '../analysis/figure-text.js';
import type { Component, Objective } from '../model/model.js';
import { activePlacements, instanceCount, isServingStandby, requiredInstances } from '../model/queries.js';
import type { Chip, ObjectiveState } from './diagram-graph.js';
import { fittingChips } from './sizes.js';

/** Chips of a component that fit into `width`, two at most. */
export function componentChips(analysis: Analysis, component: Component, width: number): readonly Chip[] {
  const chips: Chip[] = [];
  const missed = objectiveChips(analysis, component.name, component.objective).find((chip) => chip.tone === 'missed');
  if (missed !== undefined) chips.push(missed);
  const active = instanceCount(activePlacements(component));
  const standby = component.placements.some(isServingStandby);
  if (active === 1 && !standby && component.kind !== 'job') {
    chips.push({ text: '1 replica', tone: 'finding', says: 'One instance runs and no standby can serve in its place.' });
  }
  if (lacksBackup(component)) {
    chips.push({ text: 'no backup', tone: 'finding', says: 'No backup, and nothing it could be rebuilt from.' });
  }
  const replication = component.data.replication.find((entry) => entry.mode === 'sync' && entry.quorum !== undefined);
  const quorum = replication?.quorum;
  if (quorum !== undefined && active > 1) {
    const text = `sync quorum ${quorum.value} of ${synchronousCopies(component, replication?.region)}`;
    chips.push({ text, tone: 'fact', says: `A write is acknowledged when it lies on ${quorum.value} copies.` });
  }
  const required = requiredInstances(component);
  if (component.kind === 'coordinator' && active > 1) {
    const votes = instanceCount(component.placements);
    const majority = Math.floor(votes / 2) + 1;
    chips.push({ text: `needs ${majority} of ${votes}`, tone: 'fact', says: 'It is up while a majority of its votes stand.' });
    return fittingChips(chips, 2, width);
  }
  // Beside a quorum, `needs 1` that nobody stated would only confuse.
  if (active > 1 && !(quorum !== undefined && required.from === 'one')) {
    const because = { needs: 'stated', load: 'from its load and capacity', one: 'nothing else is stated' }[required.from];
    const text = `needs ${required.count} of ${active}`;
    const tone = required.count > active ? 'finding' : 'fact';
    chips.push({ text, tone, says: `It is up while ${required.count} of ${active} active instances stand (${because}).` });
  }
  if (component.data.keeps !== undefined) {
    const text = `keeps ${durationText(component.data.keeps.value)}`;
    chips.push({ text, tone: 'fact', says: `What waits in it is kept for ${durationText(component.data.keeps.value)}.` });
  }
  return fittingChips(chips, 2, width);
}

/** Copies that a synchronous write goes to: those of the region it names, else all. Witnesses hold no data. */
function synchronousCopies(component: Component, region: string | undefined): number {
  const holding = component.placements.filter(({ role }) => role !== 'witness');
  return instanceCount(region === undefined ? holding : holding.filter((placement) => placement.region === region));
}

/** As DR037 judges it: caches, queues and coordinators are exempt, and buckets are mostly where copies lie. */
function lacksBackup(component: Component): boolean {
  return component.kind === 'database' && component.data.backups.length === 0 && component.rebuildsFrom === undefined;
}

/** One chip for each objective: what is promised, and whether the figure holds it. Missed ones stand first in each kind. */
export function objectiveChips(analysis: Analysis, subject: string, objective: Objective | undefined): readonly Chip[] {
  if (objective === undefined) return [];
  const chips: Chip[] = [];
  const figures = analysis.availability(subject);
  if (objective.availability !== undefined) {
    const target = objective.availability.value;
    const figure = figures?.availability;
    const tone = toneOf(figure?.verdict?.met);
    const actual = figures === undefined ? 'not known' : figureText(figures.unavailability);
    chips.push({
      text: `≥ ${percentText(target)}`,
      tone,
      says: `Objective ${availabilityText(1 - target)}, estimate ${actual}${ending(tone)}`,
    });
  }
  const recovery = analysis.recovery(subject);
  const times: Chip[] = [];
  const losses: Chip[] = [];
  for (const entry of objective.classes) {
    const figure = recovery.get(entry.disruption);
    if (entry.rto !== undefined) {
      const tone = toneOf(figure?.rto.verdict?.met);
      const actual = figure === undefined ? 'not known' : timeText(figure.rto);
      const says = `RTO for ${entry.disruption}: objective ${durationText(entry.rto.value)}, estimate ${actual}${ending(tone)}`;
      times.push({ text: `RTO ${durationText(entry.rto.value)}`, tone, says });
    }
    if (entry.rpo !== undefined) {
      const tone = toneOf(figure?.rpo.verdict?.met);
      const actual = figure === undefined ? 'not known' : timeText(figure.rpo);
      const says = `RPO for ${entry.disruption}: objective ${durationText(entry.rpo.value)}, estimate ${actual}${ending(tone)}`;
      losses.push({ text: `RPO ${durationText(entry.rpo.value)}`, tone, says });
    }
  }
  return [...chips, ...missedFirst(times), ...missedFirst(losses)];
}

/** Whether all objectives are held; undefined where there are none. A figure that is missing makes `unknown` of `met`. */
export function objectiveState(
  analysis: Analysis,
  subject: string,
  objective: Objective | undefined,
): ObjectiveState | undefined {
  if (objective === undefined) return undefined;
  const recovery = analysis.recovery(subject);
  const verdicts: (boolean | undefined)[] = [];
  if (objective.availability !== undefined) verdicts.push(analysis.availability(subject)?.availability.verdict?.met);
  for (const entry of objective.classes) {
    const figure = recovery.get(entry.disruption);
    if (entry.rto !== undefined) verdicts.push(figure?.rto.verdict?.met);
    if (entry.rpo !== undefined) verdicts.push(figure?.rpo.verdict?.met);
  }
  if (verdicts.length === 0) return undefined;
  if (verdicts.includes(false)) return 'missed';
  return verdicts.includes(undefined) ? 'unknown' : 'met';
}

function missedFirst(chips: readonly Chip[]): readonly Chip[] {
  return [...chips.filter((chip) => chip.tone === 'missed'), ...chips.filter((chip) => chip.tone !== 'missed')];
}

function toneOf(met: boolean | undefined): Chip['tone'] {
  return met === false ? 'missed' : 'fact';
}

function ending(tone: Chip['tone']): string {
  return tone === 'missed' ? ': missed.' : '.';
}
