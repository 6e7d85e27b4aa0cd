/** The wizard: what it asks, what it writes, and that leaving it at any step leaves nothing behind. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Uri } from 'vscode';
import { newModel } from '../../client/new-model/wizard.js';
import { type InputBoxDouble, stage } from './vscode-double.js';

let folder: string;
const problems: unknown[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drml-new-model-'));
  problems.length = 0;
  stage.answers.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Types each text in turn, remembers what is said of it, and keeps the last. */
const typing =
  (...texts: readonly string[]) =>
  async ({ validateInput }: InputBoxDouble): Promise<string | undefined> => {
    for (const text of texts) problems.push(await validateInput(text));
    return texts.at(-1);
  };
const picking = (label: string) => (labels: readonly string[]) => labels.findIndex((one) => one.includes(label));

describe('a new model', () => {
  it('is written as it was answered', async () => {
    stage.answers.push(
      picking('Active-passive'),
      typing('shop'),
      picking('Alibaba'),
      typing('cn-one, cn-two'),
      picking('Save as'),
    );
    await newModel(Uri.file(folder));
    expect(problems).toEqual([undefined, undefined]);
    expect(readFileSync(join(folder, 'shop.drml'), 'utf8')).toMatch(/^region cn-two \{\n {2}provider aliyun$/m);
  });

  it('says what is wrong with a name and with regions', async () => {
    writeFileSync(join(folder, 'taken.drml'), '');
    stage.answers.push(
      picking('Active-active'),
      typing('Shop', 'taken', 'shop'),
      picking('Google'),
      typing('one', 'one, one', 'one, store', 'one, T', 'one, two'),
      picking('Keep'),
    );
    await newModel(Uri.file(folder));
    expect(problems).toEqual([
      expect.stringContaining('lower-case letters'),
      expect.stringContaining('taken.drml already'),
      undefined,
      'Expected 2 regions, found 1.',
      'Each region needs a name of its own.',
      expect.stringContaining('taken by a component'),
      expect.stringContaining('lower-case letters'),
      undefined,
    ]);
    expect(existsSync(join(folder, 'shop.drml'))).toBe(false);
  });

  it.each([0, 1, 2, 3, 4])('is not written when step %i is left', async (step) => {
    const answers = [picking('Single'), typing('shop'), picking('Amazon'), typing('one, two'), picking('Save as')];
    stage.answers.push(...answers.slice(0, step), () => undefined);
    await newModel(Uri.file(folder));
    expect(existsSync(join(folder, 'shop.drml'))).toBe(false);
  });
});
