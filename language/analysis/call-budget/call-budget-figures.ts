/** What the analysis says of timeouts, retries and distance along calls: plain, readonly data. */
import type { Source } from '../../model/fact.js';
import type { Figure } from '../figure.js';

/** Of a component or journey: each call it makes, and the worst of all that these lead to. */
export interface CallBudgetFigures {
  readonly name: string;
  /** One for each target of each edge, by the names of the targets. */
  readonly calls: readonly CallFigures[];
  /** How often one call may reach the busiest callee below: the largest product of tries along a path. */
  readonly attempts: Figure;
  /** Names from the subject to where the tries multiply the most. */
  readonly attemptsPath: readonly string[];
  /** How long work may go on below: the largest sum of timeouts along a path. */
  readonly longestWork: Figure;
  /** Round trips between regions that no answer can beat. Its verdict is of the objective for latency, where there is one. */
  readonly roundTrips: Figure;
}

export interface CallFigures {
  readonly target: string;
  readonly kind: 'requires' | 'wants' | 'publishes';
  readonly source: Source;
  /** Tries in the worst case: 1 + retries. */
  readonly tries: number;
  /** What all tries and the pauses between them take. Its verdict asks for the timeout at most. */
  readonly spent: Figure;
  /** What the callee's own calls may take: at once to one after another. Its verdict asks for the time of one try at most. */
  readonly below: Figure;
  /** Largest sum of timeouts along a path below. Its verdict asks for the timeout at most: else work goes on after the caller gave up. */
  readonly workBelow: Figure;
  /** Round trips of this call between regions. Its verdict asks for less than the time of one try. */
  readonly roundTrips: Figure;
}
