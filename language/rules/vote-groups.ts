import { type Majority, syncGroups, votesOf } from '../analysis/structure/sides.js';
import type { Component } from '../model/model.js';
import { oncePer } from '../model/once-per.js';

/** Copies or votes of which more than half must agree. */
export interface VoteGroup extends Majority {
  /** `votes` of a coordinator or of a store with witnesses, `copies` of `replicates sync … quorum N`. */
  readonly of: 'votes' | 'copies';
}

/**
 * The groups of a component in which a majority decides: its votes, else each `replicates sync` whose quorum is more than half of the
 * copies it speaks of. A quorum of one copy, and one of half or less, asks for no majority; one that shrinks asks for what it shrinks to.
 */
export const voteGroups = oncePer((component: Component): readonly VoteGroup[] => {
  const votes = votesOf(component);
  if (votes !== undefined) return [{ ...votes, of: 'votes' }];
  return syncGroups(component).flatMap(({ statement, members }): readonly VoteGroup[] => {
    const quorum = (statement.shrinksTo ?? statement.quorum)?.value ?? 0;
    const decides = quorum > 1 && quorum * 2 > members.length && quorum <= members.length;
    return decides ? [{ members, need: quorum, of: 'copies' }] : [];
  });
});
