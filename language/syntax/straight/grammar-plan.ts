/** The grammar as a plan that is followed token by token: at each fork the next token says where to go on. */
import type { AstReflection, Grammar } from 'langium';
import { GrammarAST, GrammarUtils } from 'langium';
import type { TokenKind, TokenKinds } from './token-kinds.js';

/** The value of a property that no statement sets. */
export interface DefaultValue {
  readonly property: string;
  readonly value: unknown;
}

export interface Assign {
  readonly property: string;
  readonly operator: '=' | '+=' | '?=';
  readonly isReference: boolean;
}

/** Takes one token. */
export interface TokenStep {
  readonly does: 'token';
  readonly kind: TokenKind;
  /** 1 for each kind that counts as this one. */
  readonly accepts: Uint8Array;
  /** The terminal's name, or undefined for a keyword. */
  readonly terminal: string | undefined;
  readonly source: GrammarAST.AbstractElement;
  readonly assign: Assign | undefined;
}

/** Follows another rule. */
export interface RuleStep {
  readonly does: 'rule';
  readonly rule: RulePlan;
  readonly source: GrammarAST.AbstractElement;
  readonly assign: Assign | undefined;
}

interface Sequence {
  readonly does: 'sequence';
  readonly steps: readonly Step[];
}

/** Goes where the next token says: the first option that can start with it. */
interface Choice {
  readonly does: 'choice';
  /** By kind: the index of the option, or -1. */
  readonly byKind: Int16Array;
  readonly options: readonly Step[];
}

interface Repetition {
  readonly does: 'repetition';
  /** 1 for each kind that the step can start with. */
  readonly starts: Uint8Array;
  readonly atLeastOnce: boolean;
  readonly again: boolean;
  readonly step: Step;
}

export type Step = TokenStep | RuleStep | Sequence | Choice | Repetition;

export interface RulePlan {
  readonly name: string;
  /** The type of the node that the rule makes; undefined where it makes a text. */
  readonly type: string | undefined;
  /** Whether its node is that of the rule it calls. */
  readonly delegates: boolean;
  readonly body: Step;
  readonly defaults: readonly DefaultValue[];
}

/** Where a part of the grammar needs more than the next token or builds its node in a way of its own. */
class Unplannable extends Error {}

/** The plan of every rule by name, or undefined where the grammar cannot be followed in this way. */
export function grammarPlan(
  grammar: Grammar,
  reflection: AstReflection,
  kinds: TokenKinds,
): ReadonlyMap<string, RulePlan> | undefined {
  try {
    return new Planner(grammar, reflection, kinds).plan();
  } catch (error) {
    if (error instanceof Unplannable) return undefined;
    throw error;
  }
}

interface Draft {
  name: string;
  type: string | undefined;
  delegates: boolean;
  body: Step;
  defaults: readonly DefaultValue[];
}

/** The kinds that a part can start with, and whether it may be empty. */
interface Start {
  readonly kinds: ReadonlySet<TokenKind>;
  readonly nullable: boolean;
}

class Planner {
  private readonly drafts = new Map<string, Draft>();
  private readonly starts = new Map<string, Start>();

  constructor(
    private readonly grammar: Grammar,
    private readonly reflection: AstReflection,
    private readonly kinds: TokenKinds,
  ) {}

  plan(): ReadonlyMap<string, RulePlan> {
    const rules = [...GrammarUtils.getAllReachableRules(this.grammar, false)].filter(GrammarAST.isParserRule);
    // Rules first, their bodies then: a rule may be called before its body is planned.
    for (const rule of rules) {
      if (rule.fragment || rule.parameters.length > 0) throw new Unplannable(rule.name);
      const type = nodeType(rule);
      const empty: Step = { does: 'sequence', steps: [] };
      this.drafts.set(rule.name, { name: rule.name, type, delegates: delegates(rule), body: empty, defaults: [] });
    }
    for (const rule of rules) {
      const draft = this.draft(rule.name);
      draft.body = this.step(rule.definition, undefined, draft);
      if (draft.type !== undefined && !draft.delegates) draft.defaults = this.defaultsOf(draft.type);
    }
    return this.drafts;
  }

  private draft(name: string): Draft {
    const draft = this.drafts.get(name);
    if (draft === undefined) throw new Unplannable(name);
    return draft;
  }

  private defaultsOf(type: string): readonly DefaultValue[] {
    return Object.values(this.reflection.getTypeMetaData(type).properties).flatMap(({ name, defaultValue }) =>
      defaultValue === undefined ? [] : [{ property: name, value: defaultValue }],
    );
  }

  private step(element: GrammarAST.AbstractElement, assign: Assign | undefined, within: Draft): Step {
    const once = this.once(element, assign, within);
    const { cardinality } = element;
    if (cardinality === undefined) return once;
    const starts = this.start(element, true);
    if (starts.nullable) throw new Unplannable(within.name);
    return {
      does: 'repetition',
      starts: this.table(starts.kinds),
      atLeastOnce: cardinality === '+',
      again: cardinality !== '?',
      step: once,
    };
  }

  private once(element: GrammarAST.AbstractElement, assign: Assign | undefined, within: Draft): Step {
    if (GrammarAST.isKeyword(element)) return this.token(element.value, undefined, element, assign);
    if (GrammarAST.isAssignment(element)) {
      const { feature, operator, terminal } = element;
      if (GrammarAST.isCrossReference(terminal) && terminal.isMulti) throw new Unplannable(feature);
      return this.step(terminal, { property: feature, operator, isReference: GrammarAST.isCrossReference(terminal) }, within);
    }
    if (GrammarAST.isCrossReference(element)) {
      const call = element.terminal;
      if (!GrammarAST.isRuleCall(call)) throw new Unplannable(within.name);
      return this.call(call, element, assign, within);
    }
    if (GrammarAST.isRuleCall(element)) return this.call(element, element, assign, within);
    if (GrammarAST.isAction(element)) {
      // An action that only names the type of the rule has nothing to do.
      if (element.feature !== undefined || GrammarUtils.getTypeName(element) !== within.type) throw new Unplannable(within.name);
      return { does: 'sequence', steps: [] };
    }
    if (GrammarAST.isAlternatives(element)) return this.choice(element, assign, within);
    if (GrammarAST.isUnorderedGroup(element)) throw new Unplannable(within.name);
    if (GrammarAST.isGroup(element)) {
      if (element.guardCondition !== undefined) throw new Unplannable(within.name);
      return { does: 'sequence', steps: element.elements.map((each) => this.step(each, assign, within)) };
    }
    throw new Unplannable(`${within.name}: ${element.$type}`);
  }

  private call(call: GrammarAST.RuleCall, source: GrammarAST.AbstractElement, assign: Assign | undefined, within: Draft): Step {
    const rule = call.rule.ref;
    if (GrammarAST.isTerminalRule(rule)) return this.token(rule.name, rule.name, source, assign);
    if (!GrammarAST.isParserRule(rule) || call.arguments.length > 0) throw new Unplannable(within.name);
    const plan = this.draft(rule.name);
    // Without a place to put it, the called rule's node must be the node itself, and a text a part of the text.
    if (assign === undefined && !within.delegates && (within.type !== undefined || plan.type !== undefined))
      throw new Unplannable(within.name);
    return { does: 'rule', rule: plan, source, assign };
  }

  private token(
    name: string,
    terminal: string | undefined,
    source: GrammarAST.AbstractElement,
    assign: Assign | undefined,
  ): TokenStep {
    const kind = this.kinds.kindOf.get(name);
    if (kind === undefined) throw new Unplannable(name);
    return { does: 'token', kind, accepts: this.table([kind]), terminal, source, assign };
  }

  private choice(alternatives: GrammarAST.Alternatives, assign: Assign | undefined, within: Draft): Step {
    const byKind = new Int16Array(this.kinds.types.length).fill(-1);
    const options = alternatives.elements.map((each) => this.step(each, assign, within));
    for (const [index, element] of alternatives.elements.entries()) {
      const { kinds, nullable } = this.start(element, false);
      if (nullable) throw new Unplannable(within.name);
      // Where two options can start alike the parser takes the first, if the text fits it to the end; else this plan gives up.
      for (const kind of kinds)
        for (const accepted of this.kinds.accepts[kind] ?? []) if (byKind[accepted] === -1) byKind[accepted] = index;
    }
    return { does: 'choice', byKind, options };
  }

  private table(kinds: Iterable<TokenKind>): Uint8Array {
    const table = new Uint8Array(this.kinds.types.length);
    for (const kind of kinds) for (const accepted of this.kinds.accepts[kind] ?? []) table[accepted] = 1;
    return table;
  }

  private start(element: GrammarAST.AbstractElement, ignoreCardinality: boolean): Start {
    const once = this.startOnce(element);
    const optional = !ignoreCardinality && (element.cardinality === '?' || element.cardinality === '*');
    return optional ? { ...once, nullable: true } : once;
  }

  private startOnce(element: GrammarAST.AbstractElement): Start {
    if (GrammarAST.isKeyword(element)) return this.startOfToken(element.value);
    if (GrammarAST.isAssignment(element)) return this.start(element.terminal, false);
    if (GrammarAST.isCrossReference(element))
      return element.terminal === undefined ? nothing : this.start(element.terminal, false);
    if (GrammarAST.isRuleCall(element)) {
      const rule = element.rule.ref;
      if (GrammarAST.isTerminalRule(rule)) return this.startOfToken(rule.name);
      return GrammarAST.isParserRule(rule) ? this.startOfRule(rule) : nothing;
    }
    if (GrammarAST.isAlternatives(element)) {
      const parts = element.elements.map((each) => this.start(each, false));
      return { kinds: new Set(parts.flatMap(({ kinds }) => [...kinds])), nullable: parts.some(({ nullable }) => nullable) };
    }
    if (!GrammarAST.isGroup(element)) return nothing;
    const kinds = new Set<TokenKind>();
    for (const each of element.elements) {
      const part = this.start(each, false);
      for (const kind of part.kinds) kinds.add(kind);
      if (!part.nullable) return { kinds, nullable: false };
    }
    return { kinds, nullable: true };
  }

  private startOfToken(name: string): Start {
    const kind = this.kinds.kindOf.get(name);
    return kind === undefined ? nothing : { kinds: new Set([kind]), nullable: false };
  }

  private startOfRule(rule: GrammarAST.ParserRule): Start {
    let start = this.starts.get(rule.name);
    if (start === undefined) {
      start = this.start(rule.definition, false);
      this.starts.set(rule.name, start);
    }
    return start;
  }
}

const nothing: Start = { kinds: new Set(), nullable: true };

/** The type of the nodes that a rule makes; undefined where it makes a text. */
function nodeType(rule: GrammarAST.ParserRule): string | undefined {
  if (rule.dataType !== undefined) return undefined;
  const declared = rule.returnType?.ref;
  // A union is the type of rules that only choose; elsewhere it may stand for a text.
  if (GrammarAST.isInterface(declared) || (GrammarAST.isType(declared) && delegates(rule))) return declared.name;
  throw new Unplannable(rule.name);
}

/** Whether a rule only chooses among other rules, whose nodes become its own. */
function delegates(rule: GrammarAST.ParserRule): boolean {
  const { definition } = rule;
  const parts = GrammarAST.isAlternatives(definition) ? definition.elements : [definition];
  return parts.every(
    (part) =>
      GrammarAST.isRuleCall(part) &&
      part.cardinality === undefined &&
      GrammarAST.isParserRule(part.rule.ref) &&
      part.rule.ref.dataType === undefined,
  );
}
