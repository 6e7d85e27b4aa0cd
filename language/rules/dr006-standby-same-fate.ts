import { standingSide } from '../analysis/structure/standing.js';
import type { Edit } from '../edit/edit.js';
import { sourceOf } from '../model/fact.js';
import type { Component, Model, Placement, Region } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { activePlacements, regionOf } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { anotherRegion } from './another-region.js';
import { placeCause } from './causes.js';
import { runsStatement } from './placement-fixes.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { buildingsOf, regionsOf, workingSites } from './sites.js';
import { counted, spokenList } from './wording.js';

/** DR006: what takes the active side takes its standbys too. */
export const standbySameFate: Rule = {
  code: 'DR006',
  name: 'standby-same-fate',
  title: 'Standby shares the fate of its primary',
  severity: 'error',
  subsumes: ['DR012'],
  docs: {
    what: 'A component has standbys in other zones or regions, and one loss that they are there for takes the active side and every one of them: a zone with all zones in the same building, where a standby stands in the same region, or the region of the active side with all buildings that it uses, where a standby stands in another one. Where all stand in one zone and somebody asks for more, DR010 says it; where no standby can be reached by the loss, or one is left, nothing is said. Buildings that nobody states are each zone’s own.',
    why: 'A standby in the next room burns with the first one. Sources: the OVHcloud fire in Strasbourg in 2021, where two data centres stood side by side; NIST SP 800-34 Rev. 1 and SP 800-53 CP-6 and CP-7 (separation of alternate sites).',
    how: 'Place the standby in another building, best in another region.',
    bad: `region north { building "campus" zones a }
region south { building "campus" zones a }

service orders {
  runs 2 in north
  runs 2 in south as hot standby
}
`,
    good: `region north { building "campus" zones a }
region south { building "hill" zones a }

service orders {
  runs 2 in north
  runs 2 in south as hot standby
}
`,
  },
  check(context) {
    // Without buildings, sites of different regions share nothing.
    const anywhere = statesBuildings(context.model);
    return context.model.components
      .filter((component) => hasStandby(component) && (anywhere || standsByNear(component)))
      .flatMap((component) => judge(component, context) ?? []);
  },
};

const hasStandby = oncePer(
  (component: Component): boolean => component.placements.some(isStandby) && activePlacements(component).length > 0,
);

/** Whether a standby stands in a region of the active side. */
const standsByNear = oncePer((component: Component): boolean => {
  const regions = new Set(activePlacements(component).map(({ region }) => region));
  return component.placements.some((placement) => isStandby(placement) && regions.has(placement.region));
});

/** Places that are lost together. */
interface Loss {
  /** `north.a`, `north`. */
  readonly of: string;
  readonly buildings: ReadonlySet<string>;
}

function judge(component: Component, context: RuleContext): RawFinding | undefined {
  const { model, analysis } = context;
  const standbys = component.placements.filter(isStandby);
  const [first] = standbys;
  if (first === undefined) return undefined;
  const loss = lossesOf(component, model).find((each) => takesAll(component, each, model));
  if (loss === undefined) return undefined;
  const shared = sharedPlaces(component, loss, model);
  const where = shared.length === 0 ? loss.of : spokenList(shared);
  return {
    message: `The loss of ${loss.of} takes ${component.name} and ${standbys.length === 1 ? 'its standby' : 'all its standbys'}: both stand in ${where}. Place a standby elsewhere.`,
    at: first.source,
    related: [
      ...activePlacements(component).map((placement) => ({
        message: `${component.name} serves from here.`,
        at: placement.source,
      })),
      ...buildingFacts(model, shared),
    ],
    fixes: [...elsewhere(component, first, loss, model), acceptFix('DR006', component, model, analysis.asOf)],
    subject: component.name,
    causes: [
      `standby:${component.name}`,
      ...[...workingSites(component), ...shared.map((place) => `building ${place}`)].map((place) =>
        placeCause(component.name, place),
      ),
    ],
  };
}

const statesBuildings = oncePer((model: Model): boolean =>
  model.regions.some((region) => [region, ...region.zones].some(({ fate }) => fate.buildings.length > 0)),
);

function isStandby({ role }: Placement): boolean {
  switch (role) {
    case 'hot-standby':
    case 'warm-standby':
    case 'cold-standby':
    case 'pilot-light':
      return true;
    case 'active':
    case 'witness':
      return false;
  }
}

/** What the standbys are there for, by name: the zones of the active side where one stands in its region, else its regions. */
function lossesOf(component: Component, model: Model): readonly Loss[] {
  const active = [...new Set(activePlacements(component).flatMap((placement) => placement.zones))].sort();
  const regions = new Set(regionsOf(active));
  const standbys = component.placements.filter(isStandby);
  const zones = standbys.some((placement) => regions.has(placement.region)) ? active.filter((site) => site.includes('.')) : [];
  const whole = standbys.some((placement) => !regions.has(placement.region)) ? [...regions].sort() : [];
  return [...zones, ...whole].map((of) => ({ of, buildings: new Set(buildingsOf(model, of)) }));
}

/** Whether neither the active side, nor a standby that runs, nor the place of one that has to be started is left. */
function takesAll(component: Component, loss: Loss, model: Model): boolean {
  const isGone = (site: string): boolean => fallsWith(site, loss, model);
  if (standingSide(component, () => false) === undefined) return false;
  if (standingSide(component, ({ zone }) => isGone(zone)) !== undefined) return false;
  // A standby that the loss does not touch is no victim of it, even where its quorum or its votes are.
  return component.placements.filter(isStandby).every((placement) => placement.zones.some(isGone));
}

function fallsWith(site: string, { of, buildings }: Loss, model: Model): boolean {
  return site === of || site.startsWith(`${of}.`) || buildingsOf(model, site).some((building) => buildings.has(building));
}

/** Buildings that the active side and a standby share, else the sites. */
function sharedPlaces(component: Component, loss: Loss, model: Model): readonly string[] {
  const standing = component.placements.filter(isStandby).flatMap((placement) => placement.zones);
  const places = standing.filter((site) => fallsWith(site, loss, model)).flatMap((site) => buildingsOf(model, site));
  return [...new Set(places.filter((place) => loss.buildings.has(place)))].sort();
}

function buildingFacts(model: Model, names: readonly string[]): RawFinding['related'] {
  const fates = model.regions.flatMap((region) => [region, ...region.zones]);
  return fates.flatMap(({ fate }) =>
    fate.buildings
      .filter((building) => names.includes(building.value))
      .flatMap((building) => {
        const at = sourceOf(building);
        return at === undefined ? [] : [{ message: `Stands in ${building.value}.`, at }];
      }),
  );
}

/**
 * One standby more, of the same kind, where the loss does not reach: in another region, by name the first two; else in a zone of the same
 * region, or in a new one.
 */
function elsewhere(component: Component, standby: Placement, loss: Loss, model: Model): readonly Fix[] {
  const used = new Set(regionsOf(workingSites(component)));
  const free = (region: Region): boolean => {
    const sites = region.zones.length === 0 ? [region.name] : region.zones.map((zone) => zone.path);
    return !used.has(region.name) && sites.every((site) => !fallsWith(site, loss, model));
  };
  const others = model.regions
    .filter(free)
    .map(({ name }) => name)
    .sort()
    .slice(0, 2)
    .map((name) => ({ name, said: name, edits: [] }));
  const reached = new Set(model.regions.map(({ name }) => name));
  const made = others.length > 0 ? undefined : anotherRegion([component], model, reached);
  const zones = others.length > 0 || loss.of === regionOf(loss.of) ? [] : zonesBeside(component, loss, model);
  return [...others, ...zones, ...(made === undefined ? [] : [made])].map(({ name, said, edits }) => ({
    title: `Add ${counted(standby.zones.length, 'standby', 'standbys')} of ${component.name} in ${said}`,
    edits: [
      runsStatement(standby.zones.length, name, standby.role),
      ...(component.kind === 'database' && !name.includes('.') ? [`replicates async to ${name}`] : []),
    ]
      .map((text): Edit => ({ kind: 'add-statement', block: component.source, text }))
      .concat(edits),
    safe: false,
  }));
}

/** The first zone, by name, of the regions of the active side that the loss does not reach. */
function zonesBeside(component: Component, loss: Loss, model: Model): readonly { name: string; said: string; edits: Edit[] }[] {
  const regions = new Set(activePlacements(component).map(({ region }) => region));
  return model.regions
    .filter(({ name }) => regions.has(name))
    .flatMap((region) => region.zones.map(({ path }) => path))
    .filter((path) => !fallsWith(path, loss, model))
    .sort()
    .slice(0, 1)
    .map((path) => ({ name: path, said: path, edits: [] }));
}
