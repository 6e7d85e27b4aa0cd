import type { Figure, Term } from '../analysis/figure.js';
import type { Edit } from '../edit/edit.js';
import type { Fact, Source } from '../model/fact.js';
import type { Component, DisruptionClass, Failover, Journey } from '../model/model.js';
import { keepsData } from '../model/queries.js';
import { commonInterval, newBackupFixes } from './backup-fixes.js';
import { closureOf, lookup } from './lookup.js';
import { otherRegionFix } from './placement-fixes.js';
import type { Fix, RuleContext } from './rule.js';
import { regionsOf, workingSites } from './sites.js';
import { writtenDuration } from './wording.js';

/** A step of a recovery that a design sets and no measurement: how soon it is noticed, who decides, how long an address is kept. */
interface Setting {
  readonly owner: string;
  readonly name: 'detect' | 'hold' | 'decide' | 'ttl' | 'evicts after';
  readonly seconds: number;
  /** No fix asks for less, in seconds. */
  readonly least: number;
  readonly edit: (seconds: number) => Edit;
}

const least = { detect: 5, hold: 5, ttl: 5, 'evicts after': 10 } as const;

/** Terms that wait for what a component requires, and are added to whatever it waits for. */
const startTerms: ReadonlySet<string> = new Set(['scale up', 'warmup', 'switch', 'verify']);

/** How many components one fix may change: a larger change is a project, not a fix. */
const mostTouched = 8;

/**
 * Changes of settings that bring a recovery time down to its objective: one setting where one is enough, the largest first, else all
 * of them. Nothing where work itself takes too long (restore, promotion, warm-up), or where another chain would take its place.
 */
export function rtoFixes(
  subject: Component | Journey,
  disruption: DisruptionClass,
  scope: string | undefined,
  figure: Figure,
  target: number,
  context: RuleContext,
): readonly Fix[] {
  if (figure.status === 'never') return wayBackFixes(subject, disruption, context);
  if (figure.status !== 'known') return [];
  const { components } = lookup(context.model);
  const owners = new Map<string, Component>();
  for (const name of [subject.name, ...closureOf(context.analysis, subject.name)]) {
    const component = components.get(name);
    if (component !== undefined) owners.set(name, component);
  }
  // What several follow is one place to change.
  const places = new Map([...owners.values()].flatMap(settingsOf).map((each) => [`${each.at.uri} ${each.at.start}`, each]));
  const settings = [...places.values()]
    .flatMap(({ at, ...setting }) => (figure.terms.some((term) => isAt(term, at)) ? [setting] : []))
    .sort((a, b) => b.seconds - a.seconds);
  const excess = figure.value - target;
  const others = otherChains(subject, disruption, scope, figure, context);
  const enough = (saved: number) => saved >= excess && others + startOf(figure) <= target;
  const single = settings.flatMap((setting) => {
    const seconds = reachable(setting, setting.seconds - excess);
    return seconds === undefined || !enough(setting.seconds - seconds) ? [] : [fixOf([{ setting, seconds }])];
  });
  if (single.length > 0) return single.slice(0, 2);
  const all = settings.flatMap((setting) => {
    const seconds = setting.name === 'decide' ? 0 : Math.min(setting.least, setting.seconds);
    return seconds < setting.seconds ? [{ setting, seconds }] : [];
  });
  const saved = all.reduce((sum, { setting, seconds }) => sum + setting.seconds - seconds, 0);
  return all.length > 0 && all.length <= mostTouched && enough(saved) ? [fixOf(all)] : [];
}

function reachable(setting: Setting, limit: number): number | undefined {
  if (setting.name === 'decide') return 0;
  const seconds = commonInterval(limit);
  return seconds === undefined || seconds < setting.least ? undefined : seconds;
}

function fixOf(changes: readonly { readonly setting: Setting; readonly seconds: number }[]): Fix {
  const said = changes.map(({ setting, seconds }) =>
    setting.name === 'decide'
      ? `decide automatically for ${setting.owner}`
      : `${setting.name} ${writtenDuration(seconds)} for ${setting.owner}`,
  );
  const title = said.join('; ');
  return {
    title: title.charAt(0).toUpperCase() + title.slice(1),
    edits: changes.map(({ setting, seconds }) => setting.edit(seconds)),
    safe: false,
  };
}

/** What a block states, or a policy or `defaults` that it follows: there it is changed for all who follow, which makes them faster, too. */
function settingsOf(component: Component): readonly (Setting & { readonly at: Source })[] {
  const found: (Setting & { readonly at: Source })[] = [];
  const add = (name: 'detect' | 'hold' | 'evicts after', fact: Fact<number> | undefined) => {
    const written = writtenIn(component, fact);
    if (fact === undefined || written === undefined) return;
    const last = name === 'evicts after' ? 'after' : name;
    const edit = (seconds: number): Edit => ({ kind: 'set-value', at: written.at, after: last, text: writtenDuration(seconds) });
    found.push({ ...written, name, seconds: fact.value, least: least[name], edit });
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

function decision(component: Component, { decide }: Failover): readonly (Setting & { readonly at: Source })[] {
  const written = writtenIn(component, decide);
  if (decide === undefined || written === undefined) return [];
  if (decide.value.delay === undefined || decide.value.mode !== 'manual') return [];
  const edit = (): Edit => ({ kind: 'replace', at: written.at, text: 'decide automatic' });
  return [{ ...written, name: 'decide', seconds: decide.value.delay, least: 0, edit }];
}

function timeToLive(component: Component, { switch: moved }: Failover): readonly (Setting & { readonly at: Source })[] {
  const written = writtenIn(component, moved);
  if (written === undefined || moved?.value.ttl === undefined) return [];
  const edit = (seconds: number): Edit => ({
    kind: 'set-value',
    at: written.at,
    after: 'ttl',
    text: writtenDuration(seconds),
  });
  return [{ ...written, name: 'ttl', seconds: moved.value.ttl, least: least.ttl, edit }];
}

function isAt({ source }: Term, at: Source): boolean {
  return source !== undefined && source.uri === at.uri && source.start === at.start && source.end === at.end;
}

/** The longest time, in seconds, of what the subject requires and the figure's own chain does not go through. */
function otherChains(
  subject: Component | Journey,
  disruption: DisruptionClass,
  scope: string | undefined,
  figure: Figure,
  { analysis }: RuleContext,
): number {
  const chain = new Set(figure.terms.flatMap((term) => (term.note === undefined ? [] : [term.note.split(':')[0]])));
  let longest = 0;
  for (const name of closureOf(analysis, subject.name)) {
    if (name === subject.name || chain.has(name)) continue;
    const known = analysis.recovery(name).get(disruption);
    const own = known?.scope === scope ? known : known?.perSite.get(scope ?? '');
    if (own === undefined) continue;
    longest = Math.max(longest, own.rto.status === 'known' ? own.rto.value : Number.POSITIVE_INFINITY);
  }
  return longest;
}

function startOf(figure: Figure): number {
  return figure.terms.reduce((sum, term) => sum + (startTerms.has(term.name) ? (term.seconds ?? 0) : 0), 0);
}

/** A way back where there is none: a standby in another region, a backup of bad data. */
function wayBackFixes(subject: Component | Journey, disruption: DisruptionClass, context: RuleContext): readonly Fix[] {
  const { model, analysis } = context;
  const { components } = lookup(model);
  const stuck = [...new Set([subject.name, ...closureOf(analysis, subject.name)])].flatMap((name) => {
    const component = components.get(name);
    const known = component === undefined ? undefined : analysis.recovery(name).get(disruption);
    return component === undefined || known?.rto.status !== 'never' ? [] : [component];
  });
  const roots = stuck.filter((component) =>
    disruption === 'corruption'
      ? keepsData(component) && component.data.backups.length === 0
      : disruption === 'region-loss' && component.placements.length > 0 && regionsOf(workingSites(component)).length === 1,
  );
  if (roots.length === 0 || roots.length > mostTouched) return [];
  const fixes = roots.map((component) =>
    disruption === 'corruption'
      ? newBackupFixes(component, model)[0]
      : otherRegionFix(component, model, new Set(regionsOf(workingSites(component)))),
  );
  const whole = fixes.filter((fix) => fix !== undefined);
  if (whole.length < fixes.length) return [];
  return [{ title: whole.map((fix) => fix.title).join('; '), edits: whole.flatMap((fix) => fix.edits), safe: false }];
}
