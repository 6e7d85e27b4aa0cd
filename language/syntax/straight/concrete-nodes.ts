/** What makes the nodes of concrete trees: Langium's own classes, unless something else is given. */
import { CompositeCstNodeImpl, LeafCstNodeImpl } from 'langium';

export interface ConcreteNodes {
  /** A node for the tokens of a rule. `outermost`: it is a child of the root, as those of top-level elements are. */
  composite(outermost: boolean): CompositeCstNodeImpl;
  /** A node for a token or a comment of the outermost node that was made last. */
  leaf(...token: ConstructorParameters<typeof LeafCstNodeImpl>): LeafCstNodeImpl;
}

export const plainNodes: ConcreteNodes = {
  composite: () => new CompositeCstNodeImpl(),
  leaf: (...token) => new LeafCstNodeImpl(...token),
};
