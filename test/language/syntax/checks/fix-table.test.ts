/** Every check has a fixture, and a fix in one of them; or it stands here with the reason why no single edit can mend it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ProblemData } from '../../../../language/syntax/checks/document-validator.js';
import { filesOf, problemsOf } from './annotated.js';

const withoutFix: Readonly<Record<string, string>> = {
  'syntax/bounds': 'only the author knows the number that was meant',
  'syntax/duplicate-name': 'which of the two is renamed, and to what, is the author’s choice, and others refer to it',
  'syntax/import-cycle': 'what the files share has to move to a file of its own',
  'syntax/keeps-shorter': 'either the copies are kept longer or they are taken more often',
  'syntax/more': 'it only says how many problems are not shown',
  'syntax/not-a-site': 'which region was meant is not said',
  'syntax/operator-name': 'only the author knows the operator',
  'syntax/self-link': 'which other site was meant is not said',
  'syntax/takes-longer': 'either the interval or the length is wrong',
  'syntax/target-kind': 'what was meant instead is not said',
  'syntax/zone-twice': 'either the zone or the list of zones goes',
};

const checks = join(import.meta.dirname, '..', '..', '..', '..', 'language', 'syntax', 'checks');
const codes = new Set(
  readdirSync(checks).flatMap((name) =>
    [...readFileSync(join(checks, name), 'utf8').matchAll(/'(syntax\/[a-z-]+)'/g)].map(([, code]) => code ?? ''),
  ),
);

const fixtures = join(import.meta.dirname, 'fixtures');
const seen = new Set<string>();
const mended = new Set<string>();
for (const name of readdirSync(fixtures)) {
  for (const problems of (await problemsOf(filesOf(name, readFileSync(join(fixtures, name), 'utf8')))).values()) {
    for (const { data } of problems) {
      const { code, fix } = data as ProblemData;
      seen.add(code);
      if (fix !== undefined) mended.add(code);
    }
  }
}

test('there are checks', () => {
  expect(codes.size).toBeGreaterThan(50);
});

test.each([...codes].sort())('%s', (code) => {
  // The list of problems has to be very long for this one; scale.test.ts has it.
  if (code !== 'syntax/more') expect(seen.has(code), 'has a fixture').toBe(true);
  if (code in withoutFix) expect(mended.has(code), 'is mended after all: take it off the list').toBe(false);
  else expect(mended.has(code), 'has a fix, or a reason for none').toBe(true);
});

test('the list names no check that is gone', () => {
  expect(Object.keys(withoutFix).filter((code) => !codes.has(code))).toEqual([]);
});
