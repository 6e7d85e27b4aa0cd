/** When the backlog is gone as well: recovery time + window × load / (capacity that is left − load), worked by hand. */
import { describe, expect, it } from 'vitest';
import type { SiteRecovery } from '../../../../language/analysis/analysis.js';
import type { Figure } from '../../../../language/analysis/figure.js';
import { Recovery } from '../../../../language/analysis/recovery/recovery.js';
import { Structure } from '../../../../language/analysis/structure/evaluate.js';
import type { DisruptionClass } from '../../../../language/model/model.js';
import { modelOf } from '../../model-of.js';

const places = `model m { }
region r1 { zones a, b, c }
region r2 { zones a, b }
`;
/** A store that loses 60 s of data and is back after 30 + 60 + 30 = 120 s. */
const store = `database store {
  runs 2 in r1  runs 1 in r2 as hot standby  replicates sync within r1 quorum 1  replicates async to r2 lag 60s
  failover { detect 30s  decide automatic  promote 60s  switch dns ttl 30s }
  corruption found within 1h
}
`;
const api = (facts: string, standby = 'runs 3 in r2 as hot standby'): string => `service api {
  runs 3 in r1  ${standby}  requires store  ${facts}
  failover { detect 10s  decide automatic  switch mesh }
}
`;

interface Row {
  readonly name: string;
  readonly text: string;
  readonly subject: string;
  readonly disruption?: DisruptionClass;
  readonly rto: number | 'never';
  readonly expected: number | string | readonly string[];
}

const rows: readonly Row[] = [
  {
    // Of 3 × 450 rps, 900 are new work, so that 450 are left for 60 s × 900: 60 · 900 / 450 = 120 s.
    name: 'lost work is done again beside the new: 120 + 60 · 900 / (1350 − 900)',
    text: `${places}${store}${api('load 900rps  capacity 450rps')}`,
    subject: 'api',
    rto: 120,
    expected: 240,
  },
  {
    name: 'a smaller standby is scaled up to what is needed: 2 of 600 rps each',
    text: `${places}${store}${api('load 900rps  capacity 600rps  scales to 4 at 60% cpu within 3m', 'runs 1 in r2 as warm standby')}`,
    subject: 'api',
    rto: 120 + 180,
    expected: 300 + (60 * 900) / (1200 - 900),
  },
  {
    name: 'what is left carries no more than the load',
    text: `${places}${store}${api('needs 1  load 900rps  capacity 300rps')}`,
    subject: 'api',
    rto: 120,
    expected: 'unbounded',
  },
  {
    name: 'load and capacity are needed where work is lost',
    text: `${places}${store}${api('')}`,
    subject: 'api',
    rto: 120,
    expected: ['load of api', 'capacity of api'],
  },
  {
    name: 'nothing lost: back is caught up, whatever the load',
    text: `${places}service lonely { runs 2 in r1  runs 2 in r2 as hot standby  failover { detect 10s  switch mesh } }`,
    subject: 'lonely',
    rto: 10,
    expected: 10,
  },
  {
    // 20 s of messages wait: 20 · 300 / (600 − 300) = 20 s.
    name: 'what waited in the queue is worked off',
    text: `${places}queue events in r1, r2 { replicates sync  failover { detect 1s  promote 1s  switch mesh } }
service worker {
  runs 2 in r1  runs 2 in r2 as hot standby  consumes from events  load 300rps  capacity 300rps
  failover { detect 20s  switch mesh }
}`,
    subject: 'worker',
    rto: 20,
    expected: 40,
  },
  {
    name: 'of a journey the slowest, any of the fastest',
    text: `${places}${store}${api('load 900rps  capacity 450rps')}
service quick { runs 1 in r1  runs 1 in r2 as hot standby  failover { detect 5s  switch mesh } }
journey inner { requires api }
journey outer { requires inner, quick }
journey either { requires any of api, quick }`,
    subject: 'outer',
    rto: 120,
    expected: 240,
  },
  {
    name: 'any of: the fastest',
    text: `${places}${store}${api('load 900rps  capacity 450rps')}
service quick { runs 1 in r1  runs 1 in r2 as hot standby  failover { detect 5s  switch mesh } }
journey either { requires any of api, quick }`,
    subject: 'either',
    rto: 5,
    expected: 5,
  },
  {
    name: 'never back, never caught up',
    text: `${places}${store}${api('load 900rps  capacity 450rps')}`,
    subject: 'api',
    disruption: 'corruption',
    rto: 'never',
    expected: 'never',
  },
  {
    // One copy takes all writes: 500 − 200 are left for 60 s × 200.
    name: 'of a store that replicates one copy counts',
    text: `${places}${store.replace('corruption', 'load 200rps  capacity 500rps  corruption')}`,
    subject: 'store',
    rto: 120,
    expected: 120 + (60 * 200) / 300,
  },
];

function shown(figure: Figure | undefined): number | string | readonly string[] | undefined {
  if (figure?.status === 'known') return figure.value;
  return figure?.status === 'unknown' ? figure.missing : figure?.status;
}

describe('time to caught-up', () => {
  it.each(rows)('$name', async ({ text, subject, disruption = 'region-loss', rto, expected }) => {
    const found = new Recovery(new Structure(await modelOf(text))).of(subject).get(disruption);
    expect(shown(found?.rto)).toBe(rto);
    const caught = shown(found?.caughtUp);
    if (typeof expected === 'number') expect(caught).toBeCloseTo(expected, 9);
    else expect(caught).toEqual(expected);
    const sites: readonly SiteRecovery[] = [...(found?.perSite.values() ?? [])];
    expect(sites.map((site) => shown(site.caughtUp))).toContainEqual(caught);
  });

  it('names the work that is done again, with the rates', async () => {
    const text = `${places}${store}${api('load 900rps  capacity 450rps')}`;
    const found = new Recovery(new Structure(await modelOf(text))).of('api').get('region-loss');
    const last = found?.caughtUp.terms.at(-1);
    expect(last).toMatchObject({ name: 'do lost work again', seconds: 120, note: '1 min of work, 900 rps of 1350 rps' });
    expect(text.slice(last?.source?.start, last?.source?.end)).toContain('900rps');
  });
});

describe('hold and failback', () => {
  const text = `${places}
service api { runs 1 in r1  runs 1 in r2 as hot standby  failover { detect 10s  hold 60s  decide manual 5m  switch mesh  failback 2h } }
service other { runs 1 in r1  runs 1 in r2 as hot standby  failover { detect 10s  hold 5s  switch mesh  failback 3h } }
journey j { requires api, other }`;

  it('waits before it acts, and tells the way back apart', async () => {
    const recovery = new Recovery(new Structure(await modelOf(text)));
    const found = recovery.of('api').get('region-loss');
    expect(found?.rto.terms.map((term) => [term.name, term.seconds])).toEqual([
      ['detect', 10],
      ['hold', 60],
      ['decide', 300],
      ['switch', 0],
    ]);
    expect(shown(found?.rto)).toBe(370);
    expect(shown(found?.failback)).toBe(7200);
    expect(shown(recovery.of('j').get('region-loss')?.failback)).toBe(10_800);
    expect(recovery.of('api').get('corruption')?.failback).toBeUndefined();
  });
});
