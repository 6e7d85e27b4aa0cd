import { readyInRollout } from '../analysis/capacity/site-headroom.js';
import type { Edit } from '../edit/edit.js';
import { type Source, sourceOf } from '../model/fact.js';
import type { Component } from '../model/model.js';
import { activePlacements, instanceCount, staysInDrain } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { countFix } from './placement-fixes.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { counted } from './wording.js';

/** How many instances more a fix may ask for. */
const mostAdded = 24;

/** DR019: a rollout takes the instances that were to spare. */
export const rolloutEatsSpare: Rule = {
  code: 'DR019',
  name: 'rollout-eats-spare',
  title: 'Rollout uses up the spare instances',
  severity: 'warning',
  subsumes: [],
  docs: {
    what: 'An instance is to spare while all is well, a rollout takes some (`unavailable`, rounded down in each region, all regions at once in the worst case), and what is left less one lost node is fewer than must stand (`needs`, peak over capacity, quorum or majority). Where none is to spare at all, DR001 and DR003 speak. Drains are left out: the disruption budget leaves as many as must stand. Jobs are left out.',
    why: 'A rollout is planned and frequent, and nodes do not wait for it to end: the spare is gone just when a new version may fail as well. Sources: AWS Well-Architected REL08 (implement change); the rolling update of Kubernetes Deployments (maxUnavailable, maxSurge).',
    how: 'Roll out with `surge` and `unavailable 0`, or run as many more as a rollout takes.',
    bad: `region north { zones a, b, c }

service orders {
  runs 4 in north
  needs 3
  rollout { unavailable 25% }
}
`,
    good: `region north { zones a, b, c }

service orders {
  runs 4 in north
  needs 3
  rollout { surge 25%  unavailable 0 }
}
`,
  },
  check(context) {
    return context.model.components.flatMap((component) => judge(component, context) ?? []);
  },
};

function judge(component: Component, { model, analysis }: RuleContext): RawFinding | undefined {
  const { rollout } = component.deployment;
  const [first] = activePlacements(component);
  if (rollout?.unavailable === undefined || rollout.unavailable.value <= 0) return undefined;
  if (component.kind === 'job' || first === undefined) return undefined;
  const stands = staysInDrain(component);
  const all = instanceCount(activePlacements(component));
  if (all - 1 < stands) return undefined;
  const figures = analysis.capacity(component.name);
  const during = figures?.kind === 'component' ? figures.losses.find(({ kind }) => kind === 'rollout') : undefined;
  if (during?.carriedBy !== 'active' || during.survivors >= all || during.survivors - 1 >= stands) return undefined;
  const own = sourceOf(rollout.unavailable);
  const isOwn = own !== undefined && isWithin(own, component);
  const needsAt = component.needs === undefined ? undefined : sourceOf(component.needs);
  return {
    message: `A rollout takes ${all - during.survivors} of ${counted(all, 'instance')} of ${component.name} at once, and ${stands} must stand: a node lost meanwhile is an outage. Roll out with surge and \`unavailable 0\`, or run more.`,
    at: isOwn ? own : first.source,
    related: [
      ...(isOwn ? [{ message: `${counted(all, 'instance')} of ${component.name} in all.`, at: first.source }] : []),
      ...(isOwn || own === undefined ? [] : [{ message: 'So many may be missing in a rollout.', at: own }]),
      ...(needsAt === undefined ? [] : [{ message: `${stands} must stand.`, at: needsAt }]),
    ],
    fixes: [...surgeFix(component), ...moreFix(component, stands), acceptFix('DR019', component, model, analysis.asOf)],
    subject: component.name,
    causes: [`rollout:${component.name}`],
  };
}

function isWithin(at: Source, { source }: Component): boolean {
  return at.uri === source.uri && at.start >= source.start && at.end <= source.end;
}

/** Nothing is taken away, and what may be added first is a quarter where it was nothing; only in the component's own block. */
function surgeFix(component: Component): readonly Fix[] {
  const { surge, unavailable } = component.deployment.rollout ?? {};
  const taken = unavailable === undefined ? undefined : sourceOf(unavailable);
  const added = surge?.value === 0 ? sourceOf(surge) : undefined;
  if (taken === undefined || !isWithin(taken, component)) return [];
  const edits: Edit[] = [{ kind: 'set-value', at: taken, after: 'unavailable', text: '0' }];
  if (surge?.value === 0) {
    if (added === undefined || !isWithin(added, component)) return [];
    edits.push({ kind: 'set-value', at: added, after: 'surge', text: '25%' });
  }
  return [{ title: `Take no instance of ${component.name} away in a rollout`, edits, safe: false }];
}

/** So many that a rollout and a lost node leave what must stand; offered where all stand by one statement. */
function moreFix(component: Component, stands: number): readonly Fix[] {
  const [placement, ...others] = activePlacements(component);
  const { rollout, scales } = component.deployment;
  if (placement === undefined || others.length > 0) return [];
  for (let count = placement.zones.length + 1; count <= placement.zones.length + mostAdded; count += 1) {
    // A majority grows with the votes, so that more of them do not help.
    if (component.kind === 'coordinator' || (scales !== undefined && count > scales.max.value)) return [];
    if (readyInRollout(count, rollout?.surge?.value ?? 0.25, rollout?.unavailable?.value ?? 0).ready - 1 < stands) continue;
    const fix = countFix(component, placement, count);
    return fix === undefined ? [] : [fix];
  }
  return [];
}
