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

/** Whether two sets say the same in the same order. */
export function isSameSet(one: readonly Diagnostic[], other: readonly Diagnostic[]): boolean {
  return one.length === other.length && one.every((diagnostic, index) => isSame(diagnostic, other[index]));
}

/** Whether two diagnostics say the same. */
function isSame(one: Diagnostic, other: Diagnostic | undefined): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
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
