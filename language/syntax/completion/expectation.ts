/**
 * What the grammar allows next. A place in the grammar is a chain of elements that are still to come; as no rule is recursive, the chain
 * is short, and one step needs no parser. Unlike a parser this answers in the middle of a statement, and costs what one statement costs.
 */
import type { IToken } from 'chevrotain';
import { GrammarAST } from 'langium';

/** Lists whose members are statements: the first token of a member starts a statement. */
const statementLists: ReadonlySet<string> = new Set(['elements', 'statements', 'details', 'options', 'promises', 'accepts']);

/** The elements that are still to come, and where they belong. */
export interface Continuation {
  readonly element: GrammarAST.AbstractElement;
  readonly frame: Frame;
  /** The element may be left out: it is optional, or has been there before. */
  readonly optional: boolean;
  /** Whether a token that this element takes is the first of its statement. */
  readonly starts: boolean;
  readonly next: Continuation | undefined;
}

/** The rule that is being read and the property that its result goes to. */
interface Frame {
  readonly rule: string;
  readonly type: string;
  /** `Type.property` that the object of this rule goes to. */
  readonly slot: string;
  readonly property: string | undefined;
  readonly many: boolean;
}

/** One token that may come next. */
export interface Expected {
  /** The token: a keyword as it is written, or the name of a terminal. */
  readonly token: string;
  readonly isKeyword: boolean;
  readonly rule: string;
  /** The type of the object that the token becomes a part of. */
  readonly type: string;
  readonly property: string | undefined;
  /** `Type.property` that the object itself goes to: `Edge.journeys`. */
  readonly slot: string;
  /** The type of what a name refers to. */
  readonly reference: string | undefined;
  readonly startsStatement: boolean;
  /** The property takes a list. */
  readonly many: boolean;
  readonly next: Continuation | undefined;
}

/** The place before the first declaration of a file. */
export function startOf(entry: GrammarAST.ParserRule): Continuation {
  const frame = { rule: entry.name, type: entry.name, slot: '', property: undefined, many: false };
  return { element: entry.definition, frame, optional: false, starts: false, next: undefined };
}

const answers = new WeakMap<Continuation, readonly Expected[]>();
const loops = new WeakMap<Continuation, Continuation>();

/**
 * All tokens that may come next, in the order of the grammar. The answer for a place is kept, and with it the places that follow: as a loop
 * leads back to one and the same place, there are no more of them than the grammar has.
 */
export function expectedAt(place: Continuation | undefined): readonly Expected[] {
  if (place === undefined) return [];
  const known = answers.get(place);
  if (known !== undefined) return known;
  const found: Expected[] = [];
  const isPassed = expand(place, found);
  const all = isPassed ? [...found, ...expectedAt(place.next)] : found;
  answers.set(place, all);
  return all;
}

/** The place after one round of a loop: the same element, which may now be left out. */
function again(place: Continuation): Continuation {
  if (place.optional) return place;
  let loop = loops.get(place);
  if (loop === undefined) {
    loop = { ...place, optional: true };
    loops.set(place, loop);
  }
  return loop;
}

const byToken = new WeakMap<readonly Expected[], ReadonlyMap<string, Expected>>();

/** What a token is taken for among those that may come next: a word that is a keyword here is not read as a name. */
export function taken(token: IToken, expected: readonly Expected[]): Expected | undefined {
  let index = byToken.get(expected);
  if (index === undefined) {
    const first = new Map<string, Expected>();
    for (const each of expected) if (!first.has(each.token)) first.set(each.token, each);
    index = first;
    byToken.set(expected, index);
  }
  const { name, CATEGORIES = [] } = token.tokenType;
  const found = [name, ...CATEGORIES.map((category) => category.name)].flatMap((each) => index.get(each) ?? []);
  return found.find(({ isKeyword }) => isKeyword) ?? found[0];
}

/** Adds what the element may start with; tells whether it may also be passed over. */
function expand(place: Continuation, found: Expected[]): boolean {
  const { element } = place;
  const { cardinality } = element;
  const repeats = cardinality === '*' || cardinality === '+';
  const skippable = place.optional || cardinality === '*' || cardinality === '?';
  const after = repeats ? again(place) : place.next;
  const empty = content(place, after, found);
  return skippable || empty;
}

function content(place: Continuation, after: Continuation | undefined, found: Expected[]): boolean {
  const { element, frame, starts } = place;
  if (GrammarAST.isKeyword(element)) {
    found.push(expectation(element.value, true, undefined, frame, starts, after));
    return false;
  }
  if (GrammarAST.isAction(element)) return true;
  if (GrammarAST.isAssignment(element)) {
    const many = element.operator === '+=' || element.cardinality === '*' || element.cardinality === '+';
    const list = element.operator === '+=' && statementLists.has(element.feature);
    const inner = { ...frame, property: element.feature, many };
    return expand({ element: element.terminal, frame: inner, optional: false, starts: starts || list, next: after }, found);
  }
  if (GrammarAST.isCrossReference(element)) {
    found.push(expectation('ID', false, element.type.$refText, frame, starts, after));
    return false;
  }
  if (GrammarAST.isRuleCall(element)) return called(element.rule.ref, place, after, found);
  if (GrammarAST.isAlternatives(element)) {
    let empty = false;
    for (const each of element.elements) {
      if (expand({ element: each, frame, optional: false, starts, next: after }, found)) empty = true;
    }
    return empty;
  }
  if (GrammarAST.isGroup(element)) return sequence(element.elements, place, after, found);
  return false;
}

function called(
  rule: GrammarAST.AbstractRule | undefined,
  { frame, starts }: Continuation,
  after: Continuation | undefined,
  found: Expected[],
): boolean {
  if (rule === undefined || !GrammarAST.isParserRule(rule)) {
    if (rule !== undefined) found.push(expectation(rule.name, false, undefined, frame, starts, after));
    return false;
  }
  // A rule that gives a text belongs to the statement it stands in.
  const inner =
    rule.dataType !== undefined
      ? frame
      : {
          rule: rule.name,
          type: rule.returnType?.$refText ?? rule.name,
          slot: frame.property === undefined ? frame.slot : `${frame.type}.${frame.property}`,
          property: undefined,
          many: false,
        };
  return expand({ element: rule.definition, frame: inner, optional: false, starts, next: after }, found);
}

/** The members of a group one after the other; what comes after a member is built only when the one before it was there. */
function sequence(
  elements: readonly GrammarAST.AbstractElement[],
  { frame, starts }: Continuation,
  after: Continuation | undefined,
  found: Expected[],
): boolean {
  const members = elements.filter((element) => !GrammarAST.isAction(element));
  let next = after;
  const chain: Continuation[] = [];
  for (let index = members.length - 1; index >= 0; index--) {
    const element = members[index];
    if (element === undefined) continue;
    next = { element, frame, optional: false, starts: starts && index === 0, next };
    chain.unshift(next);
  }
  for (const member of chain) if (!expand(member, found)) return false;
  return true;
}

function expectation(
  token: string,
  isKeyword: boolean,
  reference: string | undefined,
  { rule, type, property, slot, many }: Frame,
  startsStatement: boolean,
  next: Continuation | undefined,
): Expected {
  return { token, isKeyword, rule, type, property, slot, reference, startsStatement, many, next };
}
