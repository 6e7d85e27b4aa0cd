/** The steps of a recovery, from the terms of its time: whose they are, and when. */
import type { Figure } from '../../analysis/figure.js';
import { durationText } from '../../analysis/figure-text.js';

/** One step of a recovery, in seconds after the failure. */
export interface TimelineStep {
  readonly name: string;
  /** Whose step it is: `orders-db`. */
  readonly owner: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The steps that take time, one after the other. A note begins with whose step it is, where that is somebody else's; else it says how the
 * step is done, or counted. `components`: all names that there are.
 */
export function recoverySteps(
  subject: string,
  { terms }: Pick<Figure, 'terms'>,
  components: ReadonlySet<string>,
): readonly TimelineStep[] {
  let at = 0;
  return terms.flatMap(({ name, seconds, note }) => {
    if (seconds === undefined || seconds === 0) return [];
    const from = at;
    at += seconds;
    const [first = ''] = note?.split(': ') ?? [];
    return [{ name, owner: components.has(first) ? first : subject, from, to: at }];
  });
}

/** The steps in words: `orders-db: detect 30 s, promote 1 min`; each owner is named once, the subject itself never. */
export function stepsText(subject: string, steps: readonly TimelineStep[]): string {
  return steps
    .map(({ name, owner, from, to }, index) => {
      const isNew = owner !== (steps[index - 1]?.owner ?? subject);
      return `${isNew ? `${owner}: ` : ''}${name} ${durationText(to - from)}`;
    })
    .join(', ');
}
