import { durationText } from '../analysis/figure-text.js';
import { type Source, sourceOf } from '../model/fact.js';
import type { Component } from '../model/model.js';
import { acceptFix } from './accept-fix.js';
import { commonInterval } from './backup-fixes.js';
import { decidesAlone, type PromisedTime, placeKey, promisedTimes, raiseFix, strictestFirst } from './promised-times.js';
import { recoveryCause } from './recovery-cause.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { effectiveTiers } from './tier.js';
import { writtenDuration } from './wording.js';

/** The longest time to live, in seconds, that a failover of tier 0 waits for. */
const longest = 60;

/** Below this, in seconds, many resolvers keep an address longer than they are told. */
const shortest = 5;

interface DnsSwitch {
  readonly at: Source;
  /** The first by name that has it: several follow one policy. */
  component: Component;
  readonly ttl: number;
  /** Whether a component of tier 0 moves by it. */
  top: boolean;
  readonly unmet: PromisedTime[];
}

/** DR054: an address is kept for longer than the objective leaves for it. */
export const dnsTtlVsRto: Rule = {
  code: 'DR054',
  name: 'dns-ttl-vs-rto',
  title: 'DNS answer kept too long',
  severity: 'error',
  subsumes: ['DR052'],
  docs: {
    what: 'A failover with `switch dns` whose `ttl`, after detection and all other steps of the chain, ends past the `rto`, while without the `ttl` the objective would be met: an error, said instead of DR052. A warning where something of tier 0 moves by a `ttl` above 60 s.',
    why: 'Until the time to live is over callers go to the dead address, and some resolvers and clients keep it even longer than they are told. Sources: AWS Well-Architected and Route 53 Application Recovery Controller (failover by data plane, short records).',
    how: 'Lower the `ttl` before it is needed, or move traffic without DNS: `switch mesh`, or an address that moves (`switch address`).',
    bad: `region north { zones a, b, c }
region south { zones a, b, c }

service orders {
  runs 3 in north
  runs 3 in south as hot standby
  failover { detect 30s  decide automatic  switch dns ttl 5m }
  objective { region-loss { rto 3m } }
}
`,
    good: `region north { zones a, b, c }
region south { zones a, b, c }

service orders {
  runs 3 in north
  runs 3 in south as hot standby
  failover { detect 30s  decide automatic  switch dns ttl 30s }
  objective { region-loss { rto 3m } }
}
`,
  },
  check(context) {
    const unmet = promisedTimes(context).filter((time) => decidesAlone(time, Number.POSITIVE_INFINITY));
    const waits = unmet.flatMap(({ recovery }) => recovery.rto.terms.filter(({ name }) => name === 'switch'));
    const switches = dnsSwitches(
      context,
      new Set(waits.flatMap(({ source }) => (source === undefined ? [] : [placeKey(source)]))),
    );
    if (switches.size === 0) return [];
    for (const time of unmet) {
      for (const term of time.recovery.rto.terms) {
        const found = term.name === 'switch' && term.source !== undefined ? switches.get(placeKey(term.source)) : undefined;
        if (found !== undefined && !found.unmet.includes(time) && decidesAlone(time, waited(time, found.at)))
          found.unmet.push(time);
      }
    }
    return [...switches.values()].flatMap((found) => judge(found, context));
  },
};

/** Switches by DNS at these places, and those that wait longer than tier 0 may: of the others nothing is to be said. */
function dnsSwitches({ model }: RuleContext, places: ReadonlySet<string>): ReadonlyMap<string, DnsSwitch> {
  const found = new Map<string, DnsSwitch>();
  const tiers = effectiveTiers(model);
  for (const component of model.components) {
    for (const { switch: moved } of component.failovers) {
      const ttl = moved?.value.means === 'dns' ? moved.value.ttl : undefined;
      const at = moved === undefined ? undefined : sourceOf(moved);
      if (ttl === undefined || at === undefined || (ttl <= longest && (places.size === 0 || !places.has(placeKey(at))))) continue;
      const top = tiers.get(component.name) === 0;
      const known = found.get(placeKey(at));
      if (known === undefined) found.set(placeKey(at), { at, component, ttl, top, unmet: [] });
      else {
        known.top ||= top;
        if (component.name < known.component.name) known.component = component;
      }
    }
  }
  return found;
}

/** Seconds of a chain that wait for the time to live of this place; more than one component may move by it. */
function waited({ recovery }: PromisedTime, at: Source): number {
  return recovery.rto.terms.reduce(
    (sum, term) => sum + (term.source !== undefined && placeKey(term.source) === placeKey(at) ? (term.seconds ?? 0) : 0),
    0,
  );
}

function judge({ at, component, ttl, top, unmet }: DnsSwitch, { model, analysis }: RuleContext): readonly RawFinding[] {
  const tooLong = top && ttl > longest;
  const accept = acceptFix('DR054', component, model, analysis.asOf);
  // The one that leaves the least room decides what is short enough.
  const ordered = strictestFirst(unmet);
  const rooms = ordered.map((time) => roomOf(time, at, ttl));
  const room = Math.min(...rooms, top ? longest : Number.POSITIVE_INFINITY);
  const worst = ordered[rooms.indexOf(Math.min(...rooms))];
  if (worst === undefined) {
    if (!tooLong) return [];
    return [
      {
        severity: 'warning',
        message: `Callers of ${component.name}, tier 0, keep the old address for ${durationText(ttl)} after a failover. Keep it for ${durationText(longest)} at most.`,
        at,
        related: [],
        fixes: [...shorter(component, at, longest), accept],
        subject: component.name,
        causes: [],
      },
    ];
  }
  const { rto } = worst.recovery;
  const total = rto.status === 'known' ? rto.value : 0;
  const clears =
    Math.max(0, Math.min(...rooms)) >= shortest
      ? `A ttl of ${durationText(Math.min(...rooms))} is short enough.`
      : 'No ttl is short enough: switch without DNS.';
  return [
    {
      message: `Callers of ${component.name} keep the old address for ${durationText(ttl)}, so that ${worst.subject.name} is back from ${worst.promise.disruption} after ${durationText(total)}; its objective is ${durationText(worst.target.value)}. ${clears}`,
      at,
      related: ordered.map((time) => ({
        message: `${time.subject.name} promises ${durationText(time.target.value)} for ${time.promise.disruption}.`,
        at: sourceOf(time.target) ?? time.promise.source,
      })),
      fixes: [...shorter(component, at, room), ...(tooLong ? [] : raiseFix(ordered, 0)), accept],
      subject: component.name,
      causes: unmet.map((time) => recoveryCause(time.subject.name, time.promise.disruption)),
    },
  ];
}

/** The longest time to live, in seconds, that keeps the objective: what is left, shared by all on the chain that wait for it. */
function roomOf(time: PromisedTime, at: Source, ttl: number): number {
  const { rto } = time.recovery;
  const wait = waited(time, at);
  const count = ttl > 0 ? Math.max(1, Math.round(wait / ttl)) : 1;
  return (time.target.value - ((rto.status === 'known' ? rto.value : 0) - wait)) / count;
}

function shorter(component: Component, at: Source, room: number): readonly Fix[] {
  const seconds = commonInterval(room);
  if (seconds === undefined || seconds < shortest) {
    const edit = { kind: 'replace', at, text: 'switch mesh' } as const;
    return [{ title: `Lead callers of ${component.name} over by the mesh`, edits: [edit], safe: false }];
  }
  const text = writtenDuration(seconds);
  const edit = { kind: 'set-value', at, after: 'ttl', text } as const;
  return [{ title: `Keep the address of ${component.name} for ${text}`, edits: [edit], safe: false }];
}
