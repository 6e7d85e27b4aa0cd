import type { Edit } from '../edit/edit.js';
import { sourceOf } from '../model/fact.js';
import type { Component, Model, Placement, Region } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { activePlacements, isServingStandby, regionsByName } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { providersOf } from './control-needs.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { spokenList } from './wording.js';

/** What a region can mirror, in the order in which it is said. */
const mirrored = ['images', 'secrets', 'config', 'certificates', 'crds'] as const;
type Mirrored = (typeof mirrored)[number];

/** Who else brings it there while it is up. */
const broughtBy: Readonly<Partial<Record<Mirrored, string>>> = {
  images: 'registry',
  secrets: 'secrets',
  certificates: 'secrets',
};

/** A component that stands by in one region for another. */
interface Pair {
  readonly component: Component;
  readonly home: string;
  readonly standby: Placement;
}

/** DR060: the site that is to take over is not what the other one is. */
export const drSiteDrift: Rule = {
  code: 'DR060',
  name: 'dr-site-drift',
  title: 'Recovery site differs from the primary',
  severity: 'warning',
  subsumes: [],
  docs: {
    what: 'A component stands by in another region, and one of two. A part of the platform (`version`, else the `mesh` and `kubernetes` of the `model`) has another version there than where the component serves. Or what the component needs there is not brought there: images (`image`), secrets and config (`mounts`), a `certificate`, definitions of custom resources (`managed by operator`), each where some region of the model says what it `mirrors` and this one does not name it; images, secrets and certificates also where everybody who provides registry or secrets is down with the region that is left. Somebody who provides them and is still up brings them. What nobody mirrors or provides in the model is not judged; that a cold start lacks its registry is said by DR057.',
    why: 'The standby is used once in years, on the worst day, with what was rolled out there last: an old mesh, a secret that was rotated on one side only, an image that lies in a registry that burns. Sources: AWS Well-Architected REL13-BP04 (manage configuration drift at the DR site or Region).',
    how: 'Roll out to both sites, mirror what the standby needs (`mirrors`), compare the two each day, and write the versions as they are.',
    bad: `region north { zones a, b, c  version istio "1.28" }
region south { zones a, b, c  version istio "1.27" }

service orders {
  runs 3 in north
  runs 3 in south as hot standby
}
`,
    good: `region north { zones a, b, c  version istio "1.28" }
region south { zones a, b, c  version istio "1.28" }

service orders {
  runs 3 in north
  runs 3 in south as hot standby
}
`,
  },
  check(context) {
    const { model } = context;
    const speaks = model.regions.some(({ mirrors, versions }) => mirrors.length + versions.length > 0);
    if (!speaks && !providersOf(model).has('registry') && !providersOf(model).has('secrets')) return [];
    const regions = regionsByName(model);
    return [...pairsByRegion(model)].flatMap(([name, pairs]) => {
      const region = regions.get(name);
      return region === undefined
        ? []
        : [...versionsThatDiffer(region, pairs, regions, context), ...lacking(region, pairs, context)];
    });
  },
};

/** Pairs by the region that stands by, in order of the names of components. */
const pairsByRegion = oncePer((model: Model): ReadonlyMap<string, readonly Pair[]> => {
  const found = new Map<string, Pair[]>();
  for (const component of model.components) {
    const homes = new Set(activePlacements(component).map(({ region }) => region));
    for (const standby of component.placements) {
      if (standby.role === 'active' || standby.role === 'witness') continue;
      for (const home of homes) {
        if (home === standby.region) continue;
        const list = found.get(standby.region);
        if (list === undefined) found.set(standby.region, [{ component, home, standby }]);
        else list.push({ component, home, standby });
      }
    }
  }
  for (const list of found.values()) list.sort((a, b) => (a.component.name < b.component.name ? -1 : 1));
  return found;
});

interface Version {
  readonly version: string;
  readonly at: RawFinding['at'] | undefined;
}

/** The versions of a region, those of the model where it says nothing itself. */
function versionsOf({ versions }: Region, { settings }: Model): ReadonlyMap<string, Version> {
  const found = new Map<string, Version>();
  const { kubernetes, mesh } = settings;
  if (kubernetes !== undefined) found.set('kubernetes', { version: kubernetes.value, at: sourceOf(kubernetes) });
  if (mesh?.value.version !== undefined) found.set(mesh.value.name, { version: mesh.value.version, at: sourceOf(mesh) });
  for (const { name, version, source } of versions) found.set(name, { version, at: source });
  return found;
}

function versionsThatDiffer(
  region: Region,
  pairs: readonly Pair[],
  regions: ReadonlyMap<string, Region>,
  { model, analysis }: RuleContext,
): readonly RawFinding[] {
  const here = versionsOf(region, model);
  const homes = [...new Set(pairs.map(({ home }) => home))].sort().flatMap((name) => regions.get(name) ?? []);
  return [...here].flatMap(([part, { version, at }]): readonly RawFinding[] => {
    const others = homes.flatMap((home) => {
      const there = versionsOf(home, model).get(part);
      return there === undefined || there.version === version ? [] : [{ home: home.name, ...there }];
    });
    const [first] = others;
    if (first === undefined) return [];
    const names = spokenList([
      ...new Set(pairs.filter(({ home }) => home === first.home).map(({ component }) => component.name)),
    ]);
    return [
      {
        message: `${part} is ${version} in ${region.name} and ${first.version} in ${first.home}, for which it stands by with ${names}: what works there was not tried here. Bring both to one version.`,
        at: at ?? region.nameSource,
        related: others.flatMap((other) =>
          other.at === undefined ? [] : [{ message: `The version in ${other.home} is ${other.version}.`, at: other.at }],
        ),
        fixes: [...sameVersionFix(region, part, others, model), acceptFix('DR060', region, model, analysis.asOf)],
        subject: region.name,
        causes: [`version:${part}@${region.name}`],
      },
    ];
  });
}

/** The version of where the component serves, for the region that stands by; nothing where it stands by for two that differ. */
function sameVersionFix(
  region: Region,
  part: string,
  others: readonly { readonly home: string; readonly version: string }[],
  model: Model,
): readonly Fix[] {
  const versions = [...new Set(others.map(({ version }) => version))];
  const [wanted] = versions;
  const homes = new Set((pairsByRegion(model).get(region.name) ?? []).map(({ home }) => home));
  const agreed = model.regions.every(
    (each) => !homes.has(each.name) || (versionsOf(each, model).get(part)?.version ?? wanted) === wanted,
  );
  if (wanted === undefined || versions.length > 1 || !agreed) return [];
  const own = region.versions.find(({ name }) => name === part);
  const text = `version ${part} ${JSON.stringify(wanted)}`;
  const edit: Edit =
    own === undefined ? { kind: 'add-statement', block: region.source, text } : { kind: 'replace', at: own.source, text };
  return [{ title: `Bring ${part} of ${region.name} to ${wanted}`, edits: [edit], safe: false }];
}

/** What a component needs where it runs, of what can be mirrored. */
function needsOf({ deployment, data }: Component): ReadonlySet<Mirrored> {
  const needs = new Set<Mirrored>();
  if (deployment.image !== undefined) needs.add('images');
  if (deployment.certificate !== undefined) needs.add('certificates');
  for (const { kind } of deployment.mounts) needs.add(kind === 'secret' ? 'secrets' : 'config');
  if (data.managedBy?.value.manager === 'operator') needs.add('crds');
  return needs;
}

function lacking(region: Region, pairs: readonly Pair[], context: RuleContext): readonly RawFinding[] {
  const { model, analysis } = context;
  const own = new Set(region.mirrors.map(({ value }) => value));
  const anybodyMirrors = model.regions.some(({ mirrors }) => mirrors.length > 0);
  const open = pairs.flatMap((pair) => {
    const missing = [...needsOf(pair.component)].filter(
      (need) => !own.has(need) && isMissing(need, pair, anybodyMirrors, context),
    );
    return missing.length === 0 ? [] : [{ pair, missing }];
  });
  if (open.length === 0) return [];
  const kinds = mirrored.filter((kind) => open.some(({ missing }) => missing.includes(kind)));
  const names = spokenList([...new Set(open.map(({ pair }) => pair.component.name))]);
  const homes = spokenList([...new Set(open.map(({ pair }) => pair.home))].sort());
  const [mirrors] = region.mirrors;
  // Once a region says what it mirrors, all that its standbys need is judged by that.
  const needed = (kind: Mirrored): boolean =>
    pairs.some((pair) => needsOf(pair.component).has(kind) && isMissing(kind, pair, true, context));
  const wanted = mirrored.filter((kind) => own.has(kind) || needed(kind)).join(', ');
  return [
    {
      message: `Nothing brings ${spokenList(kinds)} of ${names} to ${region.name} once ${homes} is lost. Write \`mirrors ${wanted}\` there, and compare the two each day.`,
      at: (mirrors === undefined ? undefined : sourceOf(mirrors)) ?? region.nameSource,
      related: open.map(({ pair }) => ({ message: `${pair.component.name} stands by here.`, at: pair.standby.source })),
      fixes: [mirrorFix(region, wanted, kinds), acceptFix('DR060', region, model, analysis.asOf)],
      subject: region.name,
      causes: [`mirrors:${region.name}`],
    },
  ];
}

function isMissing(need: Mirrored, { home, standby }: Pair, anybodyMirrors: boolean, { model, analysis }: RuleContext): boolean {
  const role = broughtBy[need];
  const providers = role === undefined ? undefined : providersOf(model).get(role);
  if (providers === undefined) return anybodyMirrors;
  const down = analysis.downWithout(home);
  if (providers.some(({ name }) => !down.has(name))) return false;
  return need !== 'images' || isServingStandby(standby);
}

function mirrorFix(region: Region, wanted: string, kinds: readonly Mirrored[]): Fix {
  const [first] = region.mirrors;
  const statement = first === undefined ? undefined : sourceOf(first);
  const text = `mirrors ${wanted}`;
  return {
    title: `Mirror ${spokenList(kinds)} to ${region.name}`,
    edits: [
      statement === undefined ? { kind: 'add-statement', block: region.source, text } : { kind: 'replace', at: statement, text },
    ],
    safe: false,
  };
}
