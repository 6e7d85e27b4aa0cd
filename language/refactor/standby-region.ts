/** A component gets a standby in a region where it does not run yet. */
import { applyEdits } from '../edit/apply.js';
import type { Edit } from '../edit/edit.js';
import { isComponent } from '../generated/ast.js';
import type { Component, Model } from '../model/model.js';
import { activePlacements, canSplit } from '../model/queries.js';
import type { RefactorContext, Refactoring } from './refactoring.js';

/** How many regions are offered. */
const mostRegions = 5;

/**
 * `Add a hot standby of orders-db in cn-south`, one for each region without it. Replication and a `failover` come along where they
 * are missing; times that nobody has measured are left for the author to state.
 */
export function addStandbyRegion(context: RefactorContext): readonly Refactoring[] {
  const found = componentAt(context);
  if (found === undefined) return [];
  const { component, model } = found;
  const text = context.document.textDocument.getText();
  const ways = standbysOf(component, model);
  if (typeof ways === 'string') return [];
  return ways.map(({ title, edits }) => ({
    kind: 'rewrite',
    title,
    changes: applyEdits(edits, (uri) => (uri === component.source.uri ? text : undefined)),
  }));
}

/** A standby in each region without the component, or one sentence why it can have none. */
export function standbysOf(
  component: Component,
  model: Model,
): readonly { readonly title: string; readonly edits: readonly Edit[] }[] | string {
  const active = activePlacements(component);
  const count = active.reduce((sum, placement) => sum + placement.count.value, 0);
  // A consensus group is no active part with a standby: all its members vote.
  if (component.kind === 'coordinator') return 'All members of a coordinator vote: none of them stands by.';
  if (component.kind === 'job') return 'A job has no standby: it runs where it is started.';
  if (count === 0) return `${component.name} does not say what runs where: write \`runs 2 in REGION\` first.`;
  const used = new Set(component.placements.map((placement) => placement.region));
  const free = model.regions.filter((region) => !used.has(region.name)).slice(0, mostRegions);
  if (free.length === 0) return `${component.name} runs in every region of the model: declare another \`region\` first.`;
  const copies = component.kind === 'database' || component.kind === 'queue';
  const role = copies || component.kind === 'cache' ? 'hot' : 'warm';
  return free.map((region) => {
    const statements = [`runs ${copies ? 1 : count} in ${region.name} as ${role} standby`];
    if (copies) statements.push(`replicates async to ${region.name}`);
    if (component.failovers.length === 0) {
      const means = model.settings.mesh === undefined ? 'dns' : 'mesh';
      // What keeps data is promoted once a fault has lasted, and while the old primary cannot write.
      const safely = canSplit(component);
      statements.push(
        safely
          ? `failover { hold 60s  decide automatic  switch ${means}  fenced }`
          : `failover { decide automatic  switch ${means} }`,
      );
    }
    const edits = statements.map((statement): Edit => ({ kind: 'add-statement', block: component.source, text: statement }));
    return { title: `Add a ${role} standby of ${component.name} in ${region.name}`, edits };
  });
}

/** The component in whose head, or on one of whose placements, the caret stands. */
export function componentAt({
  models,
  document,
  selection,
  touched,
}: RefactorContext): { readonly component: Component; readonly model: Model } | undefined {
  const uri = document.uri.toString();
  const text = document.textDocument.getText();
  const names = new Set(touched.filter(isComponent).map(({ name }) => name));
  for (const model of models) {
    for (const component of model.components) {
      if (!names.has(component.name)) continue;
      const { source } = component;
      if (source.uri !== uri || selection.start < source.start || selection.end > source.end) continue;
      const head = text.slice(source.start, source.end).search(/[\r\n]|$/);
      const isOnHead = selection.end <= source.start + head;
      const isOnPlacement = component.placements.some(
        (placement) =>
          placement.source.uri === uri && selection.start >= placement.source.start && selection.end <= placement.source.end,
      );
      return isOnHead || isOnPlacement ? { component, model } : undefined;
    }
  }
  return undefined;
}
