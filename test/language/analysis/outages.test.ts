/** How often a subject goes down, and what contributes: by hand, and against the figures of a standby with its switches. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../language/analysis/analyze.js';
import type { Figure } from '../../../language/analysis/figure.js';
import { modelOf } from '../model-of.js';

const hoursPerYear = 8760;

async function analysisOf(text: string) {
  return analyze(await modelOf(text), { asOf: '2026-11-01' });
}

function known(figure: Figure | undefined): number {
  return figure?.status === 'known' ? figure.value : Number.NaN;
}

describe('outages', () => {
  test('of one thing are its failures', async () => {
    const analysis = await analysisOf('model m { }\nexternal bank { mtbf 99h  mttr 1h }\njourney pay { requires bank }');
    expect(known(analysis.outages('pay')?.perYear)).toBeCloseTo(hoursPerYear / 100, 9);
    expect(known(analysis.outages('pay')?.switches)).toBe(0);
  });

  test('of a pair are the failures of each while the other is down', async () => {
    const analysis = await analysisOf(
      'model m { }\nexternal a { mtbf 99h  mttr 1h }\nexternal b { mtbf 96h  mttr 4h }\njourney pay { requires any of a, b }',
    );
    expect(known(analysis.outages('pay')?.perYear)).toBeCloseTo((hoursPerYear / 100) * 0.04 + (hoursPerYear / 100) * 0.01, 9);
  });

  test('with a standby are short ones too: the failures of the active side', async () => {
    const analysis = await analysisOf(`model m { }
defaults { common cause 0% }
region r1 { mtbf 99h  mttr 1h }
region r2 { mtbf 9999h  mttr 1h }
service api {
  runs 1 in r1
  runs 1 in r2 as hot standby
  mtbf 199h  mttr 1h
  failover { detect 30s  decide automatic  switch dns ttl 60s }
}`);
    const outages = analysis.outages('api');
    // Either the region or the instance fails while the other is up, and the standby takes over if it is up.
    const active = hoursPerYear * (0.01 * 0.995 + 0.005 * 0.99);
    const standby = 0.9999 * 0.995;
    expect(known(outages?.switches)).toBeCloseTo(active * standby, 9);
    expect(known(outages?.perYear)).toBeCloseTo(known(outages?.structural) + active * standby, 9);
  });

  test('count no failover that does not work as an event of its own, and say where a repair time is assumed', async () => {
    const analysis = await analysisOf('model m { }\nexternal bank { availability 99% }\njourney pay { requires bank }');
    expect(analysis.outages('pay')?.perYear.assumptions).toContain('a failure is repaired in 1h');
    expect(analysis.outages('nobody')).toBeUndefined();
  });
});

describe('contributions', () => {
  test('rank events by what the subject gains without them', async () => {
    const analysis = await analysisOf(`model m { }
external a { unavailability 0.001 }
external b { unavailability 0.01 }
external c { unavailability 0.02 }
journey pay { requires a  requires any of b, c }`);
    const [first, second, third] = analysis.contributions('pay');
    const whole = 1 - 0.999 * (1 - 0.01 * 0.02);
    expect(first?.event.name).toBe('a');
    expect(first?.importance).toBeCloseTo(1 - 0.01 * 0.02, 12);
    expect(first?.gain).toBeCloseTo(0.001 * (1 - 0.01 * 0.02), 12);
    expect(first?.criticality).toBeCloseTo((0.001 * (1 - 0.01 * 0.02)) / whole, 9);
    expect(first?.riskAchievement).toBeCloseTo(1 / whole, 6);
    expect(first?.riskReduction).toBeCloseTo(whole / (0.01 * 0.02), 6);
    // Both members of the pair gain the same: without one of them the pair never fails.
    expect([second?.event.name, third?.event.name]).toEqual(['b', 'c']);
    expect(second?.gain).toBeCloseTo(third?.gain ?? 0, 12);
    expect(second?.riskAchievement).toBeCloseTo((1 - 0.999 * (1 - 0.02)) / whole, 6);
  });

  test('name a failover that may not work', async () => {
    const analysis = await analysisOf(`model m { }
region north { availability 99% }
region south { availability 99.9% }
service api {
  runs 1 in north
  runs 1 in south as hot standby
  availability 99.9%
  failover { detect 30s  decide automatic  switch dns ttl 60s  success 90% }
}`);
    expect(analysis.contributions('api').map(({ event }) => event.name)).toContain('failover of api from north to south (90%)');
  });
});

test('failovers of different lengths count the sites of all that moves', async () => {
  // `front` takes longer to move than `back`, and stands in zone a alone; `back` stands in b as well, which fails by itself.
  const text = (more: string): string => `model m { }
region r1 {
  zone a { }
  zone b { mtbf 200d  mttr 6h }
}
region r2 { zones a, b }
service front {
  runs 1 in r1
  runs 1 in r2 as hot standby
  availability 99.5%  mttr 1h
  failover { detect 30s  switch mesh  ${more} }
  requires back
}
service back {
  runs 2 in r1
  runs 2 in r2 as hot standby
  availability 99.5%  mttr 1h
  common cause 5%
  failover { detect 30s  switch mesh }
}`;
  const year = 8760;
  // Of back: 0.95 of 0.005 alone, 0.05 together; zone b is down 6 of 4,806 h.
  const alone = 0.95 * 0.005;
  const common = 0.05 * 0.005;
  const zone = 6 / 4806;
  const inB = 1 - (1 - alone) * (1 - zone);
  const bothDown = alone * inB;
  const frontFails = (0.005 / 1) * year * (1 - common) * (1 - bothDown);
  const commonFails = (common / 1) * year * 0.995 * (1 - bothDown);
  const second = (alone / 1) * year * inB + (alone / 1) * year * (1 - zone) * alone + (zone / 6) * year * (1 - alone) * alone;
  const expected = frontFails + commonFails + second * 0.995 * (1 - common);
  for (const more of ['', 'warmup 2m']) {
    const figure = analyze(await modelOf(text(more)), { asOf: '2026-11-01' }).outages('front')?.activeFailures;
    expect(figure?.status === 'known' ? figure.value / expected : undefined).toBeCloseTo(1, 10);
  }
});
