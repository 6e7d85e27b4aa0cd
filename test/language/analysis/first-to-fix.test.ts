/** What to fix first: sentences against arithmetic by hand. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../language/analysis/analyze.js';
import { firstToFix, outageSummary, worstPairs } from '../../../language/analysis/first-to-fix.js';
import { modelOf } from '../model-of.js';

async function analysisOf(text: string) {
  return analyze(await modelOf(text), { asOf: '2026-11-01' });
}

/** In a row: U = 1 − 0.99 · 0.98 · 0.9999999 = 0.0298 and a little; without `a` it is that of the others. */
const row = `model m { }
external a { mtbf 99h  mttr 1h }
external b { mtbf 98h  mttr 2h }
external c { unavailability 1e-7 }
journey buy { requires a, b, c }`;

describe('what to fix first', () => {
  test('the largest gain first, what explains less than a hundredth left out', async () => {
    expect(firstToFix(await analysisOf(row), 'buy')).toEqual([
      // u·B = 0.02 · 0.99 = 0.0198, of 0.0298; 0.0198 a year are 7.23 days.
      { event: 'b', now: '97.02%', without: '99%', gain: '7.23 d/yr', share: '66%' },
      // 0.01 · 0.98 = 0.0098.
      { event: 'a', now: '97.02%', without: '98%', gain: '3.58 d/yr', share: '33%' },
    ]);
  });

  test('a failover is named as what goes wrong', async () => {
    const analysis = await analysisOf(`model m { }
region r1 { mtbf 99d  mttr 1d  zones a }
region r2 { zones a }
service s {
  runs 1 in r1
  runs 1 in r2 as hot standby
  unavailability 0
  failover { detect 30s  decide automatic  switch dns ttl 30s  success 90% }
}`);
    expect(firstToFix(analysis, 's').map(({ event }) => event)).toContain('failed failover of s from r1 to r2 (90%)');
    // The region is down 0.01 of the time, the failover fails in a tenth of the cases.
    expect(worstPairs(analysis, 's')).toEqual([
      { events: 'region r1 + failed failover of s from r1 to r2 (90%)', share: expect.stringMatching(/^9\d%$/) },
    ]);
  });

  test('nothing for unknown names, for what never fails, and where there is no exact figure', async () => {
    const analysis = await analysisOf('model m { }\nexternal never { unavailability 0 }');
    for (const name of ['nobody', 'never']) {
      expect(firstToFix(analysis, name)).toEqual([]);
      expect(worstPairs(analysis, name)).toEqual([]);
    }
  });
});

describe('outages in words', () => {
  test('a year, a month, how often, how long', async () => {
    // 0.0298001 of 365 days are 10.9 days, of 30 days 21 h 27 min; 8,760 h / 100 h come to 87.6 failures of `a` and as many of `b`.
    expect(outageSummary(await analysisOf(row), 'buy')).toEqual({
      perYear: '10.9 d/yr',
      perMonth: '21 h 27 min',
      // 87.6 · 0.98 + 87.6 · 0.99 = 172.6, and c next to never.
      outages: '173 a year',
      each: '1 h 31 min',
      degraded: undefined,
    });
  });

  test('what is wanted makes it degraded', async () => {
    const analysis = await analysisOf('model m { }\nexternal ads { unavailability 0.01 }\njourney j { wants ads }');
    expect(outageSummary(analysis, 'j')?.degraded).toBe('3.65 d/yr');
  });

  test('unknown names have none', async () => {
    expect(outageSummary(await analysisOf(row), 'nobody')).toBeUndefined();
  });
});
