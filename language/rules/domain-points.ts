import type { SinglePoint } from '../analysis/analysis.js';
import type { Fact } from '../model/fact.js';
import { sourceOf } from '../model/fact.js';
import type { Journey, Model } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { activePlacements, regionOf } from '../model/queries.js';
import type { RuleContext } from './rule.js';

/** An event of a provider or an account, in the shape of the single points that the analysis gives for sites and components. */
export interface DomainPoint extends Omit<SinglePoint, 'event'> {
  readonly event: {
    readonly kind: 'provider' | 'account';
    readonly name: string;
    readonly source: NonNullable<ReturnType<typeof sourceOf>>;
  };
}

/**
 * The provider and the account whose loss alone takes the journey down, where one is stated. They carry no probability. Where a
 * region of it is a single point already, there is nothing to add: that region is what has to change.
 */
export function domainPoints(journey: Journey, { model, analysis }: RuleContext): readonly DomainPoint[] {
  const recovery = analysis.recovery(journey.name);
  const regions = new Set(
    analysis
      .singlePoints(journey.name)
      .flatMap(({ event }) => (event.kind === 'region' || event.kind === 'zone' ? [regionOf(event.name)] : [])),
  );
  return (['provider', 'account'] as const).flatMap((kind) => {
    if (!statesDomains(model).has(kind)) return [];
    const known = recovery.get(`${kind}-loss`);
    if (known === undefined || known.survives !== false || known.scope === undefined) return [];
    // The analysis calls the scope `provider aliyun`; what nobody stated has another name and is not found below.
    const scope = known.scope.startsWith(`${kind} `) ? known.scope.slice(kind.length + 1) : known.scope;
    const stated = statedDomains(model, kind, scope);
    const source = stated.fact === undefined ? undefined : sourceOf(stated.fact);
    if (source === undefined || stated.regions.some((region) => regions.has(region))) return [];
    return [{ event: { kind, name: scope, source }, unavailability: 0, share: undefined }];
  });
}

/** Of providers and accounts what is stated anywhere: of the others no loss has a place to be told at. */
const statesDomains = oncePer((model: Model): ReadonlySet<string> => {
  const fates = [...model.regions.flatMap((region) => [region, ...region.zones]), ...model.components].map(({ fate }) => fate);
  return new Set((['provider', 'account'] as const).filter((kind) => fates.some((fate) => fate[kind] !== undefined)));
});

/** The fact of the component first by name, for each `kind name` that components state. */
const domainsOfComponents = oncePer((model: Model): ReadonlyMap<string, Fact<string>> => {
  const found = new Map<string, { readonly owner: string; readonly fact: Fact<string> }>();
  for (const { name, fate } of model.components) {
    for (const kind of ['provider', 'account'] as const) {
      const fact = fate[kind];
      if (fact === undefined) continue;
      const key = `${kind} ${fact.value}`;
      const before = found.get(key);
      if (before === undefined || name < before.owner) found.set(key, { owner: name, fact });
    }
  }
  return new Map([...found].map(([key, { fact }]) => [key, fact]));
});

/**
 * Where the domain is stated, the region of that place, and the regions that state it. The fact is that of the region (then its zone, then the component) first by
 * name, of those where something serves before the others, so that the finding stays where it is when declarations change places.
 */
export function statedDomains(
  model: Model,
  kind: 'provider' | 'account',
  name: string,
): { readonly fact: Fact<string> | undefined; readonly region: string | undefined; readonly regions: readonly string[] } {
  const stated = model.regions.flatMap((region) => {
    const sites = [{ path: region.name, fate: region.fate }, ...region.zones];
    return sites.flatMap(({ path, fate }) => {
      const fact = fate[kind];
      return fact?.value === name ? [{ path, region: region.name, fact }] : [];
    });
  });
  const serving = servingRegions(model);
  const rank = (region: string): number => (serving.has(region) ? 0 : 1);
  const [first] = stated.sort((a, b) => rank(a.region) - rank(b.region) || (a.path < b.path ? -1 : 1));
  return {
    fact: first?.fact ?? domainsOfComponents(model).get(`${kind} ${name}`),
    region: first?.region,
    regions: [...new Set(stated.map(({ region }) => region))],
  };
}

/** Regions where an active instance stands. */
const servingRegions = oncePer(
  (model: Model): ReadonlySet<string> =>
    new Set(model.components.flatMap((component) => activePlacements(component).map((placement) => placement.region))),
);
