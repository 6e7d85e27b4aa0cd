/**
 * Reads texts without slips: straight through, one token at a time, never back. It builds the very tree that Langium's parser
 * builds, many times faster, and gives up at the first token that does not fit; then Langium's parser reads the text, recovers and
 * explains.
 */
import type { AstNode, CompositeCstNode, CstNode, LangiumCoreServices } from 'langium';
import { type CompositeCstNodeImpl, type LeafCstNodeImpl, RootCstNodeImpl } from 'langium';
import { unquote } from '../value-converter.js';
import { type ConcreteNodes, plainNodes } from './concrete-nodes.js';
import { type Assign, grammarPlan, type RulePlan, type RuleStep, type Step, type TokenStep } from './grammar-plan.js';
import { type Comment, type ScannedText, scan } from './scanner.js';
import { type TokenKinds, tokenKinds } from './token-kinds.js';

/** A node while it is built: its properties are those that the grammar assigns. */
interface OpenNode {
  $type: string;
  $container: OpenNode | undefined;
  $containerProperty: string | undefined;
  $containerIndex: number | undefined;
  $cstNode: CompositeCstNodeImpl | undefined;
  [property: string]: unknown;
}

/** Langium's classes of the concrete tree, which its interfaces describe a little more narrowly. */
type BuiltCstNode = CompositeCstNodeImpl | LeafCstNodeImpl;

type NodeConstructor = new (type: string) => OpenNode;

interface Plan {
  readonly kinds: TokenKinds;
  readonly rules: ReadonlyMap<string, RulePlan>;
  readonly entry: string;
  readonly constructors: ReadonlyMap<RulePlan, NodeConstructor>;
}

/** Reads texts without slips; made once for a language, and its plan with the first text. */
export class StraightParser {
  private known: { readonly plan: Plan | undefined } | undefined;

  constructor(
    private readonly services: LangiumCoreServices,
    private readonly nodes: ConcreteNodes = plainNodes,
  ) {}

  /** Whether the grammar can be read in this way at all. */
  get works(): boolean {
    return this.plan !== undefined;
  }

  /** The tree of a text, or undefined where something in it does not fit. */
  parse(text: string, ruleName?: string): AstNode | undefined {
    const { plan } = this;
    const rule = plan?.rules.get(ruleName ?? plan.entry);
    if (plan === undefined || rule?.type === undefined) return undefined;
    const tokens = scan(text, plan.kinds);
    if (tokens === undefined) return undefined;
    return new Reading(text, tokens, plan, this.services, this.nodes).read(rule);
  }

  private get plan(): Plan | undefined {
    this.known ??= { plan: planOf(this.services) };
    return this.known.plan;
  }
}

function planOf(services: LangiumCoreServices): Plan | undefined {
  const kinds = tokenKinds(services);
  const rules = kinds === undefined ? undefined : grammarPlan(services.Grammar, services.shared.AstReflection, kinds);
  const entry = services.Grammar.rules.find((rule) => rule.$type === 'ParserRule' && rule.entry);
  if (kinds === undefined || rules === undefined || entry === undefined) return undefined;
  return { kinds, rules, entry: entry.name, constructors: new Map([...rules.values()].map((rule) => [rule, nodeConstructor()])) };
}

/** A constructor for each rule, so that the engine learns how many properties its nodes have and stores them inside. */
function nodeConstructor(): NodeConstructor {
  function Node(this: OpenNode, type: string): void {
    this.$type = type;
    this.$container = undefined;
    this.$containerProperty = undefined;
    this.$containerIndex = undefined;
    this.$cstNode = undefined;
  }
  // Nodes are plain objects, as those of Langium's parser are.
  Node.prototype = Object.prototype;
  return Node as unknown as NodeConstructor;
}

/** One text being read. */
class Reading {
  private at = 0;
  private readonly root: RootCstNodeImpl;
  /** The open nodes of the concrete tree, and where in `children` the content of each begins. */
  private readonly open: CompositeCstNodeImpl[];
  private readonly begins: number[] = [0];
  private readonly children: CstNode[] = [];
  private nextComment = 0;
  /** The text that a rule without a node has read so far. */
  private gathered = '';

  constructor(
    private readonly text: string,
    private readonly tokens: ScannedText,
    private readonly plan: Plan,
    private readonly services: LangiumCoreServices,
    private readonly nodes: ConcreteNodes,
  ) {
    this.root = new RootCstNodeImpl(text);
    this.open = [this.root];
  }

  read(rule: RulePlan): AstNode | undefined {
    const node = this.node(rule, this.root);
    if (node === undefined || this.at !== this.tokens.count) return undefined;
    // What stands after the last token belongs to the file.
    for (const comment of this.tokens.comments.slice(this.nextComment)) this.children.push(this.hidden(comment, this.root));
    this.root.content = this.children.slice();
    this.root.astNode = node as unknown as AstNode;
    return node as unknown as AstNode;
  }

  /** The node of a rule that is not a text; `undefined` where the tokens do not fit. */
  private node(rule: RulePlan, cst: CompositeCstNodeImpl): OpenNode | undefined {
    if (rule.delegates) {
      const step = this.option(rule.body);
      if (step === undefined) return undefined;
      const inner = this.openComposite(step);
      const node = this.node(step.rule, inner);
      if (node === undefined || !this.closeComposite(inner)) return undefined;
      node.$cstNode = cst;
      return node;
    }
    const Node = this.plan.constructors.get(rule);
    if (Node === undefined || rule.type === undefined) return undefined;
    const node = new Node(rule.type);
    if (!this.follow(rule.body, node)) return undefined;
    for (const { property, value } of rule.defaults) {
      const given = node[property];
      if (given === undefined) node[property] = Array.isArray(value) ? [...value] : value;
      // A list that grew by pushing has room for many more; a copy has none.
      else if (Array.isArray(given) && given.length > 1) node[property] = given.slice();
    }
    node.$cstNode = cst;
    return node;
  }

  /** The rule that a choice among rules leads to. */
  private option(body: Step): RuleStep | undefined {
    if (body.does === 'rule') return body;
    if (body.does !== 'choice' || this.at >= this.tokens.count) return undefined;
    const step = body.options[body.byKind[this.tokens.kinds[this.at] ?? 0] ?? -1];
    return step?.does === 'rule' ? step : undefined;
  }

  private follow(step: Step, node: OpenNode | undefined): boolean {
    switch (step.does) {
      case 'token':
        return this.take(step, node);
      case 'rule':
        return this.call(step, node);
      case 'sequence':
        for (const each of step.steps) if (!this.follow(each, node)) return false;
        return true;
      case 'choice': {
        if (this.at >= this.tokens.count) return false;
        const option = step.options[step.byKind[this.tokens.kinds[this.at] ?? 0] ?? -1];
        return option !== undefined && this.follow(option, node);
      }
      case 'repetition': {
        let turns = 0;
        while (this.at < this.tokens.count && step.starts[this.tokens.kinds[this.at] ?? 0] === 1) {
          if (!this.follow(step.step, node)) return false;
          turns++;
          if (!step.again) break;
        }
        return turns > 0 || !step.atLeastOnce;
      }
    }
  }

  private take(step: TokenStep, node: OpenNode | undefined): boolean {
    const { at, tokens } = this;
    if (at >= tokens.count) return false;
    const kind = tokens.kinds[at] ?? 0;
    if (step.accepts[kind] !== 1) return false;
    this.takeComments(at);
    const start = tokens.starts[at] ?? 0;
    const end = tokens.ends[at] ?? 0;
    const line = tokens.lines[at] ?? 0;
    const column = tokens.columns[at] ?? 0;
    const type = this.plan.kinds.types[kind];
    if (type === undefined) return false;
    const length = end - start;
    const leaf = this.nodes.leaf(start, length, line, column, line, column + length, type, false);
    leaf.grammarSource = step.source;
    this.attach(leaf);
    this.at = at + 1;
    if (step.assign === undefined) {
      if (node === undefined) this.gathered += this.value(step, kind, start, end);
    } else if (node === undefined) return false;
    else if (step.assign.operator === '?=') node[step.assign.property] = true;
    else this.assign(node, step.assign, this.value(step, kind, start, end), leaf as CstNode);
    return true;
  }

  private value(step: TokenStep, kind: number, start: number, end: number): string {
    if (step.terminal === undefined) return this.plan.kinds.texts[kind] ?? '';
    const image = this.text.slice(start, end);
    return step.terminal === 'STRING' ? unquote(image) : image;
  }

  private call(step: RuleStep, node: OpenNode | undefined): boolean {
    const { rule, assign } = step;
    const cst = this.openComposite(step);
    if (rule.type === undefined) {
      const outer = this.gathered;
      this.gathered = '';
      if (!this.follow(rule.body, undefined) || !this.closeComposite(cst)) return false;
      const value = this.gathered;
      this.gathered = outer;
      if (assign === undefined) this.gathered += value;
      else if (node === undefined) return false;
      else if (assign.operator === '?=') node[assign.property] = true;
      else this.assign(node, assign, value, cst as CstNode);
      return true;
    }
    const child = this.node(rule, cst);
    if (child === undefined || node === undefined || assign === undefined || !this.closeComposite(cst)) return false;
    cst.astNode = child as unknown as AstNode;
    child.$container = node;
    child.$containerProperty = assign.property;
    if (assign.operator === '+=') {
      const list = node[assign.property];
      if (Array.isArray(list)) child.$containerIndex = list.push(child) - 1;
      else {
        node[assign.property] = [child];
        child.$containerIndex = 0;
      }
    } else node[assign.property] = child;
    return true;
  }

  private assign(node: OpenNode, { property, operator, isReference }: Assign, text: string, cst: CstNode): void {
    const value = isReference
      ? this.services.references.Linker.buildReference(node as unknown as AstNode, property, cst, text)
      : text;
    if (operator === '=') node[property] = value;
    else {
      const list = node[property];
      if (Array.isArray(list)) list.push(value);
      else node[property] = [value];
    }
  }

  private openComposite({ source }: RuleStep): CompositeCstNodeImpl {
    const composite = this.nodes.composite(this.open.length === 1);
    composite.grammarSource = source;
    this.attach(composite);
    this.open.push(composite);
    this.begins.push(this.children.length);
    return composite;
  }

  /** False for a node without content, which Langium's parser would take out again. */
  private closeComposite(composite: CompositeCstNodeImpl): boolean {
    const begin = this.begins.pop() ?? 0;
    this.open.pop();
    composite.content = this.children.slice(begin);
    this.children.length = begin;
    return composite.content.length > 0;
  }

  private attach(child: BuiltCstNode): void {
    child.container = this.open[this.open.length - 1] as CompositeCstNode;
    this.children.push(child as CstNode);
  }

  /** Puts the comments before a token into the tree where Langium's parser would: before the innermost node that has begun. */
  private takeComments(token: number): void {
    const { comments } = this.tokens;
    if (comments[this.nextComment]?.before !== token) return;
    const found: Comment[] = [];
    for (let comment = comments[this.nextComment]; comment?.before === token; comment = comments[++this.nextComment])
      found.push(comment);
    let depth = this.open.length - 1;
    // An open node without content: the comment stands before it, if there is anything before it in the node around.
    let place = this.children.length;
    while (depth > 0 && (this.begins[depth] ?? 0) === place) {
      place--;
      depth--;
    }
    const parent = this.open[depth] ?? this.root;
    this.children.splice(place, 0, ...found.map((comment) => this.hidden(comment, parent)));
    for (let inner = depth + 1; inner < this.begins.length; inner++)
      this.begins[inner] = (this.begins[inner] ?? 0) + found.length;
  }

  private hidden(comment: Comment, parent: CompositeCstNodeImpl): CstNode {
    const { kind, start, end, line, column, endLine, endColumn } = comment;
    const type = this.plan.kinds.types[kind];
    if (type === undefined) throw new Error('A comment has a kind of the table.');
    const leaf = this.nodes.leaf(start, end - start, line, column, endLine, endColumn, type, true);
    leaf.container = parent as CompositeCstNode;
    return leaf as CstNode;
  }
}
