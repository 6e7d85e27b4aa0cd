import type { SinglePoint } from '../analysis/analysis.js';
import type { Fact } from '../model/fact.js';
import { sourceOf } from '../model/fact.js';
import type { Journey, Model } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { regionOf } from '../model/queries.js';
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
    const known = recovery.get(`${kind}-loss`);
    if (known === undefined || known.survives !== false || known.scope === undefined) return [];
    // The analysis calls the scope `provider aliyun`; what nobody stated has another name and is not found below.
    const scope = known.scope.startsWith(`${kind} `) ? known.scope.slice(kind.length + 1) : known.scope;
    const stated = statedDomains(model, kind, scope);
    const [first] = stated.facts;
    const source = first === undefined ? undefined : sourceOf(first);
    if (source === undefined || stated.regions.some((region) => regions.has(region))) return [];
    return [{ event: { kind, name: scope, source }, unavailability: 0, share: undefined }];
  });
}

/** Facts by `kind name` of the components of a model. */
const domainsOfComponents = oncePer((model: Model): ReadonlyMap<string, readonly Fact<string>[]> => {
  const found = new Map<string, Fact<string>[]>();
  for (const { fate } of model.components) {
    for (const kind of ['provider', 'account'] as const) {
      const fact = fate[kind];
      if (fact === undefined) continue;
      const key = `${kind} ${fact.value}`;
      const alike = found.get(key);
      if (alike === undefined) found.set(key, [fact]);
      else alike.push(fact);
    }
  }
  return found;
});

function statedDomains(
  model: Model,
  kind: 'provider' | 'account',
  name: string,
): { readonly facts: readonly Fact<string>[]; readonly regions: readonly string[] } {
  const facts: Fact<string>[] = [];
  const regions: string[] = [];
  for (const region of model.regions) {
    const own = [region.fate, ...region.zones.map((zone) => zone.fate)]
      .flatMap((fate) => fate[kind] ?? [])
      .filter((fact) => fact.value === name);
    facts.push(...own);
    if (own.length > 0) regions.push(region.name);
  }
  facts.push(...(domainsOfComponents(model).get(`${kind} ${name}`) ?? []));
  return { facts, regions };
}
