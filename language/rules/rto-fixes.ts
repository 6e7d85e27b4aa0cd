import type { Figure, Term } from '../analysis/figure.js';
import { durationText } from '../analysis/figure-text.js';
import { votesOf } from '../analysis/structure/sides.js';
import type { Source } from '../model/fact.js';
import type { Component, DisruptionClass, Journey, Model } from '../model/model.js';
import { keepsData } from '../model/queries.js';
import { type Apart, declaredOnce, domainOf } from './another-region.js';
import { commonInterval, newBackupFixes } from './backup-fixes.js';
import { closureOf, lookup } from './lookup.js';
import { otherRegionFixes } from './placement-fixes.js';
import { type Setting, settingsOf, warmerStandby } from './recovery-settings.js';
import type { Fix, RuleContext } from './rule.js';
import { regionsOf, workingSites } from './sites.js';
import { voteFixes } from './vote-fixes.js';
import { standsZoneLosses, zoneSpreadFixes } from './zone-spread-fixes.js';

/** Terms that wait for what a component requires, and are added to whatever it waits for. */
const startTerms: ReadonlySet<string> = new Set(['scale up', 'warmup', 'switch', 'verify']);

/** How many components one fix may change: a larger change is a project, not a fix. */
const mostTouched = 8;

/**
 * Changes of the design that bring a recovery time down to its objective: one setting, or one warmer standby, where one is enough, the
 * largest first, else all of them. Of a time that is not wholly known its known parts are brought down: what is missing is then all that
 * is open. Nothing where work itself takes too long (a promotion, a warm-up), or where another chain would take its place.
 */
export function rtoFixes(
  subject: Component | Journey,
  disruption: DisruptionClass,
  scope: string | undefined,
  figure: Figure,
  target: number,
  context: RuleContext,
): readonly Fix[] {
  if (figure.status === 'never') return wayBackFixes(subject, disruption, scope, context);
  if (figure.status !== 'known' && figure.status !== 'unknown') return [];
  const value = figure.status === 'known' ? figure.value : figure.terms.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0);
  const settings = settingsIn(subject, disruption, figure, context);
  const excess = value - target;
  const others = otherChains(subject, disruption, scope, figure, context) + startOf(figure);
  const enough = (saved: number) => saved >= excess && others <= target;
  const fixOf = (changes: readonly Change[]): Fix => {
    const left = value - savedBy(changes);
    const gain =
      figure.status === 'known' && left >= others && changes.length === 1
        ? `: ${durationText(value)} → ${durationText(left)}`
        : '';
    const title = changes.map(({ setting, seconds }) => setting.said(seconds)).join('; ');
    return {
      title: `${title.charAt(0).toUpperCase()}${title.slice(1)}${gain}`,
      edits: declaredOnce(changes.flatMap(({ setting, seconds }) => setting.edits(seconds))),
      safe: false,
    };
  };
  const single = settings.flatMap((setting) => {
    const seconds = reachable(setting, setting.seconds - excess);
    const change = seconds === undefined ? [] : [{ setting, seconds }];
    return change.length === 0 || !enough(savedBy(change)) ? [] : [fixOf(change)];
  });
  if (single.length > 0) return single.slice(0, 2);
  const all = settings.flatMap((setting) => {
    const seconds = setting.least === 'gone' ? 0 : Math.min(setting.least, setting.seconds);
    return seconds < setting.seconds ? [{ setting, seconds }] : [];
  });
  return all.length > 0 && all.length <= mostTouched && enough(savedBy(all)) ? [fixOf(all)] : [];
}

/** A setting and the seconds that it is set to. */
interface Change {
  readonly setting: Setting;
  readonly seconds: number;
}

function savedBy(changes: readonly Change[]): number {
  return changes.reduce((sum, { setting, seconds }) => sum + setting.seconds - seconds, 0);
}

/** The settings that make up the figure, the largest first. What several follow is one place to change. */
function settingsIn(
  subject: Component | Journey,
  disruption: DisruptionClass,
  figure: Figure,
  { model, analysis }: RuleContext,
): readonly Setting[] {
  const { components } = lookup(model);
  const names = new Set([subject.name, ...closureOf(analysis, subject.name)]);
  const owners = [...names].flatMap((name) => components.get(name) ?? []);
  const places = new Map(owners.flatMap(settingsOf).map((each) => [`${each.at.uri} ${each.at.start}`, each]));
  const stated = [...places.values()].filter(({ at }) => figure.terms.some((term) => isAt(term, at)));
  const warmer =
    disruption === 'region-loss' ? owners.flatMap((each) => warmerStandby(each, subject.name, figure, model) ?? []) : [];
  return [...stated, ...warmer].sort((a, b) => b.seconds - a.seconds);
}

function reachable({ least }: Setting, limit: number): number | undefined {
  if (least === 'gone') return 0;
  const seconds = commonInterval(limit);
  return seconds === undefined || seconds < least ? undefined : seconds;
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

/** A way back where there is none: another place for what stands in one, votes that outlast it, a backup. */
function wayBackFixes(
  subject: Component | Journey,
  disruption: DisruptionClass,
  scope: string | undefined,
  context: RuleContext,
): readonly Fix[] {
  const { model, analysis } = context;
  const { components } = lookup(model);
  // Whoever starts anew waits for what it recovers after as well.
  const names = new Set([subject.name, ...closureOf(analysis, subject.name)]);
  for (const name of names) {
    for (const { targets } of components.get(name)?.recoversAfter ?? []) for (const target of targets) names.add(target.name);
  }
  const stuck = [...names].flatMap((name) => {
    const component = components.get(name);
    const known = component === undefined ? undefined : analysis.recovery(name).get(disruption);
    return component === undefined || known?.rto.status !== 'never' ? [] : [component];
  });
  const ways = stuck.flatMap((component) => wayBack(component, disruption, scope, context) ?? []);
  const roots = ways.filter(({ fix }) => fix !== undefined);
  if (ways.length === 0 || ways.length > mostTouched || roots.length < ways.length) return [];
  const moved = ways.flatMap(({ component, fix }) => (fix === 'elsewhere' ? [component] : []));
  const apart = domainOf(disruption, scope);
  const away = moved.length === 0 ? undefined : otherRegionFixes(moved, model, usedBy(moved, apart, model), apart);
  if (moved.length > 0 && away === undefined) return [];
  const whole = [
    ...(away === undefined ? [] : [away]),
    ...ways.flatMap(({ fix }) => (fix === undefined || fix === 'elsewhere' ? [] : [fix])),
  ];
  return [
    { title: whole.map((fix) => fix.title).join('; '), edits: declaredOnce(whole.flatMap((fix) => fix.edits)), safe: false },
  ];
}

interface WayBack {
  readonly component: Component;
  /** `elsewhere`: instances in another region; undefined: no change of the model is known to bring it back. */
  readonly fix: Fix | 'elsewhere' | undefined;
}

/** What brings one component back; undefined where it waits for another one alone. */
function wayBack(
  component: Component,
  disruption: DisruptionClass,
  scope: string | undefined,
  { model }: RuleContext,
): WayBack | undefined {
  const sites = workingSites(component);
  const waitsCold = component.placements.some(({ role }) => role === 'cold-standby');
  const hasBackup = component.data.backups.some(({ copies }) => copies.length > 0);
  switch (disruption) {
    case 'corruption':
      if (!keepsData(component) || component.data.backups.length > 0) return undefined;
      return { component, fix: newBackupFixes(component, model)[0] };
    case 'region-loss':
      if (votesOf(component) !== undefined) return { component, fix: voteFixes(component, true, model)[0] };
      if (component.placements.length > 0 && regionsOf(sites).length === 1) return { component, fix: 'elsewhere' };
      return waitsCold && keepsData(component) && !hasBackup
        ? { component, fix: newBackupFixes(component, model)[0] }
        : undefined;
    case 'zone-loss':
      if (component.placements.length === 0 || standsZoneLosses(component, model)) return undefined;
      // Where it needs others beside it, more of its own alone may stand where they do not.
      return {
        component,
        fix: component.edges.some(({ sameRegion }) => sameRegion) ? undefined : zoneSpreadFixes(component, model)[0],
      };
    case 'provider-loss':
    case 'account-loss': {
      const apart = domainOf(disruption, scope);
      if (sites.length === 0 || apart === undefined || votesOf(component) !== undefined) return undefined;
      const under = usedBy([component], apart, model);
      return regionsOf(sites).every((region) => under.has(region)) ? { component, fix: 'elsewhere' } : undefined;
    }
    case 'instance-loss':
      return undefined;
  }
}

/** Regions that are no help: those of the domain, else those where the components stand. */
function usedBy(components: readonly Component[], apart: Apart | undefined, model: Model): ReadonlySet<string> {
  if (apart === undefined) return new Set(regionsOf(components.flatMap(workingSites)));
  return new Set(model.regions.filter(({ fate }) => fate[apart.kind]?.value === apart.name).map(({ name }) => name));
}
