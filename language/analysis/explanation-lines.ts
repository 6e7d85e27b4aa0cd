/** A tree of terms as the lines that every surface prints, each with the place where its fact is written. */
import type { Model } from '../model/model.js';
import { locate } from '../model/queries.js';
import type { Explanation } from './figure.js';

/** One line of a tree. */
export interface ExplanationLine {
  /** 0 for the figure itself. */
  readonly depth: number;
  readonly label: string;
  readonly value: string;
  readonly formula?: string;
  /** Where its fact stands; `line` counts from 1. */
  readonly at?: { readonly uri: string; readonly file: string; readonly line: number };
  /** Where a fact comes from that does not stand in the block itself: `defaults database`, `policy gold`, `assumed`. */
  readonly origin?: string;
}

/** All lines of a tree from the top down. `without`: labels whose lines are left out with all below them. */
export function explanationLines(
  tree: Explanation,
  model: Model,
  without: ReadonlySet<string> = new Set(),
): readonly ExplanationLine[] {
  const lines: ExplanationLine[] = [];
  // Without recursion: a circle of the author's is no circle here, but a chain may be as long as the model.
  const work: { readonly node: Explanation; readonly depth: number }[] = [{ node: tree, depth: 0 }];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const { node, depth } = next;
    lines.push(lineOf(node, depth, model));
    for (const child of [...node.children].reverse()) if (!without.has(child.label)) work.push({ node: child, depth: depth + 1 });
  }
  return lines;
}

function lineOf({ label, value, formula, source, origin }: Explanation, depth: number, model: Model): ExplanationLine {
  return {
    depth,
    label,
    value,
    ...(formula === undefined ? {} : { formula }),
    ...(source === undefined
      ? {}
      : {
          at: {
            uri: source.uri,
            file: source.uri.slice(source.uri.lastIndexOf('/') + 1),
            line: locate(model, source.uri, source.start).line + 1,
          },
        }),
    ...(origin === undefined ? {} : { origin }),
  };
}

/** Where the fact of a line comes from, for people: `shop.drml:12`, `sites.drml:3, policy gold`, `assumed`; undefined where nothing is known. */
export function whereText({ at, origin }: ExplanationLine): string | undefined {
  const parts = [...(at === undefined ? [] : [`${at.file}:${at.line}`]), ...(origin === undefined ? [] : [origin])];
  return parts.length === 0 ? undefined : parts.join(', ');
}
