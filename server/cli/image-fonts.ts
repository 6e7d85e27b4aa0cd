import type { Resvg } from '@resvg/resvg-js';

/** Of so many different letters of a picture it is asked whether a font has them. */
const mostLetters = 3000;

/** A private letter that no font has: what is drawn for it is what is drawn for every letter without a font. */
const nobodys = '\u{10FFFD}';

/**
 * Letters of a picture that no font of this machine has, in order of their first use: a box is drawn instead of each.
 * Undefined where the machine has no font at all, and no text would be drawn.
 */
export function lettersWithoutFont(svg: string, Library: typeof Resvg): readonly string[] | undefined {
  const texts = [...svg.matchAll(/<(?:text|tspan)[ >][^<]*/g)].map(([text]) => text.slice(text.indexOf('>') + 1)).join('');
  // Every font has the letters of ASCII; marks that are set upon letters have no shape of their own to compare.
  const used = new Set([...texts].filter((letter) => letter > '\u{A0}' && !/[\p{M}\p{Cf}\p{Z}]/u.test(letter)));
  const letters = [nobodys, 'A', ...[...used].slice(0, mostLetters)];
  const family = / font-family="[^"]*"/.exec(svg)?.[0] ?? '';
  const drawn = letters.map((letter, index) => `<text id="t${index}" y="15" font-size="12">${letter}</text>`);
  const sheet = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"${family}>${drawn.join('')}</svg>`;
  const outlined = new Library(sheet, { font: { loadSystemFonts: true } }).toString();
  const shapes = new Map(
    [...outlined.matchAll(/<g id="t(\d+)">\s*<path [^>]*?d="([^"]*)"/g)].map(([, index, d]) => [Number(index), d]),
  );
  if (!shapes.has(1)) return undefined;
  return letters.filter((_, index) => index > 1 && (!shapes.has(index) || shapes.get(index) === shapes.get(0)));
}
