/** The examples are promises: they parse, link and yield the figures that were computed elsewhere. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../language/analysis/analyze.js';
import { type Files, parseFiles } from './model-of.js';

const folder = new URL('../../examples/', import.meta.url);

/** The files of an example, the one named like its folder first. */
function exampleFiles(name: string): Files {
  const names = readdirSync(new URL(`${name}/`, folder)).filter((file) => file.endsWith('.drml'));
  names.sort((a, b) => Number(b === `${name}.drml`) - Number(a === `${name}.drml`) || (a < b ? -1 : 1));
  return Object.fromEntries(names.map((file) => [file, readFileSync(new URL(`${name}/${file}`, folder), 'utf8')]));
}

describe('examples', () => {
  for (const name of ['first-steps', 'shop', 'online-boutique', 'boutique-two-regions']) {
    test(`${name} parses and links without a complaint`, async () => {
      const { documents } = await parseFiles(exampleFiles(name));
      for (const document of documents) {
        expect(document.parseResult.parserErrors.map((error) => error.message)).toEqual([]);
        expect((document.diagnostics ?? []).filter((each) => each.severity === 1).map((each) => each.message)).toEqual([]);
      }
    });
  }

  test('online-boutique yields the published availabilities of its journeys', async () => {
    const { model } = await parseFiles(exampleFiles('online-boutique'));
    expect(model.components).toHaveLength(12);
    const analysis = analyze(model, { asOf: '2026-11-01' });
    for (const [journey, wanted] of [
      ['home', 0.995009990004999],
      ['place-order', 0.992027944069944],
    ] as const) {
      const figure = analysis.availability(journey)?.availability;
      expect(figure?.status === 'known' ? Math.abs(figure.value - wanted) / wanted : figure?.status, journey).toBeLessThan(1e-12);
    }
  });
});
