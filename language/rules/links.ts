/** The one place that knows where the documentation of a rule is published. */
const docs = 'https://github.com/drml/drml/blob/main/docs';

/** Address of the description of the language. */
export const languageLink = `${docs}/language.md`;

/** Address of the documentation page of a rule: what a diagnostic's code links to. */
export function ruleLink(code: string): string {
  return `${docs}/rules/${code}.md`;
}
