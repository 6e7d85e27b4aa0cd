import type { Edit } from '../edit/edit.js';
import type { NameUse, Source } from '../model/fact.js';
import type { Component, Edge, Journey } from '../model/model.js';
import type { Fix } from './rule.js';
import type { StartEdge } from './start-order.js';
import { spokenList } from './wording.js';

/**
 * Turns one requirement of a component into a wish: `requires X` becomes `wants X`, `recovers after X` goes.
 * Undefined for a choice (`any of`), where the others stand in for it, and for `consumes from`, which needs its queue.
 */
export function withoutEdgeFix(owner: Component | undefined, edge: StartEdge, target: string): Fix | undefined {
  if (owner === undefined || edge.quantifier.kind !== 'all' || edge.kind === 'consumes') return undefined;
  const edits =
    edge.kind === 'requires' ? wantEdits(owner, edge.source, edge.targets, target) : dropEdits(edge.source, edge.targets, target);
  const title =
    edge.kind === 'requires'
      ? `Let ${owner.name} want ${target} instead of requiring it`
      : `Do not let ${owner.name} wait for ${target}`;
  return { title, edits, safe: false };
}

/** Turns a requirement of an edge into a wish, as {@link withoutEdgeFix}. */
export function softenEdgeEdits(owner: Component, edge: Edge, target: string): readonly Edit[] | undefined {
  if (edge.kind !== 'requires' || edge.quantifier.kind !== 'all') return undefined;
  return wantEdits(owner, edge.source, edge.targets, target);
}

type Target = Pick<NameUse, 'name' | 'at'>;

function wantEdits(owner: Component, statement: Source, targets: readonly Target[], target: string): readonly Edit[] {
  if (targets.length === 1) {
    const keyword = { uri: statement.uri, start: statement.start, end: statement.start + 'requires'.length };
    return [{ kind: 'replace', at: keyword, text: 'wants' }];
  }
  return [...dropEdits(statement, targets, target), { kind: 'add-statement', block: owner.source, text: `wants ${target}` }];
}

/** Takes one name out of a list, with the comma that goes with it; the last name takes the statement with it. */
function dropEdits(statement: Source, targets: readonly Target[], target: string): readonly Edit[] {
  const index = targets.findIndex((candidate) => candidate.name === target);
  const gone = targets[index];
  const before = targets[index - 1];
  const after = targets[index + 1];
  if (gone === undefined) return [];
  if (before !== undefined) return [replace(gone.at.uri, before.at.end, gone.at.end, '')];
  if (after !== undefined) return [replace(gone.at.uri, gone.at.start, after.at.end, after.name)];
  return [{ kind: 'replace', at: statement, text: '' }];
}

function replace(uri: string, start: number, end: number, text: string): Edit {
  return { kind: 'replace', at: { uri, start, end }, text };
}

/** Every one of these edges wants the target from now on; nothing where one of them must have it (a queue, a choice, a journey). */
export function wantInsteadFixes(
  target: string,
  uses: readonly { readonly owner: Component | Journey; readonly edge: Edge }[],
): readonly Fix[] {
  const edits = uses.map(({ owner, edge }) =>
    'placements' in owner && edge.journeys.length === 0 ? softenEdgeEdits(owner, edge, target) : undefined,
  );
  if (uses.length === 0 || edits.some((each) => each === undefined)) return [];
  const owners = [...new Set(uses.map(({ owner }) => owner.name))];
  return [
    {
      title: `Let ${spokenList(owners)} want ${target} instead of requiring it`,
      edits: edits.flatMap((each) => each ?? []),
      safe: false,
    },
  ];
}
