import type { RuleDescription } from './rule.js';

/** DR099: a rule could not judge the model. A defect of DRML, said instead of hidden. */
export const ruleFailed: RuleDescription = {
  code: 'DR099',
  name: 'rule-failed',
  title: 'A rule failed on the model',
  severity: 'warning',
  subsumes: [],
  docs: {
    what: 'A rule ended with an error of its own. The other rules were judged; what this one would have found is missing.',
    why: 'Silence would look like a clean model.',
    how: 'Report the model and the message as a defect of DRML. Until it is mended, switch the rule off in drml.config.json.',
    bad: '',
    good: '',
  },
};
