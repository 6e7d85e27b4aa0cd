import type { Grammar } from 'langium';
import { AstUtils, GrammarAST } from 'langium';
import { grammarFacts } from './grammar-facts.js';
import { nameIntroducers } from './introducers.js';

/** One rule of a TextMate grammar. */
export interface TextmateRule {
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
  readonly beginCaptures?: Readonly<Record<string, { readonly name: string }>>;
  readonly patterns?: readonly TextmateRule[];
  readonly include?: string;
}

/** The parts of a TextMate grammar that DRML uses. */
export interface TextmateGrammar {
  readonly $schema: string;
  readonly name: string;
  readonly scopeName: string;
  readonly patterns: readonly TextmateRule[];
  readonly repository: Readonly<Record<string, TextmateRule>>;
}

const WORD = /^[a-z][a-z-]*$/;
const NAME = '[A-Za-z_\\u00C0-\\uFEFE][\\w\\u00C0-\\uFEFE]*(?:-+[\\w\\u00C0-\\uFEFE]+)*';
const BEFORE = '(?<![\\w-])';
const AFTER = '(?![\\w-])';

/** Declarations inside a block that give a name. */
const INNER_DECLARATIONS = ['zone', 'zones', 'backup'];
/** The edges between components, which read as verbs. */
const EDGES = ['requires', 'wants', 'publishes', 'consumes', 'recovers', 'rebuilds', 'agrees', 'follows'];

/**
 * The colours of an editor without a language server, made from the grammar so that no keyword is missing. Like the lexer it takes a
 * keyword for a name after a word that introduces a name, after a comma and after a dot.
 */
export function textmateGrammar(grammar: Grammar): TextmateGrammar {
  const facts = grammarFacts(grammar);
  const declarations = [...facts.declarations].filter((word) => WORD.test(word));
  const declared = [...declarations, ...INNER_DECLARATIONS].filter(
    (word) => !['import', 'link', 'defaults', 'drill'].includes(word),
  );
  const introducers = [...nameIntroducers(grammar)].filter((word) => WORD.test(word) && !declared.includes(word));
  const statements = [...facts.statements].filter((word) => !INNER_DECLARATIONS.includes(word) && !EDGES.includes(word));
  const known = new Set([...declarations, ...INNER_DECLARATIONS, ...statements, ...EDGES]);
  const others = keywordsOf(grammar).filter((word) => !known.has(word));
  return {
    $schema: 'https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json',
    name: 'DRML',
    scopeName: 'source.drml',
    patterns: [{ include: '#comments' }, { include: '#strings' }, { include: '#declarations' }, { include: '#body' }],
    repository: {
      comments: {
        patterns: [
          { name: 'comment.block.documentation.drml', begin: '/\\*\\*(?!/)', end: '\\*/' },
          { name: 'comment.block.drml', begin: '/\\*', end: '\\*/' },
          { name: 'comment.line.double-slash.drml', match: '//.*$' },
        ],
      },
      strings: {
        name: 'string.quoted.double.drml',
        begin: '"',
        end: '"|(?=$)',
        patterns: [{ name: 'constant.character.escape.drml', match: '\\\\.' }],
      },
      declarations: {
        patterns: [
          {
            match: `${BEFORE}(${oneOf(declared)})[ \\t]+(${NAME})`,
            captures: { 1: { name: 'keyword.control.drml' }, 2: { name: 'entity.name.type.drml' } },
          },
          {
            name: 'keyword.control.drml',
            match: words(
              [...declarations, ...INNER_DECLARATIONS].filter(
                (word) => !facts.statements.has(word) || INNER_DECLARATIONS.includes(word),
              ),
            ),
          },
        ],
      },
      body: {
        patterns: [
          { include: '#references' },
          { include: '#values' },
          { include: '#keywords' },
          { include: '#signs' },
          { include: '#names' },
        ],
      },
      references: {
        patterns: [
          {
            match: `${BEFORE}(in)[ \\t]+(same)[ \\t]+(region)${AFTER}`,
            captures: { 1: { name: 'keyword.other.drml' }, 2: { name: 'keyword.other.drml' }, 3: { name: 'keyword.other.drml' } },
          },
          {
            match: `${BEFORE}(any)[ \\t]+(of)${AFTER}`,
            captures: { 1: { name: 'keyword.other.drml' }, 2: { name: 'keyword.other.drml' } },
          },
          {
            match: `${BEFORE}(${oneOf(EDGES.filter((word) => introducers.includes(word)))})[ \\t]+(?!any[ \\t]+of${AFTER})(${NAME})`,
            captures: { 1: { name: 'keyword.control.drml' }, 2: { name: 'variable.other.drml' } },
          },
          {
            match: `${BEFORE}(${oneOf(introducers.filter((word) => !EDGES.includes(word)))})[ \\t]+(?!any[ \\t]+of${AFTER})(${NAME})`,
            captures: { 1: { name: 'keyword.other.drml' }, 2: { name: 'variable.other.drml' } },
          },
          {
            match: `([,.])[ \\t]*(${NAME})`,
            captures: { 1: { name: 'punctuation.separator.drml' }, 2: { name: 'variable.other.drml' } },
          },
        ],
      },
      values: {
        patterns: [
          { name: 'constant.other.date.drml', match: `${BEFORE}\\d{4}-\\d{2}-\\d{2}${AFTER}` },
          { name: 'constant.other.time.drml', match: `${BEFORE}\\d{1,2}:\\d{2}${AFTER}` },
          {
            match: `${BEFORE}([+-]?\\d[\\d_]*(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)(%|[A-Za-z\\u00B5]+(?:/[A-Za-z]+)?| [A-Z]{3}(?:/[A-Za-z]+)?(?![\\w-]))?`,
            captures: { 1: { name: 'constant.numeric.drml' }, 2: { name: 'keyword.other.unit.drml' } },
          },
        ],
      },
      keywords: {
        patterns: [
          { name: 'keyword.control.drml', match: words(EDGES) },
          { name: 'storage.modifier.drml', match: words(statements) },
          { name: 'keyword.other.drml', match: words(others) },
        ],
      },
      signs: {
        patterns: [
          { name: 'keyword.operator.drml', match: '<->|<=|>=|<|>' },
          { name: 'punctuation.section.block.drml', match: '[{}]' },
          { name: 'punctuation.separator.drml', match: '[,.]' },
        ],
      },
      names: { name: 'variable.other.drml', match: NAME },
    },
  };
}

/** Every keyword of a grammar that is a word, in the order of the alphabet. */
export function keywordsOf(grammar: Grammar): readonly string[] {
  const all = AstUtils.streamAllContents(grammar)
    .filter(GrammarAST.isKeyword)
    .map((keyword) => keyword.value)
    .toArray();
  return [...new Set(all)].filter((word) => WORD.test(word)).sort();
}

/** An alternative of words, the longest first, so that a word never hides a longer one. */
function oneOf(list: readonly string[]): string {
  return [...list].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).join('|');
}

function words(list: readonly string[]): string {
  return `${BEFORE}(?:${oneOf(list)})${AFTER}`;
}
