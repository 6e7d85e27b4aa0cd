/** Cut sets as the analysis tells them: by name, with their share of the outage. */
import { describe, expect, test } from 'vitest';
import type { CutSet } from '../../../../language/analysis/analysis.js';
import { analyze } from '../../../../language/analysis/analyze.js';
import { modelOf } from '../../model-of.js';

async function cutSetsOf(text: string, subject: string) {
  return analyze(await modelOf(text), { asOf: '2026-11-01' }).cutSets(subject);
}

function names(sets: readonly CutSet[] | undefined): readonly string[] {
  return (sets ?? []).map(({ events }) =>
    events
      .map((event) =>
        event.kind === 'component' && event.instance !== undefined ? `${event.name} in ${event.instance}` : event.name,
      )
      .join(' + '),
  );
}

const choices = `model m { }
external a { unavailability 0.001 }
external b { unavailability 0.005 }
external c { unavailability 0.02 }
journey either { requires any of a, b }
journey two { requires 2 of a, b, c }
journey both { requires either, two }`;

describe('cut sets', () => {
  test('of a choice are its members together, with their share', async () => {
    const sets = await cutSetsOf(choices, 'either');
    expect(sets?.count).toBe('1');
    expect(names(sets?.smallest)).toEqual(['a + b']);
    expect(sets?.smallest[0]?.probability).toBeCloseTo(5e-6, 18);
    expect(sets?.smallest[0]?.share).toBeCloseTo(1, 12);
  });

  test('of two of three are the pairs, the likeliest first among the likeliest', async () => {
    const sets = await cutSetsOf(choices, 'two');
    expect(names(sets?.smallest)).toEqual(['b + c', 'a + c', 'a + b']);
    expect(names(sets?.likeliest)).toEqual(['b + c', 'a + c', 'a + b']);
  });

  test('of a journey of journeys hold no set twice', async () => {
    expect((await cutSetsOf(choices, 'both'))?.count).toBe('3');
  });

  test('name sites without failure data, instances, common causes and failovers', async () => {
    const sets = await cutSetsOf(
      `model m { }
region north { zones a }
region south { zones a }
service api {
  runs 1 in north
  runs 1 in south as hot standby
  mtbf 30d  mttr 1h
  together { mtbf 180d  mttr 1h }
  failover { detect 10s  decide automatic  switch mesh  success 99% }
}`,
      'api',
    );
    expect(names(sets?.smallest)).toEqual([
      'api together',
      'failover of api from north to south (99%) + api in north.a',
      'api in north.a + api in south.a',
      // Sites without failure data never fail by chance: these go by the names of their events.
      'failover of api from north to south (99%) + north',
      'failover of api from north to south (99%) + north.a',
      'api in north.a + south',
      'api in north.a + south.a',
      'api in south.a + north',
      'api in south.a + north.a',
      'north + south',
      'north + south.a',
      'north.a + south',
      'north.a + south.a',
    ]);
    // What has no failure data fails by no chance: it is a cut, and never among the likeliest.
    expect(names(sets?.likeliest)).toEqual([
      'api together',
      'failover of api from north to south (99%) + api in north.a',
      'api in north.a + api in south.a',
    ]);
  });

  test('of an unknown name are none', async () => {
    expect(await cutSetsOf(choices, 'nobody')).toBeUndefined();
  });
});
