/** Random sentences of the grammar: what is well formed, and means anything or nothing. */
import { type AstNode, GrammarAST } from 'langium';
import { drml } from '../read.js';
import type { Random } from './random.js';

const names = ['a', 'b', 'c', 'r', 's', 'orders', 'orders-db', 'vault', 'place-order', 'gold', 'backup', 'in', 'requires', 'A_b'];
const units = [
  's',
  'ms',
  'm',
  'h',
  'd',
  'y',
  '%',
  'GiB',
  'MiB',
  'GiB/h',
  'Gbit/s',
  'rps',
  ' USD/month',
  ' USD',
  'rpm',
  'Mi',
  'x',
  '',
];
const numbers = ['0', '1', '2', '3', '5', '12', '60', '99.95', '0.5', '-1', '1e-4', '1_000', '1000', '70000', '1e400', '007'];
const texts = ['"/ready"', '"x"', '""', '"a b"', '"./b.drml"', '"https://example.com"', '"\\"', '"\u5317\u4eac"', '"shop/web:1"'];
const dates = ['2026-09-01', '2026-02-30', '0000-00-00', '2024-02-29', '9999-99-99'];
const times = ['02:00', '24:00', '9:59', '99:99'];

/** A text of the grammar, about `size` tokens long, and sometimes a slip in it. */
export function grammarText(random: Random, size: number): string {
  const words: string[] = [];
  const rules = new Map(drml.Grammar.rules.map((rule) => [rule.name, rule]));
  const top = rules.get('TopLevel');
  if (top === undefined) throw new Error('The grammar has no rule for declarations.');
  const slips = random.chance(0.5) ? 0.02 : 0;

  const put = (word: string): void => {
    if (random.chance(slips)) return;
    words.push(word, random.chance(0.25) ? '\n' : ' ');
  };
  const element = (node: AstNode, depth: number): void => {
    if (!GrammarAST.isAbstractElement(node)) return;
    const { cardinality } = node;
    const optional = cardinality === '?' || cardinality === '*';
    if (optional && (words.length > size * 2 || random.chance(0.4))) return;
    let times = 1;
    if (cardinality === '*' || cardinality === '+') times += random.upTo(depth < 4 ? 4 : 1);
    for (let round = 0; round < times; round++) once(node, depth + 1);
  };
  const once = (node: GrammarAST.AbstractElement, depth: number): void => {
    if (GrammarAST.isKeyword(node)) put(node.value);
    else if (GrammarAST.isAlternatives(node)) element(random.of(node.elements), depth);
    else if (GrammarAST.isGroup(node)) for (const part of node.elements) element(part, depth);
    else if (GrammarAST.isAssignment(node)) element(node.terminal, depth);
    else if (GrammarAST.isCrossReference(node)) put(random.of(names));
    else if (GrammarAST.isRuleCall(node)) called(node.rule.$refText, depth);
  };
  const terminals: Readonly<Record<string, () => string>> = {
    ID: () => random.of(names),
    STRING: () => random.of(texts),
    QUANTITY: () => `${random.of(numbers)}${random.of(units)}`,
    DATE: () => random.of(dates),
    TIME: () => random.of(times),
    ERASURE_CODE: () => '4+2',
  };
  const called = (name: string, depth: number): void => {
    const word = terminals[name];
    const rule = rules.get(name);
    if (word !== undefined) put(word());
    else if (rule !== undefined && 'definition' in rule) element(rule.definition, depth);
  };
  while (words.length < size * 2) {
    if (GrammarAST.isParserRule(top)) element(top.definition, 0);
    words.push('\n');
  }
  return words.join('');
}
