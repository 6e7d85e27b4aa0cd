/** What must hold of findings and fixes whatever the model. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../language/analysis/analyze.js';
import { applyEdits, changedText } from '../../../language/edit/apply.js';
import type { Source } from '../../../language/model/fact.js';
import { activePlacements, requiredInstances } from '../../../language/model/queries.js';
import { joined } from '../../../language/refactor/safe-fixes.js';
import { checkModel, checkWith } from '../../../language/rules/check.js';
import { rules } from '../../../language/rules/registry.js';
import type { Finding, Rule } from '../../../language/rules/rule.js';
import { built } from '../analysis/enumeration/built.js';
import type { Sketch, SketchComponent, SketchRuns } from '../analysis/enumeration/sketch.js';
import { designOf, textOf as designText } from '../analysis/renewal/design.js';
import { fixed, testDay } from './judged.js';
import { type Promising, promising, promisingText } from './promising-text.js';

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

const keyOf = ({ code, subject, causes }: Finding): string => `${code} ${subject} ${causes.join(',')}`;

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
          expect(
            after.errors.filter((message) => !before.errors.includes(message)),
            shown,
          ).toEqual([]);
          const left = after.findings.filter((each) => each.severity === 'error' && each.accepted === undefined).map(keyOf);
          expect(left, shown).not.toContain(keyOf(finding));
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
          expect(
            errors.filter((message) => !before.includes(message)),
            now,
          ).toEqual([]);
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

/** Redundancy, placement and capacity. */
const ofSites: readonly Rule[] = rules.filter(({ code }) => code < 'DR020');

interface Found {
  readonly found: readonly Finding[];
  /** Nothing has too few instances from the start: with one more it would be up, and there would be something to lose. */
  readonly isSound: boolean;
}

/** Findings of each rule by itself: what one says instead of another must not look new. */
async function foundIn(drawn: Promising): Promise<Found> {
  const { model, errors } = await built(promisingText(drawn), true);
  const analysis = analyze(model, { asOf: testDay });
  const found = ofSites.flatMap((rule) => checkWith([rule], model, analysis, {}));
  const hasShort = model.components.some((component) => {
    const count = activePlacements(component).reduce((sum, placement) => sum + placement.count.value, 0);
    return component.placements.length > 0 && count < requiredInstances(component).count;
  });
  return { found, isSound: errors.length === 0 && !hasShort };
}

/** Where a statement without zones puts its instances, said with zones. */
function pinned(sketch: Sketch, runs: SketchRuns): SketchRuns {
  const zones = runs.zones ?? sketch.regions.find(({ name }) => name === runs.region)?.zones.map(({ name }) => name);
  return zones === undefined || zones.length === 0 ? runs : { ...runs, zones };
}

/** The sketch with its instances where they are, and the same with one more instance of a component, in a zone of its own. */
function grown(sketch: Sketch, turn: number): { readonly before: Sketch; readonly after: Sketch } | undefined {
  const before = {
    ...sketch,
    components: sketch.components.map((each) => ({ ...each, runs: each.runs.map((runs) => pinned(sketch, runs)) })),
  };
  // A group that votes needs more votes with each member: an even one is a matter of its own.
  const votes = ({ kind, runs }: SketchComponent): boolean =>
    kind === 'coordinator' || runs.some(({ role }) => role === 'witness');
  const placed = before.components.filter(
    (each) => !votes(each) && each.runs.some(({ role, zones }) => role === 'active' && zones !== undefined),
  );
  const chosen = placed[turn % Math.max(1, placed.length)];
  const home = chosen?.runs.find(({ role, zones }) => role === 'active' && zones !== undefined);
  if (chosen === undefined || home === undefined) return undefined;
  return {
    before,
    after: {
      ...before,
      regions: before.regions.map((region) =>
        region.name === home.region ? { ...region, zones: [...region.zones, { name: 'fresh' }] } : region,
      ),
      components: before.components.map((each) =>
        each === chosen
          ? { ...each, runs: [...each.runs, { count: 1, region: home.region, zones: ['fresh'], role: 'active' }] }
          : each,
      ),
    },
  };
}

test('one more instance in a zone of its own brings no error about redundancy, placement and capacity of what had no finding', async () => {
  await fc.assert(
    fc.asyncProperty(promising, fc.nat(10), async (drawn, turn) => {
      const sketches = grown(drawn.sketch, turn);
      fc.pre(sketches !== undefined);
      if (sketches === undefined) return;
      const before = await foundIn({ ...drawn, sketch: sketches.before });
      fc.pre(before.isSound);
      const after = { ...drawn, sketch: sketches.after };
      // Where all stands in one zone, rules about single sites speak, and others may say it more severely once it does not.
      const known = new Set(before.found.map(({ subject }) => subject));
      const fresh = (await foundIn(after)).found
        .filter(({ severity, subject }) => severity === 'error' && !known.has(subject))
        .map(({ message }) => message);
      expect(fresh, promisingText(after)).toEqual([]);
    }),
    { seed: 8, numRuns: 150 },
  );
});
