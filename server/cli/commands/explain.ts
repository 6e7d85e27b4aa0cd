import { allDescribedRules as describedRules } from '../../../language/manifests/registry.js';
import { ruleLink } from '../../../language/rules/links.js';
import { rulePage } from '../../../language/rules/pages.js';
import { type Output, paint } from '../console.js';
import { type ExitCode, exitCodes, UnusableInput } from '../unusable-input.js';

/** `drml explain DR015`: the page of a rule, by its code or its name; without one, a line for each rule. */
export function explain(asked: string | undefined, output: Output): ExitCode {
  if (asked === undefined) {
    for (const { code, name, title } of describedRules) output.out(`${paint(output, 'bold', code)} ${name}: ${title}\n`);
    return exitCodes.done;
  }
  const rule = describedRules.find(({ code, name }) => code === asked.toUpperCase() || name === asked.toLowerCase());
  if (rule === undefined) {
    const word = asked.toLowerCase();
    const alike = describedRules.filter(({ name, title }) => name.includes(word) || title.toLowerCase().includes(word));
    const meant = alike.length === 0 ? '' : ` Did you mean ${alike.map(({ code, name }) => `${code} ${name}`).join(', ')}?`;
    throw new UnusableInput(`there is no rule ${asked}.${meant} "drml explain" lists all rules.`);
  }
  output.out(`${rulePage(rule, describedRules).trimEnd()}\n\n${ruleLink(rule.code)}\n`);
  return exitCodes.done;
}
