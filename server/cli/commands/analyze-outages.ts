import type { Analysis } from '../../../language/analysis/analysis.js';
import { firstToFix, outageSummary, worstPairs } from '../../../language/analysis/first-to-fix.js';
import { isHard } from '../../../language/model/queries.js';
import { type Output, printable } from '../console.js';
import { table } from '../table.js';

/** How many events and pairs of a subject the tables name; `--explain NAME.contributions` and `NAME.cut-sets` tell all. */
const mostNamed = 3;
/** How many components stand in for journeys where a model has none. */
const mostSubjects = 10;

/** The sections of `drml analyze` about outages: how long and how often, what to fix first, what fails in pairs. Of journeys; of the outermost components where there are none. */
export function printOutages(analysis: Analysis, output: Output): void {
  const subjects = shown(analysis);
  const outages = subjects.flatMap((name) => {
    const found = outageSummary(analysis, name);
    if (found === undefined || found.perYear.startsWith('0 s')) return [];
    const { perYear, perMonth, outages: often, each, degraded } = found;
    return [[printable(name), perYear, perMonth, often, each ?? 'not known', degraded ?? '-']];
  });
  if (outages.length > 0) {
    output.out(`\n${table(['Downtime', 'a year', 'a month', 'outages', 'one of them', 'degraded'], outages)}`);
  }
  const fixes = subjects.flatMap((name) =>
    firstToFix(analysis, name)
      .slice(0, mostNamed)
      .map(({ event, now, without, gain, share }, index) => [
        index === 0 ? printable(name) : '',
        printable(event),
        `${now} → ${without}`,
        gain,
        share,
      ]),
  );
  if (fixes.length > 0) {
    output.out(`\n${table(['What to fix first', 'if this never happened', 'availability', 'gained', 'of the outage'], fixes)}`);
  }
  const pairs = subjects.flatMap((name) =>
    worstPairs(analysis, name)
      .slice(0, mostNamed)
      .map(({ events, share }, index) => [index === 0 ? printable(name) : '', printable(events), share]),
  );
  if (pairs.length > 0) output.out(`\n${table(['Two together', 'take it down', 'of the outage'], pairs)}`);
}

/** Journeys; without any, the components that nothing requires. */
function shown({ model }: Analysis): readonly string[] {
  if (model.journeys.length > 0) return model.journeys.map(({ name }) => name);
  const required = new Set(
    model.components.flatMap(({ edges }) => edges.filter(isHard).flatMap(({ targets }) => targets.map(({ name }) => name))),
  );
  return model.components
    .map(({ name }) => name)
    .filter((name) => !required.has(name))
    .slice(0, mostSubjects);
}
