import { describe, expect, it } from 'vitest';
import { type Off, Structure } from '../../../../language/analysis/structure/evaluate.js';
import type { Model } from '../../../../language/model/model.js';
import { component, edge, fact, journey, model, region, replicates, runs, use } from '../model-builder.js';

const r1 = region('r1', ['a', 'b', 'c']);
const r2 = region('r2', ['a', 'b']);
const r3 = region('r3', ['a']);
const regions = [r1, r2, r3];

function sites(...names: string[]): Off {
  return { sites: new Set(names) };
}

function components(...names: string[]): Off {
  return { components: new Set(names) };
}

const twoOfThree = model({
  regions,
  components: [
    component('service', 'api', { placements: [runs(3, r1)], needs: fact(2), edges: [edge('requires', ['store'])] }),
    component('database', 'store', {
      placements: [runs(3, r1), runs(1, r2, 'hot-standby')],
      data: {
        replication: [
          replicates('sync', { scope: 'within', region: 'r1', quorum: fact(2) }),
          replicates('async', { scope: 'to', region: 'r2', lag: fact(5) }),
        ],
        residency: [],
        backups: [],
      },
    }),
  ],
  journeys: [journey('j', [edge('requires', ['api'])])],
});

const votes = model({
  regions,
  components: [
    component('coordinator', 'locks', { placements: [runs(3, r2)] }),
    component('database', 'pair', {
      placements: [runs(1, r1), runs(1, r2, 'hot-standby'), runs(1, r3, 'witness')],
      data: { replication: [replicates('sync')], residency: [], backups: [] },
    }),
  ],
});

const sameRegion = model({
  regions,
  components: [
    component('service', 'api', {
      placements: [runs(1, r2), runs(1, r3)],
      edges: [edge('requires', ['cache'], { sameRegion: true })],
    }),
    component('cache', 'cache', { placements: [runs(1, r2), runs(1, r3)], edges: [edge('requires', ['key'])] }),
    component('external', 'key'),
  ],
});

const forJourney = model({
  regions,
  components: [
    component('service', 'front', {
      placements: [runs(1, r3)],
      edges: [edge('requires', ['catalog']), edge('requires', ['payment'], { journeys: [use('buy')] })],
    }),
    component('service', 'catalog', { placements: [runs(1, r3)] }),
    component('service', 'payment', { placements: [runs(1, r3)] }),
    component('service', 'ads', { placements: [runs(1, r3)] }),
  ],
  journeys: [
    journey('browse', [edge('requires', ['front'])]),
    journey('buy', [edge('requires', ['front']), edge('wants', ['ads'])]),
    journey('both', [edge('requires', ['browse', 'buy'])]),
  ],
});

const queues = model({
  regions,
  components: [
    component('service', 'shop', { placements: [runs(1, r3)], edges: [edge('publishes', ['orders'])] }),
    component('service', 'log', { placements: [runs(1, r3)], edges: [edge('publishes', ['orders'], { bestEffort: true })] }),
    component('service', 'worker', { placements: [runs(1, r3)], edges: [edge('consumes', ['orders'])] }),
    component('queue', 'orders', { hosts: [use('r1'), use('r2')] }),
    component('service', 'page', { placements: [runs(1, r3)], edges: [edge('requires', ['log'])] }),
  ],
});

const cycle = model({
  regions,
  components: [
    component('service', 'a', {
      placements: [runs(1, r3)],
      edges: [edge('requires', ['b', 'c'], { quantifier: { kind: 'any' } })],
    }),
    component('service', 'b', { placements: [runs(1, r3)], edges: [edge('requires', ['a'])] }),
    component('service', 'c', { placements: [runs(1, r3)] }),
  ],
});

const shortOf = model({ regions, components: [component('service', 'api', { placements: [runs(3, r1)], needs: fact(5) })] });

const cases: readonly { readonly name: string; readonly of: Model; readonly off: Off; readonly down: readonly string[] }[] = [
  { name: 'everything is up with nothing off', of: twoOfThree, off: {}, down: [] },
  { name: 'one zone of three', of: twoOfThree, off: sites('r1.a'), down: [] },
  {
    name: 'two zones: the standby is promoted, the service has no way',
    of: twoOfThree,
    off: sites('r1.a', 'r1.b'),
    down: ['api', 'j'],
  },
  {
    name: 'two zones without failover',
    of: twoOfThree,
    off: { ...sites('r1.a', 'r1.b'), failover: 'fails' },
    down: ['api', 'store', 'j'],
  },
  { name: 'a region takes its zones', of: twoOfThree, off: sites('r1'), down: ['api', 'j'] },
  { name: 'a whole component', of: twoOfThree, off: components('store'), down: ['api', 'store', 'j'] },
  { name: 'single instances', of: twoOfThree, off: { instances: new Map([['api', [0, 2]]]) }, down: ['api', 'j'] },
  { name: 'unknown names are ignored', of: twoOfThree, off: { ...sites('nowhere'), ...components('nobody') }, down: [] },
  { name: 'the zone with the majority', of: votes, off: sites('r2.a'), down: ['locks'] },
  { name: 'a witness alone decides nothing', of: votes, off: sites('r3'), down: [] },
  { name: 'with the witness the standby takes over', of: votes, off: sites('r1'), down: [] },
  { name: 'without the witness it must not', of: votes, off: sites('r1', 'r3'), down: ['pair'] },
  { name: 'an instance counts beside its cache', of: sameRegion, off: { instances: new Map([['cache', [0]]]) }, down: [] },
  {
    name: 'not with the cache of the other region',
    of: sameRegion,
    off: {
      instances: new Map([
        ['cache', [0]],
        ['api', [1]],
      ]),
    },
    down: ['api'],
  },
  { name: 'nor where the cache lacks what it requires', of: sameRegion, off: components('key'), down: ['api', 'cache', 'key'] },
  { name: 'an edge for one journey', of: forJourney, off: components('payment'), down: ['payment', 'buy', 'both'] },
  {
    name: 'an edge for everyone',
    of: forJourney,
    off: components('catalog'),
    down: ['front', 'catalog', 'browse', 'buy', 'both'],
  },
  { name: 'a wanted component', of: forJourney, off: components('ads'), down: ['ads'] },
  { name: 'a queue in two places', of: queues, off: sites('r1'), down: [] },
  { name: 'a queue without a place', of: queues, off: sites('r1', 'r2'), down: ['shop', 'worker', 'orders'] },
  { name: 'a cycle is up while something outside holds it', of: cycle, off: components('c'), down: ['c'] },
  { name: 'a cycle falls together', of: cycle, off: components('c', 'b'), down: ['a', 'b', 'c'] },
  { name: 'more needed than placed', of: shortOf, off: {}, down: ['api'] },
];

describe('evaluate', () => {
  it.each(cases)('$name', ({ of, off, down }) => {
    expect(new Structure(of).evaluate(off).down()).toEqual(down);
  });

  it('judges a component as one journey needs it', () => {
    const structure = new Structure(forJourney);
    expect(structure.evaluate(components('payment')).up('front')).toBe(true);
    expect(structure.evaluate(components('payment'), 'buy').up('front')).toBe(false);
    expect(structure.evaluate(components('payment'), 'browse').up('front')).toBe(true);
  });

  it('tells who serves', () => {
    const structure = new Structure(twoOfThree);
    expect(structure.evaluate({}).of('store')?.serving).toBe('active');
    expect(structure.evaluate(sites('r1')).of('store')?.serving).toBe('r2');
    expect(structure.evaluate(sites('r1', 'r2')).of('store')?.serving).toBeUndefined();
  });

  it('calls degraded what is up without something wanted, and what requires it', () => {
    const state = new Structure(queues).evaluate(components('orders'));
    expect(state.of('log')).toMatchObject({ up: true, degraded: true });
    expect(state.of('page')).toMatchObject({ up: true, degraded: true });
    expect(state.of('shop')).toMatchObject({ up: false, degraded: false });
    expect(new Structure(queues).evaluate({}).of('page')?.degraded).toBe(false);
  });

  it('says why something is down', () => {
    const structure = new Structure(twoOfThree);
    expect(structure.evaluate(components('store')).of('j')?.reason).toMatchObject({ kind: 'requires', name: 'api' });
    expect(structure.evaluate(components('store')).of('api')?.reason?.text).toBe('requires store, which is down');
    expect(structure.evaluate(sites('r1')).of('api')?.reason).toMatchObject({ kind: 'site', name: 'r1' });
    expect(new Structure(shortOf).evaluate({}).of('api')?.reason?.text).toBe('needs 5 instances and runs 3');
    expect(structure.evaluate({ instances: new Map([['api', [0, 1]]]) }).of('api')?.reason?.kind).toBe('instances');
  });

  it('forgets one question before the next', () => {
    const structure = new Structure(twoOfThree);
    for (let round = 0; round < 3; round++) {
      expect(structure.evaluate(sites('r1', 'r2')).down()).toEqual(['api', 'store', 'j']);
      expect(structure.evaluate({}).down()).toEqual([]);
    }
  });

  it('takes linear work on a ladder with exponentially many paths', () => {
    const rungs = 1000;
    const list = Array.from({ length: rungs }, (_, rung) => {
      const next = rung + 1 < rungs ? [edge('requires', [`a${rung + 1}`, `b${rung + 1}`])] : [];
      return ['a', 'b'].map((side) => component('service', `${side}${rung}`, { placements: [runs(1, r3)], edges: next }));
    }).flat();
    const structure = new Structure(model({ regions, components: list }));
    const before = structure.compiled.network.steps;
    expect(structure.evaluate(components(`a${rungs - 1}`)).down()).toHaveLength(2 * rungs - 1);
    expect(structure.compiled.network.steps - before).toBeLessThan(30 * rungs);
  });
});
