/** Drills beside what the model yields: which took place, how long ago, of which class. */
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../../language/analysis/analyze.js';
import { explain } from '../../../../language/analysis/explain.js';
import { lastMeasured } from '../../../../language/analysis/recovery/drills.js';
import { modelOf } from '../../model-of.js';

const text = `model m { }
region r1 { provider p  account a  zone a { building "B" }  zone b { building "C" } }
region r2 { zones a }
service api { runs 2 in r1  runs 2 in r2 as hot standby  failover { detect 1m  decide automatic  switch mesh  failback 2h } }
service lone { runs 2 in r1 }
database store { runs 1 in r1  corruption found within 1h }
scenario north-lost { fails r1  expect api rto <= 5m  expect lone rto <= 1d }
scenario zone-lost { fails r1.a }
scenario building-lost { fails building "B" }
scenario one-lost { fails 1 of api }
scenario account-gone { deletes account a }
scenario bad-data { corrupts store }
scenario two-lost { fails r1.a, r2.a }
drill north-lost on 2026-03-01 { in staging  measured api rto 40s }
drill north-lost on 2026-11-01 { in production  measured api rto 90s rpo 0s  measured lone rto 3h }
drill north-lost on 2026-11-22 { measured api rto 1s }
drill north-lost on 2025-11-21 { measured rto 4m }
drill zone-lost on 2026-01-01 { measured api rto 5s }
drill building-lost on 2026-01-02 { measured api rto 6s }
drill one-lost on 2026-01-03 { measured api rto 7s }
drill account-gone on 2026-01-04 { measured api rto 8s }
drill bad-data on 2026-01-05 { measured store rto 9s }
drill two-lost on 2026-01-06 { measured api rto 10s }
`;

describe('drills', async () => {
  const analysis = analyze(await modelOf(text), { asOf: '2026-11-21' });

  it('come latest first, those still to come left out, with their age', () => {
    const listed = analysis.drills().map(({ scenario, date, ageDays }) => `${scenario} ${date} ${ageDays}`);
    expect(listed.slice(0, 2)).toEqual(['north-lost 2026-11-01 20', 'north-lost 2026-03-01 265']);
    expect(listed.at(-1)).toBe('north-lost 2025-11-21 365');
    expect(listed).toHaveLength(9);
  });

  it.each([
    ['north-lost', 'region-loss', 'r1'],
    ['zone-lost', 'zone-loss', 'r1.a'],
    ['building-lost', 'zone-loss', 'r1.a'],
    ['one-lost', 'instance-loss', 'api'],
    ['account-gone', 'account-loss', 'account a'],
    ['bad-data', 'corruption', 'store'],
  ])('%s is a case of %s', (scenario, disruption, scope) => {
    expect(analysis.drills().find((drill) => drill.scenario === scenario)?.tried).toEqual({ disruption, scope });
  });

  it('of several things at once are of no class', () => {
    expect(analysis.drills().find((drill) => drill.scenario === 'two-lost')?.tried).toBeUndefined();
  });

  it('stand beside the estimate, longer or not', () => {
    const [latest] = analysis.drills();
    const rows = latest?.times.map((time) => [
      time.subject,
      time.measure,
      time.measured.value,
      time.estimate.status,
      time.within,
    ]);
    expect(rows).toEqual([
      ['api', 'rto', 90, 'known', false],
      ['api', 'rpo', 0, 'known', true],
      ['lone', 'rto', 10_800, 'never', true],
    ]);
  });

  it('without a name are of all that the scenario expects', () => {
    const times = analysis
      .drills()
      .at(-1)
      ?.times.map((time) => [time.subject, time.measured.value]);
    expect(times).toEqual([
      ['api', 240],
      ['lone', 240],
    ]);
  });

  it('give the last measured time of a class, which the breakdown shows', () => {
    const found = lastMeasured(analysis.drills(), 'api', 'region-loss', 'rto');
    expect([found?.measured.value, found?.drill.date]).toEqual([90, '2026-11-01']);
    expect(lastMeasured(analysis.drills(), 'api', 'corruption', 'rto')).toBeUndefined();
    const figure = analysis.recovery('api').get('region-loss')?.rto;
    const tree = figure === undefined ? undefined : explain(figure);
    const children = tree?.children
      .slice(-2)
      .map(({ label, value, source }) => [label, value, text.slice(source?.start, source?.end)]);
    expect(children).toEqual([
      ['failback', '2 h, afterwards and no part of it', 'failback 2h'],
      ['measured', '1 min 30 s (drill north-lost, 2026-11-01, 20 d ago)', 'measured api rto 90s rpo 0s'],
    ]);
  });
});
