import type { Model } from '../../model/model.js';
import { acceptancesOf, isExpired } from '../../rules/acceptance.js';
import { describedRules } from '../../rules/registry.js';
import type { Finding } from '../../rules/rule.js';
import { type Block, type Cell, code, paragraph, type Section, status, strong } from '../document.js';
import { byText } from '../report-input.js';

/** The risks that somebody has taken on purpose: which, of what, who answers for it, until when, and why. */
export function acceptedRisks(model: Model, findings: readonly Finding[], asOf: string): Section {
  const rows = acceptancesOf(model)
    .map(({ of, acceptance }) => ({ of, acceptance, rule: describedRules.find(({ code: each }) => each === acceptance.rule) }))
    .sort(
      (a, b) =>
        byText(a.acceptance.rule, b.acceptance.rule) ||
        byText(a.of, b.of) ||
        byText(a.acceptance.until ?? '', b.acceptance.until ?? ''),
    )
    .map(({ of, acceptance, rule }): readonly Cell[] => {
      const { source } = acceptance;
      const said = findings
        .filter(({ accepted }) => accepted?.at.uri === source.uri && accepted.at.start === source.start)
        .map(({ message }) => message)
        .sort(byText);
      return [
        { lines: [code(acceptance.rule), ...(rule === undefined ? [] : [rule.title])] },
        of,
        said.length === 0 ? 'no finding at present' : { lines: said },
        acceptance.owner ?? 'nobody named',
        acceptance.until ?? 'no end',
        acceptance.reason ?? 'none stated',
        isExpired(acceptance, asOf) ? status('bad', 'expired') : strong('accepted'),
      ];
    });
  const blocks: readonly Block[] =
    rows.length === 0
      ? [paragraph('No risk is accepted in the model.')]
      : [
          {
            kind: 'table',
            caption: `Accepted risks, as of ${asOf}`,
            header: ['Rule', 'Of', 'What is accepted', 'By', 'Until', 'Reason', 'State'],
            rows,
          },
        ];
  return { id: 'accepted', title: 'Accepted risks', blocks };
}
