import type { Grammar } from 'langium';
import { GrammarAST } from 'langium';

/** The terminal that names are made of. */
export const NAME_TERMINAL = 'ID';

/** What may stand first and last in a piece of the grammar (token type names), and whether it may be empty. */
interface Reach {
  readonly first: ReadonlySet<string>;
  readonly last: ReadonlySet<string>;
  readonly nullable: boolean;
}

const EMPTY: Reach = { first: new Set(), last: new Set(), nullable: true };

/** Walks the parser rules once and notes which token may directly precede a name. */
class ReachWalker {
  readonly beforeNames = new Set<string>();
  private readonly rules = new Map<string, Reach>();

  rule(rule: GrammarAST.AbstractRule): Reach {
    const known = this.rules.get(rule.name);
    if (known) return known;
    const reach = GrammarAST.isParserRule(rule) ? this.element(rule.definition) : token(rule.name);
    this.rules.set(rule.name, reach);
    return reach;
  }

  private element(element: GrammarAST.AbstractElement): Reach {
    const inner = this.content(element);
    const repeats = element.cardinality === '*' || element.cardinality === '+';
    if (repeats) this.note(inner, inner);
    return element.cardinality === '*' || element.cardinality === '?' ? { ...inner, nullable: true } : inner;
  }

  private content(element: GrammarAST.AbstractElement): Reach {
    if (GrammarAST.isKeyword(element)) return token(element.value);
    if (GrammarAST.isAssignment(element)) return this.element(element.terminal);
    if (GrammarAST.isCrossReference(element)) return element.terminal ? this.element(element.terminal) : EMPTY;
    if (GrammarAST.isRuleCall(element)) return element.rule.ref ? this.rule(element.rule.ref) : EMPTY;
    if (GrammarAST.isAlternatives(element)) return alternatives(element.elements.map((each) => this.element(each)));
    if (GrammarAST.isGroup(element)) return this.sequence(element.elements.map((each) => this.element(each)));
    return EMPTY;
  }

  private sequence(parts: readonly Reach[]): Reach {
    let whole = EMPTY;
    for (const part of parts) {
      this.note(whole, part);
      whole = {
        first: whole.nullable ? new Set([...whole.first, ...part.first]) : whole.first,
        last: part.nullable ? new Set([...whole.last, ...part.last]) : part.last,
        nullable: whole.nullable && part.nullable,
      };
    }
    return whole;
  }

  private note(before: Reach, after: Reach): void {
    if (!after.first.has(NAME_TERMINAL)) return;
    for (const name of before.last) this.beforeNames.add(name);
  }
}

function token(name: string): Reach {
  const only = new Set([name]);
  return { first: only, last: only, nullable: false };
}

function alternatives(parts: readonly Reach[]): Reach {
  return {
    first: new Set(parts.flatMap((part) => [...part.first])),
    last: new Set(parts.flatMap((part) => [...part.last])),
    nullable: parts.some((part) => part.nullable),
  };
}

/**
 * The keywords after which the grammar allows a name. Terminals are left out: after a name or a text the next keyword on the line is
 * far more often the next statement (`owner "a"  runbook "b"`) than a second name.
 */
export function nameIntroducers(grammar: Grammar): ReadonlySet<string> {
  const walker = new ReachWalker();
  for (const rule of grammar.rules) walker.rule(rule);
  const terminals = new Set(grammar.rules.filter(GrammarAST.isTerminalRule).map((rule) => rule.name));
  return new Set([...walker.beforeNames].filter((name) => !terminals.has(name)));
}

const walkers = new WeakMap<Grammar, ReachWalker>();

/** The keywords that a rule of the grammar may start with. */
export function firstKeywords(grammar: Grammar, ruleName: string): ReadonlySet<string> {
  let walker = walkers.get(grammar);
  if (walker === undefined) {
    walker = new ReachWalker();
    walkers.set(grammar, walker);
  }
  const rule = grammar.rules.find((each) => each.name === ruleName);
  return rule ? walker.rule(rule).first : new Set();
}
