import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, escapeText } from '../../../language/diagram/markup.js';
import { fitText, textWidth } from '../../../language/diagram/text-width.js';
import { readXml } from './svg-reader.js';

describe('escapeText', () => {
  it.each([
    ['"<script>', '&quot;&lt;script&gt;'],
    ["a & b's", 'a &amp; b&#39;s'],
    ['two\r\nlines', 'two lines'],
    ['nul\u0000 bell\u0007', 'nul bell'],
    ['half a pair \ud800', 'half a pair '],
    ['turned \u202e around', 'turned  around'],
    ['商品 🚀', '商品 🚀'],
  ])('%j becomes %j', (text, expected) => {
    expect(escapeText(text)).toBe(expected);
  });

  it('keeps any text inside its element and its attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const element = readXml(`<t a="${escapeText(text)}">${escapeText(text)}</t>`);
        expect(element.children).toEqual([]);
        expect(element.attributes.a).toBe(element.text);
      }),
    );
  });
});

describe('coordinates', () => {
  it.each([
    [0, '0'],
    [-0.001, '0'],
    [12, '12'],
    [-3.5, '-3.5'],
    [-0.25, '-0.25'],
    [1.005, '1'],
    [7.046, '7.05'],
    [1e20, '100000000000000000000'],
  ])('%d is written %s', (value, expected) => {
    expect(at(value)).toBe(expected);
  });

  it('writes what two decimals are as a number', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        (value) => at(value) === String(Math.round(value * 100) / 100),
      ),
    );
  });
});

describe('text widths', () => {
  it.each([
    ['', 0],
    ['i', 2.78],
    ['iii', 8.34],
    ['商品', 20.4],
    ['e\u0301', 6.15],
    ['🚀', 10.2],
  ])('%j is %d wide at 10', (text, expected) => {
    expect(textWidth(text, 10)).toBeCloseTo(expected, 6);
  });

  it('bold is wider', () => {
    expect(textWidth('checkout', 10, 'bold')).toBeGreaterThan(textWidth('checkout', 10));
  });

  it('cut texts fit, and begin as the whole did', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 200 }), (text, width) => {
        const cut = fitText(text, width, 13, 'bold');
        expect(textWidth(cut, 13, 'bold')).toBeLessThanOrEqual(width);
        expect(text.startsWith(cut.replace(/…$/u, ''))).toBe(true);
      }),
    );
  });

  it('never cut inside a character', () => {
    expect(fitText('🚀🚀🚀', 28, 10)).toBe('🚀…');
  });
});
