import { durationText, timeText } from '../analysis/figure-text.js';
import { sourceOf } from '../model/fact.js';
import type { Component, Placement, Role } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { activeRegions, keepsData, regionOf } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { closureOf } from './lookup.js';
import { runsStatement } from './placement-fixes.js';
import { type PromisedTime, promisedTimes, strictestFirst } from './promised-times.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';

/** A way to survive the loss of a region, with the time in seconds that it takes at least as a rule. */
interface Way {
  readonly name: string;
  readonly least: number;
  /** `hours`, as the source says. */
  readonly usual: string;
}

/** Recovery times of the four strategies, from the slowest: hours, tens of minutes, minutes, none. */
const ways = {
  restore: { name: 'restored from a backup', least: 3600, usual: 'hours' },
  'cold-standby': { name: 'a cold standby', least: 3600, usual: 'hours' },
  'pilot-light': { name: 'a pilot light', least: 600, usual: 'tens of minutes' },
  'warm-standby': { name: 'a warm standby', least: 60, usual: 'minutes' },
} as const satisfies Record<string, Way>;

/** Standbys, warmest first. */
const standbyRoles = ['hot-standby', 'warm-standby', 'pilot-light', 'cold-standby'] as const satisfies readonly Role[];

/** DR059: a standby that takes longer to start, as a rule, than its recovery time allows, and no time for it is stated. */
export const standbyTooCold: Rule = {
  code: 'DR059',
  name: 'standby-too-cold',
  title: 'Standby too cold for its objective',
  severity: 'info',
  subsumes: [],
  docs: {
    what: 'An `rto` for region-loss is met by the figures, and is shorter than what the way that a component behind it comes back takes as a rule: 1 h for a backup or a cold standby, 10 min for a pilot light, 1 min for a warm standby. And no block of its failover states `provision` or `warmup`, so that the figures count no time for what makes it slow. Silent where a drill has measured that the promise is kept, and where DR052 speaks.',
    why: 'A step without a time takes none in the figures, and most of the time in a disaster: machines are to be had, images loaded, caches filled. Source: AWS, Disaster Recovery of Workloads on AWS (recovery times of backup and restore: hours; pilot light: tens of minutes; warm standby: minutes; active/active: none).',
    how: 'State how long it takes (`provision`, `warmup`), and have a drill measure it; or keep the standby warmer.',
    bad: `region north { zones a, b, c }
region south { zones a, b, c }

service orders {
  runs 3 in north
  runs 3 in south as cold standby
  failover { detect 30s  decide automatic  switch mesh }
  objective { region-loss { rto 15m } }
}
`,
    good: `region north { zones a, b, c }
region south { zones a, b, c }

service orders {
  runs 3 in north
  runs 3 in south as cold standby
  failover { detect 30s  decide automatic  provision 5m  warmup 2m  switch mesh }
  objective { region-loss { rto 15m } }
}
`,
  },
  check(context) {
    const longest = ways['cold-standby'].least;
    const kept = promisedTimes(context).filter(
      ({ promise, target, recovery }) =>
        promise.disruption === 'region-loss' && target.value < longest && recovery.rto.verdict?.met === true,
    );
    if (kept.length === 0) return [];
    return context.model.components.flatMap((component) => {
      const way = wayBack(component);
      if (way === undefined || isTimed(component, context)) return [];
      const times = kept.filter(
        ({ subject, target }) =>
          target.value < way.least &&
          (subject.name === component.name || closureOf(context.analysis, subject.name).has(component.name)) &&
          !isMeasured(subject.name, target.value, context),
      );
      const [strictest] = strictestFirst(times);
      return strictest === undefined ? [] : [judge(component, way, strictest, times, context)];
    });
  },
};

/** How a component that runs in one region comes back in another; undefined where it serves at once, or not at all. */
const wayBack = oncePer((component: Component): Way | undefined => {
  if (component.placements.length === 0 || activeRegions(component).size !== 1) return undefined;
  const standby = standbyOf(component);
  if (standby === undefined) {
    const restores = keepsData(component) && component.kind !== 'cache' && component.rebuildsFrom === undefined;
    return restores && component.data.backups.length > 0 ? ways.restore : undefined;
  }
  return standby.role === 'warm-standby' || standby.role === 'pilot-light' || standby.role === 'cold-standby'
    ? ways[standby.role]
    : undefined;
});

/** The warmest of its standbys in another region. */
function standbyOf(component: Component): Placement | undefined {
  const [home] = activeRegions(component);
  const away = component.placements.filter(({ region, zones }) => region !== home && zones.length > 0);
  return standbyRoles.flatMap((role) => away.filter((placement) => placement.role === role))[0];
}

/** Whether somebody says how long its start takes: its own failover, or that of a link from where it runs. */
function isTimed(component: Component, { model }: RuleContext): boolean {
  const home = activeRegions(component);
  const links = model.links.filter(({ a, b }) => home.has(regionOf(a)) || home.has(regionOf(b)));
  const stated = [...component.failovers, ...links.flatMap(({ failovers }) => failovers)];
  return stated.some(({ provision, warmup }) => provision !== undefined || warmup !== undefined);
}

/** Whether the last drill that took a region and measured this subject kept the promise. */
function isMeasured(subject: string, target: number, { analysis }: RuleContext): boolean {
  const last = analysis
    .drills()
    .filter(({ tried }) => tried?.disruption === 'region-loss')
    .flatMap(({ times }) => times.filter((time) => time.subject === subject && time.measure === 'rto'))[0];
  return last !== undefined && last.measured.value <= target;
}

function judge(
  component: Component,
  way: Way,
  strictest: PromisedTime,
  times: readonly PromisedTime[],
  { model, analysis }: RuleContext,
): RawFinding {
  const { subject, target, recovery } = strictest;
  const standby = standbyOf(component);
  return {
    message: `${component.name} is ${way.name}, which takes ${way.usual} as a rule; the ${timeText(recovery.rto)} of ${subject.name} after region-loss count no time for its start, and its objective is ${durationText(target.value)}. Write provision and warmup, or keep it warmer.`,
    at: standby?.source ?? component.nameSource,
    related: times.map((time) => ({
      message: `${time.subject.name} promises ${durationText(time.target.value)} for region-loss.`,
      at: sourceOf(time.target) ?? time.promise.source,
    })),
    fixes: [...warmerFix(component, standby, target.value), acceptFix('DR059', component, model, analysis.asOf)],
    subject: component.name,
    causes: [`cold:${component.name}`],
  };
}

/** The coldest standby that is warm enough, for what keeps no data: a store needs copies as well. */
function warmerFix(component: Component, standby: Placement | undefined, promised: number): readonly Fix[] {
  if (standby === undefined || standby.pinned === true || keepsData(component)) return [];
  const role = promised < ways['warm-standby'].least ? 'hot-standby' : 'warm-standby';
  const words = role === 'hot-standby' ? 'hot' : 'warm';
  return [
    {
      title: `Keep ${component.name} as a ${words} standby in ${standby.region}`,
      edits: [{ kind: 'replace', at: standby.source, text: runsStatement(standby.zones.length, standby.region, role) }],
      safe: false,
    },
  ];
}
