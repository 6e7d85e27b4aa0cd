import type { Grammar } from 'langium';
import { AstUtils, GrammarAST } from 'langium';
import { firstKeywords } from './introducers.js';

/** What the grammar says of statements, as far as messages need it. */
export interface GrammarFacts {
  /** The keywords that top-level declarations start with. */
  readonly declarations: ReadonlySet<string>;
  /** The keywords that any statement of any block starts with. */
  readonly statements: ReadonlySet<string>;
  /** For each rule with a block: the keywords that the statements of the block start with. */
  readonly blocks: ReadonlyMap<string, ReadonlySet<string>>;
  /** The keywords of statements that take a comma list. */
  readonly lists: ReadonlySet<string>;
  /** For each keyword that starts a statement: the keywords that may follow in it. */
  readonly continuations: ReadonlyMap<string, ReadonlySet<string>>;
}

const WORD = /^[a-z]/;

const known = new WeakMap<Grammar, GrammarFacts>();

/** The facts of a grammar, read from it once, so that they cannot drift from it. */
export function grammarFacts(grammar: Grammar): GrammarFacts {
  let facts = known.get(grammar);
  if (facts === undefined) {
    facts = readFacts(grammar);
    known.set(grammar, facts);
  }
  return facts;
}

function readFacts(grammar: Grammar): GrammarFacts {
  const declarations = firstKeywords(grammar, 'TopLevel');
  const blocks = new Map<string, ReadonlySet<string>>();
  const lists = new Set<string>();
  const continuations = new Map<string, Set<string>>();
  for (const rule of grammar.rules) {
    if (!GrammarAST.isParserRule(rule)) continue;
    const keywords = AstUtils.streamAllContents(rule.definition).filter(GrammarAST.isKeyword).toArray();
    if (GrammarAST.isKeyword(rule.definition)) keywords.push(rule.definition);
    const isList = keywords.some((keyword) => keyword.value === ',');
    const words = keywords.map((keyword) => keyword.value).filter((value) => WORD.test(value));
    for (const first of firstKeywords(grammar, rule.name)) {
      if (!WORD.test(first)) continue;
      if (isList) lists.add(first);
      const known = continuations.get(first) ?? new Set<string>();
      for (const word of words) if (word !== first) known.add(word);
      continuations.set(first, known);
    }
    const block = blockStarts(grammar, rule);
    if (block.size > 0) blocks.set(rule.name, block);
  }
  const statements = new Set([...blocks].flatMap(([, starts]) => [...starts]));
  return { declarations, statements, blocks, lists, continuations };
}

function blockStarts(grammar: Grammar, rule: GrammarAST.ParserRule): ReadonlySet<string> {
  const starts = new Set<string>();
  const groups = [rule.definition, ...AstUtils.streamAllContents(rule.definition)].filter(GrammarAST.isGroup);
  for (const group of groups) {
    group.elements.forEach((element, index) => {
      const body = group.elements[index + 1];
      if (!GrammarAST.isKeyword(element) || element.value !== '{' || !body) return;
      const calls = [body, ...AstUtils.streamAllContents(body)].filter(GrammarAST.isRuleCall);
      for (const call of calls) for (const first of firstKeywords(grammar, call.rule.$refText)) starts.add(first);
    });
  }
  return starts;
}
