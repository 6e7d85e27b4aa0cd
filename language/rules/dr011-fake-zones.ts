import type { Source } from '../model/fact.js';
import { sourceOf } from '../model/fact.js';
import type { Component, Model } from '../model/model.js';
import { acceptFix } from './accept-fix.js';
import { declaredOnce } from './another-region.js';
import { placeCause } from './causes.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { regionAt, zoneAt } from './sites.js';
import { spokenList } from './wording.js';
import { askedFor, type Fall, fallsOf, reasonOf } from './zone-falls.js';
import { sharedBuildings, type ZoneLoss } from './zone-losses.js';
import { zoneSpreadFixes } from './zone-spread-fixes.js';

/** How many components one fix may touch: a larger change is a project, not a fix. */
const mostTouched = 20;

/** DR011: zones that are counted as separate and stand in one building. */
export const fakeZones: Rule = {
  code: 'DR011',
  name: 'fake-zones',
  title: 'Zones that share a building',
  severity: 'error',
  subsumes: ['DR006', 'DR012'],
  docs: {
    what: 'Two or more zones stand in the same `building`, and a component counts on them as separate: it survives the loss of each of them, it does not survive the loss of the building, and an objective that names zone-loss (its own or that of who is down without it), an availability objective of 99.9 % or more, or tier 0 or 1 asks that it does. Told once a building.',
    why: 'Zones with one roof, one power feed and one fire compartment are one zone. Sources: the OVHcloud fire in Strasbourg in 2021 (SBG1 burnt with SBG2); the flood in a Paris data centre of Google Cloud in 2023.',
    how: 'Use zones of other buildings, or a second region, for some of the instances.',
    bad: `region north {
  zone a { building "hall" }
  zone b { building "hall" }
  zone c { building "annex" }
}

service orders tier 1 { runs 2 in north zones a, b }
`,
    good: `region north {
  zone a { building "hall" }
  zone b { building "hall" }
  zone c { building "annex" }
}

service orders tier 1 { runs 2 in north zones a, c }
`,
  },
  check(context) {
    const buildings = sharedBuildings(context.model);
    if (buildings.length === 0) return [];
    const falls = fallsOf(context.model);
    const asked = askedFor(falls, context);
    return buildings.flatMap((building) => {
      const counting = falls.filter(
        (fall) =>
          fall.losses.includes(building) && reasonOf(fall.component, asked.get(fall.component.name), context) !== undefined,
      );
      return finding(building, counting, context) ?? [];
    });
  },
};

function finding(building: ZoneLoss, falls: readonly Fall[], context: RuleContext): RawFinding | undefined {
  const { model, analysis } = context;
  const zones = [...building.zones].sort();
  const region = regionAt(model, zones[1] ?? '');
  const components = falls.map(({ component }) => component).sort((a, b) => (a.name < b.name ? -1 : 1));
  if (components.length === 0 || region === undefined) return undefined;
  const names = spokenList(components.map(({ name }) => name));
  const verb = components.length === 1 ? 'counts' : 'count';
  return {
    message: `${spokenList(zones)} are one failure domain, ${building.name}, and ${names} ${verb} on them as separate: without it too little is left. Use a zone of another building.`,
    at: buildingFact(model, zones[1], building) ?? region.nameSource,
    related: [
      ...zones.flatMap((zone) => {
        const at = buildingFact(model, zone, building);
        return at === undefined ? [] : [{ message: `${zone} stands in ${building.name}.`, at }];
      }),
      ...components.map((component) => ({
        message: `${component.name} stands in ${building.name}.`,
        at: component.placements[0]?.source ?? component.nameSource,
      })),
    ],
    fixes: [...spreadAll(components, model), acceptFix('DR011', region, model, analysis.asOf)],
    subject: region.name,
    causes: components.map(({ name }) => placeCause(name, building.name)),
  };
}

/** Where the building of a zone is written: at the zone, else at its region. */
function buildingFact(model: Model, path: string | undefined, building: ZoneLoss): Source | undefined {
  if (path === undefined) return undefined;
  const facts = [...(zoneAt(model, path)?.fate.buildings ?? []), ...(regionAt(model, path)?.fate.buildings ?? [])];
  const fact = facts.find(({ value }) => building.name === `building ${value}`);
  return fact === undefined ? undefined : sourceOf(fact);
}

/** The best way of each component, all at once. */
function spreadAll(components: readonly Component[], model: Model): readonly Fix[] {
  if (components.length > mostTouched) return [];
  const ways = components.map((component) => zoneSpreadFixes(component, model));
  const [only] = ways;
  if (ways.length === 1 && only !== undefined) return only;
  const best = ways.flatMap(([first]) => first ?? []);
  if (best.length < ways.length) return [];
  return [
    { title: best.map(({ title }) => title).join('; '), edits: declaredOnce(best.flatMap(({ edits }) => edits)), safe: false },
  ];
}
