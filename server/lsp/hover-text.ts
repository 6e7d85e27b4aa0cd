import type { Analysis, ClassRecovery, SinglePoint } from '../../language/analysis/analysis.js';
import { explain } from '../../language/analysis/explanations.js';
import type { Explanation, Figure } from '../../language/analysis/figure.js';
import { durationText, figureText, percentText, timeText } from '../../language/analysis/figure-text.js';
import type { ExplainedWord } from '../../language/syntax/keyword-at.js';
import { referenceEntry } from '../../language/syntax/reference.js';

/** Lines of a breakdown that a hover shows; the command line prints the whole tree. */
const breakdownLines = 14;
/** Terms that stand in lists of their own. */
const listedApart: ReadonlySet<string> = new Set(['assumed', 'single point']);
/** Names that a hover lists before it counts. */
const listedNames = 8;

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
    ...(absent === undefined ? [] : [`Left out: ${absent}`]),
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
  const parts = [`Availability **${figureText(figures.unavailability)}**${verdictText(figures.availability, percentText)}`];
  const breakdown = explain(figures.availability) ?? explain(figures.unavailability);
  if (breakdown !== undefined) parts.push(breakdownText(breakdown));
  const degraded = figures.degraded;
  if (degraded.status === 'known' && degraded.value > 0) {
    parts.push(`Degraded, without something wanted: ${durationText(degraded.value * 365 * 86_400)} a year`);
  }
  parts.push(pointsText(analysis.singlePoints(subject)));
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

/** What a region or zone carries alone. */
export function siteText(analysis: Analysis, site: string): string {
  const down = [...analysis.downWithout(site)].sort();
  if (down.length === 0) return `Without **${escaped(site)}** everything stays up.`;
  return `Without **${escaped(site)}**, ${down.length === 1 ? 'this is' : `these ${down.length} are`} down: ${named(down)}.`;
}

function pointsText(points: readonly SinglePoint[]): string {
  if (points.length === 0) return 'No single point of failure.';
  const lines = points.slice(0, listedNames).map(({ event, share, unavailability }) => {
    // A site without failure data fails all the same, but nobody knows how often.
    const part =
      share === undefined || unavailability === 0 ? '' : ` (${percentText(Number(share.toPrecision(2)))} of the downtime)`;
    return `- ${event.kind} ${escaped(event.name)}${part}`;
  });
  const more = points.length > listedNames ? `\n- and ${points.length - listedNames} more` : '';
  return `Single points of failure: ${points.length}\n${lines.join('\n')}${more}`;
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

/** A breakdown as a nested list, the largest terms first as the analysis orders them, cut at a length that fits a hover. */
export function breakdownText(explanation: Explanation): string {
  const lines: string[] = [];
  const add = (node: Explanation, depth: number): void => {
    const formula = node.formula === undefined ? '' : `: \`${node.formula.replaceAll('`', "'")}\``;
    lines.push(`${'  '.repeat(depth)}- ${escaped(node.label)} ${escaped(node.value)}${formula}`);
    const parts = node.children.filter(({ label }) => !listedApart.has(label));
    if (depth < 2) for (const part of parts) add(part, depth + 1);
  };
  add(explanation, 0);
  const more = lines.length - breakdownLines;
  return more <= 0
    ? lines.join('\n')
    : `${lines.slice(0, breakdownLines).join('\n')}\n- and ${more} more terms: \`drml analyze --explain\``;
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
  return [...new Set(figures.flatMap(({ assumptions }) => assumptions))].slice(0, listedNames);
}

function named(names: readonly string[]): string {
  const shown = names.slice(0, listedNames).map(escaped).join(', ');
  return names.length > listedNames ? `${shown} and ${names.length - listedNames} more` : shown;
}

/** Text of the user's as Markdown that says the same: no markup, no HTML, no table cells of its own. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|~]/g, '\\$&').replace(/\s+/g, ' ');
}
