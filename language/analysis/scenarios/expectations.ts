/** Judges what a scenario expects: each state and bound with what the model yields. */
import { sourceOf } from '../../model/fact.js';
import type { Bound, Expectation } from '../../model/scenario.js';
import type { ExpectationCheck, ExpectationFigures } from '../analysis.js';
import type { Figure } from '../figure.js';
import { durationText, figureText, percentText, reasonText, timeText } from '../figure-text.js';
import { atLeast } from '../recovery/time.js';
import type { SubjectState } from '../structure/evaluate.js';

/** What the model yields for the subject of an expectation; times and unavailability are worked out when asked for. */
export interface Yield {
  readonly state: SubjectState;
  rto(): Figure;
  rpo(): Figure;
  unavailability(): Figure;
}

/** How far two unavailabilities may lie apart and still be called equal, relative to the larger. */
const tolerance = 1e-9;

/** The expectation with its verdict: met where all its parts are, missed where one is, else not known. */
export function judgeExpectation(expectation: Expectation, found: Yield): ExpectationFigures {
  const checks: ExpectationCheck[] = [];
  if (expectation.state !== undefined) checks.push(stateCheck(expectation.state.value, found.state));
  for (const bound of expectation.bounds) checks.push(boundCheck(bound, found));
  const met = checks.some((check) => check.met === false)
    ? false
    : checks.some((check) => check.met === undefined)
      ? undefined
      : true;
  const deciding = checks.find((check) => check.met === false) ?? checks.find((check) => check.met === undefined) ?? checks[0];
  return {
    subject: expectation.target.name,
    text: textOf(expectation),
    met,
    estimate: deciding?.estimate ?? '',
    target: deciding?.target ?? '',
    checks,
    source: expectation.source,
  };
}

/** `expect orders up rto <= 15 min`, with units as figures print them. */
function textOf({ target, state, bounds }: Expectation): string {
  return ['expect', target.name, ...(state === undefined ? [] : [state.value]), ...bounds.map(boundText)].join(' ');
}

function boundText(bound: Bound): string {
  return `${bound.measure} ${targetText(bound)}`;
}

function targetText({ measure, comparison, value }: Bound): string {
  return `${comparison} ${measure === 'availability' ? percentText(value.value) : durationText(value.value)}`;
}

function stateCheck(wanted: 'up' | 'degraded' | 'down', { up, degraded, reason }: SubjectState): ExpectationCheck {
  const actual = !up ? 'down' : degraded ? 'degraded' : 'up';
  return {
    measure: 'state',
    target: wanted,
    estimate: actual,
    // What works with something wanted missing is up as well.
    met: wanted === 'up' ? up : actual === wanted,
    ...(reason === undefined ? {} : { because: reason.text }),
  };
}

function boundCheck(bound: Bound, found: Yield): ExpectationCheck {
  const figure = bound.measure === 'rto' ? found.rto() : bound.measure === 'rpo' ? found.rpo() : found.unavailability();
  const because = reasonText(figure);
  const source = sourceOf(bound.value);
  return {
    measure: bound.measure,
    target: targetText(bound),
    estimate: bound.measure === 'availability' ? figureText(figure) : timeText(figure),
    met: bound.measure === 'availability' ? availabilityMeets(bound, figure) : timeMeets(bound, figure),
    figure,
    ...(because === undefined ? {} : { because }),
    ...(source === undefined ? {} : { source }),
  };
}

/** Whether the least and the most that a time can be answer alike. */
function timeMeets({ comparison, value }: Bound, figure: Figure): boolean | undefined {
  const lower = atLeast(figure);
  const upper = figure.status === 'known' ? figure.value : figure.status === 'bounded' ? figure.upper : Number.POSITIVE_INFINITY;
  return agreed(holds(lower, comparison, value.value), holds(upper, comparison, value.value));
}

/** The same on the side of unavailability, so that nines are not lost. */
function availabilityMeets({ comparison, value }: Bound, figure: Figure): boolean | undefined {
  const allowed = 1 - value.value;
  const turned = ({ '>=': '<=', '>': '<', '<=': '>=', '<': '>' } as const)[comparison];
  const near = (u: number): number => (Math.abs(u - allowed) <= tolerance * Math.max(u, allowed) + 1e-15 ? allowed : u);
  switch (figure.status) {
    case 'known':
      return holds(near(figure.value), turned, allowed);
    case 'bounded':
      return agreed(holds(near(figure.lower), turned, allowed), holds(near(figure.upper), turned, allowed));
    case 'never':
      return holds(1, turned, allowed);
    case 'unknown':
    case 'unbounded':
      return undefined;
  }
}

function agreed(a: boolean, b: boolean): boolean | undefined {
  return a === b ? a : undefined;
}

function holds(value: number, comparison: Bound['comparison'], limit: number): boolean {
  switch (comparison) {
    case '<=':
      return value <= limit;
    case '<':
      return value < limit;
    case '>=':
      return value >= limit;
    case '>':
      return value > limit;
  }
}
