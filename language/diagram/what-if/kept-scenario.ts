/** Keeps what is shown as a `scenario` of the model: the statement, its name, and where it goes. */
import { applyEdits } from '../../edit/apply.js';
import type { TextChange } from '../../edit/edit.js';
import type { Source } from '../../model/fact.js';
import type { Model, Scenario } from '../../model/model.js';
import { freeName } from '../../refactor/refactoring.js';
import { type Switches, switchName, switchText } from './switches.js';
import type { WhatIf } from './what-if.js';

/** The change that keeps it, or one sentence why it cannot be kept. */
export type KeptScenario = { readonly name: string; readonly changes: readonly TextChange[] } | { readonly problem: string };

/**
 * The scenario behind the last declaration of the root file. It fails what is switched off, together with what a scenario that was shown
 * fails, and expects the journeys that work to be up. `textOf` gives the text of a file.
 */
export function keptScenario(model: Model, shown: WhatIf, textOf: (uri: string) => string | undefined): KeptScenario {
  const { switches } = shown;
  if (switches.off.length === 0) return { problem: 'This is a scenario of the file already.' };
  const cut = switches.off.find((each) => each.kind === 'dependency');
  if (cut !== undefined) {
    return {
      problem: `A scenario cannot say that ${cut.from} does not reach ${cut.to}: it can fail components, places and links.`,
    };
  }
  const after = lastDeclaration(model);
  const text = after === undefined ? undefined : textOf(after.uri);
  if (after === undefined || text === undefined)
    return { problem: 'The file has no declaration that the scenario could follow.' };
  const name = freeName(wishedName(switches), takenNames(model));
  const base = model.scenarios.find((each) => each.name === switches.scenario);
  const statements = [
    ...(base === undefined ? [] : statementsOf(base, textOf)),
    // Cut dependencies were refused above; of all else the words that are shown are those of the language.
    `fails ${switches.off.map(switchText).join(', ')}`,
    ...shown.journeys.filter(({ up }) => up).map((journey) => `expect ${journey.name} up`),
  ];
  const written = `scenario ${name} {\n${statements.map((each) => `  ${each}`).join('\n')}\n}`;
  const changes = applyEdits([{ kind: 'add-declaration', after, text: written }], textOf);
  return { name, changes };
}

/** What the scenario that was shown as well takes, as it is written. */
function statementsOf(base: Scenario, textOf: (uri: string) => string | undefined): readonly string[] {
  const { fails, deletes, corrupts } = base;
  const written = [...fails, ...deletes].map(({ source: { uri, start, end } }) => textOf(uri)?.slice(start, end));
  const corrupted = corrupts.map(({ name }) => `corrupts ${name}`);
  return [...written.flatMap((text) => (text === undefined ? [] : [text.replace(/\s+/g, ' ')])), ...corrupted];
}

function lastDeclaration(model: Model): Source | undefined {
  const all = [...model.regions, ...model.components, ...model.journeys, ...model.scenarios, ...model.policies];
  let last: Source | undefined;
  for (const { source } of all) {
    if (source.uri === model.root && (last === undefined || source.end > last.end)) last = source;
  }
  return last;
}

function takenNames(model: Model): ReadonlySet<string> {
  return new Set(
    [...model.components, ...model.journeys, ...model.scenarios, ...model.policies, ...model.regions].map(({ name }) => name),
  );
}

/** `cn-north-a-lost`, of what is off; of several things the first and how many more. */
function wishedName({ off }: Switches): string {
  const [first] = off;
  const words = (first === undefined ? 'what-if' : switchName(first)).replace(/[^A-Za-z0-9_]+/g, '-').replace(/^-+|-+$/g, '');
  const more = off.length < 2 ? '' : `-and-${off.length - 1}-more`;
  return `${/^[A-Za-z_]/.test(words) ? words : `off-${words}`}${more}-lost`;
}
