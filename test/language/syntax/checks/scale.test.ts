import { expect, test } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver-types';
import { DrmlDocumentValidator, mostDiagnostics } from '../../../../language/syntax/checks/document-validator.js';
import { parseFiles } from '../../model-of.js';
import { problemsOf } from './annotated.js';

async function problems(text: string): Promise<readonly Diagnostic[]> {
  return (await problemsOf({ 'model.drml': text })).get('model.drml') ?? [];
}

test('no list of problems is longer than the limit, and the first line says how many more there are', async () => {
  const found = await problems(`region r { zones a }\n${'service Bad { runs 0 in r }\n'.repeat(300)}`);
  expect(found).toHaveLength(mostDiagnostics + 1);
  // Each service has a bad name and a bad count, and all but the first a name that is taken.
  expect(found[0]?.message).toBe('This file has 699 more problems than the 200 shown; mend those first.');
});

test('of too many problems, errors are kept before warnings', async () => {
  const warnings = 'service w { provides dns, dns }\n';
  const many = Array.from({ length: 300 }, (_, index) => warnings.replace(' w ', ` w-${index} `)).join('');
  const found = await problems(`${many}service last { mttr 0s }\n`);
  expect(found).toHaveLength(mostDiagnostics + 1);
  expect(found.at(-1)?.severity).toBe(1);
});

test('a file that is no DRML at all gets a short list', async () => {
  const binary = Array.from({ length: 20_000 }, (_, index) => String.fromCharCode((index * 7919) % 256)).join('');
  expect((await problems(binary)).length).toBeLessThanOrEqual(mostDiagnostics + 1);
});

test('an empty file has no problems', async () => {
  expect(await problems('')).toEqual([]);
  expect(await problems('\uFEFF// nothing yet\r\n')).toEqual([]);
});

test('a thousand services are checked in a moment', async () => {
  const service = (index: number): string =>
    `service s-${index} tier 1 {\n  runs 3 in r\n  mtbf 30d  mttr 2m\n  load 900rps peak 1400rps  capacity 500rps\n` +
    `  image "shop/s:1"\n  port http 8080\n${index === 0 ? '' : `  requires s-${index - 1} { timeout 800ms  retries 1 each 300ms }\n`}}`;
  const text = `region r { zones a, b, c }\n${Array.from({ length: 1000 }, (_, index) => service(index)).join('\n')}`;
  const { documents, services } = await parseFiles({ 'model.drml': text });
  const validator = new DrmlDocumentValidator(services);
  const [document] = documents;
  if (document === undefined) throw new Error('The model has a file.');
  const costs: number[] = [];
  for (let round = 0; round < 5; round++) {
    const before = process.cpuUsage();
    expect(await validator.validateDocument(document)).toEqual([]);
    const { user, system } = process.cpuUsage(before);
    costs.push((user + system) / 1000);
  }
  // About 10 ms where this was written; the limit only catches work that grows with the square of the file.
  expect(Math.min(...costs)).toBeLessThan(150);
});

test('ten thousand members of a list that are all the same take no time to speak of', async () => {
  const found = await problems(`service a { requires ${Array.from({ length: 10_000 }, () => 'b').join(', ')} }\nservice b { }`);
  expect(found.length).toBeGreaterThan(0);
  expect(found.length).toBeLessThan(30);
});
