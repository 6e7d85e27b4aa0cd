import type { Source } from '../model/fact.js';
import type { Component, Journey, Model, Region, Scenario } from '../model/model.js';
import type { Fix } from './rule.js';

/** How long a fix accepts a risk: half a year, after which the finding is back. */
const acceptedDays = 180;

/**
 * Records a risk as taken: adds `accepts CODE until DATE by OWNER because "…"` to the block.
 * The reason is a prompt that its author replaces; the date is half a year after the date of the analysis.
 */
export function acceptFix(
  code: string,
  holder: Component | Journey | Region | Scenario,
  model: Pick<Model, 'settings'>,
  asOf: string,
): Fix {
  const until = laterDate(asOf, acceptedDays);
  const owner = 'owner' in holder ? holder.owner?.value : undefined;
  const by = owner ?? model.settings.owner?.value;
  const text = `accepts ${code} until ${until}${by === undefined ? '' : ` by ${JSON.stringify(by)}`} because "say here why"`;
  return statementFix(`Accept ${code} in ${holder.name} until ${until}`, holder.source, text);
}

/** A fix that adds one statement to a block. */
export function statementFix(title: string, block: Source, text: string): Fix {
  return { title, edits: [{ kind: 'add-statement', block, text }], safe: false };
}

/** The last answer of {@link laterDate}: one judgement asks the same a thousand times. */
let latest = { date: '', days: 0, later: '' };

/** A date `days` after another, both `YYYY-MM-DD`; the same date where it cannot be read. */
export function laterDate(date: string, days: number): string {
  if (latest.date !== date || latest.days !== days) latest = { date, days, later: dateAfter(date, days) };
  return latest.later;
}

function dateAfter(date: string, days: number): string {
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(time) ? date : new Date(time + days * 86_400_000).toISOString().slice(0, 10);
}

/** A fix that takes one statement away. */
export function removeStatementFix(title: string, statement: Source, safe: boolean): Fix {
  return { title, edits: [{ kind: 'replace', at: statement, text: '' }], safe };
}
