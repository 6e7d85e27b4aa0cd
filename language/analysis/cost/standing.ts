/** What a model costs to have: stated prices of components, and what replication and backups pay for crossing links. */
import type { Component, Link, Model } from '../../model/model.js';
import { activePlacements, componentsByName, instanceCount, regionOf } from '../../model/queries.js';
import { holdsData } from '../structure/sides.js';
import { type Amount, amountOf, between, missingAmount, product, sum } from './amount.js';
import { isPerData, perByte, perSecond, year } from './currency.js';

/**
 * Money per year to have a component, its instances counted where the price is `each`; unknown where no price is stated. `more`: instances
 * beside those that are placed.
 */
export function standingOf(component: Component, currency: string | undefined, more = 0): Amount {
  const prices = component.costs.filter(({ kind }) => kind === 'standing');
  if (prices.length === 0) return missingAmount(`cost of ${component.name}`);
  const instances = component.placements.length === 0 ? 1 : instanceCount(component.placements) + more;
  return sum(
    prices.map((price) =>
      product(perSecond(price, currency, `cost of ${component.name}`), amountOf(year * (price.each ? instances : 1))),
    ),
  );
}

/** Money per year that a link costs: its own price, and that of the data which replication and backups send over it. */
export function linkCost(model: Model, link: Link, currency: string | undefined): Amount {
  const whose = `cost of ${linkName(link)}`;
  return sum(
    link.costs.map((price) =>
      isPerData(price)
        ? product(perByte(price, currency, whose), bytesPerYear(model, link))
        : product(perSecond(price, currency, whose), amountOf(year)),
    ),
  );
}

/** `cn-north <-> cn-south` */
export function linkName(link: Link): string {
  return `${link.a} <-> ${link.b}`;
}

/** Bytes a year that copies of stores and backups send over a link. What calls send is in no model. */
function bytesPerYear(model: Model, link: Link): Amount {
  const [a, b] = [regionOf(link.a), regionOf(link.b)];
  if (a === b) return missingAmount(`traffic between ${link.a} and ${link.b}`);
  const byName = componentsByName(model);
  return sum(
    model.components.flatMap((store) => [...replicated(store, a, b), ...backedUp(store, a, b, (name) => byName.get(name))]),
  );
}

/** Each change crosses once for every copy over there, or once in all where the copies there pass it on. */
function replicated(store: Component, a: string, b: string): readonly Amount[] {
  const { changes, replication } = store.data;
  const copies = new Map<string, number>();
  for (const placement of store.placements.filter(({ role }) => holdsData(role))) {
    copies.set(placement.region, (copies.get(placement.region) ?? 0) + placement.zones.length);
  }
  const crosses = replication.some(
    ({ scope, region }) => scope !== 'within' && (region === undefined || region === a || region === b),
  );
  if (!crosses || !copies.has(a) || !copies.has(b)) return [];
  const active = [...new Set(activePlacements(store).map(({ region }) => region))];
  if (!active.includes(a) && !active.includes(b)) return [];
  if (changes === undefined) return [missingAmount(`changes of ${store.name}`)];
  if (active.length > 1 && copies.size > 2) return [missingAmount(`share of the changes of ${store.name} in each region`)];
  const both = active.includes(a) && active.includes(b);
  const [first = 1, second = 1] = [copies.get(a), copies.get(b)];
  const most = both ? Math.max(first, second) : active.includes(a) ? second : first;
  return [product(amountOf(changes.value * year), between(1, most))];
}

/** Fulls carry the whole size, logs and increments the changes since. A bucket in its own region is not across the link. */
function backedUp(
  store: Component,
  a: string,
  b: string,
  componentOf: (name: string) => Component | undefined,
): readonly Amount[] {
  const regions = new Set(regionsOf(store));
  return store.data.backups.flatMap((backup) =>
    backup.copies.flatMap((copy): readonly Amount[] => {
      const bucket = componentOf(copy.bucket.name);
      const targets = bucket === undefined ? [] : regionsOf(bucket);
      const crosses = targets.some(
        (target) => !regions.has(target) && ((target === a && regions.has(b)) || (target === b && regions.has(a))),
      );
      if (!crosses) return [];
      if (regions.size > 1) return [missingAmount(`region that backup ${backup.name} of ${store.name} is taken in`)];
      return backup.series.map((series) => {
        if (series.kind === 'snapshot') return missingAmount(`data that a snapshot of ${store.name} carries`);
        const size = store.data.size;
        if (series.kind === 'full') {
          return size === undefined ? missingAmount(`size of ${store.name}`) : amountOf((size.value * year) / series.every.value);
        }
        const { changes } = store.data;
        return changes === undefined ? missingAmount(`changes of ${store.name}`) : amountOf(changes.value * year);
      });
    }),
  );
}

function regionsOf(component: Component): readonly string[] {
  const active = activePlacements(component).map(({ region }) => region);
  return [...new Set(component.placements.length > 0 ? active : component.hosts.map(({ name }) => regionOf(name)))];
}
