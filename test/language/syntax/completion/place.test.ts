import fc from 'fast-check';
import { type LangiumDocument, URI } from 'langium';
import { describe, expect, it } from 'vitest';
import { activePart, formsAt } from '../../../../language/syntax/completion/forms-at.js';
import { keywordsAt } from '../../../../language/syntax/completion/keywords.js';
import { type CursorPlace, CursorPlaces } from '../../../../language/syntax/completion/place.js';
import { isTwin } from '../../../../language/syntax/tokens.js';
import { drml, sample } from '../read.js';

const places = new CursorPlaces(drml);
let documents = 0;
function documentOf(text: string): LangiumDocument {
  documents++;
  return drml.shared.workspace.LangiumDocumentFactory.fromString(text, URI.parse(`file:///${documents}.drml`));
}

/** The place of the mark `<|>` in a text. */
function at(fixture: string): CursorPlace | undefined {
  return places.at(documentOf(fixture.replace('<|>', '')), fixture.indexOf('<|>'));
}

/** What may come next: keywords as they are, names as what they refer to; words that begin a statement count as `…`. */
function next(fixture: string): readonly string[] {
  const expected = at(fixture)?.expected ?? [];
  const words = expected.filter(({ startsStatement }) => !startsStatement).map(({ token, reference }) => reference ?? token);
  return expected.some(({ startsStatement }) => startsStatement) ? [...words, '\u2026'] : words;
}

describe('the block around a cursor', () => {
  it.each([
    ['<|>', 'file'],
    ['service s { <|> }', 'service'],
    ['database d { backup n { <|> } }', 'backup'],
    ['service s { requires a { <|> } }', 'edge'],
    ['service s { requires a { timeout 3s } <|> }', 'service'],
    ['journey j { objective { region-loss { <|> } } }', 'class'],
    ['region r { zone a { <|> } }', 'zone'],
    ['service s { } <|>', 'file'],
    ['service s { mtbf 3d\nservice t { <|>', 'service'],
    ['service s { failover { detect 3s\nlink a <-> b {\n<|>', 'link'],
    ['service s { foo { <|> } }', undefined],
    ['service s { foo { x } <|> }', 'service'],
    ['} } service s { <|> }', 'service'],
    ['service s { image "} }" <|> }', 'service'],
    ['service s { /* } */ <|> }', 'service'],
  ])('%s', (fixture, place) => {
    expect(at(fixture)?.place).toBe(place);
  });
});

describe('what may come next', () => {
  it.each([
    ['service s { runs <|> }', ['QUANTITY']],
    ['service s { runs 3 in <|> }', ['Region']],
    ['service s { runs 3 in a.<|> }', ['ZoneDeclaration']],
    ['service s { runs 3 in a <|> }', ['.', 'zones', 'as', '}', '\u2026']],
    ['service s { runs 3 in a as hot <|> }', ['standby']],
    ['service s { runs in <|> }', ['Region']],
    ['service s { requires <|> }', ['any', 'QUANTITY', 'Named']],
    ['service s { requires\n<|> }', ['any', 'QUANTITY', 'Named', '\u2026']],
    ['service s { dead <|> }', ['letters']],
    ['service s { owner "x<|>" }', ['ID', 'STRING']],
    ['service <|>', ['ID']],
    ['scenario s { expect j rto <|> }', ['<=', '>=', '<', '>']],
    ['import <|>', ['STRING']],
    ['drill d <|>', ['on']],
  ])('%s', (fixture, expected) => {
    expect(next(fixture)).toEqual(expected);
  });

  it('is nothing in a comment', () => {
    for (const fixture of ['// <|>', 'service s { // a <|>\n}', '/* <|> */', '/* <|>', '# <|>'])
      expect(at(fixture)).toBeUndefined();
    expect(at('/* a */<|>')).toBeDefined();
  });
});

describe('the word at a cursor', () => {
  it.each([
    ['service s { req<|>uires a }', { text: 'req', quoted: false, length: 8 }],
    ['service s { requires<|> a }', { text: 'requires', quoted: false, length: 8 }],
    ['service s { <|>requires a }', { text: '', quoted: false, length: 0 }],
    ['service s { mtbf 30<|> }', { text: '30', quoted: false, length: 2 }],
    ['import "./a<|>b"', { text: './a', quoted: true, length: 4 }],
    ['import "./a<|>', { text: './a', quoted: true, length: 3 }],
    ['import "./a"<|>', { text: '', quoted: false, length: 0 }],
  ])('%s', (fixture, { text, quoted, length }) => {
    const word = at(fixture)?.word;
    expect(word).toMatchObject({ text, quoted });
    expect((word?.end ?? 0) - (word?.start ?? 0)).toBe(length);
  });
});

describe('in a text of the whole vocabulary', () => {
  const document = documentOf(sample);
  const tokens = drml.parser.Lexer.tokenize(sample).tokens;
  const words = tokens.filter(({ tokenType, image }) => /^[a-z]/.test(image) && tokenType.name === image && !isTwin(tokenType));

  it('every keyword is offered where it stands', () => {
    expect(words.length).toBeGreaterThan(300);
    const missing = words.filter((token, index) => {
      const place = places.at(document, token.startOffset);
      const offered = place === undefined ? [] : keywordsAt(place).map(({ text }) => text);
      // The second word of a phrase was offered with the first.
      const before = words[index - 1];
      const isInPhrase = before !== undefined && (before.endOffset ?? 0) + 2 === token.startOffset;
      // The sample is about syntax: one of its statements belongs to another kind.
      const isElsewhere = place?.place === 'service' && token.image === 'agrees';
      return !offered.some((text) => text === token.image || text.startsWith(`${token.image} `)) && !isInPhrase && !isElsewhere;
    });
    expect(missing.map(({ image, startLine }) => `${startLine}: ${image}`)).toEqual([]);
  });

  it('every part of a statement has its part in the form', () => {
    let asked = 0;
    const missing: string[] = [];
    for (const token of tokens) {
      const place = places.at(document, token.startOffset);
      const [form] = place === undefined ? [] : formsAt(place);
      if (place === undefined || form === undefined || form.isBlock || place.statement.length === 0) continue;
      const goesOn = place.expected.some(
        (each) => !each.startsStatement && each.token === token.tokenType.name && each.token !== '}',
      );
      if (!goesOn || /^[,.]$/.test(token.image)) continue;
      asked++;
      if (activePart(form, place) >= form.form.parts.length)
        missing.push(`${token.startLine}: ${form.form.phrase} \u2026 ${token.image}`);
    }
    expect(missing).toEqual([]);
    expect(asked).toBeGreaterThan(300);
  });
});

describe('in any heap of tokens', () => {
  const pieces = [...new Set(drml.parser.Lexer.tokenize(sample).tokens.map(({ image }) => image))];
  const heap = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.constantFrom('{', '}', '\n', '"', '/*', '\u00e9', '@', '1.')), {
    maxLength: 40,
  });

  it('every place has an answer, and soon', () => {
    const property = fc.property(heap, fc.nat(), (words, seed) => {
      const text = words.join(' ');
      const place = places.at(documentOf(text), seed % (text.length + 1));
      if (place === undefined) return;
      for (const form of formsAt(place)) expect(activePart(form, place)).toBeLessThanOrEqual(form.form.parts.length);
      expect(keywordsAt(place).length).toBeLessThan(100);
    });
    fc.assert(property, { numRuns: 400, seed: 20_261_121 });
  });
});
