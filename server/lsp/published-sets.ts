/** Sets of diagnostics as they go out: put together from lists that stay the same over many sets, and compared with what went before. */
import type { Diagnostic } from 'vscode-languageserver';

const listsOf = new WeakMap<readonly Diagnostic[], readonly (readonly Diagnostic[])[]>();

/** One set of several lists. Whoever writes it can ask for the lists again. */
export function joined(...lists: readonly (readonly Diagnostic[])[]): Diagnostic[] {
  const all = lists.flat();
  listsOf.set(all, lists);
  return all;
}

/** The lists that a set was put together from; a set of another origin is one list. */
export function partsOf(set: readonly Diagnostic[]): readonly (readonly Diagnostic[])[] {
  return listsOf.get(set) ?? [set];
}

/** The set of before where the next one says the same, else the next one: what was worked out for it then holds for this one too. */
export function keptOr(before: readonly Diagnostic[] | undefined, next: readonly Diagnostic[]): readonly Diagnostic[] {
  return before !== undefined && isSameSet(before, next) ? before : next;
}

/** Whether two sets say the same in the same order. */
export function isSameSet(one: readonly Diagnostic[], other: readonly Diagnostic[]): boolean {
  return one.length === other.length && one.every((diagnostic, index) => isSame(diagnostic, other[index]));
}

/** Whether two diagnostics say the same. Most sets that are compared do, so that nothing is made for it. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  return (
    keys.length === others.length &&
    keys.every((key, index) => key === others[index] && isSame(Reflect.get(one, key), Reflect.get(other, key)))
  );
}

/** The diagnostics without those that say of the same place what one before them says. Lists of one model are given in its order. */
export function withoutDoubles(lists: readonly (readonly Diagnostic[])[]): readonly Diagnostic[] {
  const [first = [], ...others] = lists.filter((list) => list.length > 0);
  // One model gives its findings sorted: what it says twice stands side by side.
  if (others.length === 0) return first.some(saysAsBefore) ? first.filter((...each) => !saysAsBefore(...each)) : first;
  const found = new Map<string, Diagnostic>();
  for (const list of [first, ...others]) {
    for (const diagnostic of list) {
      const key = JSON.stringify([diagnostic.code, diagnostic.range, diagnostic.message]);
      if (!found.has(key)) found.set(key, diagnostic);
    }
  }
  return [...found.values()];
}

function saysAsBefore(one: Diagnostic, index: number, list: readonly Diagnostic[]): boolean {
  const other = index === 0 ? undefined : list[index - 1];
  if (other === undefined || one.code !== other.code || one.message !== other.message) return false;
  return JSON.stringify(one.range) === JSON.stringify(other.range);
}
