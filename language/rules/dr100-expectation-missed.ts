import type { ExpectationCheck, ExpectationFigures } from '../analysis/analysis.js';
import type { Scenario } from '../model/model.js';
import { acceptFix } from './accept-fix.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { keptAvailability, writtenDuration } from './wording.js';

/** DR100: a scenario does not end as its author expects. */
export const expectationMissed: Rule = {
  code: 'DR100',
  name: 'expectation-missed',
  title: 'A scenario does not end as expected',
  severity: 'error',
  subsumes: [],
  docs: {
    what: 'With everything off that the scenario takes, the component or journey is not in the state that `expect` names, or its RTO, RPO or availability is outside the bound. `up` holds for what is degraded as well. Where the figure is not known and could be on either side, the finding is information and says what is missing.',
    why: 'An expectation is an assertion on the architecture: once it has failed, what people plan with is not what is built. Sources: NIST SP 800-34 (plans are tested against scenarios); AWS Well-Architected REL12-BP04 and REL13-BP03.',
    how: 'Change the design until the scenario ends as it should; the message names the nearest reason. Where what the model yields is enough, expect that instead.',
    bad: `region north { zones a }
region south { zones a }

service orders {
  runs 1 in north
  runs 1 in south as hot standby
  failover { detect 30s  switch dns ttl 60s }
}

scenario north-lost {
  fails north
  expect orders up rto <= 1m
}
`,
    good: `region north { zones a }
region south { zones a }

service orders {
  runs 1 in north
  runs 1 in south as hot standby
  failover { detect 30s  switch dns ttl 60s }
}

scenario north-lost {
  fails north
  expect orders up rto <= 2m
}
`,
  },
  check(context) {
    return context.model.scenarios.flatMap((scenario) => {
      if (scenario.expects.length === 0) return [];
      const expectations = context.analysis.scenario(scenario.name)?.expectations ?? [];
      return expectations.flatMap((expectation, index) =>
        expectation.met === true ? [] : [judge(scenario, expectation, index, context)],
      );
    });
  },
};

function judge(scenario: Scenario, expectation: ExpectationFigures, index: number, { model, analysis }: RuleContext): RawFinding {
  const missed = expectation.checks.filter((check) => check.met === false);
  const shared = {
    at: expectation.source,
    related: [],
    subject: expectation.subject,
    causes: [`expectation:${scenario.name}:${index + 1}`],
  };
  if (missed.length === 0) {
    const open = expectation.checks.filter((check) => check.met === undefined);
    const message = `In ${scenario.name}, nobody can tell whether "${expectation.text}" holds: ${open.map((check) => described(check, expectation.subject)).join('; ')}.`;
    return { ...shared, message, severity: 'info', fixes: [] };
  }
  return {
    ...shared,
    message: `In ${scenario.name}, "${expectation.text}" is missed: ${missed.map((check) => described(check, expectation.subject)).join('; ')}.`,
    fixes: [...yieldedFix(expectation, missed), acceptFix('DR100', scenario, model, analysis.asOf)],
  };
}

const words = { rto: 'RTO', rpo: 'RPO', availability: 'availability' } as const;

function described(check: ExpectationCheck, subject: string): string {
  const what = check.measure === 'state' ? `${subject} is` : words[check.measure];
  return `${what} ${check.estimate}${check.because === undefined ? '' : ` (${check.because})`}`;
}

/** Bounds that the model keeps, in place of those that it misses; none where one of them is a state or no number. */
function yieldedFix(expectation: ExpectationFigures, missed: readonly ExpectationCheck[]): readonly Fix[] {
  const edits = missed.flatMap((check) => {
    const text = keptBound(check);
    return text === undefined || check.source === undefined ? [] : [{ kind: 'replace' as const, at: check.source, text }];
  });
  if (edits.length < missed.length) return [];
  return [{ title: `Expect ${expectation.subject} ${edits.map((edit) => edit.text).join(' ')}`, edits, safe: false }];
}

function keptBound({ measure, figure, target }: ExpectationCheck): string | undefined {
  if (figure?.status !== 'known') return undefined;
  if (measure === 'availability') {
    if (!target.startsWith('>= ') || figure.value >= 1) return undefined;
    return `${measure} >= ${keptAvailability(figure.value)}`;
  }
  return measure !== 'state' && target.startsWith('<= ')
    ? `${measure} <= ${writtenDuration(Math.ceil(figure.value))}`
    : undefined;
}
