/** Survival, RTO and RPO of models in text: each line says what one class must yield. */
import { describe, expect, it } from 'vitest';
import type { Figure } from '../../../../language/analysis/figure.js';
import { Recovery } from '../../../../language/analysis/recovery/recovery.js';
import { Structure } from '../../../../language/analysis/structure/evaluate.js';
import type { DisruptionClass } from '../../../../language/model/model.js';
import { modelOf } from '../../model-of.js';

/** Seconds, `never`, `unbounded`, or what is missing. */
type Time = number | string | readonly string[];

interface Expected {
  readonly survives?: boolean | undefined;
  readonly lost?: boolean;
  readonly rto?: Time;
  readonly rpo?: Time;
  readonly scope?: string;
  /** Named terms of the RTO. */
  readonly steps?: readonly string[];
}

interface Case {
  readonly name: string;
  readonly text: string;
  readonly expected: readonly (readonly [subject: string, disruption: DisruptionClass, Expected])[];
}

const places = `model m { }
region r1 { zones a, b, c }
region r2 { zones a, b }
`;

const vaulted = (bucket: string, series: string, more = ''): string => `${places}
database store {
  runs 3 in r1
  replicates sync within r1 quorum 2
  size 200GiB
  corruption found within 24h
  backup nightly { ${series}  copies to vault takes 20m  keeps 35d  restores at 200MiB/s }
  ${more}
}
bucket vault in ${bucket} { }
`;

const fulls = 'full every 1d takes 40m';
const standby = `${places}
service api { runs 3 in r1  needs 2  requires store }
database store {
  runs 3 in r1  runs 1 in r2 as hot standby
  replicates sync within r1 quorum 2
  replicates async to r2 lag 5s
  failover { detect 30s  decide automatic  promote 60s  switch dns ttl 30s }
}
service reports { runs 2 in r1  runs 2 in r2  requires store { reads } }
journey buy { requires api }
journey look { requires reports }
`;

const cases: readonly Case[] = [
  {
    name: 'fulls in another region',
    text: vaulted('r2', fulls),
    expected: [
      ['store', 'instance-loss', { survives: true, lost: false, rpo: 0, rto: ['failover within of store'] }],
      ['store', 'zone-loss', { survives: true, rpo: 0 }],
      [
        'store',
        'region-loss',
        {
          survives: false,
          lost: false,
          rpo: 90_000,
          rto: ['detect in failover of store', 'switch in failover of store'],
          scope: 'r1',
        },
      ],
      ['store', 'corruption', { survives: false, rpo: 172_800, steps: ['found within', 'restore'], rto: 86_400 + 1024 }],
    ],
  },
  {
    name: 'logs in another region',
    text: vaulted('r2', `${fulls}  log every 5m`),
    expected: [
      ['store', 'region-loss', { survives: false, lost: false, rpo: 1500 }],
      ['store', 'corruption', { rpo: 86_400, rto: ['changes of store'] }],
    ],
  },
  {
    name: 'fulls in the same region',
    text: vaulted('r1', fulls),
    expected: [
      ['store', 'region-loss', { survives: false, lost: true, rpo: 'never', rto: 'never' }],
      ['store', 'zone-loss', { survives: true, lost: false, rpo: 0 }],
      ['store', 'account-loss', { lost: true }],
    ],
  },
  {
    name: 'a backup without copies lies with its store',
    text: `${places}
database store { runs 3 in r1  corruption found within 1h  backup nightly { full every 1d takes 40m } }`,
    expected: [
      ['store', 'region-loss', { lost: true }],
      ['store', 'zone-loss', { rpo: ['replicates of store'] }],
      ['store', 'corruption', { lost: false, rpo: 90_000 }],
    ],
  },
  {
    name: 'hot standby of a service',
    text: `model m { }
defaults { common cause 0% }
region r1 { mtbf 3y  mttr 4h  zones a, b, c }
region r2 { availability 99.99%  zones a, b }
service api {
  runs 3 in r1
  runs 3 in r2 as hot standby
  needs 2
  failover { detect 30s  decide automatic  switch dns ttl 60s }
}`,
    expected: [['api', 'region-loss', { survives: true, rto: 90, rpo: 0, scope: 'r1' }]],
  },
  {
    name: 'a standby that is promoted, a service that has none',
    text: standby,
    expected: [
      ['store', 'region-loss', { survives: true, rto: 120, rpo: 5, steps: ['detect', 'decide', 'promote', 'switch'] }],
      ['store', 'zone-loss', { survives: true, rto: 120, rpo: 0 }],
      ['api', 'region-loss', { survives: false, rto: 'never', rpo: 5 }],
      ['buy', 'region-loss', { survives: false, rto: 'never', rpo: 5 }],
    ],
  },
  {
    name: 'edges that only read carry no loss',
    text: standby,
    expected: [
      ['reports', 'region-loss', { survives: true, rpo: 0 }],
      ['look', 'region-loss', { survives: true, rpo: 0 }],
    ],
  },
  {
    name: 'one of two active regions: the probe takes the dead instances out',
    text: `${places}
service api { runs 2 in r1  runs 2 in r2  probe readiness "/r" every 5s failures 3 timeout 2s }`,
    expected: [
      ['api', 'region-loss', { survives: true, rto: 17, steps: ['readiness probe'] }],
      ['api', 'instance-loss', { survives: true, rto: 17 }],
    ],
  },
  {
    name: 'never 0 by silence',
    text: `${places}
service api { runs 2 in r1 }`,
    expected: [
      ['api', 'zone-loss', { survives: true, rto: ['probe readiness of api'], rpo: 0 }],
      ['api', 'region-loss', { survives: false, rto: 'never', lost: false, rpo: 0 }],
    ],
  },
  {
    name: 'outlier detection, then node grace',
    text: `${places}
service a { runs 2 in r1  evicts after 30s }
service b { runs 2 in r1  evicts after 30s }
service caller { runs 2 in r1  evicts after 30s  requires a { breaker errors 5 within 20s ejects 30s } }`,
    expected: [
      ['a', 'zone-loss', { rto: 20, steps: ['outlier detection'] }],
      ['b', 'zone-loss', { rto: 50, steps: ['node grace'] }],
      ['caller', 'zone-loss', { rto: 50 }],
    ],
  },
  {
    name: 'instances placed by region come back in another zone',
    text: `${places}
service api { runs 3 in r1  needs 3  evicts after 5m  failover { warmup 20s } }
service bare { runs 3 in r1  needs 3 }`,
    expected: [
      ['api', 'zone-loss', { survives: false, rto: 320, steps: ['evict', 'warmup'] }],
      ['bare', 'zone-loss', { survives: false, rto: ['evicts after of bare'] }],
    ],
  },
  {
    name: 'warm standby that is too small',
    text: `${places}
service api {
  runs 3 in r1  runs 1 in r2 as warm standby  needs 3  scales to 6 at 60% cpu within 3m
  failover { detect 10s  decide manual 20m  warmup 30s  switch dns ttl 60s  verify 15s }
}`,
    expected: [
      [
        'api',
        'region-loss',
        {
          survives: true,
          rto: 10 + 1200 + 180 + 30 + 60 + 15,
          steps: ['detect', 'decide', 'scale up', 'warmup', 'switch', 'verify'],
        },
      ],
    ],
  },
  {
    name: 'pilot light and cold standby',
    text: `${places}
service pilot {
  runs 2 in r1  runs 2 in r2 as pilot light
  failover { detect 1m  decide automatic  warmup 5m  switch dns ttl 60s }
}
database cold {
  runs 1 in r1  runs 1 in r2 as cold standby
  size 100GiB
  backup b { full every 1h takes 10m  copies to vault takes 5m  restores at 100MiB/s }
  failover { detect 1m  decide automatic  provision 10m  switch dns ttl 60s }
}
bucket vault in r2 { }`,
    expected: [
      ['pilot', 'region-loss', { survives: false, rto: 60 + 300 + 60, scope: 'r1' }],
      [
        'cold',
        'region-loss',
        {
          survives: false,
          rto: 60 + 600 + 1024 + 60,
          rpo: 3600 + 600 + 300,
          steps: ['detect', 'decide', 'provision', 'restore', 'switch'],
        },
      ],
    ],
  },
  {
    name: 'start follows what is required, the switch follows the start',
    text: `${places}
service api {
  runs 2 in r1  runs 2 in r2 as hot standby  requires store
  failover { detect 10s  decide automatic  warmup 40s  switch dns ttl 60s }
}
database store {
  runs 1 in r1  runs 1 in r2 as hot standby  replicates async to r2 lag 2s
  failover { detect 30s  decide automatic  promote 60s  switch mesh }
}
journey j { requires api }`,
    expected: [
      ['store', 'region-loss', { survives: true, rto: 90, rpo: 2 }],
      [
        'api',
        'region-loss',
        { survives: true, rto: 90 + 100, rpo: 2, steps: ['detect', 'decide', 'promote', 'switch', 'warmup', 'switch'] },
      ],
      ['j', 'region-loss', { rto: 190, rpo: 2 }],
    ],
  },
  {
    name: 'any of: the best alternative; N of: the N-th',
    text: `${places}
service slow { runs 1 in r1  runs 1 in r2 as hot standby  failover { detect 100s  switch mesh } }
service fast { runs 1 in r1  runs 1 in r2 as hot standby  failover { detect 10s  switch mesh } }
journey any-way { requires any of slow, fast }
journey both { requires 2 of slow, fast }`,
    expected: [
      ['any-way', 'region-loss', { rto: 10 }],
      ['both', 'region-loss', { rto: 100 }],
    ],
  },
  {
    name: 'detect and switch left out are unknown, promote is for data',
    text: `${places}
service api { runs 1 in r1  runs 1 in r2 as hot standby  failover { decide automatic } }
database store { runs 1 in r1  runs 1 in r2 as hot standby  replicates async to r2  failover { detect 1s  switch dns } }`,
    expected: [
      ['api', 'region-loss', { survives: true, rto: ['detect in failover of api', 'switch in failover of api'] }],
      [
        'store',
        'region-loss',
        { rto: ['promote in failover of store', 'ttl of switch dns of store'], rpo: ['lag of replicates async to r2 of store'] },
      ],
    ],
  },
  {
    name: "a link's failover, overridden item by item",
    text: `${places}
link r1 <-> r2 { failover { detect 30s  decide automatic  switch dns ttl 60s } }
service api { runs 1 in r1  runs 1 in r2 as hot standby  failover { detect 5s } }`,
    expected: [['api', 'region-loss', { survives: true, rto: 65 }]],
  },
  {
    name: 'synchronous copies in two regions, a witness in the third',
    text: `${places}
region r3 { zones a }
database store {
  runs 1 in r1  runs 1 in r2 as hot standby  runs 1 in r3 as witness
  replicates sync quorum 1
  failover { detect 10s  decide automatic  promote 20s  switch mesh }
}
database both {
  runs 1 in r1  runs 1 in r2 as hot standby  runs 1 in r3 as witness
  replicates sync
  failover { detect 10s  decide automatic  promote 20s  switch mesh }
}`,
    expected: [
      ['store', 'region-loss', { survives: true, rto: 30, rpo: ['lag of the copies of store beside its quorum'] }],
      ['both', 'region-loss', { survives: true, rto: 30, rpo: 0 }],
    ],
  },
  {
    name: 'a building takes its zones, a provider its regions',
    text: `model m { }
region r1 { provider p  zone a { building "B" }  zone b { building "B" }  zone c { } }
region r2 { provider q  zones a }
service api { runs 3 in r1  needs 2  probe readiness "/r" every 1s failures 1 timeout 1s }
service global { runs 1 in r1  runs 1 in r2  probe readiness "/r" every 1s failures 1 timeout 1s }`,
    expected: [
      ['api', 'zone-loss', { survives: false, scope: 'building B' }],
      ['api', 'provider-loss', { survives: false, rto: 'never', scope: 'provider p' }],
      ['global', 'provider-loss', { survives: true, rto: 2 }],
    ],
  },
  {
    name: 'what has no instances, in one place and in two',
    text: `model m { }
region r1 { provider p  zones a }
region r2 { provider q  zones a }
bucket one in r1 { }
queue two in r1, r2 { replicates sync  failover { detect 5s  switch mesh } }
queue dumb in r1, r2 { }`,
    expected: [
      ['one', 'provider-loss', { survives: false, lost: true, rto: 'never' }],
      ['one', 'region-loss', { survives: false, lost: true, rto: 'never' }],
      ['one', 'zone-loss', { survives: undefined }],
      ['two', 'region-loss', { survives: true, rpo: 0, rto: ['promote in failover of two'] }],
      ['dumb', 'region-loss', { survives: true, rpo: ['replicates of dumb'], rto: ['failover of dumb'] }],
      ['dumb', 'account-loss', { survives: false, lost: true, rto: 'never' }],
    ],
  },
  {
    name: 'a standby that serves from the start',
    text: `${places}
service api {
  runs 2 in r1  runs 3 in r2 as hot standby  needs 3
  probe readiness "/r" every 5s failures 1 timeout 1s  failover { detect 10s  switch dns ttl 60s }
}`,
    expected: [
      ['api', 'region-loss', { survives: false, rto: 'never', scope: 'r2' }],
      ['api', 'instance-loss', { survives: false }],
    ],
  },
  {
    name: 'credentials delete what is not locked',
    text: `${places}
database open { runs 1 in r1  size 1GiB  backup b { full every 1h takes 1m  copies to bin takes 1m  restores at 1GiB/s }
  failover { detect 1s  provision 1h  switch mesh } }
database safe { runs 1 in r1  size 1GiB  backup b { full every 1h takes 1m  copies to vault takes 1m  restores at 1GiB/s }
  failover { detect 1s  provision 1h  switch mesh } }
database blind { runs 1 in r1  size 1GiB  backup b { full every 1h takes 1m  copies to vault takes 1m  restores at 1GiB/s }
  failover { detect 1s  switch mesh } }
bucket bin in r2 { }
bucket vault in r2 { locked 35d }`,
    expected: [
      ['open', 'account-loss', { lost: true, rpo: 'never', rto: 'never', scope: 'the account' }],
      // 1 GiB takes 1 s at 1 GiB/s; `blind` is restored from the same vault at the same time, so that it takes 2 s.
      ['safe', 'account-loss', { lost: false, rpo: 3720, rto: 1 + 3600 + 2 }],
      ['blind', 'account-loss', { lost: false, rpo: 3720, rto: ['provision in failover of blind'] }],
    ],
  },
  {
    name: 'derived data: the loss of its source, and the time to rebuild',
    text: `${places}
database store {
  runs 1 in r1  runs 1 in r2 as hot standby  replicates async to r2 lag 5s
  failover { detect 30s  promote 60s  switch mesh }
}
database index { runs 1 in r1  rebuilds from store takes 10m  failover { detect 1s  switch mesh } }`,
    expected: [['index', 'region-loss', { survives: false, lost: false, rpo: 5, rto: 90 + 600 }]],
  },
  {
    name: 'bad data reaches what is derived from it: lost with its source, rebuilt once the source is restored',
    text: `${places}
service search { runs 2 in r1  requires index }
database store { runs 3 in r1  replicates sync within r1 quorum 2  corruption found within 1h }
database index { runs 2 in r1  rebuilds from store takes 10m }
cache hot { runs 1 in r1  rebuilds from index takes 2m }
database kept {
  runs 1 in r1  size 60GiB  corruption found within 1h
  backup nightly { full every 1d takes 40m  copies to vault takes 20m  keeps 35d  restores at 100MiB/s }
}
cache warm { runs 1 in r1  rebuilds from kept takes 5m }
bucket vault in r2 { }`,
    expected: [
      ['index', 'corruption', { survives: false, lost: true, rpo: 'never', rto: 'never', scope: 'store' }],
      ['hot', 'corruption', { survives: false, lost: true, rpo: 'never', rto: 'never' }],
      ['search', 'corruption', { survives: false, lost: true, rpo: 'never', rto: 'never' }],
      // Found after 1 h, 60 GiB at 100 MiB/s in 614.4 s, then rebuilt in 5 min; the loss is that of the source: 24 h + max(1 h, 1 h).
      ['warm', 'corruption', { survives: false, lost: false, rpo: 90_000, rto: 3600 + 614.4 + 300 }],
    ],
  },
  {
    name: 'corruption reaches whoever needs the store, replicas do not help',
    text: `${places}
service api { runs 2 in r1  requires store }
database store { runs 3 in r1  replicates sync within r1 quorum 2  corruption found within 1h }
external mail { }
journey j { requires api }
journey k { requires mail }`,
    expected: [
      ['store', 'corruption', { survives: false, lost: true, rpo: 'never', rto: 'never' }],
      ['j', 'corruption', { survives: false, lost: true }],
      ['k', 'corruption', { survives: undefined, lost: false, rto: 0, rpo: 0 }],
      ['k', 'region-loss', { survives: undefined }],
    ],
  },
  {
    name: 'a cycle of starts that wait for each other does not come back',
    text: `${places}
service a { runs 1 in r1  runs 1 in r2 as hot standby  requires b  failover { detect 1s  warmup 5s  switch mesh } }
service b { runs 1 in r1  runs 1 in r2 as hot standby  requires a  failover { detect 1s  warmup 5s  switch mesh } }
service c { runs 1 in r1  runs 1 in r2 as hot standby  requires d  failover { detect 1s  switch mesh } }
service d { runs 1 in r1  runs 1 in r2 as hot standby  requires c  failover { detect 3s  switch mesh } }`,
    expected: [
      ['a', 'region-loss', { survives: true, rto: 'never' }],
      ['c', 'region-loss', { survives: true, rto: 3 }],
    ],
  },
  {
    name: 'a full that holds up the increments, and fulls that are kept too short',
    text: `${places}
database held { runs 1 in r1
  backup b { full every 1d takes 1h  incremental every 1h takes 10m  exclusive  copies to vault takes 5m } }
database free { runs 1 in r1
  backup b { full every 1d takes 1h  incremental every 1h takes 10m  copies to vault takes 5m } }
database short { runs 1 in r1  corruption found within 7d
  backup b { full every 1d takes 1h  copies to vault takes 5m  keeps 7d } }
database kept { runs 1 in r1  corruption found within 7d
  backup b { full every 1d takes 1h  copies to vault takes 5m  keeps 8d } }
bucket vault in r2 { }`,
    expected: [
      ['held', 'region-loss', { rpo: 3600 + 3600 + 300 }],
      ['free', 'region-loss', { rpo: 3600 + 600 + 300 }],
      ['short', 'region-loss', { rpo: 86_400 + 3600 + 300 }],
      ['short', 'corruption', { rpo: 'unbounded' }],
      ['kept', 'corruption', { rpo: 8 * 86_400 }],
    ],
  },
  {
    name: 'stores that agree go back to the oldest common point, those that do not each to its own',
    text: `${places}
database orders { runs 1 in r1  runs 1 in r2 as hot standby  replicates async to r2 lag 5s  agrees with payments
  failover { detect 1s  promote 1s  switch mesh } }
database payments { runs 1 in r1  runs 1 in r2 as hot standby  replicates async to r2 lag 20s
  failover { detect 1s  promote 1s  switch mesh } }
database stock { runs 1 in r2  agrees with payments }
database alone { runs 1 in r1  runs 1 in r2 as hot standby  replicates async to r2 lag 2s
  failover { detect 1s  promote 1s  switch mesh } }
database gone { runs 1 in r1  agrees with alone }
journey buy { requires orders }
journey look { requires stock { reads } }`,
    expected: [
      ['payments', 'region-loss', { rpo: 20 }],
      ['orders', 'region-loss', { rpo: 20, rto: 2 }],
      // Nothing of it is in r1, and yet it goes back to the moment of the others.
      ['stock', 'region-loss', { scope: 'r2' }],
      ['buy', 'region-loss', { rpo: 20 }],
      ['look', 'region-loss', { rpo: 0 }],
      ['alone', 'region-loss', { rpo: 2, lost: false }],
      ['gone', 'region-loss', { lost: true }],
    ],
  },
  {
    name: "a component's own account and provider go before its site's; what is offline or immutable is not deleted",
    text: `model m { }
region r1 { provider p  account prod  zones a }
region r2 { provider p  account prod  zones a }
database first { runs 1 in r1  size 1GiB  failover { detect 1s  provision 1h  switch mesh }
  backup b { full every 1h takes 1m  copies to elsewhere takes 1m  restores at 1GiB/s } }
database second { runs 1 in r1  size 1GiB  failover { detect 1s  provision 1h  switch mesh }
  backup b { full every 1h takes 1m  copies to bin takes 1m  offline  restores at 1GiB/s } }
database third { runs 1 in r1  size 1GiB  failover { detect 1s  provision 1h  switch mesh }
  backup b { full every 1h takes 1m  copies to still takes 1m  restores at 1GiB/s } }
database fourth { runs 1 in r1  size 1GiB  backup b { full every 1h takes 1m  copies to other takes 1m  restores at 1GiB/s } }
service foreign { provider q  runs 1 in r1 }
bucket elsewhere in r2 { account backup }
bucket bin in r2 { }
bucket still in r2 { immutable }
bucket other in r2 { provider q }`,
    expected: [
      ['first', 'account-loss', { lost: false, rpo: 3720, rto: 1 + 3600 + 1 }],
      ['second', 'account-loss', { lost: false, rpo: 3720, rto: 1 + 3600 + 1 }],
      ['third', 'account-loss', { lost: false, rpo: 3720, rto: 1 + 3600 + 1 }],
      ['fourth', 'account-loss', { lost: true, rpo: 'never' }],
      // The bucket of the other provider is what is left; in r2 at p all else is gone with the region.
      ['fourth', 'provider-loss', { lost: false, rpo: 3720, scope: 'provider p' }],
      ['first', 'provider-loss', { lost: true }],
      ['foreign', 'provider-loss', { survives: false, rto: 'never', scope: 'provider q' }],
    ],
  },
  {
    name: 'providers that nobody stated',
    text: `${places}
service api { runs 2 in r1 }`,
    expected: [['api', 'provider-loss', { survives: undefined, rto: ['provider of the regions'] }]],
  },
];

function shown(figure: Figure): Time {
  switch (figure.status) {
    case 'known':
      return figure.value;
    case 'bounded':
      return figure.upper;
    case 'unknown':
      return figure.missing;
    case 'unbounded':
    case 'never':
      return figure.status;
  }
}

describe('recovery', () => {
  it.each(cases)('$name', async ({ text, expected }) => {
    const recovery = new Recovery(new Structure(await modelOf(text)));
    for (const [subject, disruption, wanted] of expected) {
      const found = recovery.of(subject).get(disruption);
      const what = `${subject} ${disruption}`;
      expect(found, what).toBeDefined();
      if (found === undefined) continue;
      if ('survives' in wanted) expect(found.survives, `${what} survives`).toBe(wanted.survives);
      if (wanted.lost !== undefined) expect(found.lost, `${what} lost`).toBe(wanted.lost);
      if (wanted.rto !== undefined) expect(shown(found.rto), `${what} rto`).toEqual(wanted.rto);
      if (wanted.rpo !== undefined) expect(shown(found.rpo), `${what} rpo`).toEqual(wanted.rpo);
      if (wanted.scope !== undefined) expect(found.scope, `${what} scope`).toBe(wanted.scope);
      if (wanted.steps !== undefined)
        expect(
          found.rto.terms.map((term) => term.name),
          `${what} steps`,
        ).toEqual(wanted.steps);
    }
  });

  it('names the restore and where its rate is written', async () => {
    const model = await modelOf(vaulted('r2', fulls));
    const restore = new Recovery(new Structure(model))
      .of('store')
      .get('region-loss')
      ?.rto.terms.find((term) => term.name === 'restore');
    expect(restore?.seconds).toBe(1024);
    expect(restore?.source).toBeDefined();
  });

  it('holds the figure against the objective, settled by what is known', async () => {
    const text = vaulted('r2', fulls, 'objective { region-loss { rto 10m rpo 26h }  corruption { rto 30h rpo 1h } }');
    const classes = new Recovery(new Structure(await modelOf(text))).of('store');
    expect(classes.get('region-loss')?.rpo.verdict).toMatchObject({ target: 93_600, met: true });
    // Detection is not stated, but the restore alone takes 1024 s of the 600.
    expect(classes.get('region-loss')?.rto).toMatchObject({ status: 'unknown', verdict: { met: false } });
    expect(classes.get('corruption')?.rpo.verdict?.met).toBe(false);
    expect(classes.get('corruption')?.rto.verdict?.met).toBe(true);
    expect(classes.get('zone-loss')?.rto.verdict).toBeUndefined();
  });

  it('tells each scope apart, with the promise beside it', async () => {
    const text = `${places}
region r3 { zones a }
service api {
  runs 1 in r1  runs 1 in r2  runs 1 in r3 as hot standby  needs 2
  failover { detect 10s  decide automatic  switch mesh }
  objective { region-loss { rto 5s } }
}
database store { runs 1 in r3  replicates async to r2 lag 1s }`;
    const recovery = new Recovery(new Structure(await modelOf(text)));
    const sites = recovery.of('api').get('region-loss')?.perSite;
    const rows = [...(sites ?? [])].map(([name, each]) => [name, each.survives, shown(each.rto), each.rto.verdict?.met]);
    expect(rows).toEqual([
      ['r1', true, 10, false],
      ['r2', true, 10, false],
      ['r3', true, 0, true],
    ]);
    const instances = recovery.of('store').get('instance-loss')?.perSite;
    expect([...(instances?.keys() ?? [])]).toEqual(['store in r3.a']);
    expect(JSON.stringify(recovery.of('api').get('region-loss'))).not.toContain('perSite');
  });

  it('takes stores that agree back to one moment wherever they stand', async () => {
    const text = `${places}
database one { runs 1 in r1  runs 1 in r2 as hot standby  replicates async to r2 lag 7s
  failover { detect 1s  promote 1s  switch mesh } }
database two { runs 1 in r2  agrees with one }
database three { runs 1 in r2  agrees with two }
journey j { requires three }`;
    const recovery = new Recovery(new Structure(await modelOf(text)));
    for (const name of ['two', 'three', 'j']) {
      const site = recovery.of(name).get('region-loss')?.perSite.get('r1');
      expect([name, site?.survives, site?.rpo.status === 'known' ? site.rpo.value : undefined]).toEqual([name, true, 7]);
    }
  });

  it('knows nothing of unknown names', async () => {
    expect(new Recovery(new Structure(await modelOf(places))).of('nobody').size).toBe(0);
  });
});
