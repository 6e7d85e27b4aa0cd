/** The worst losses, and what is kept of a what-if as a scenario. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../../language/analysis/analyze.js';
import { keptScenario } from '../../../../language/diagram/what-if/kept-scenario.js';
import type { Switches } from '../../../../language/diagram/what-if/switches.js';
import { whatIf } from '../../../../language/diagram/what-if/what-if.js';
import { worstLosses } from '../../../../language/diagram/what-if/worst-losses.js';
import { changedText } from '../../../../language/edit/apply.js';
import { parseFiles } from '../../model-of.js';
import { boutique } from '../boutique.js';

const asOf = '2026-11-01';

const text = `model m "Shop" { }
region r1 { zones a, b }
region r2 { zones a, b }
service web { runs 2 in r1  requires db, pay }
database db { runs 2 in r1 }
service pay { runs 1 in r1.a  runs 1 in r2.a }
service lone { runs 1 in r1.b }
journey buy { requires web }
journey look tier 2 { requires lone }
scenario dark "Lights out" {
  fails r2 for 2h
  expect buy up
}
`;

describe('the worst losses', () => {
  test('of one: what takes the more important journey and more of them comes first; each can be switched off', () => {
    const { single, incomplete } = worstLosses(boutique, analyze(boutique, { asOf }));
    expect(incomplete).toBe(false);
    for (const loss of single) {
      const found = whatIf(boutique, analyze(boutique, { asOf }), loss.switches);
      const down = found?.journeys.filter(({ up }) => !up).map(({ name }) => name);
      expect({ loss: loss.text, down }).toEqual({ loss: loss.text, down: loss.journeys });
    }
    const counts = single.map(({ journeys }) => journeys.length);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(single.map(({ text: each }) => each)).toContain('redis-cart');
  });

  test('of two: each pair takes its journeys down, and neither of the two alone does', async () => {
    const { model } = await parseFiles({ 'model.drml': text });
    const analysis = analyze(model, { asOf });
    const { pairs, scenarios } = worstLosses(model, analysis);
    expect(pairs.length).toBeGreaterThan(0);
    const downWith = (switches: Switches): readonly string[] =>
      whatIf(model, analysis, switches)
        ?.journeys.filter(({ up }) => !up)
        .map(({ name }) => name) ?? [];
    for (const { switches, journeys } of pairs) {
      for (const name of journeys) {
        expect(downWith(switches)).toContain(name);
        for (const one of switches.off) expect(downWith({ off: [one] })).not.toContain(name);
      }
    }
    expect(scenarios).toEqual([{ name: 'dark', title: 'Lights out' }]);
  });
});

describe('keeping a what-if', () => {
  async function kept(switches: Switches, given = text) {
    const { model } = await parseFiles({ 'model.drml': given });
    const shown = whatIf(model, analyze(model, { asOf }), switches);
    if (shown === undefined) throw new Error('Nothing was switched off.');
    const found = keptScenario(model, shown, () => given);
    return 'changes' in found ? { name: found.name, text: changedText(given, found.changes) } : found;
  }

  test('is a scenario behind the last declaration, valid, and says again what was shown', async () => {
    const found = await kept({
      off: [
        { kind: 'site', site: 'r1.a' },
        { kind: 'replica', component: 'lone', site: 'r1.b', count: 1 },
      ],
    });
    if (!('text' in found)) throw new Error(found.problem);
    expect(found.text).toBe(`${text}
scenario r1-a-and-1-more-lost {
  fails r1.a, 1 of lone in r1.b
  expect buy up
}
`);
    const { documents, model } = await parseFiles({ 'model.drml': found.text });
    expect(documents.flatMap((document) => document.diagnostics ?? []).filter(({ severity }) => severity === 1)).toEqual([]);
    const again = whatIf(model, analyze(model, { asOf }), { scenario: found.name, off: [] });
    expect(again?.journeys.map(({ up }) => up)).toEqual([true, false]);
    expect(again?.broken).toEqual([]);
  });

  test('with a scenario of the file holds what that one takes as well, under a name that is free', async () => {
    const first = await kept({ scenario: 'dark', off: [{ kind: 'component', component: 'pay' }] });
    if (!('text' in first)) throw new Error(first.problem);
    expect(first.text).toContain('scenario pay-lost {\n  fails r2 for 2h\n  fails pay\n  expect look up\n}');
    const second = await kept({ off: [{ kind: 'component', component: 'pay' }] }, first.text);
    expect('name' in second && second.name).toBe('pay-lost-2');
  });

  test('what the language cannot say is not kept, and says why', async () => {
    expect(await kept({ off: [{ kind: 'dependency', from: 'web', to: 'db' }] })).toEqual({
      problem: 'A scenario cannot say that web does not reach db: it can fail components, places and links.',
    });
    expect(await kept({ scenario: 'dark', off: [] })).toEqual({ problem: 'This is a scenario of the file already.' });
  });
});
