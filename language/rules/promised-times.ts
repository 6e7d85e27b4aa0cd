import type { ClassRecovery } from '../analysis/analysis.js';
import type { Term } from '../analysis/figure.js';
import type { Fact, Source } from '../model/fact.js';
import type { ClassObjective, Component, Journey } from '../model/model.js';
import { lookup } from './lookup.js';
import { promising } from './objectives.js';
import { promiseFixes } from './promise-fixes.js';
import type { Fix, RuleContext } from './rule.js';

/** A promised time of a class, to recover or of data lost, beside what the model yields. */
export interface PromisedTime {
  readonly subject: Component | Journey;
  readonly promise: ClassObjective;
  readonly target: Fact<number>;
  readonly recovery: ClassRecovery;
}

/** Every recovery time (or loss of data) that an objective promises, in order of declaration. */
export function promisedTimes({ model, analysis }: RuleContext, measure: 'rto' | 'rpo' = 'rto'): readonly PromisedTime[] {
  return promising(model).flatMap((subject) =>
    (subject.objective?.classes ?? []).flatMap((promise) => {
      const target = promise[measure];
      const recovery = target === undefined ? undefined : analysis.recovery(subject.name).get(promise.disruption);
      return target === undefined || recovery === undefined ? [] : [{ subject, promise, target, recovery }];
    }),
  );
}

/** The component whose step a term of a promised time is: the subject itself, or what it waits for. */
export function ownerOf(term: Term, { subject }: PromisedTime, { model }: RuleContext): Component | undefined {
  const { components } = lookup(model);
  const named = term.note === undefined ? undefined : components.get(term.note.split(':')[0] ?? '');
  return named ?? components.get(subject.name);
}

/** Whether the promise is unmet, and would be met if the steps at this place took `seconds` less. */
export function decidesAlone({ recovery, target }: PromisedTime, seconds: number): boolean {
  const { rto } = recovery;
  return rto.status === 'known' && rto.value > target.value && rto.value - seconds <= target.value;
}

/** Promises at least `seconds`, and at least what is reached, in every one of these places; nothing where one is a policy's. */
export function raiseFix(times: readonly PromisedTime[], seconds: number): readonly Fix[] {
  const fixes = times.flatMap(({ subject, promise, target, recovery: { rto } }) => {
    const reached = rto.status === 'known' ? rto.value : rto.status === 'bounded' ? rto.upper : 0;
    return promiseFixes(subject, promise, 'rto', target, Math.max(seconds, reached));
  });
  if (fixes.length < times.length || fixes.length === 0) return [];
  return [{ title: fixes.map((fix) => fix.title).join('; '), edits: fixes.flatMap((fix) => fix.edits), safe: false }];
}

/** The shortest promise first; which of equal ones is first is said by their names, not by the order of declaration. */
export function strictestFirst(times: readonly PromisedTime[]): readonly PromisedTime[] {
  const nameOf = ({ subject, promise }: PromisedTime) => `${subject.name} ${promise.disruption}`;
  return [...times].sort((a, b) => a.target.value - b.target.value || (nameOf(a) < nameOf(b) ? -1 : 1));
}

/** A name of a place in the text, to gather what several promises say of it. */
export function placeKey({ uri, start, end }: Source): string {
  return `${uri} ${start} ${end}`;
}
