/** Nothing that is written is lost on the way into the model: change any value of a model that uses the whole vocabulary, and the lowered model changes. */
import type { IToken } from 'chevrotain';
import { expect, test } from 'vitest';
import { parseFiles } from '../model-of.js';
import { drml, sample } from '../syntax/read.js';

/** What the sample takes from the file that it imports. */
const shared = 'external voucher { }\nservice search { }\nexternal registry { }\n';

/** Values that the checks refuse beside another one of the same block, and the lowering leaves out. */
const refused: readonly RegExp[] = [/^external card \{ availability .* unavailability/];

/** Another value of the same kind, or undefined for what is no value. */
function another(token: IToken): string | undefined {
  const { image, tokenType } = token;
  switch (tokenType.name) {
    case 'QUANTITY':
      return image.replace(/\d+/, (digits) => String(Number(digits) + 1));
    case 'STRING':
      return `${image.slice(0, -1)}x"`;
    case 'DATE':
      return image.startsWith('2026') ? image.replace('2026', '2025') : image.replace(/^\d{4}/, '2026');
    case 'TIME':
      return image.startsWith('01') ? '02:03' : '01:02';
    case 'ERASURE_CODE':
      return '9+3';
    case 'ID':
      return `${image}x`;
    default:
      return undefined;
  }
}

/** The model without places in the text, which every change moves. */
async function withoutPlaces(text: string): Promise<string> {
  const { model } = await parseFiles({ 'sample.drml': text, 'shared.drml': shared });
  return JSON.stringify(model, (key, value: unknown) =>
    key === 'lineStarts' || (typeof value === 'object' && value !== null && 'uri' in value && 'start' in value)
      ? undefined
      : value,
  );
}

test('every value of the sample reaches the model', async () => {
  const before = await withoutPlaces(sample);
  const lost: string[] = [];
  for (const token of drml.parser.Lexer.tokenize(sample).tokens) {
    const value = another(token);
    if (value === undefined) continue;
    const { startOffset } = token;
    const text = sample.slice(0, startOffset) + value + sample.slice(startOffset + token.image.length);
    if ((await withoutPlaces(text)) !== before) continue;
    const line = sample.split('\n')[(token.startLine ?? 1) - 1]?.trim() ?? '';
    if (!refused.some((around) => around.test(line))) lost.push(`${token.image} in: ${line}`);
  }
  expect(lost).toEqual([]);
}, 120_000);
