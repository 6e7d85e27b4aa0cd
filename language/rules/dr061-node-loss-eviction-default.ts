import type { Figure } from '../analysis/figure.js';
import { durationText } from '../analysis/figure-text.js';
import { sourceOf } from '../model/fact.js';
import type { Component } from '../model/model.js';
import { activePlacements, instanceCount, isServingStandby, requiredInstances } from '../model/queries.js';
import { acceptFix, statementFix } from './accept-fix.js';
import { isAccepted } from './acceptance.js';
import { componentCause } from './causes.js';
import { closureOf } from './lookup.js';
import { countFix, sparedCount } from './placement-fixes.js';
import { type PromisedTime, promisedTimes, strictestFirst } from './promised-times.js';
import { recoveryCause } from './recovery-cause.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { counted, writtenDuration } from './wording.js';

/** Seconds until a node that does not answer is marked so (Kubernetes from 1.32 on). */
const nodeGrace = 50;
/** Seconds for which pods stay on a marked node where nothing is said (admission plugin DefaultTolerationSeconds). */
const defaultToleration = 300;
const defaultEviction = nodeGrace + defaultToleration;
/** What is proposed, in seconds, and the least of it: a node that only hangs for a moment keeps its pods. */
const usualToleration = 30;
const leastToleration = 10;

/** Rules that say of the same component that it has no instance to spare. */
const spareRules = ['DR001', 'DR003'] as const;

/** DR061: what cannot spare an instance waits for the eviction of Kubernetes, which takes longer than promised. */
export const nodeLossEvictionDefault: Rule = {
  code: 'DR061',
  name: 'node-loss-eviction-default',
  title: 'Pods of a dead node replaced too late',
  severity: 'warning',
  subsumes: ['DR052'],
  docs: {
    what: 'An objective promises to be back from `instance-loss` in less than 350 s; a component behind it runs on Kubernetes (the model names its version or a mesh, or the component its image or manifest), has no instance to spare and no standby that serves, and says nothing of `evicts after`. Silent where DR001 or DR003 says that an instance is missing, until that is accepted. What a provider manages is left out, and so are jobs.',
    why: 'A crashed container is back at once; the pods of a dead node are not. Kubernetes marks the node after 50 s and evicts its pods 300 s later, unless they tolerate less. Sources: the Kubernetes documentation of taint-based evictions (`tolerationSeconds` 300 by default) and of `node-monitor-grace-period` (50 s from 1.32 on).',
    how: 'Say how long its pods stay on a dead node: `evicts after 30s`. Or run one instance more than must stand.',
    bad: `model shop { kubernetes "1.33" }

region north { zones a, b, c }

service orders {
  runs 1 in north
  mtbf 30d  mttr 1m
  accepts DR001 until 2999-01-01 by "team-orders" because "it may be away for two minutes"
  objective { instance-loss { rto 2m } }
}
`,
    good: `model shop { kubernetes "1.33" }

region north { zones a, b, c }

service orders {
  runs 1 in north
  mtbf 30d  mttr 1m
  evicts after 30s
  accepts DR001 until 2999-01-01 by "team-orders" because "it may be away for two minutes"
  objective { instance-loss { rto 2m } }
}
`,
  },
  check(context) {
    const strict = promisedTimes(context).filter(
      ({ promise, target }) => promise.disruption === 'instance-loss' && target.value < defaultEviction,
    );
    if (strict.length === 0) return [];
    return context.model.components.flatMap((component) => {
      if (!waitsForEviction(component, context)) return [];
      const times = strict.filter(
        ({ subject }) => subject.name === component.name || closureOf(context.analysis, subject.name).has(component.name),
      );
      const [strictest] = strictestFirst(times);
      return strictest === undefined ? [] : (judge(component, strictest, times, context) ?? []);
    });
  },
};

/** Whether all of its active instances must stand, nothing serves beside them, and its pods stay on a dead node as long as usual. */
function waitsForEviction(component: Component, { model }: RuleContext): boolean {
  if (component.kind === 'job' || component.evictsAfter !== undefined || !isOnKubernetes(component, model)) return false;
  const standing = instanceCount(activePlacements(component));
  return standing > 0 && standing <= requiredInstances(component).count && !component.placements.some(isServingStandby);
}

function isOnKubernetes({ data, deployment }: Component, { settings }: RuleContext['model']): boolean {
  if (data.managedBy?.value.manager === 'provider') return false;
  const isStated = settings.kubernetes !== undefined || settings.mesh !== undefined;
  return isStated || deployment.image !== undefined || deployment.manifest !== undefined;
}

/** Its own recovery where one of its instances is lost with its place: its repair, or a start elsewhere that nobody gives a time for. */
function ownRecovery({ name }: Component, { analysis }: RuleContext): Figure | undefined {
  const sites = analysis.recovery(name).get('instance-loss')?.perSite;
  for (const [site, { rto }] of sites ?? []) {
    const [first] = rto.terms;
    if (site.startsWith(`${name} in `) && (first?.name === 'repair' || first?.name === 'evict')) return rto;
  }
  return undefined;
}

function judge(
  component: Component,
  strictest: PromisedTime,
  times: readonly PromisedTime[],
  context: RuleContext,
): RawFinding | undefined {
  const { model, analysis } = context;
  const own = ownRecovery(component, context);
  if (own === undefined) return undefined;
  const { subject, target } = strictest;
  const promised = durationText(target.value);
  const toleration = tolerationFor(own, target.value);
  const remedy =
    toleration === undefined ? 'Run one more.' : `Write evicts after ${writtenDuration(toleration)}, or run one more.`;
  const standing = instanceCount(activePlacements(component));
  const isTaken = spareRules.some((code) => isAccepted(code, [...component.accepts, ...model.settings.accepts], analysis.asOf));
  return {
    message: `${component.name} has ${counted(standing, 'instance')} and none to spare: Kubernetes starts it elsewhere ${defaultEviction} s after its node dies, and ${subject.name} promises to be back from instance-loss in ${promised}. ${remedy}`,
    at: component.nameSource,
    related: times.map((time) => ({
      message: `${time.subject.name} promises ${durationText(time.target.value)} for instance-loss.`,
      at: sourceOf(time.target) ?? time.promise.source,
    })),
    fixes: [
      ...(toleration === undefined ? [] : [evictFix(component, toleration)]),
      ...spareFix(component),
      acceptFix('DR061', component, model, analysis.asOf),
    ],
    subject: component.name,
    causes: [
      `eviction:${component.name}`,
      // Whoever takes the risk of no spare hears what it means; else the missing spare says it all.
      ...(isTaken ? [] : [componentCause(component.name)]),
      // An unmet time stays DR052's; that it cannot be told is said here, with the number.
      ...times.flatMap(({ subject: { name }, recovery: { rto } }) =>
        rto.verdict?.met === undefined ? [recoveryCause(name, 'instance-loss')] : [],
      ),
    ],
  };
}

/** How long its pods may stay on a dead node, in seconds, so that the start after it still keeps the promise; undefined where no time is left. */
function tolerationFor(own: Figure, promised: number): number | undefined {
  const start = own.terms.slice(1).reduce((sum, { seconds }) => sum + (seconds ?? 0), 0);
  const left = Math.min(usualToleration, Math.floor(promised - nodeGrace - start));
  return left < leastToleration ? undefined : left;
}

function evictFix(component: Component, seconds: number): Fix {
  const text = `evicts after ${writtenDuration(seconds)}`;
  return statementFix(`Give up dead nodes of ${component.name} after ${durationText(seconds)}`, component.source, text);
}

function spareFix(component: Component): readonly Fix[] {
  const [placement, ...others] = activePlacements(component);
  if (placement === undefined || others.length > 0) return [];
  const fix = countFix(component, placement, sparedCount(component, 2));
  return fix === undefined ? [] : [fix];
}
