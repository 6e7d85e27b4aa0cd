import { standingSide } from '../analysis/structure/standing.js';
import type { Edit } from '../edit/edit.js';
import type { Component, Model, Placement } from '../model/model.js';
import { countFix, runsStatement } from './placement-fixes.js';
import type { Fix } from './rule.js';
import { voteGroups } from './vote-groups.js';
import { standsZoneLosses } from './zone-spread-fixes.js';

/** How many instances more a fix may ask for in one place. */
const mostAdded = 4;

/** How many ways are offered. */
const mostOffered = 2;

interface Candidate {
  readonly fix: Fix;
  /** Instances that come and go. */
  readonly moved: number;
}

/**
 * Ways to place the votes of a component so that they are odd, at least three, and, with `overRegions`, hold with any region off: another
 * count in one place, a witness in a region that has none yet, or both. Each is tried on the component before it is offered; fewest changes
 * first.
 */
export function voteFixes(component: Component, overRegions: boolean, model: Model): readonly Fix[] {
  const withWitness = witnessPlaces(component, model);
  const counts = component.placements.flatMap((placement) => recounted(component, placement, model));
  const changes: readonly Change[] = [
    ...counts,
    ...withWitness,
    ...counts.flatMap((count) => withWitness.map((witness) => both(component, count, witness))),
  ];
  const stoodZones = standsZoneLosses(component, model);
  return changes
    .flatMap((change): readonly Candidate[] => {
      const tried: Component = { ...component, placements: change.placements };
      if (!hasSoundVotes(tried) || voteGroups(tried).length < voteGroups(component).length) return [];
      if (overRegions && tried.placements.some(({ region }) => !standsRegionLoss(tried, region))) return [];
      if (stoodZones && !standsZoneLosses(tried, model)) return [];
      return [{ fix: { title: change.title, edits: change.edits, safe: false }, moved: change.moved }];
    })
    .sort((a, b) => a.moved - b.moved || (a.fix.title < b.fix.title ? -1 : 1))
    .slice(0, mostOffered)
    .map(({ fix }) => fix);
}

function hasSoundVotes(component: Component): boolean {
  return voteGroups(component).every(({ members }) => members.length >= 3 && members.length % 2 === 1);
}

/** Whether a side of the component stands by its own instances and votes with the region off. */
export function standsRegionLoss(component: Component, region: string): boolean {
  return standingSide(component, (instance) => instance.region === region) !== undefined;
}

interface Change {
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly placements: readonly Placement[];
  readonly moved: number;
}

/** Other counts of one placement, over the zones it has or, where the author left that open, over all zones of its region. */
function recounted(component: Component, placement: Placement, model: Model): readonly Change[] {
  if (placement.zones.length === 0 || placement.count.origin.kind !== 'stated') return [];
  const region = model.regions.find(({ name }) => name === placement.region);
  const whole = region?.zones.map((zone) => zone.path) ?? [];
  const open = placement.pinned === undefined && whole.length > 0 ? whole : [...new Set(placement.zones)];
  const now = placement.zones.length;
  const others = Array.from({ length: now + mostAdded }, (_, index) => index + 1).filter((count) => count !== now);
  return others.flatMap((count): readonly Change[] => {
    const fix = countFix(component, placement, count);
    if (fix === undefined) return [];
    const zones = Array.from({ length: count }, (_, index) => open[index % open.length] ?? placement.region);
    const placements = component.placements.map((each) => (each === placement ? { ...placement, zones } : each));
    return [{ title: fix.title, edits: fix.edits, placements, moved: Math.abs(count - now) }];
  });
}

/** A witness in each region where nothing of the component stands. */
function witnessPlaces(component: Component, model: Model): readonly Change[] {
  const [first] = component.placements;
  const used = new Set(component.placements.map(({ region }) => region));
  if (first === undefined) return [];
  return model.regions
    .filter(({ name }) => !used.has(name))
    .slice(0, mostOffered)
    .map((region) => {
      const zone = region.zones[0]?.path ?? region.name;
      const witness: Placement = { ...first, region: region.name, role: 'witness', zones: [zone] };
      return {
        title: `Run a witness of ${component.name} in ${region.name}`,
        edits: [{ kind: 'add-statement', block: component.source, text: runsStatement(1, region.name, 'witness') }],
        placements: [...component.placements, witness],
        moved: 1,
      };
    });
}

function both(component: Component, count: Change, witness: Change): Change {
  const added = witness.placements.slice(component.placements.length);
  return {
    title: `${count.title}, and ${witness.title.charAt(0).toLowerCase()}${witness.title.slice(1)}`,
    edits: [...count.edits, ...witness.edits],
    placements: [...count.placements, ...added],
    moved: count.moved + witness.moved,
  };
}
