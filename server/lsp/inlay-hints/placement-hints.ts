import type { InlayHint } from 'vscode-languageserver';
import type { Component } from '../../../language/generated/ast.js';
import type { Placement } from '../../../language/model/model.js';
import { activePlacements, instanceCount, locate, requiredInstances } from '../../../language/model/queries.js';
import type { AnalysedModel } from '../../../language/workspace.js';
import { hintAt } from './hint.js';

/**
 * What follows from the statements of a component: the zones that its instances spread over, behind `runs`, and how many of them must
 * stand to carry the load, behind `capacity`.
 */
export function placementHints(element: Component, models: readonly AnalysedModel[], uri: string): readonly InlayHint[] {
  for (const { model } of models) {
    const component = model.components.find(({ name, source }) => name === element.name && source.uri === uri);
    if (component === undefined) continue;
    const hints = component.placements.flatMap((placement) => {
      const zones = zonesText(placement);
      return zones === undefined || placement.source.uri !== uri ? [] : [hintAt(locate(model, uri, placement.source.end), zones)];
    });
    const required = requiredInstances(component);
    const capacity = component.demand.capacity?.origin;
    if (required.from === 'load' && capacity?.kind === 'stated' && capacity.at.uri === uri) {
      const label = `needs ${required.count} of ${instanceCount(activePlacements(component))}`;
      hints.push(
        hintAt(locate(model, uri, capacity.at.end), label, {
          tooltip: 'Load or peak divided by capacity, rounded up. State `needs` to replace it.',
        }),
      );
    }
    return hints;
  }
  return [];
}

/** `over a, b, c`, with numbers where some zone gets more than one; undefined where the author has named the zones, or there are none. */
function zonesText({ zones, region, pinned }: Placement): string | undefined {
  if (pinned === true) return undefined;
  const counts = new Map<string, number>();
  for (const path of zones) {
    if (path === region) return undefined;
    const zone = path.slice(region.length + 1);
    counts.set(zone, (counts.get(zone) ?? 0) + 1);
  }
  if (counts.size === 0) return undefined;
  const isEven = [...counts.values()].every((count) => count === 1);
  return `over ${[...counts].map(([zone, count]) => (isEven ? zone : `${zone} \u00d7${count}`)).join(', ')}`;
}
