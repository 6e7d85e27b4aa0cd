/** Where a component can stand besides the regions that it uses: a region of the model, or a new one that the edits declare. */
import type { Edit } from '../edit/edit.js';
import type { Component, DisruptionClass, Fate, Model } from '../model/model.js';
import { lookup } from './lookup.js';
import { foreign } from './residency.js';

/** A region, and what has to be written so that it is there. */
export interface AnotherRegion {
  readonly name: string;
  /** `south`, `a new region`, for people. */
  readonly said: string;
  /** Paths of its zones; its own where it has none. */
  readonly zones: readonly string[];
  readonly edits: readonly Edit[];
}

/** What the region must not share with those that are used. */
export interface Apart {
  readonly kind: 'provider' | 'account';
  readonly name: string;
}

/** The name that a new region has until its author gives it a better one. */
const newName = 'second-region';

/** Where the first has one zone, a new region is none the worse for having those that most have. */
const usualZones: readonly string[] = ['a', 'b', 'c'];

/**
 * The first region of the model outside `used` where the law lets all of the components stand; where there is none, a new one with the
 * zones of the first of those used, under the same provider, account and law (apart from what it must not share, which its author has to
 * choose). Undefined where no region is used.
 */
export function anotherRegion(
  components: readonly Component[],
  model: Model,
  used: ReadonlySet<string>,
  apart?: Apart,
): AnotherRegion | undefined {
  const standing = model.regions.find(
    (region) =>
      !used.has(region.name) &&
      components.every((component) => maySettle(component, region.name, model)) &&
      (apart === undefined || liesBeyond(region.fate, apart)),
  );
  if (standing !== undefined) {
    const paths = standing.zones.map(({ path }) => path);
    return { name: standing.name, said: standing.name, zones: paths.length === 0 ? [standing.name] : paths, edits: [] };
  }
  const like = model.regions.find((region) => used.has(region.name));
  if (like === undefined) return undefined;
  const name = freeName(model);
  const stated = like.zones.map((zone) => zone.name);
  const zones = stated.length === 1 ? usualZones : stated;
  const lines = [...fateLines(like.fate, apart), ...(zones.length === 0 ? [] : [`zones ${zones.join(', ')}`])];
  const body = lines.length === 0 ? ' ' : `\n${lines.map((line) => `  ${line}\n`).join('')}`;
  return {
    name,
    said: apart === undefined ? 'a new region' : `a new region under another ${apart.kind}`,
    zones: zones.length === 0 ? [name] : zones.map((zone) => `${name}.${zone}`),
    edits: [{ kind: 'add-declaration', after: like.source, text: `region ${name} {${body}}` }],
  };
}

/** Whether a store with a residency keeps to it in the region; what states none may stand anywhere. */
function maySettle(component: Component, region: string, model: Model): boolean {
  return component.data.residency.length === 0 || foreign(component, [region], model) === undefined;
}

/** Whether the region states another provider (or account): where none is stated, nobody knows. */
function liesBeyond(fate: Fate, { kind, name }: Apart): boolean {
  const fact = fate[kind];
  return fact !== undefined && fact.value !== name;
}

/** The facts that a region of the same house has. */
function fateLines(fate: Fate, apart: Apart | undefined): readonly string[] {
  return (['provider', 'account', 'jurisdiction'] as const).flatMap((kind) => {
    if (apart?.kind === kind) return [`${kind} ${JSON.stringify(`another than ${apart.name}`)}`];
    const value = fate[kind]?.value;
    return value === undefined ? [] : [`${kind} ${JSON.stringify(value)}`];
  });
}

function freeName(model: Model): string {
  const { names } = lookup(model);
  let name = newName;
  for (let number = 2; names.has(name); number += 1) name = `${newName}-${number}`;
  return name;
}

/** The provider (or account) that a scope names: `provider aliyun`. */
export function domainOf(disruption: DisruptionClass, scope: string | undefined): Apart | undefined {
  const kind = disruption === 'provider-loss' ? 'provider' : disruption === 'account-loss' ? 'account' : undefined;
  if (kind === undefined || scope?.startsWith(`${kind} `) !== true) return undefined;
  return { kind, name: scope.slice(kind.length + 1) };
}

/** The edits of several changes that are made together: what each of them declares anew, such as one more region, is declared once. */
export function declaredOnce(edits: readonly Edit[]): readonly Edit[] {
  const seen = new Set<string>();
  return edits.filter((edit) => {
    if (edit.kind !== 'add-declaration') return true;
    const isNew = !seen.has(edit.text);
    seen.add(edit.text);
    return isNew;
  });
}
