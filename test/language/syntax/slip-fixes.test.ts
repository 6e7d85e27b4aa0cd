/** Slips that one edit mends carry that edit, and it mends them. */
import { expect, test } from 'vitest';
import type { ProblemData } from '../../../language/syntax/checks/document-validator.js';
import { problemsOf } from './checks/annotated.js';
import { slipsInFile, slipsInService } from './message-cases.js';

const texts = [...slipsInService.map(([text]) => `service a {\n  ${text}\n}\n`), ...slipsInFile.map(([text]) => text)].map(
  (text) => text.replaceAll('<|', '').replaceAll('|>', ''),
);

async function slipsOf(text: string): Promise<readonly { readonly message: string; readonly data: ProblemData }[]> {
  const found = (await problemsOf({ 'a.drml': text })).get('a.drml') ?? [];
  return found
    .map(({ message, data }) => ({ message: String(message), data: data as ProblemData }))
    .filter(({ data }) => /^(parsing|lexing)-error$/.test(data.code));
}

/** Why no single edit mends a slip: the rest of these messages. */
const withoutFix: readonly (readonly [reason: string, message: RegExp])[] = [
  [
    'a value is missing that only the author knows',
    /(a number|the name|another name|a date|a name or a text).*(is missing|, not `)/,
  ],
  ['one of several words is meant', /^Expected `.*` or `.*` after .*, not|A link is written/],
  [
    'it belongs elsewhere, and only the author knows where',
    /stands? (in|at|inside)|belongs? in|is no statement that can stand|stands in the head|has no place here/,
  ],
  [
    'DRML says it with several words, of which only the author knows the values',
    /Write `(runs|objective)|Write `zone NAME`|Write the kind of copy first/,
  ],
  ['what the text or block is for is not said', /cannot start a statement|takes no block here|is no name: names start/],
  ['another word stands where this one is missing', /^Expected `every` after `full`/],
];

test.each(texts)('%j', async (text) => {
  const before = await slipsOf(text);
  expect(before.length).toBeGreaterThan(0);
  for (const { message, data } of before) {
    const { fix } = data;
    if (fix === undefined) {
      expect(
        withoutFix.some(([, excused]) => excused.test(message)),
        message,
      ).toBe(true);
      continue;
    }
    const mended = text.slice(0, fix.start) + fix.text + text.slice(fix.end);
    const after = (await slipsOf(mended)).map((slip) => slip.message);
    const repeated = before.filter((slip) => slip.message === message).length;
    expect(after.filter((each) => each === message).length, `${fix.title}: ${mended}`).toBe(repeated - 1);
    expect(after.length, `${fix.title}: ${mended}`).toBeLessThanOrEqual(before.length);
  }
});

test('every excuse is needed', async () => {
  const messages: { readonly message: string }[] = [];
  for (const text of texts) messages.push(...(await slipsOf(text)).filter(({ data }) => data.fix === undefined));
  for (const [reason, message] of withoutFix)
    expect(
      messages.some((slip) => message.test(slip.message)),
      reason,
    ).toBe(true);
});
