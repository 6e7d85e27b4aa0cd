/** What must hold of findings and fixes whatever the model. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../language/analysis/analyze.js';
import { applyEdits, changedText } from '../../../language/edit/apply.js';
import type { Source } from '../../../language/model/fact.js';
import { joined } from '../../../language/refactor/safe-fixes.js';
import { checkModel } from '../../../language/rules/check.js';
import type { Finding } from '../../../language/rules/rule.js';
import { built } from '../analysis/enumeration/built.js';
import { designOf, textOf as designText } from '../analysis/renewal/design.js';
import { fixed, testDay } from './judged.js';
import { promising, promisingText } from './promising-text.js';

/** A design of twenty components with backups and links, from drawn numbers. */
const designs = fc.array(fc.nat(1000), { minLength: 40, maxLength: 40 }).map((numbers) => {
  let turn = 0;
  const text = designText(
    designOf((below) => ((numbers[turn % numbers.length] ?? 0) + Math.floor(turn++ / numbers.length)) % below),
  );
  // Copies of a backup lie in buckets alone.
  return text.replace(/^external (\S+) \{/gm, 'bucket $1 in south {');
});
const texts = fc.oneof({ weight: 3, arbitrary: promising.map(promisingText) }, { weight: 1, arbitrary: designs });

async function judged(text: string): Promise<{ readonly findings: readonly Finding[]; readonly errors: readonly string[] }> {
  const { model, errors } = await built(text, true);
  return { findings: checkModel(model, analyze(model, { asOf: testDay })), errors };
}

/** What the language says against a text, whatever the numbers: a fix may change those of what was wrong before. */
const kindOf = (message: string): string =>
  message.replaceAll(/\d+/g, '0').replace('instances are', 'instance is').replace('copies', 'copy');
const newKinds = (after: readonly string[], before: readonly string[]): readonly string[] => {
  const known = new Set(before.map(kindOf));
  return after.filter((message) => !known.has(kindOf(message)));
};

/** What a finding says of whom: where two causes break one promise, the second is what is left when the first is mended. */
const keyOf = ({ code, subject, causes, message }: Finding): string =>
  `${code} ${subject} ${causes.join(',')} ${message.replaceAll(/\b\d[\d.,]*/g, '0')}`;

/** Everything a finding points at. */
function places(finding: Finding): readonly Source[] {
  const edits = finding.fixes.flatMap((fix) => fix.edits);
  return [
    finding.at,
    ...finding.related.map(({ at }) => at),
    ...edits.map((edit) => (edit.kind === 'add-statement' ? edit.block : edit.kind === 'add-declaration' ? edit.after : edit.at)),
  ];
}

describe('whatever the model', () => {
  test('no rule fails, every range lies in its file, and judging twice says the same', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const { findings } = await judged(text);
        expect(findings.filter(({ code }) => code === 'DR099').map(({ message }) => message)).toEqual([]);
        for (const finding of findings) {
          for (const { uri, start, end } of places(finding)) {
            expect([uri, 0 <= start && start <= end && end <= text.length], finding.message).toEqual([
              'memory:/model.drml',
              true,
            ]);
          }
          expect(finding.at.end, finding.message).toBeGreaterThan(finding.at.start);
        }
        expect((await judged(text)).findings).toEqual(findings);
      }),
      { seed: 5, numRuns: 80 },
    );
  });

  test('the first fix of an error clears it and leaves a text without errors of the language', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const before = await judged(text);
        for (const finding of before.findings) {
          if (finding.severity !== 'error' || finding.accepted !== undefined) continue;
          const [fix] = finding.fixes;
          expect(fix, finding.message).toBeDefined();
          if (fix === undefined) continue;
          const after = await judged(fixed(text, fix));
          const shown = `${finding.message}\n${fix.title}\n${fixed(text, fix)}`;
          expect(newKinds(after.errors, before.errors), shown).toEqual([]);
          // Two statements of one call are two findings, each of which speaks of its own.
          const alike = (findings: readonly Finding[]): number =>
            findings.filter((each) => each.severity === 'error' && each.accepted === undefined && keyOf(each) === keyOf(finding))
              .length;
          expect(alike(after.findings), shown).toBeLessThan(alike(before.findings));
        }
      }),
      { seed: 6, numRuns: 35 },
    );
  });

  test('fixes that need no question come to an end', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        let now = text;
        const before = (await judged(text)).errors;
        for (let round = 0; ; round++) {
          const { findings, errors } = await judged(now);
          expect(newKinds(errors, before), now).toEqual([]);
          const safe = findings
            .filter(({ accepted }) => accepted === undefined)
            .flatMap((finding) => finding.fixes.filter((fix) => fix.safe).slice(0, 1));
          if (safe.length === 0) break;
          expect(round, now).toBeLessThan(10);
          const last = now;
          now = changedText(last, joined(safe.flatMap((fix) => applyEdits(fix.edits, () => last))));
        }
      }),
      { seed: 7, numRuns: 40 },
    );
  });
});
