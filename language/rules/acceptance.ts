/** Risks that authors take on purpose: `accepts DR002 until DATE by OWNER because "…"`, the only way to silence one finding. */
import type { Source } from '../model/fact.js';
import type { Acceptance, Component, Journey, Link, Model } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { removeStatementFix } from './accept-fix.js';
import type { Finding, RuleDescription } from './rule.js';

const where =
  'An acceptance stands in the block of what the finding is about: the component or journey, the region (for its zones too) or the zone, the link, or the inner block the finding points into; in the `model` block it holds for the whole model.';

/** DR097: the day until which a risk was accepted has passed. */
export const acceptanceExpired: RuleDescription = {
  code: 'DR097',
  name: 'acceptance-expired',
  title: 'Acceptance has expired',
  severity: 'warning',
  subsumes: [],
  docs: {
    what: `The day after \`until\` of an \`accepts\` has come, as of the date of the analysis: the finding is back. ${where}`,
    why: 'A risk taken for half a year is a risk somebody has to look at again after half a year; otherwise it is just silence.',
    how: 'Clear the finding, or decide again and write a new date.',
    bad: `region north { zones a, b, c }

service orders tier 1 {
  runs 1 in north
  accepts DR001 until 2020-01-01 by "team-orders" because "rewritten by then"
}
`,
    good: `region north { zones a, b, c }

service orders tier 1 {
  runs 1 in north
  accepts DR001 until 2999-01-01 by "team-orders" because "a batch tool, restarted by hand"
}
`,
  },
};

/** DR098: an acceptance that silences nothing. */
export const acceptancePointless: RuleDescription = {
  code: 'DR098',
  name: 'acceptance-pointless',
  title: 'Acceptance without a finding',
  severity: 'warning',
  subsumes: [],
  docs: {
    what: `An \`accepts\` names a rule that has no finding there, or a code that is no rule. Rules that are switched off, or that this version does not judge yet, are left alone. ${where}`,
    why: 'An acceptance that silences nothing today silences tomorrow a risk that nobody has looked at.',
    how: 'Remove it.',
    bad: `region north { zones a, b, c }

service orders tier 1 {
  runs 3 in north
  accepts DR001 until 2999-01-01 by "team-orders" because "it was one once"
}
`,
    good: `region north { zones a, b, c }

service orders tier 1 {
  runs 3 in north
}
`,
  },
};

interface Holder {
  /** For people: `orders`, `link north to south`, `the model`. */
  readonly of: string;
  readonly subjects: readonly string[];
  readonly span: Source | undefined;
  readonly accepts: readonly Acceptance[];
}

/** The result of looking at all acceptances of a model. */
export interface Judged {
  readonly findings: readonly Finding[];
  readonly expired: readonly Acceptance[];
  readonly pointless: readonly Acceptance[];
}

/** Whether one of the acceptances holds for the rule on this day. */
export function isAccepted(code: string, accepts: readonly Acceptance[], asOf: string): boolean {
  return accepts.some((acceptance) => acceptance.rule === code && !isExpired(acceptance, asOf));
}

/** Whether its last day lies before this one. */
export function isExpired(acceptance: Acceptance, asOf: string): boolean {
  return acceptance.until !== undefined && acceptance.until < asOf;
}

/** Every acceptance of a model with whose risk it is; one of a policy stands once for each who follows it. */
export function acceptancesOf(model: Model): readonly { readonly of: string; readonly acceptance: Acceptance }[] {
  const drills = model.drills.map(({ scenario, date, accepts }) => ({ of: `drill of ${scenario} on ${date}`, accepts }));
  const all = [...holdersOf(model), ...drills].flatMap(({ of, accepts }) => accepts.map((acceptance) => ({ of, acceptance })));
  return [...new Map(all.map((each) => [`${each.of} ${keyOf(each.acceptance)}`, each])).values()];
}

/**
 * Marks the findings that are accepted, and lists acceptances that have expired or silence nothing. `judged` says whether a code
 * was judged at all: what was not judged cannot be pointless.
 */
export function judgeAcceptances(
  findings: readonly Finding[],
  model: Model,
  asOf: string,
  judged: (code: string) => boolean,
): Judged {
  const holders = holdersOf(model);
  const used = new Set<string>();
  const marked = findings.map((finding) => {
    for (const holder of holders) {
      if (holder.accepts.length === 0 || !holds(holder, finding)) continue;
      for (const acceptance of holder.accepts) {
        if (acceptance.rule !== finding.code) continue;
        used.add(keyOf(acceptance));
        if (!isExpired(acceptance, asOf)) return { ...finding, accepted: acceptedBy(acceptance) };
      }
    }
    return finding;
  });
  const all = new Map(holders.flatMap((holder) => holder.accepts.map((acceptance) => [keyOf(acceptance), acceptance])));
  const expired = [...all.values()].filter((acceptance) => isExpired(acceptance, asOf));
  const pointless = [...all].flatMap(([key, acceptance]) =>
    used.has(key) || isExpired(acceptance, asOf) || !judged(acceptance.rule) ? [] : [acceptance],
  );
  return { findings: marked, expired, pointless };
}

/** Findings about acceptances themselves, in the shape of all findings. */
export function acceptanceFindings(judged: Judged): readonly Finding[] {
  const expired = judged.expired.map((acceptance) => ({
    ...base(acceptanceExpired, acceptance),
    message: `The acceptance of ${acceptance.rule} expired on ${acceptance.until}. Clear the finding, or decide again and write a new date.`,
  }));
  const pointless = judged.pointless.map((acceptance) => ({
    ...base(acceptancePointless, acceptance),
    message: `${acceptance.rule} has no finding here: this acceptance silences nothing. Remove it.`,
  }));
  return [...expired, ...pointless];
}

function base(rule: RuleDescription, acceptance: Acceptance): Finding {
  return {
    code: rule.code,
    severity: rule.severity,
    message: '',
    at: acceptance.source,
    related: [],
    fixes: [
      removeStatementFix(
        `Remove the acceptance of ${acceptance.rule}`,
        acceptance.source,
        rule.code === acceptancePointless.code,
      ),
    ],
    subject: acceptance.rule,
    causes: [],
  };
}

function holdersOf(model: Model): readonly Holder[] {
  const named = [...model.components, ...model.journeys].map((subject) => ({
    of: subject.name,
    subjects: [subject.name],
    span: subject.source,
    accepts: subject.accepts,
  }));
  const regions = model.regions.map((region) => ({
    of: region.name,
    subjects: [region.name, ...region.zones.map((zone) => zone.path)],
    span: region.source,
    accepts: region.accepts,
  }));
  const zones = model.regions.flatMap((region) =>
    region.zones.map((zone) => ({ of: zone.path, subjects: [zone.path], span: zone.source, accepts: zone.accepts ?? [] })),
  );
  const linkName = ({ a, b }: Link): string => `link ${a} to ${b}`;
  const links = model.links.map((link) => ({ of: linkName(link), subjects: [], span: link.source, accepts: link.accepts }));
  const scenarios = model.scenarios.map((scenario) => ({
    of: `scenario ${scenario.name}`,
    subjects: [],
    span: scenario.source,
    accepts: scenario.accepts,
  }));
  const inner = [...model.components, ...model.journeys].flatMap(holdersInside);
  const ofLinks = model.links.flatMap((link) => link.failovers.map((block) => holderOf(linkName(link), block)));
  // The nearest block comes first: its acceptance is the one that is used.
  return [
    ...inner,
    ...ofLinks,
    ...zones,
    ...links,
    ...scenarios,
    ...named,
    ...regions,
    { of: 'the model', subjects: [], span: undefined, accepts: model.settings.accepts },
  ].filter((holder) => holder.accepts.length > 0);
}

interface InnerBlock {
  readonly source: Source;
  readonly accepts?: readonly Acceptance[];
}

function holderOf(of: string, { source, accepts = [] }: InnerBlock): Holder {
  return { of, subjects: [], span: source, accepts };
}

/** The blocks inside a component or journey that hold acceptances. */
const holdersInside = oncePer((subject: Component | Journey): readonly Holder[] =>
  innerBlocks(subject).flatMap((block) => (block.accepts === undefined ? [] : [holderOf(subject.name, block)])),
);

/** The blocks inside a component or journey that may hold acceptances. */
function innerBlocks(subject: Component | Journey): readonly InnerBlock[] {
  const of = 'failovers' in subject ? subject : undefined;
  return [
    ...subject.edges,
    ...(of?.failovers ?? []),
    ...(of?.data.backups ?? []),
    ...[of?.together, of?.deployment.rollout, subject.objective].filter((block) => block !== undefined),
  ];
}

/** Whether the finding stands in the block, or is about what the block declares; the model's own block holds for everything. */
function holds(holder: Holder, finding: Finding): boolean {
  if (holder.span === undefined || holder.subjects.includes(finding.subject)) return true;
  return holder.span.uri === finding.at.uri && holder.span.start <= finding.at.start && finding.at.end <= holder.span.end;
}

function keyOf(acceptance: Acceptance): string {
  return `${acceptance.source.uri} ${acceptance.source.start}`;
}

function acceptedBy(acceptance: Acceptance): NonNullable<Finding['accepted']> {
  return {
    ...(acceptance.until === undefined ? {} : { until: acceptance.until }),
    ...(acceptance.owner === undefined ? {} : { owner: acceptance.owner }),
    ...(acceptance.reason === undefined ? {} : { reason: acceptance.reason }),
    at: acceptance.source,
  };
}
