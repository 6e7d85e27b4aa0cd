import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { keywordsOf, type TextmateGrammar, type TextmateRule, textmateGrammar } from '../../../language/syntax/textmate.js';
import { drml } from './read.js';

const grammar = textmateGrammar(drml.Grammar);

/** The rules that a rule leads to, in order, without those that have a beginning and an end. */
function flat(rule: TextmateRule, of: TextmateGrammar): readonly TextmateRule[] {
  if (rule.include) return flat(of.repository[rule.include.slice(1)] ?? {}, of);
  if (rule.match) return [rule];
  return rule.begin ? [] : (rule.patterns ?? []).flatMap((each) => flat(each, of));
}

/** The scopes of the words of one line, as an editor finds them: the earliest match wins, then the first rule. */
function scopes(line: string): readonly string[] {
  const rules = grammar.patterns.flatMap((rule) => flat(rule, grammar));
  const found: string[] = [];
  let at = 0;
  while (at < line.length) {
    let best: { readonly rule: TextmateRule; readonly match: RegExpExecArray } | undefined;
    for (const rule of rules) {
      const pattern = new RegExp(rule.match ?? '', 'dg');
      pattern.lastIndex = at;
      const match = pattern.exec(line);
      if (match && (!best || match.index < best.match.index)) best = { rule, match };
    }
    if (!best) break;
    const { rule, match } = best;
    if (rule.name) found.push(`${match[0]} ${rule.name}`);
    for (const [group, { name }] of Object.entries(rule.captures ?? {}))
      if (match[Number(group)]) found.push(`${match[Number(group)]} ${name}`);
    at = match.index + Math.max(match[0].length, 1);
  }
  return found.map((each) => each.replace('.drml', ''));
}

describe('the TextMate grammar', () => {
  it('is the one that is shipped', () => {
    const shipped: unknown = JSON.parse(
      readFileSync(new URL('../../../media/syntaxes/drml.tmLanguage.json', import.meta.url), 'utf8'),
    );
    expect(shipped).toEqual(JSON.parse(JSON.stringify(grammar)));
  });

  it.each(keywordsOf(drml.Grammar).map((word) => ({ word })))('knows the keyword $word', ({ word }) => {
    expect(scopes(`  ${word} `)[0]).toMatch(new RegExp(`^${word} (keyword\\.control|keyword\\.other|storage\\.modifier)`));
  });

  it.each([
    [
      'service orders tier 0 {',
      [
        'service keyword.control',
        'orders entity.name.type',
        'tier keyword.other',
        '0 constant.numeric',
        '{ punctuation.section.block',
      ],
    ],
    ['cache backup {', ['cache keyword.control', 'backup entity.name.type', '{ punctuation.section.block']],
    [
      'requires orders-db, cache',
      ['requires keyword.control', 'orders-db variable.other', ', punctuation.separator', 'cache variable.other'],
    ],
    [
      'requires any of a in same region',
      [
        'requires keyword.control',
        'any keyword.other',
        'of keyword.other',
        'a variable.other',
        'in keyword.other',
        'same keyword.other',
        'region keyword.other',
      ],
    ],
    ['mtbf 30d', ['mtbf storage.modifier', '30 constant.numeric', 'd keyword.other.unit']],
    [
      'outage costs 5000 USD/h',
      ['outage storage.modifier', 'costs keyword.other', '5000 constant.numeric', ' USD/h keyword.other.unit'],
    ],
    [
      'tested 2026-09-01 took 4h',
      [
        'tested storage.modifier',
        '2026-09-01 constant.other.date',
        'took keyword.other',
        '4 constant.numeric',
        'h keyword.other.unit',
      ],
    ],
    [
      'runs 2 in north.a // why',
      [
        'runs storage.modifier',
        '2 constant.numeric',
        'in keyword.other',
        'north variable.other',
        '. punctuation.separator',
        'a variable.other',
        '// why comment.line.double-slash',
      ],
    ],
  ])('colours %s', (line, wanted) => {
    expect(scopes(line)).toEqual(wanted);
  });
});
