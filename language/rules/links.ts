/** The one place that knows where the documentation of a rule is published. */
const pages = 'https://github.com/drml/drml/blob/main/docs/rules';

/** Address of the documentation page of a rule: what a diagnostic's code links to. */
export function ruleLink(code: string): string {
  return `${pages}/${code}.md`;
}
