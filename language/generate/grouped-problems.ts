/** What a generation has to say, without saying the same for one component after the other. */
import type { GenerationProblem } from '../model/generation-problem.js';

/** At most this many components are named; the manifests of each say the rest. */
const mostNames = 8;

/**
 * Problems that say the same of several components become one: the words of the first, or its sentence under the names of all. They
 * stand where the first stood. A contradiction has places of its own and stays by itself.
 */
export function groupedProblems(problems: readonly GenerationProblem[]): readonly GenerationProblem[] {
  const groups = new Map<string, GenerationProblem[]>();
  for (const problem of problems) {
    const { kind, component, message } = problem;
    const alike =
      component === undefined || kind === 'contradiction' ? `\0${message}` : `${kind} ${patternOf(message, component)}`;
    const group = groups.get(alike);
    if (group === undefined) groups.set(alike, [problem]);
    else group.push(problem);
  }
  return [...groups.values()].flatMap(asOne);
}

function asOne(group: readonly GenerationProblem[]): readonly GenerationProblem[] {
  const [first] = group;
  if (first === undefined || group.length === 1) return group;
  const [name = '', ...others] = group.flatMap(({ component }) => component ?? []);
  const head = `${name}: `;
  const message = first.message.startsWith(head)
    ? `${namedTogether([name, ...others])}: ${first.message.slice(head.length)}`
    : `${first.message} The same holds for ${namedTogether(others)}.`;
  return [{ ...first, message }];
}

/** `a, b and c`; `a, b, …, h and 5 more`. */
function namedTogether(names: readonly string[]): string {
  const shown = names.length > mostNames + 1 ? [...names.slice(0, mostNames), `${names.length - mostNames} more`] : names;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** A message without the component's name: where that is a word by itself. */
function patternOf(message: string, component: string): string {
  const inside = /[\p{L}\p{N}_-]/u;
  return message
    .split(component)
    .reduce((text, piece) =>
      inside.test(text.at(-1) ?? '') || inside.test(piece[0] ?? '') ? `${text}${component}${piece}` : `${text}\0${piece}`,
    );
}
