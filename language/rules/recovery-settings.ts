/** What of a recovery time a design sets and no measurement, and how an edit sets it otherwise. */
import type { Figure } from '../analysis/figure.js';
import { anyFailover, failoverTo } from '../analysis/recovery/failover.js';
import type { Edit } from '../edit/edit.js';
import type { Fact, Source } from '../model/fact.js';
import type { Component, Failover, Model, Placement } from '../model/model.js';
import { activeRegions, keepsData, requiredInstances } from '../model/queries.js';
import { otherRegionFix, runsStatement } from './placement-fixes.js';
import { regionsOf, workingSites } from './sites.js';
import { writtenDuration } from './wording.js';

/** How soon it is noticed, who decides, how long an address is kept, how warm the standby is. */
export interface Setting {
  /** What the fix does, for its title: `detect 30s for orders`. */
  readonly said: (seconds: number) => string;
  readonly seconds: number;
  /** No fix asks for less, in seconds; `gone`: it takes the step away. */
  readonly least: number | 'gone';
  readonly edits: (seconds: number) => readonly Edit[];
}

/** A setting that a statement makes. */
export interface StatedSetting extends Setting {
  readonly at: Source;
}

const least = { detect: 5, hold: 5, ttl: 5, 'evicts after': 10 } as const;

/** Steps that a standby which runs, with its data, does not need. */
const coldTerms: ReadonlySet<string> = new Set(['provision', 'scale up', 'restore', 'increments', 'replay']);

/** What a block states, or a policy or `defaults` that it follows: there it is changed for all who follow, which makes them faster, too. */
export function settingsOf(component: Component): readonly StatedSetting[] {
  const found: StatedSetting[] = [];
  const add = (name: 'detect' | 'hold' | 'evicts after', fact: Fact<number> | undefined) => {
    const written = writtenIn(component, fact);
    if (fact === undefined || written === undefined) return;
    const last = name === 'evicts after' ? 'after' : name;
    const edits = (seconds: number): readonly Edit[] => [
      { kind: 'set-value', at: written.at, after: last, text: writtenDuration(seconds) },
    ];
    found.push({ at: written.at, said: saidOf(name, written.owner), seconds: fact.value, least: least[name], edits });
  };
  for (const failover of component.failovers) {
    add('detect', failover.detect);
    add('hold', failover.hold);
    found.push(...decision(component, failover), ...timeToLive(component, failover));
  }
  add('evicts after', component.evictsAfter);
  return found;
}

/** Where a fact is written, and by whom: the component, `policy gold`, `defaults service`. */
function writtenIn(
  { name }: Component,
  fact: Fact<unknown> | undefined,
): { readonly owner: string; readonly at: Source } | undefined {
  switch (fact?.origin.kind) {
    case 'stated':
      return { owner: name, at: fact.origin.at };
    case 'inherited':
      return { owner: fact.origin.from, at: fact.origin.at };
    default:
      return undefined;
  }
}

function decision(component: Component, { decide }: Failover): readonly StatedSetting[] {
  const written = writtenIn(component, decide);
  if (decide === undefined || written === undefined) return [];
  if (decide.value.delay === undefined || decide.value.mode !== 'manual') return [];
  const edits = (): readonly Edit[] => [{ kind: 'replace', at: written.at, text: 'decide automatic' }];
  const said = (): string => `decide automatically for ${written.owner}`;
  return [{ at: written.at, said, seconds: decide.value.delay, least: 'gone', edits }];
}

function timeToLive(component: Component, { switch: moved }: Failover): readonly StatedSetting[] {
  const written = writtenIn(component, moved);
  if (written === undefined || moved?.value.ttl === undefined) return [];
  const edits = (seconds: number): readonly Edit[] => [
    { kind: 'set-value', at: written.at, after: 'ttl', text: writtenDuration(seconds) },
  ];
  return [{ at: written.at, said: saidOf('ttl', written.owner), seconds: moved.value.ttl, least: least.ttl, edits }];
}

function saidOf(name: keyof typeof least, owner: string): Setting['said'] {
  return (seconds) => `${name} ${writtenDuration(seconds)} for ${owner}`;
}

/**
 * A standby that runs, with its data, where one waits to be provisioned, scaled up or restored, or none is placed: what that takes of the
 * figure goes. Of a store, where its promotion is timed: else nobody knows what takes the place. Undefined where it takes nothing.
 */
export function warmerStandby(component: Component, subject: string, { terms }: Figure, model: Model): Setting | undefined {
  const cold = terms.reduce(
    (sum, { name, note, seconds }) =>
      sum + (coldTerms.has(name) && (note?.split(':')[0] ?? subject) === component.name ? (seconds ?? 0) : 0),
    0,
  );
  const home = activeRegions(component);
  const away = component.placements.filter(({ role, region }) => role !== 'active' && role !== 'witness' && !home.has(region));
  const [standby, ...others] = away;
  if (cold <= 0 || home.size !== 1 || others.length > 0) return undefined;
  const holdsData = keepsData(component) && component.kind !== 'cache' && component.rebuildsFrom === undefined;
  const promote = (standby === undefined ? anyFailover(component) : failoverTo(model, component, standby.region)).promote;
  if (holdsData && promote === undefined) return undefined;
  const seconds = cold - (holdsData ? (promote?.value ?? 0) : 0);
  if (seconds <= 0) return undefined;
  if (standby === undefined) {
    const fix = otherRegionFix(component, model, new Set(regionsOf(workingSites(component))));
    if (fix === undefined) return undefined;
    return { said: () => fix.title.charAt(0).toLowerCase() + fix.title.slice(1), seconds, least: 'gone', edits: () => fix.edits };
  }
  const edits = warmed(component, standby, holdsData);
  return edits === undefined
    ? undefined
    : { said: () => `keep ${component.name} as a hot standby in ${standby.region}`, seconds, least: 'gone', edits: () => edits };
}

/** The standby hot and large enough; of a store with a copy of its data, where none goes there yet. */
function warmed(component: Component, standby: Placement, holdsData: boolean): readonly Edit[] | undefined {
  if (standby.pinned === true) return undefined;
  const count = Math.max(standby.zones.length, requiredInstances(component).count);
  const fed = component.data.replication.some(
    ({ region, mode }) => region === standby.region || (mode === 'async' && region === undefined),
  );
  return [
    { kind: 'replace', at: standby.source, text: runsStatement(count, standby.region, 'hot-standby') },
    ...(holdsData && !fed
      ? ([{ kind: 'add-statement', block: component.source, text: `replicates async to ${standby.region}` }] as const)
      : []),
  ];
}
