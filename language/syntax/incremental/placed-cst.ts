/**
 * Concrete syntax trees whose top-level elements can move. Every token of an element shares one place with the others; when text is
 * put in or taken out above, the place moves and the tokens stay as they were read. So an edit costs a step for each element, not
 * for each token.
 */
import type { IToken } from 'chevrotain';
import {
  type CompositeCstNode,
  CompositeCstNodeImpl,
  type CstNode,
  CstNodeBuilder,
  type GrammarAST,
  type LangiumParser,
  LeafCstNodeImpl,
  type RootCstNode,
} from 'langium';
import type { ConcreteNodes } from '../straight/concrete-nodes.js';

type Range = CstNode['range'];

/** How far an element stands from where it was read: characters, lines, and columns of the tokens on its first line. */
export class Place {
  offset = 0;
  line = 0;
  /** Added on the line `firstLine` (as it was read) only. */
  column = 0;
  firstLine = 0;
}

/** A token that stands in a place. */
class PlacedLeaf extends LeafCstNodeImpl {
  constructor(
    public place: Place,
    ...token: ConstructorParameters<typeof LeafCstNodeImpl>
  ) {
    super(...token);
  }

  override get offset(): number {
    return super.offset + this.place.offset;
  }

  override get end(): number {
    return super.end + this.place.offset;
  }

  override get range(): Range {
    const { start, end } = super.range;
    const { line, column, firstLine } = this.place;
    if (line === 0 && column === 0) return { start, end };
    const moved = (position: Range['start']): Range['start'] => ({
      line: position.line + line,
      character: position.character + (position.line === firstLine ? column : 0),
    });
    return { start: moved(start), end: moved(end) };
  }
}

/** A node over tokens that may move: its range is worked out anew each time. */
class PlacedComposite extends CompositeCstNodeImpl {
  override get range(): Range {
    const first = this.content.find((child) => !child.hidden) ?? this.content[0];
    const last = this.content.findLast((child) => !child.hidden) ?? this.content.at(-1);
    const start = first?.range.start ?? { line: 0, character: 0 };
    const end = last?.range.end ?? start;
    return { start, end: end.line < start.line ? start : end };
  }
}

/**
 * The private part of Langium's builder and parser that this stands on. Its version is pinned, and a test asserts that every field is
 * still there.
 */
interface BuilderInternals {
  readonly nodeStack: CompositeCstNodeImpl[];
}
interface RootInternals {
  _text: string;
  _rangeCache: Range | undefined;
}
interface ParserInternals {
  nodeBuilder: CstNodeBuilder;
}

class PlacedCstBuilder extends CstNodeBuilder {
  private place = new Place();

  override buildRootNode(input: string): RootCstNode {
    this.place = new Place();
    return super.buildRootNode(input);
  }

  override buildCompositeNode(feature: GrammarAST.AbstractElement): CompositeCstNode {
    const { nodeStack } = this as unknown as BuilderInternals;
    // What is read from here on belongs to the next element; so do the comments before its first word.
    if (nodeStack.length === 1) this.place = new Place();
    const node = new PlacedComposite();
    node.grammarSource = feature;
    // Langium's classes are described a little more narrowly than its interfaces.
    this.appendChild(this.current as CompositeCstNode, node as CompositeCstNode);
    nodeStack.push(node);
    return node as CompositeCstNode;
  }

  protected override createLeafNode(token: IToken, hidden: boolean): LeafCstNodeImpl {
    const { startOffset, image, startLine = 1, startColumn = 1, endLine = 1, endColumn = 1, tokenType } = token;
    // Chevrotain counts lines and columns from one, and its last column is the one after ours.
    return new PlacedLeaf(
      this.place,
      startOffset,
      image.length,
      startLine - 1,
      startColumn - 1,
      endLine - 1,
      endColumn,
      tokenType,
      hidden,
    );
  }
}

/** Makes the nodes of trees whose elements can move, for the parser of texts without slips. */
export class PlacedNodes implements ConcreteNodes {
  private place = new Place();

  /** Starts a new tree. */
  begin(): void {
    this.place = new Place();
  }

  composite(outermost: boolean): CompositeCstNodeImpl {
    if (outermost) this.place = new Place();
    return new PlacedComposite();
  }

  leaf(...token: ConstructorParameters<typeof LeafCstNodeImpl>): LeafCstNodeImpl {
    return new PlacedLeaf(this.place, ...token);
  }
}

/** Lets a parser build trees whose elements can move. */
export function buildPlacedTrees(parser: LangiumParser): void {
  (parser as unknown as ParserInternals).nodeBuilder = new PlacedCstBuilder();
}

/** The first token of a node; undefined where the tree was not built here. */
function firstLeaf(node: CstNode | undefined): PlacedLeaf | undefined {
  let current = node;
  while (current instanceof CompositeCstNodeImpl) current = current.content[0];
  return current instanceof PlacedLeaf ? current : undefined;
}

/** The place of a child of the root; undefined where the tree was not built here. */
export function placeOf(node: CstNode | undefined): Place | undefined {
  return firstLeaf(node)?.place;
}

/** Gives the tree its new text. */
export function replaceText(root: RootCstNode, text: string): void {
  const internals = root as unknown as RootInternals;
  internals._text = text;
  internals._rangeCache = undefined;
}

/** Puts one child of the root into the place of another. */
export function replaceChild(root: RootCstNode, index: number, fresh: CstNode): void {
  const former = placeOf(root.content[index]);
  // The list is the tree's own, and this is the only place that changes it after parsing.
  (root.content as CstNode[])[index] = fresh;
  (fresh as { container: CompositeCstNode | undefined }).container = root;
  // Comments at the end of the file share the place of the last element, as those before it do; from now on they move alone.
  const own = Object.assign(new Place(), former);
  for (let at = index + 1; at < root.content.length; at++) {
    const leaf = firstLeaf(root.content[at]);
    if (leaf === undefined || leaf.place !== former) break;
    leaf.place = own;
  }
}

/** Moves all children of the root from `index` on. */
export function moveChildren(root: RootCstNode, index: number, offset: number, line: number): void {
  let before: Place | undefined;
  for (let at = index; at < root.content.length; at++) {
    const place = placeOf(root.content[at]);
    // Comments share the place of the element that they stand before.
    if (place === undefined || place === before) continue;
    place.offset += offset;
    place.line += line;
    before = place;
  }
}
