import { durationText } from '../analysis/figure-text.js';
import type { Component, Edge } from '../model/model.js';
import { acceptFix } from './accept-fix.js';
import { lookup } from './lookup.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { effectiveTiers, isTopTier } from './tier.js';
import { spokenList, writtenDuration } from './wording.js';

/** Proposed where nothing says how long the caller itself may take, in seconds: a round figure of ours. */
const usualTimeout = 1;

/** DR024: something critical waits for a callee for as long as it takes. */
export const missingTimeout: Rule = {
  code: 'DR024',
  name: 'missing-timeout',
  title: 'Call without a timeout',
  severity: 'warning',
  subsumes: [],
  docs: {
    what: 'A component of tier 0 or 1 (an unstated tier is that of the strictest caller) requires another one and states no `timeout`. One finding for all such calls of a component. Jobs are left out, and so are edges for data that is read from a queue.',
    why: 'A callee that hangs takes its caller with it: threads and connections wait, and what could have failed fast fails slowly, everywhere. No timeout is the default of Istio and of gRPC. Sources: AWS Well-Architected REL05-BP05; the Istio reference of HTTPRoute (`timeout`: disabled).',
    how: 'State a timeout below the time in which the caller itself has to answer.',
    bad: `region north { zones a, b, c }

service orders tier 0 {
  runs 3 in north
  requires stock
}
service stock { runs 3 in north }
`,
    good: `region north { zones a, b, c }

service orders tier 0 {
  runs 3 in north
  requires stock { timeout 200ms }
}
service stock { runs 3 in north }
`,
  },
  check(context) {
    const tiers = effectiveTiers(context.model);
    return context.model.components.flatMap((component) => {
      if (component.kind === 'job' || !isTopTier(tiers.get(component.name))) return [];
      const edges = component.edges.filter(
        (edge) => edge.kind === 'requires' && edge.timeout === undefined && edge.targets.length > 0,
      );
      return edges.length === 0 ? [] : [judge(component, edges, tiers.get(component.name), context)];
    });
  },
};

function judge(
  component: Component,
  edges: readonly Edge[],
  tier: number | undefined,
  { model, analysis }: RuleContext,
): RawFinding {
  const callees = [...new Set(edges.flatMap((edge) => edge.targets.map(({ name }) => name)))];
  const [first] = edges;
  return {
    message: `${component.name}, tier ${tier}, waits for ${spokenList(callees)} without a timeout: a callee that hangs takes it down too. Add one.`,
    at: first?.source ?? component.nameSource,
    related: edges.slice(1).map((edge) => ({
      message: `${spokenList(edge.targets.map(({ name }) => name))}: no timeout.`,
      at: edge.source,
    })),
    fixes: [...timeoutFix(component, edges, model), acceptFix('DR024', component, model, analysis.asOf)],
    subject: component.name,
    causes: [`timeout:${component.name}`],
  };
}

/** Half of the shortest time that the component itself has, so that it can still answer; else a usual timeout. */
function timeoutFix(component: Component, edges: readonly Edge[], model: RuleContext['model']): readonly Fix[] {
  // An edge of a policy is written where others follow it: the shortest time that any of them has.
  const written = new Map(edges.map((edge) => [`${edge.source.uri} ${edge.source.start}`, edge]));
  const isWritten = ({ source }: Edge): boolean => written.has(`${source.uri} ${source.start}`);
  const followers = edges.every(({ from }) => from === undefined)
    ? [component]
    : model.components.filter((each) => each === component || each.edges.some(isWritten));
  const given = followers
    .flatMap((each) => [each.objective?.latency?.value, ...givenByCallers(each, model)])
    .filter((each) => each !== undefined);
  const budget = given.length === 0 ? undefined : Math.min(...given) / 2;
  const timeout = Math.max(0.001, budget === undefined ? usualTimeout : Math.floor(budget * 1000) / 1000);
  const callees = [...new Set(edges.flatMap((edge) => edge.targets.map(({ name }) => name)))];
  return [
    {
      title: `Give up on ${spokenList(callees)} after ${durationText(timeout)}`,
      edits: [...written.values()].map(
        (edge) => ({ kind: 'add-statement', block: edge.source, text: `timeout ${writtenDuration(timeout)}` }) as const,
      ),
      safe: false,
    },
  ];
}

/** What callers give one try of theirs, in seconds. */
function givenByCallers(component: Component, model: RuleContext['model']): readonly (number | undefined)[] {
  const callers = lookup(model).callers.get(component.name) ?? [];
  return callers.flatMap((caller) =>
    caller.edges
      .filter((edge) => edge.kind !== 'consumes' && edge.targets.some(({ name }) => name === component.name))
      .map((edge) => edge.retries?.each?.value ?? edge.timeout?.value),
  );
}
