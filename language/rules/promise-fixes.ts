import type { Fact } from '../model/fact.js';
import type { ClassObjective, Component, Journey } from '../model/model.js';
import type { Fix } from './rule.js';
import { writtenDuration } from './wording.js';

/**
 * Promises what is reached (in seconds), rounded up to a whole minute past a minute and to a whole hour past two. Nothing where
 * there is no such limit, or where the promise stands in a policy that others follow too.
 */
export function promiseFixes(
  subject: Component | Journey,
  promise: ClassObjective,
  measure: 'rto' | 'rpo',
  target: Fact<number>,
  reached: number | undefined,
): readonly Fix[] {
  if (reached === undefined || !Number.isFinite(reached) || target.origin.kind !== 'stated') return [];
  const unit = reached > 7200 ? 3600 : reached > 60 ? 60 : 1;
  const text = writtenDuration(Math.ceil(reached / unit) * unit);
  return [
    {
      title: `Promise ${measure} ${text} for ${promise.disruption} of ${subject.name}`,
      edits: [{ kind: 'set-value', at: target.origin.at, after: measure, text }],
      safe: false,
    },
  ];
}
