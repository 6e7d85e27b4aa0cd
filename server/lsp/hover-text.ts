import type { Analysis, ClassRecovery, SinglePoint } from '../../language/analysis/analysis.js';
import { explanationAt } from '../../language/analysis/explain-path.js';
import { explain } from '../../language/analysis/explanations.js';
import type { Explanation, Figure } from '../../language/analysis/figure.js';
import { figureText as availabilityOf, durationText, percentText, timeText } from '../../language/analysis/figure-text.js';
import { firstToFix, outageSummary } from '../../language/analysis/first-to-fix.js';
import type { ExplainedWord } from '../../language/syntax/keyword-at.js';
import { referenceEntry } from '../../language/syntax/reference.js';
import { breakdownText, escaped } from './breakdown-text.js';

/** Terms that stand in lists of their own. */
const listedApart: ReadonlySet<string> = new Set(['assumed', 'single point', 'shared fate']);
/** Lines of the breakdown of an availability, among much else. */
const breakdownLines = 14;
/** Lines of a figure below the words on a statement: the figure and what it is the sum of. */
const statementLines = 16;
/** Names that a hover lists before it counts. */
const listedNames = 8;
/** Things to fix that a hover lists before it counts. */
const listedFixes = 3;

/**
 * What a word of the language means: for a later word of a statement first what it means there, then the statement's entry of the
 * reference: meaning, form, value with units and bounds, what holds where it is left out, and an example. `page` is the address of the
 * reference, where the client has it.
 */
export function keywordText(word: string, { entry, meaning }: ExplainedWord, page: string | undefined): string {
  const { phrase, anchor, meaning: about, form, value, repeats, absent, example } = referenceEntry(entry);
  const facts = [
    `Written \`${form}\`${repeats ? '; may repeat' : ''}`,
    ...(value === undefined ? [] : [`Value: ${value}`]),
    ...(absent === undefined ? [] : [`If omitted: ${absent}`]),
  ];
  return [
    ...(meaning === undefined ? [] : [`**${word}** in \`${phrase}\` \u2014 ${meaning}`]),
    `**${phrase}** \u2014 ${about}`,
    facts.map((fact) => `- ${fact}`).join('\n'),
    `\`\`\`drml\n${example}\n\`\`\``,
    ...(page === undefined ? [] : [`[\`${phrase}\` in the reference](${page}#${anchor})`]),
  ].join('\n\n');
}

/** The figures of a component or journey: availability with its breakdown, single points, recovery by disruption, assumptions. */
export function subjectText(analysis: Analysis, subject: string): string | undefined {
  const figures = analysis.availability(subject);
  if (figures === undefined) return undefined;
  const parts = [`Availability **${availabilityOf(figures.unavailability)}**${verdictText(figures.availability, percentText)}`];
  const breakdown = explain(figures.availability) ?? explain(figures.unavailability);
  const outages = outageSummary(analysis, subject);
  if (outages !== undefined && figures.unavailability.status === 'known' && figures.unavailability.value > 0) {
    const { perYear, perMonth, outages: often, each } = outages;
    parts.push(`Down ${perYear}, ${perMonth} a month; outages: ${often}${each === undefined ? '' : `, ${each} each`}`);
  }
  const path = `${subject}.availability`;
  if (breakdown !== undefined)
    parts.push(breakdownText(breakdown, analysis.model, { path, most: breakdownLines, without: listedApart }));
  if (outages?.degraded !== undefined) parts.push(`Degraded, without something wanted: ${outages.degraded}`);
  const fixes = fixesText(analysis, subject);
  if (fixes !== undefined) parts.push(fixes);
  parts.push(pointsText(analysis.singlePoints(subject), subject));
  const shared = analysis.sharedFate(subject);
  if (shared.length > 0)
    parts.push(`Shared fate, which no further replica changes: ${shared.length}\n${pointLines(shared, subject)}`);
  const recovery = [...analysis.recovery(subject).values()].filter(({ survives }) => survives !== undefined);
  if (recovery.length > 0) parts.push(recoveryTable(recovery));
  const assumptions = assumptionsOf([
    figures.availability,
    figures.unavailability,
    ...recovery.flatMap(({ rto, rpo }) => [rto, rpo]),
  ]);
  if (assumptions.length > 0) parts.push(`Assumed:\n${assumptions.map((sentence) => `- ${escaped(sentence)}`).join('\n')}`);
  return parts.join('\n\n');
}

/**
 * One figure by the name that `--explain` has for it, as a breakdown; undefined where there is none, or where nobody has stated what it is
 * made of. `at`: of a tree of statements, like the expectations of a scenario, only what that place is about.
 */
export function figureText(
  analysis: Analysis,
  path: string,
  at?: { readonly uri: string; readonly offset: number },
): string | undefined {
  const whole = explanationAt(analysis, path);
  if (whole === undefined) return undefined;
  // An objective is of the whole figure.
  const isHere = ({ label, source }: Explanation): boolean =>
    label !== 'objective' &&
    source !== undefined &&
    source.uri === at?.uri &&
    source.start <= at.offset &&
    at.offset < source.end;
  const tree = whole.children.find(isHere) ?? whole;
  return breakdownText(tree, analysis.model, { path, most: statementLines, deepest: 1 });
}

/** What a region or zone carries alone. */
export function siteText(analysis: Analysis, site: string): string {
  const down = [...analysis.downWithout(site)].sort();
  if (down.length === 0) return `Without **${escaped(site)}** everything stays up.`;
  const whole = down.length > listedNames ? `\n\nAll of them: \`drml analyze --explain ${site}.down\`` : '';
  return `Without **${escaped(site)}**, ${down.length === 1 ? 'this is' : `these ${down.length} are`} down: ${named(down)}.${whole}`;
}

/** What gains most if it never happened; undefined where nothing is worth naming. */
function fixesText(analysis: Analysis, subject: string): string | undefined {
  const fixes = firstToFix(analysis, subject);
  if (fixes.length === 0) return undefined;
  const lines = fixes
    .slice(0, listedFixes)
    .map(
      ({ event, now, without, gain, share }) =>
        `- ${now} \u2192 ${without} without ${escaped(event)} (${gain}, ${share} of the outage)`,
    );
  const more = fixes.length - lines.length;
  if (more > 0) lines.push(`- and ${more} more: \`drml analyze --explain ${subject}.contributions\``);
  return `What to fix first:\n${lines.join('\n')}`;
}

function pointsText(points: readonly SinglePoint[], subject: string): string {
  if (points.length === 0) return 'No single point of failure.';
  return `Single points of failure: ${points.length}\n${pointLines(points, subject)}`;
}

function pointLines(points: readonly SinglePoint[], subject: string): string {
  const lines = points.slice(0, listedNames).map(({ event, share, unavailability }) => {
    // A site without failure data fails all the same, but nobody knows how often.
    const part =
      share === undefined || unavailability === 0 ? '' : ` (${percentText(Number(share.toPrecision(2)))} of the downtime)`;
    const kind = event.kind === 'shared-fate' ? '' : `${event.kind} `;
    return `- ${kind}${escaped(event.name)}${part}`;
  });
  const more = points.length - lines.length;
  if (more > 0) lines.push(`- and ${more} more: \`drml analyze --explain ${subject}.single-points\``);
  return lines.join('\n');
}

function recoveryTable(recovery: readonly ClassRecovery[]): string {
  const rows = recovery.map(({ disruption, survives, lost, rto, rpo, scope }) => {
    const answer = lost ? 'no, data lost' : survives === true ? 'yes' : 'no';
    const worst = scope === undefined ? '' : ` (${escaped(scope)})`;
    return `| ${disruption}${worst} | ${answer} | ${timeCell(rto)} | ${timeCell(rpo)} |`;
  });
  return ['| after | stays up | RTO | RPO |', '|---|---|---|---|', ...rows].join('\n');
}

function timeCell(figure: Figure): string {
  const missing = figure.status === 'unknown' && figure.missing.length > 0 ? `: ${escaped(figure.missing.join(', '))}` : '';
  const because = figure.status === 'never' || figure.status === 'unbounded' ? `: ${escaped(figure.because)}` : '';
  const terms = figure.terms
    .map(({ name, seconds }) => `${escaped(name)} ${seconds === undefined ? '?' : durationText(seconds)}`)
    .join(' + ');
  const sum = figure.terms.length > 1 ? ` = ${terms}` : '';
  return `${timeText(figure)}${missing}${because}${sum}${verdictText(figure, durationText)}`;
}

function verdictText(figure: Figure, print: (value: number) => string): string {
  if (figure.verdict === undefined) return '';
  const { target, met } = figure.verdict;
  return met === undefined
    ? ` (target ${print(target)})`
    : met
      ? ` \u2713 target ${print(target)}`
      : ` \u2717 target ${print(target)}`;
}

function assumptionsOf(figures: readonly Figure[]): readonly string[] {
  return [...new Set(figures.flatMap(({ assumptions }) => assumptions))];
}

function named(names: readonly string[]): string {
  const shown = names.slice(0, listedNames).map(escaped).join(', ');
  return names.length > listedNames ? `${shown} and ${names.length - listedNames} more` : shown;
}
