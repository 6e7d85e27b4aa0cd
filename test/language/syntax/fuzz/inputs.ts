/** Inputs of the long run: sentences of the grammar, real models with slips, heaps of tokens, random bytes. */
import { grammarText } from './grammar-text.js';
import { Random } from './random.js';

/** What an input is made of. */
export interface Seeds {
  /** Models that are fine, to be damaged. */
  readonly models: readonly string[];
  /** Tokens to throw together. */
  readonly words: readonly string[];
}

const strange = [
  '\u0000',
  '\uFEFF',
  '\u2028',
  '\uD83D',
  '\u{1F600}',
  '\r',
  '\r\n',
  '\t',
  '"',
  "'",
  '/*',
  '*/',
  '//',
  '#',
  '{',
  '}',
  '<->',
];

/** The input of a number in the row of a seed. */
export function fuzzedText(seeds: Seeds, seed: number, number: number): string {
  const random = new Random(seed, number);
  const kind = random.next();
  if (kind < 0.35) return grammarText(random, 5 + random.upTo(60));
  if (kind < 0.75) return damaged(random, seeds);
  if (kind < 0.88) return heap(random, seeds);
  if (kind < 0.98) return bytes(random, random.upTo(200));
  return repeated(random, seeds);
}

/** A few neighbouring declarations of a model, with up to eight slips: characters, tokens, lines, exchanged pieces. */
function damaged(random: Random, seeds: Seeds): string {
  const declarations = random.of(seeds.models).split(/\n(?=[a-z])/);
  const first = random.upTo(declarations.length - 1);
  let text = declarations.slice(first, first + 1 + random.upTo(4)).join('\n');
  for (let slips = random.upTo(8); slips > 0; slips--) text = withSlip(text, random, seeds);
  return text;
}

function withSlip(text: string, random: Random, seeds: Seeds): string {
  const at = random.upTo(text.length);
  const word = /^\s*\S+/.exec(text.slice(at))?.[0] ?? '';
  const lineEnd = text.indexOf('\n', at) + 1 || text.length;
  switch (random.upTo(7)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + text.slice(at + word.length);
    case 2:
      return `${text.slice(0, at)} ${random.of(seeds.words)} ${text.slice(at)}`;
    case 3:
      return `${text.slice(0, at)}${random.of(seeds.words)}${text.slice(at + word.length)}`;
    case 4:
      return text.slice(0, at) + random.of(strange) + text.slice(at);
    case 5:
      return text.slice(0, at) + text.slice(lineEnd);
    case 6: {
      const from = random.upTo(text.length);
      return text.slice(0, at) + text.slice(from, from + random.upTo(80)) + text.slice(at);
    }
    default:
      return text.slice(0, at);
  }
}

function heap(random: Random, seeds: Seeds): string {
  const words: string[] = [];
  for (let left = random.upTo(80); left > 0; left--)
    words.push(random.chance(0.05) ? random.of(strange) : random.of(seeds.words), random.of(['', ' ', ' ', ' ', '\n']));
  return words.join('');
}

/** Bytes as an editor decodes them: mostly Latin letters and signs, sometimes any code unit, lone surrogates included. */
function bytes(random: Random, length: number): string {
  const most = random.of([0x7f, 0xff, 0xffff]);
  return String.fromCharCode(...Array.from({ length }, () => random.upTo(most)));
}

/** One piece many times over: what is quadratic shows here. */
function repeated(random: Random, seeds: Seeds): string {
  const piece = random.chance(0.5) ? random.of(seeds.words) : `${random.of(seeds.words)} ${random.of(seeds.words)}`;
  return `${random.of(['', 'service a { ', 'region r { zones ', 'scenario s { '])}${`${piece}${random.of([' ', '\n', ''])}`.repeat(random.upTo(300))}`;
}
