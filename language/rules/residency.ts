/** Which law holds where, and whether a store may lie there. */
import { type Source, sourceOf } from '../model/fact.js';
import type { Component, Model } from '../model/model.js';
import { regionAt, zoneAt } from './sites.js';

/** The law at a site, and where it is written. */
export function lawAt(model: Model, path: string): { readonly value: string; readonly at: Source | undefined } | undefined {
  const fact = zoneAt(model, path)?.fate.jurisdiction ?? regionAt(model, path)?.fate.jurisdiction;
  return fact === undefined ? undefined : { value: fact.value, at: sourceOf(fact) };
}

/** The first of the sites, by name, whose law is known and not allowed. */
export function foreign(
  store: Component,
  sites: readonly string[],
  model: Model,
): { readonly site: string; readonly law: string } | undefined {
  for (const site of [...sites].sort()) {
    const law = lawAt(model, site)?.value;
    if (law !== undefined && !isAllowed(store, law)) return { site, law };
  }
  return undefined;
}

/** Whether the residency of a store names the law. */
export function isAllowed({ data }: Component, law: string | undefined): boolean {
  return law !== undefined && data.residency.some(({ value }) => value === law);
}
