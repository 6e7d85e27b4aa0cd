import type { Edit } from '../edit/edit.js';
import type { Component, ComponentKind, Edge, Model } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { activePlacements, instanceCount, keepsData } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { lookup } from './lookup.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { effectiveTiers } from './tier.js';
import { counted, spokenList, writtenDuration } from './wording.js';

/** Proposed where load and timeout do not say how many calls are open at a time. */
const usualConnections = 100;
/** No limit below this is proposed: what is hardly called may be called in bursts. */
const leastConnections = 10;

/** Kinds that keep their callers apart, or that a provider keeps apart. */
const uncalled: ReadonlySet<ComponentKind> = new Set(['queue', 'bucket']);

/** A call of something that others call too. */
interface SharedCall {
  readonly edge: Edge;
  readonly callee: Component;
  readonly callers: readonly Component[];
}

/** DR027: something shared is called without a limit, so that one caller can take it, or itself, down for all. */
export const noBreakerOrBulkhead: Rule = {
  code: 'DR027',
  name: 'no-breaker-or-bulkhead',
  title: 'Shared dependency called without a limit',
  severity: 'info',
  subsumes: [],
  docs: {
    what: 'A component of tier 0 (an unstated tier is that of the strictest caller) requires something that another component calls too, and its call states no `breaker` with a limit of `connections`, or, where what it calls is a service or gateway, with ejection (`errors`, `within` or `ejects`). A warning instead, said of the others: something less critical calls what tier 0 requires, and states no limit of `connections`. Queues and buckets are left out, and so is what provides a role of the platform (`provides`).',
    why: 'Without a limit every caller may open as many calls as there is work: what floods a shared callee takes it from all, and a callee that hangs fills up its callers. A mesh sets no limit by itself. Sources: the Istio reference of ConnectionPoolSettings (`maxConnections` 2^32−1 by default); Nygard, Release It! (bulkheads and circuit breakers).',
    how: 'Limit the connections of each caller to what its load needs, and stop calling instances that fail: `breaker errors 5 within 10s ejects 30s connections 100`.',
    bad: `region north { zones a, b, c }

service orders tier 0 {
  runs 3 in north
  requires prices { timeout 200ms  breaker errors 5 within 10s ejects 30s connections 50 }
}
service report tier 3 {
  runs 3 in north
  requires prices
}
service prices { runs 3 in north }
`,
    good: `region north { zones a, b, c }

service orders tier 0 {
  runs 3 in north
  requires prices { timeout 200ms  breaker errors 5 within 10s ejects 30s connections 50 }
}
service report tier 3 {
  runs 3 in north
  requires prices { breaker connections 10 }
}
service prices { runs 3 in north }
`,
  },
  check(context) {
    const tiers = effectiveTiers(context.model);
    const critical = context.model.components.filter(({ name, kind }) => tiers.get(name) === 0 && kind !== 'job');
    const needed = new Map<string, Component[]>();
    const calls = critical.map((owner) => ({ owner, shared: sharedCalls(owner, false, context) }));
    for (const { owner, shared } of calls) {
      for (const { callee } of shared) {
        const known = needed.get(callee.name);
        if (known === undefined) needed.set(callee.name, [owner]);
        else if (!known.includes(owner)) known.push(owner);
      }
    }
    if (needed.size === 0) return [];
    const flooded = new Set<string>();
    const floods = context.model.components.flatMap((owner) => {
      const open = tiers.get(owner.name) === 0 ? [] : unlimited(owner, needed, context);
      for (const { callee } of open) flooded.add(callee.name);
      return open.length === 0 ? [] : [floodFinding(owner, open, needed, tiers.get(owner.name), context)];
    });
    return [...floods, ...calls.flatMap(({ owner, shared }) => openFinding(owner, shared, flooded, context) ?? [])];
  },
};

/** What calls each component, each caller once: only what can be flooded. */
const callersByCallee = oncePer((model: Model): ReadonlyMap<string, readonly Component[]> => {
  const { components } = lookup(model);
  const found = new Map<string, Component[]>();
  for (const owner of model.components) {
    for (const { kind, targets } of owner.edges) {
      if (kind !== 'requires' && kind !== 'wants') continue;
      for (const { name } of targets) {
        const known = found.get(name);
        if (known !== undefined) {
          if (known.at(-1) !== owner) known.push(owner);
          continue;
        }
        const callee = components.get(name);
        if (callee !== undefined && !uncalled.has(callee.kind) && callee.provides.length === 0) found.set(name, [owner]);
      }
    }
  }
  return found;
});

/** Calls of a component that something else calls too: what it requires, or what it wants as well. */
function sharedCalls(owner: Component, isWanted: boolean, { model }: RuleContext): readonly SharedCall[] {
  const callers = callersByCallee(model);
  const { components } = lookup(model);
  const found: SharedCall[] = [];
  for (const edge of owner.edges) {
    if (edge.kind !== 'requires' && !(isWanted && edge.kind === 'wants')) continue;
    for (const { name } of edge.targets) {
      const callee = components.get(name);
      const all = callers.get(name);
      if (callee !== undefined && all !== undefined && all.length > 1) found.push({ edge, callee, callers: all });
    }
  }
  return found;
}

/** Calls without a limit of what tier 0 requires. */
function unlimited(
  owner: Component,
  needed: ReadonlyMap<string, readonly Component[]>,
  context: RuleContext,
): readonly SharedCall[] {
  const mayFlood = ({ breaker, targets }: Edge): boolean =>
    breaker?.connections === undefined && targets.some(({ name }) => needed.has(name));
  // Most components call nothing that tier 0 requires.
  if (!owner.edges.some(mayFlood)) return [];
  return sharedCalls(owner, true, context).filter(
    ({ edge, callee }) => edge.breaker?.connections === undefined && needed.has(callee.name),
  );
}

/** What is less critical and may flood what tier 0 requires: one finding for all such calls of a component. */
function floodFinding(
  owner: Component,
  open: readonly SharedCall[],
  needed: ReadonlyMap<string, readonly Component[]>,
  tier: number | undefined,
  context: RuleContext,
): RawFinding {
  const callees = [...new Set(open.map(({ callee }) => callee.name))];
  const critical = [...new Set(callees.flatMap((name) => needed.get(name) ?? []))];
  const names = critical.map(({ name }) => name).sort();
  const who = tier === undefined ? owner.name : `${owner.name}, tier ${tier},`;
  return {
    severity: 'warning',
    message: `${who} calls ${spokenList(callees)} without a limit of connections: what it floods is gone for ${spokenList(names)}, tier 0, as well. Limit its connections.`,
    at: open[0]?.edge.source ?? owner.nameSource,
    related: critical
      .slice(0, 8)
      .map(({ name, nameSource }) => ({ message: `${name} is tier 0 and requires it.`, at: nameSource })),
    fixes: [...limitFix(owner, open), acceptFix('DR027', owner, context.model, context.analysis.asOf)],
    subject: owner.name,
    causes: [`flood:${owner.name}`],
  };
}

/** What was last said of a caller, and of which calls. */
const said = new WeakMap<
  Component,
  { readonly open: readonly SharedCall[]; readonly on: string; readonly finding: RawFinding }
>();

/** What tier 0 calls without a limit of its own, apart from what others are said to flood. Said anew only where something about it has changed. */
function openFinding(
  owner: Component,
  shared: readonly SharedCall[],
  flooded: ReadonlySet<string>,
  context: RuleContext,
): RawFinding | undefined {
  const open = shared.filter(({ edge, callee }) => !flooded.has(callee.name) && lacks(edge, callee).length > 0);
  const [first] = open;
  if (first === undefined) return undefined;
  const on = `${context.analysis.asOf} ${context.model.settings.owner?.value ?? ''}`;
  const before = said.get(owner);
  if (before?.on === on && areSame(before.open, open)) return before.finding;
  const finding = findingOf(owner, first, open, context);
  said.set(owner, { open, on, finding });
  return finding;
}

function areSame(one: readonly SharedCall[], other: readonly SharedCall[]): boolean {
  const isSame = (call: SharedCall, { edge, callee, callers } = call): boolean =>
    call.edge === edge &&
    call.callee === callee &&
    call.callers.length === callers.length &&
    call.callers.every((caller, index) => caller === callers[index]);
  return one.length === other.length && one.every((call, index) => isSame(call, other[index]));
}

function findingOf(owner: Component, first: SharedCall, open: readonly SharedCall[], context: RuleContext): RawFinding {
  const callees = [...new Set(open.map(({ callee }) => callee.name))];
  const missing = [...new Set(open.flatMap(({ edge, callee }) => lacks(edge, callee)))];
  const others = [
    ...new Set(open.flatMap(({ callers }) => callers.flatMap(({ name }) => (name === owner.name ? [] : [name])))),
  ].sort();
  return {
    message: `${owner.name}, tier 0, shares ${spokenList(callees)} with ${spokenList(others)} and calls without ${missing.join(' or ')}: when that hangs, its own connections fill up. Add a breaker.`,
    at: first.edge.source,
    related: open.slice(1, 8).map(({ edge, callee }) => ({ message: `${callee.name} is shared too.`, at: edge.source })),
    fixes: [...limitFix(owner, open), acceptFix('DR027', owner, context.model, context.analysis.asOf)],
    subject: owner.name,
    causes: [`breaker:${owner.name}`],
  };
}

/** An instance of a store is no other instance's double: there is nothing to eject there. */
function lacks({ breaker }: Edge, callee: Component): readonly string[] {
  const ejects = breaker?.errors ?? breaker?.within ?? breaker?.ejects;
  const canEject = !keepsData(callee) && callee.kind !== 'external';
  return [
    ...(breaker?.connections === undefined ? ['a limit of connections'] : []),
    ...(canEject && ejects === undefined ? ['ejection of what fails'] : []),
  ];
}

/** A breaker on each of these calls; nothing where one stands in a policy, whose followers may need other limits. */
function limitFix(owner: Component, open: readonly SharedCall[]): readonly Fix[] {
  if (open.some(({ edge }) => edge.from !== undefined)) return [];
  const edges = [...new Map(open.map((call) => [call.edge, call])).values()];
  const most = Math.max(...edges.map(({ edge }) => connectionsFor(owner, edge)));
  const callees = spokenList([...new Set(open.map(({ callee }) => callee.name))]);
  return [
    {
      title: `Limit the calls of ${owner.name} to ${callees} to ${counted(most, 'connection')}`,
      edits: edges.map(({ edge, callee }): Edit => {
        const text = breakerText(owner, edge, callee);
        const at = edge.breaker?.source;
        return at === undefined ? { kind: 'add-statement', block: edge.source, text } : { kind: 'replace', at, text };
      }),
      safe: false,
    },
  ];
}

function breakerText(owner: Component, edge: Edge, callee: Component): string {
  const { breaker } = edge;
  const said = (['errors', 'within', 'ejects'] as const).map((word) => ({ word, value: breaker?.[word]?.value }));
  // A wish has its fallback: a limit is enough there.
  const isNew = edge.kind === 'requires' && lacks(edge, callee).includes('ejection of what fails');
  const usual = { errors: '5', within: '10s', ejects: '30s' };
  const parts = said.flatMap(({ word, value }) => {
    if (value !== undefined) return [`${word} ${word === 'errors' ? value : writtenDuration(value)}`];
    return isNew ? [`${word} ${usual[word]}`] : [];
  });
  const connections = breaker?.connections?.value ?? connectionsFor(owner, edge);
  return ['breaker', ...parts, `connections ${connections}`].join(' ');
}

/** How many calls of one instance are open at a time when all take as long as they may: rate × timeout (Little's law), rounded up to tens. */
function connectionsFor(owner: Component, { timeout }: Edge): number {
  const { load, peak } = owner.demand;
  const rate = (peak ?? load)?.value;
  const instances = instanceCount(activePlacements(owner));
  if (rate === undefined || timeout === undefined || instances === 0) return usualConnections;
  return Math.max(leastConnections, Math.ceil((rate / instances) * timeout.value * 0.1) * 10);
}
