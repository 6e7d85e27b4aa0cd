import type { Edit } from '../edit/edit.js';
import { sourceOf } from '../model/fact.js';
import type { Component, Edge, Placement } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { activePlacements, activeRegions, instanceCount, isServingStandby, keepsData, regionsByName } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { lookup } from './lookup.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { spokenList } from './wording.js';

/** DR013: calls that leave the region though a copy stands beside the caller, and a disk that pins what could move. */
export const dataComputeMisplacement: Rule = {
  code: 'DR013',
  name: 'data-compute-misplacement',
  title: 'Data far from what uses it',
  severity: 'warning',
  subsumes: [],
  docs: {
    what: 'A component that serves in a region requires one that keeps data and whose active instances all stand in other regions, while a hot or warm standby of it stands in the region of the caller; calls marked `writes` and edges `in same region` are left out. Or the only instance of a store has a disk of one zone (`storage zonal`) in a region with several.',
    why: 'Each call pays the round trip between the regions and fails with the link between them. A disk of one zone holds its instance there when the zone is lost: nothing can start it in another. Sources: Azure Proactive Resiliency Library (zone-redundant storage for persistent volumes); Kubernetes, persistent volumes and node affinity.',
    how: 'Read from the copy in the region of the caller (`in same region`); use disks that are copied over the zones.',
    bad: `region north { zones a, b, c }
region south { zones a, b, c }

database catalog {
  runs 3 in north
  runs 3 in south as hot standby
}
service pages {
  runs 2 in north
  runs 2 in south
  requires catalog { reads }
}
`,
    good: `region north { zones a, b, c }
region south { zones a, b, c }

database catalog {
  runs 3 in north
  runs 3 in south as hot standby
}
service pages {
  runs 2 in north
  runs 2 in south
  requires catalog in same region { reads }
}
`,
  },
  check(context) {
    const { components } = lookup(context.model);
    const found: RawFinding[] = [];
    for (const component of context.model.components) {
      for (const edge of readsOf(component)) {
        if (edge.targets.every(({ name }) => copiesBeside(components.get(name)).length === 0)) continue;
        const far = farRead(component, edge, context);
        if (far !== undefined) found.push(far);
      }
      if (component.data.storage?.value === 'zonal') found.push(...pinned(component, context));
    }
    return found;
  },
};

/** Edges that could go to the copy in the caller's own region. */
const readsOf = oncePer(({ edges }: Component): readonly Edge[] =>
  edges.filter(
    ({ kind, sameRegion, writes, quantifier }) =>
      kind === 'requires' && !sameRegion && writes === undefined && quantifier.kind === 'all',
  ),
);

/** Copies that can serve in regions where nothing of the store is active. */
function copiesBeside(store: Component | undefined): readonly Placement[] {
  return store === undefined ? [] : servingCopies(store);
}

const servingCopies = oncePer((store: Component): readonly Placement[] => {
  const active = activeRegions(store);
  if (!keepsData(store) || active.size === 0) return [];
  return store.placements.filter((placement) => isServingStandby(placement) && !active.has(placement.region));
});

function farRead(owner: Component, edge: Edge, { model, analysis }: RuleContext): RawFinding | undefined {
  const { components } = lookup(model);
  const here = activeRegions(owner);
  for (const target of edge.targets) {
    const store = components.get(target.name);
    const copy = copiesBeside(store).find(({ region }) => here.has(region));
    if (store === undefined || copy === undefined) continue;
    const active = activeRegions(store);
    return {
      message: `${owner.name} in ${copy.region} calls ${store.name} in ${spokenList([...active].sort())}, though a copy stands in ${copy.region}: each call crosses the regions. Read from the copy beside it.`,
      at: target.at,
      related: [
        { message: `A copy of ${store.name} stands in ${copy.region}.`, at: copy.source },
        ...activePlacements(owner)
          .filter(({ region }) => region === copy.region)
          .map((placement) => ({ message: `${owner.name} serves from here.`, at: placement.source })),
      ],
      fixes: [...localFix(owner, edge, target.name, here, components), acceptFix('DR013', owner, model, analysis.asOf)],
      subject: owner.name,
      causes: [`far:${owner.name}@${store.name}`],
    };
  }
  return undefined;
}

/**
 * Asks for the copy in the caller's own region, where everything in the list stands in all regions of the caller; else for this one of the
 * list alone, where nothing more is said of the calls.
 */
function localFix(
  owner: Component,
  edge: Edge,
  wanted: string,
  here: ReadonlySet<string>,
  components: ReadonlyMap<string, Component>,
): readonly Fix[] {
  const serves = (placement: Placement): boolean => placement.role === 'active' || isServingStandby(placement);
  const isEverywhere = ({ name }: { readonly name: string }): boolean => {
    const regions = new Set((components.get(name)?.placements ?? []).filter(serves).map(({ region }) => region));
    return [...here].every((region) => regions.has(region));
  };
  const last = [...edge.targets, ...edge.journeys].sort((a, b) => a.at.end - b.at.end).at(-1);
  if (last === undefined || edge.from !== undefined) return [];
  const at = { uri: last.at.uri, start: last.at.end, end: last.at.end };
  const title = `Let ${owner.name} read from its own region`;
  if (!edge.targets.every(isEverywhere)) {
    const says = edge.source.end > last.at.end || edge.journeys.length > 0;
    if (says || !isEverywhere({ name: wanted })) return [];
    const others = edge.targets.filter(({ name }) => name !== wanted).map(({ name }) => name);
    const edits: readonly Edit[] = [
      { kind: 'replace', at: edge.source, text: `requires ${others.join(', ')}` },
      { kind: 'add-statement', block: owner.source, text: `requires ${wanted} in same region` },
    ];
    return [{ title: `Let ${owner.name} read ${wanted} from its own region`, edits, safe: false }];
  }
  return [{ title, edits: [{ kind: 'replace', at, text: ' in same region' }], safe: false }];
}

/** The one instance of a store whose disk stays in its zone. */
function pinned(store: Component, { model, analysis }: RuleContext): readonly RawFinding[] {
  const { storage } = store.data;
  const working = store.placements.filter((placement) => placement.role !== 'witness');
  const [only] = working;
  const region = only === undefined ? undefined : regionsByName(model).get(only.region);
  if (storage?.value !== 'zonal' || only === undefined || instanceCount(working) !== 1) return [];
  if (region === undefined || region.zones.length < 2) return [];
  const at = sourceOf(storage);
  if (at === undefined) return [];
  const change =
    storage.origin.kind === 'stated'
      ? [
          {
            title: `Copy the disk of ${store.name} over the zones of ${region.name}`,
            edits: [{ kind: 'replace', at, text: 'storage regional' }] as const,
            safe: false,
          },
        ]
      : [];
  return [
    {
      message: `The only instance of ${store.name} has a disk of one zone: when that zone of ${region.name} is lost, it cannot start in the ${region.zones.length - 1 === 1 ? 'other one' : `${region.zones.length - 1} others`}. Copy the disk over the zones.`,
      at,
      related: [{ message: `${store.name} runs here.`, at: only.source }],
      fixes: [...change, acceptFix('DR013', store, model, analysis.asOf)],
      subject: store.name,
      causes: [`disk:${store.name}`],
    },
  ];
}
