import { sourceOf } from '../model/fact.js';
import type { Component } from '../model/model.js';
import { acceptFix } from './accept-fix.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { regionsOf, workingSites } from './sites.js';
import { spokenList } from './wording.js';

/** How long a fix watches a wave before the next: long enough to see a crash loop, short enough to release in a day. */
const usualBake = '30m';

/** DR008: a release reaches all regions at the same time. */
export const sharedConfigBlast: Rule = {
  code: 'DR008',
  name: 'shared-config-blast',
  title: 'One rollout wave for all regions',
  severity: 'warning',
  subsumes: [],
  docs: {
    what: 'A component runs in two or more regions, standbys included, and its `rollout` says `waves 1`: releases and configuration reach all regions at once.',
    why: 'A second region protects from everything but the change that reaches both. Sources: the outages of Facebook in 2021 and of Google Cloud Service Control in 2025, each one change that went everywhere within minutes; AWS Builders’ Library, automating safe hands-off deployments.',
    how: 'Roll out region by region, and watch each before the next.',
    bad: `region north { zones a, b, c }
region south { zones a, b, c }

service orders {
  runs 3 in north
  runs 3 in south
  rollout { waves 1 }
}
`,
    good: `region north { zones a, b, c }
region south { zones a, b, c }

service orders {
  runs 3 in north
  runs 3 in south
  rollout { waves 2  bake 30m }
}
`,
  },
  check(context) {
    return context.model.components.flatMap((component) => judge(component, context) ?? []);
  },
};

function judge(component: Component, { model, analysis }: RuleContext): RawFinding | undefined {
  const waves = component.deployment.rollout?.waves;
  const at = waves === undefined ? undefined : sourceOf(waves);
  if (waves?.value !== 1 || at === undefined) return undefined;
  const regions = [...regionsOf(workingSites(component))].sort();
  if (regions.length < 2) return undefined;
  return {
    message: `A release of ${component.name} reaches ${spokenList(regions)} in 1 wave: one bad change takes all of them. Use ${regions.length} waves and watch each.`,
    at,
    related: component.placements
      .filter((placement) => placement.role !== 'witness')
      .map((placement) => ({ message: `${component.name} runs in ${placement.region}.`, at: placement.source })),
    fixes: [...waveFixes(component, regions.length), acceptFix('DR008', component, model, analysis.asOf)],
    subject: component.name,
    causes: [`waves:${component.name}`],
  };
}

/** As many waves as regions, and time to watch where none is stated. */
function waveFixes(component: Component, count: number): readonly Fix[] {
  const { rollout } = component.deployment;
  const at = rollout?.waves === undefined ? undefined : sourceOf(rollout.waves);
  if (at === undefined || rollout === undefined) return [];
  const watched = rollout.bake === undefined ? `  bake ${usualBake}` : '';
  return [
    {
      title: `Release ${component.name} in ${count} waves`,
      edits: [{ kind: 'set-value', at, after: 'waves', text: `${count}${watched}` }],
      safe: false,
    },
  ];
}
