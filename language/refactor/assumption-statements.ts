/** What is taken for granted of a component because nobody has written it, as the statements that would say it. */
import type { Analysis } from '../analysis/analysis.js';
import type { Figure } from '../analysis/figure.js';
import { percentText } from '../analysis/figure-text.js';
import type { Edit } from '../edit/edit.js';
import { assumedRepair, assumptions } from '../model/assumptions.js';
import type { AssumptionCode, Source } from '../model/fact.js';
import type { Component } from '../model/model.js';
import { activePlacements, instanceCount, requiredInstances } from '../model/queries.js';

/** One assumption that a figure of the component rests on, and the edit that makes it a statement with the same value. */
export interface AssumedStatement {
  readonly code: AssumptionCode;
  /** As it would be written: `common cause 5%`. */
  readonly statement: string;
  readonly edit: Edit;
}

/** The assumptions behind the figures of one component, those about its own failures first. Figures do not change when they are written. */
export function assumedStatements(component: Component, analysis: Analysis): readonly AssumedStatement[] {
  const figures = analysis.availability(component.name);
  if (figures === undefined) return [];
  const used = new Set(figures.unavailability.assumptions);
  const isUsed = (code: AssumptionCode): boolean => used.has(assumptions[code].sentence);
  const found: AssumedStatement[] = [];
  const add = (code: AssumptionCode, statement: string, block: Source = component.source, written = statement): void => {
    found.push({ code, statement, edit: { kind: 'add-statement', block, text: written } });
  };
  const { failure, commonCause } = component;
  if (failure.unavailability.origin.kind === 'assumed') {
    add(failure.unavailability.origin.assumption, `availability ${percentText(1 - failure.unavailability.value)}`);
  }
  if (commonCause.origin.kind === 'assumed' && sharesRegion(component)) {
    add('common-cause', `common cause ${percentText(commonCause.value)}`);
  }
  if (oneIsEnough(component)) add('needs-one', 'needs 1');
  const standby = component.placements.some(({ role }) => role !== 'active' && role !== 'witness');
  if (standby && isUsed('failover-success') && component.failovers.every(({ success }) => success === undefined)) {
    // A failover block where there was none would say more than that it works.
    const own = component.failovers.find(({ scope, source }) => scope !== 'within' && isInside(source, component.source));
    if (own !== undefined) add('failover-success', 'success 100%', own.source);
    else if (component.failovers.some(({ scope }) => scope === undefined)) {
      add('failover-success', 'success 100%', component.source, 'failover { success 100% }');
    }
  }
  if (standby && failure.mttr === undefined && isUsed('mean-time-to-repair')) {
    add('mean-time-to-repair', `mttr ${assumedRepair.value / 3600}h`);
  }
  found.push(...aboutBackups(component, analysis));
  return found;
}

/** Assumptions about backups, as far as a recovery time or data loss of the component rests on them. */
function aboutBackups(component: Component, analysis: Analysis): readonly AssumedStatement[] {
  const { backups } = component.data;
  if (backups.length === 0) return [];
  const shown: readonly Figure[] = [...analysis.recovery(component.name).values()].flatMap(({ rto, rpo }) => [rto, rpo]);
  const used = new Set(shown.flatMap((figure) => figure.assumptions));
  return backups.flatMap((backup): readonly AssumedStatement[] => {
    const found: AssumedStatement[] = [];
    const add = (code: AssumptionCode, statement: string): void => {
      if (used.has(assumptions[code].sentence)) {
        found.push({ code, statement, edit: { kind: 'add-statement', block: backup.source, text: statement } });
      }
    };
    // A backup that a policy lends is not the component's to change.
    if (!isInside(backup.source, component.source)) return found;
    if (backup.toleratesFailedRuns.origin.kind === 'assumed') add('no-failed-runs', 'tolerates 0 failed runs');
    if (backup.consistentAt.origin.kind === 'assumed') add('consistent-at-start', 'consistent at start');
    return found;
  });
}

/** Whether one instance of several is taken to be enough. Where copies vote or confirm writes, their number decides instead. */
function oneIsEnough(component: Component): boolean {
  if (component.kind === 'coordinator' || component.data.replication.length > 0) return false;
  return instanceCount(activePlacements(component)) > 1 && requiredInstances(component).from === 'one';
}

function sharesRegion(component: Component): boolean {
  const inRegion = new Map<string, number>();
  for (const { region, zones } of component.placements) inRegion.set(region, (inRegion.get(region) ?? 0) + zones.length);
  return [...inRegion.values()].some((count) => count >= 2);
}

function isInside(inner: Source, outer: Source): boolean {
  return inner.uri === outer.uri && inner.start >= outer.start && inner.end <= outer.end;
}
