/** A keyword that goes on with its statement and has nothing behind it yet: `runs 3 in north zones`. */
import type { IToken } from 'chevrotain';
import { isMissing, sentenceOf, valueAfter } from './expected-messages.js';
import type { GrammarFacts } from './grammar-facts.js';
import type { SyntaxMessage } from './messages.js';
import type { ParsedTokens } from './recovery.js';
import { isNameToken, startsLine } from './structure.js';

/** More zones than these are not listed. */
const mostZones = 6;

/**
 * What is missing behind a keyword that goes on with the statement before it on its line; undefined where something stands behind it,
 * or where the statement does not go on with it.
 * @param index the keyword
 * @param start the first word of the statement
 */
export function unfinishedWord(
  parsed: ParsedTokens,
  index: number,
  start: number,
  facts: GrammarFacts,
): SyntaxMessage | undefined {
  const { tokens } = parsed;
  const [first, found] = [tokens[start], tokens[index]];
  if (!first || !found || start >= index || startsLine(tokens, index) || !isMissing(tokens, index + 1)) return undefined;
  if (facts.continuations.get(first.image)?.has(found.image) !== true) return undefined;
  const what = valueAfter(found.image);
  if (what === undefined) return undefined;
  const region = tokens[index - 1];
  const zones = found.image === 'zones' && region && tokens[index - 2]?.image === 'in' ? zonesOf(parsed, region.image) : [];
  const list = zones.map((zone) => `\`${zone}\``);
  const known = list.length === 0 ? '' : `: ${list.length === 1 ? list[0] : `${list.slice(0, -1).join(', ')} or ${list.at(-1)}`}`;
  const sentence = sentenceOf(tokens, start, index + 1);
  return { message: `After ${sentence}, ${what} is missing${known}.`, anchor: found };
}

/** The zones of a region that stands in the same file, as its tokens tell; none where it stands elsewhere or has too many to list. */
function zonesOf({ tokens, structure }: ParsedTokens, region: string): readonly string[] {
  const head = tokens.findIndex(
    (token, index) => token.image === 'region' && structure.startsDeclaration(index) && tokens[index + 1]?.image === region,
  );
  let open = head + 2;
  while (head >= 0 && open < tokens.length && tokens[open]?.image.startsWith('"')) open++;
  if (head < 0 || tokens[open]?.image !== '{') return [];
  const zones: string[] = [];
  const end = structure.partner(open);
  for (let index = open + 1; index < end && zones.length <= mostZones; index = structure.next(index)) {
    const word = tokens[index];
    if (!isPlain(word, 'zone') && !isPlain(word, 'zones')) continue;
    for (let at = index + 1; at < end && isNameToken(tokens[at]); at += 2) {
      zones.push(tokens[at]?.image ?? '');
      if (tokens[at + 1]?.image !== ',') break;
    }
  }
  return zones.length > mostZones ? [] : zones;
}

function isPlain(token: IToken | undefined, keyword: string): boolean {
  return token !== undefined && token.image === keyword && token.tokenType.name === keyword;
}
