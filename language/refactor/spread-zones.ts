/** Instances that are bound to some zones of a region spread over all of them. */
import type { Placement } from '../model/model.js';
import type { RefactorContext, Refactoring } from './refactoring.js';
import { componentAt } from './standby-region.js';

/** `Spread orders over zones a, b, c of cn-north`, on a component that is bound to fewer of them. */
export function spreadOverZones(context: RefactorContext): readonly Refactoring[] {
  const found = componentAt(context);
  if (found === undefined) return [];
  const { component, model } = found;
  const uri = context.document.uri.toString();
  const text = context.document.textDocument.getText();
  return component.placements.flatMap((placement): readonly Refactoring[] => {
    const region = model.regions.find((each) => each.name === placement.region);
    const { source } = placement;
    if (placement.pinned !== true || region === undefined || source.uri !== uri) return [];
    if (new Set(placement.zones).size >= region.zones.length || region.zones.length < 2) return [];
    const count = enough(
      placement,
      component.kind === 'coordinator' || component.data.replication.some((each) => each.quorum !== undefined),
    );
    const statement = text.slice(source.start, source.end);
    const role = / as [a-z ]+$/.exec(statement)?.[0] ?? '';
    const zones = region.zones.map((zone) => zone.name).join(', ');
    const more = count === placement.count.value ? '' : `${count} instances of `;
    return [
      {
        kind: 'rewrite',
        title: `Spread ${more}${component.name} over zones ${zones} of ${region.name}`,
        changes: [{ uri, start: source.start, end: source.end, text: `runs ${count} in ${region.name}${role}` }],
      },
    ];
  });
}

/** One instance cannot be spread: two at least, three where a majority decides. */
function enough(placement: Placement, majority: boolean): number {
  return Math.max(placement.count.value, majority ? 3 : 2);
}
