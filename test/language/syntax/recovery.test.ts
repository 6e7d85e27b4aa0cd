import fc from 'fast-check';
import { createLangiumParser } from 'langium';
import { describe, expect, it } from 'vitest';
import type { DrmlFile } from '../../../language/generated/ast.js';
import { parserInternals } from '../../../language/syntax/parser.js';
import { PARSER_HOOKS } from '../../../language/syntax/parser-internals.js';
import { drml, images, read, sample, slips } from './read.js';

/** The declarations of a file, each by kind and name. */
function declarations(file: DrmlFile): readonly string[] {
  return file.elements.map(
    (element) => `${element.$type} ${'name' in element ? element.name : (element.$cstNode?.text.slice(0, 24) ?? '')}`,
  );
}

function lost(before: readonly string[], after: readonly string[]): readonly string[] {
  const rest = [...after];
  return before.filter((name) => {
    const at = rest.indexOf(name);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

describe('recovery', () => {
  it('stands on hooks of the parser that are still there', () => {
    const untouched = parserInternals(createLangiumParser(drml));
    expect(untouched).toMatchObject({
      currIdx: -1,
      tokVector: [],
      tokVectorLength: 0,
      RULE_OCCURRENCE_STACK_IDX: -1,
      maxLookahead: 3,
    });
    for (const hook of PARSER_HOOKS) expect(untouched[hook], hook).toBeTypeOf('function');
    expect(untouched.errorMessageProvider.buildMismatchTokenMessage).toBeTypeOf('function');
  });

  it('reads the sample without a slip', () => {
    const { lexerErrors, parserErrors, value } = read(sample);
    expect(lexerErrors).toEqual([]);
    expect(parserErrors).toEqual([]);
    expect(value.elements).toHaveLength(25);
  });

  it('loses one declaration at most, whatever token is dropped, doubled, put in or exchanged', () => {
    const tokens = drml.parser.Lexer.tokenize(sample).tokens;
    const pool = [...new Set(images(sample))];
    const whole = declarations(read(sample).value);
    const edit = fc.record({
      at: fc.nat(tokens.length - 1),
      kind: fc.constantFrom('drop', 'double', 'insert', 'exchange'),
      word: fc.constantFrom(...pool),
    });
    fc.assert(
      fc.property(edit, ({ at, kind, word }) => {
        const token = tokens[at];
        if (!token) return;
        const end = (token.endOffset ?? 0) + 1;
        const put = { drop: '', double: `${token.image} ${token.image}`, insert: `${word} ${token.image}`, exchange: word }[kind];
        const edited = sample.slice(0, token.startOffset) + put + sample.slice(end);
        expect(lost(whole, declarations(read(edited).value)).length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 250, seed: 20260901 },
    );
  });

  it.each([
    ['an unknown block', 'service a {\n  foo { bar { x 1 } }\n  cpu 1\n}\nservice b { }', ['cpu']],
    [
      'a statement of another block',
      'service a {\n  failover {\n    detect 3s\n    runs 1 in r\n  }\n  cpu 1\n}\nservice b { }',
      ['failover', 'cpu'],
    ],
    ['a block that is not closed', 'service a {\n  failover {\n    detect 3s\n  cpu 1\n}\nservice b { }', ['failover', 'cpu']],
    [
      'a comma too many before a statement',
      'service a {\n  runs 3 in north zones b,\n  requires any of c, d\n  cpu 1\n}\nservice b { }',
      ['runs', 'requires', 'cpu'],
    ],
    ['a brace too many', 'service a {\n  failover {\n    detect 3s\n  }\n  }\n  cpu 1\n}\nservice b { }', ['failover', 'cpu']],
    ['a word that only looks like a declaration', 'service a {\n  foo in region x\n  cpu 1\n}\nservice b { }', ['cpu']],
    ['a keyword at the start of a line', 'service a {\n  runs 3\n  cpu 1\n}\nservice b { }', ['runs', 'cpu']],
  ])('goes on after %s', (_, text, words) => {
    const [first, second] = read(text).value.elements;
    const statements = first && 'statements' in first ? first.statements : [];
    expect(statements.map((statement) => /^\w+/.exec(statement.$cstNode?.text ?? '')?.[0])).toEqual(words);
    expect(second).toMatchObject({ $type: 'Component', name: 'b' });
  });

  it.each([
    ['unknown lines', '\n  replicas 3 in x', 'service a {', '}'],
    ['unknown blocks', '\n  foo { bar 3 }', 'service a {', '}'],
    ['unknown declarations', '\nfoo a { runs 3 in x }', '', ''],
    ['closing braces', '\nservice a { } }', '', ''],
    ['open blocks', '\nservice a { failover { detect 3s', '', ''],
    ['unfinished targets', '\nscenario s { fails', '', ''],
  ])('reads ten times as many %s in about ten times the time', (_, line, before, after) => {
    const time = (count: number): number => {
      const start = process.cpuUsage();
      const { parserErrors } = read(before + line.repeat(count) + after);
      expect(parserErrors.length).toBeGreaterThanOrEqual(count);
      return process.cpuUsage(start).user / 1000;
    };
    time(100);
    const small = Math.max(time(300), 4);
    expect(time(3000)).toBeLessThan(small * 60);
  });

  it('reads any heap of tokens, with a place and a sentence for every slip', () => {
    const pool = [...new Set(images(sample)), '"', "'", '/*', '#', '=', '\n', '}\n'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pool), { maxLength: 60 }), (words) => {
        const text = words.join(' ');
        for (const { start, message } of slips(text)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(message).toMatch(/^(?!.*undefined).{12,}$/);
        }
      }),
      { numRuns: 300, seed: 20260901 },
    );
  });

  it.each([300, 900, 2000, 3500])('reads the first %i characters of the sample and keeps what is whole', (length) => {
    const start = sample.slice(0, length);
    const whole = declarations(read(sample.slice(0, start.lastIndexOf('\n}\n') + 3)).value);
    expect(declarations(read(start).value).slice(0, whole.length)).toEqual(whole);
  });
});
