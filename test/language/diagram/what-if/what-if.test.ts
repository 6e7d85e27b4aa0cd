/** What a picture says when something is switched off. Expected states were worked out by hand on the shop of two regions. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../../language/analysis/analyze.js';
import { statesAt } from '../../../../language/diagram/what-if/recovery-timeline.js';
import { isSwitches, nothingOff, type Switch, toggled } from '../../../../language/diagram/what-if/switches.js';
import { type WhatIf, whatIf } from '../../../../language/diagram/what-if/what-if.js';
import type { Model } from '../../../../language/model/model.js';
import { parseFiles } from '../../model-of.js';
import { boutique } from '../boutique.js';
import { component, edge, journey, model as made, region as regionOf, runs } from '../factory.js';

const asOf = '2026-11-01';

function answer(model: Model, ...off: readonly Switch[]): WhatIf {
  const found = whatIf(model, analyze(model, { asOf }), { off });
  if (found === undefined) throw new Error('Nothing was switched off.');
  return found;
}

function stateOf({ states }: WhatIf, id: string): string {
  const node = states.nodes.find((each) => each.id === id);
  return [node?.state, node?.role, node?.reason].filter((part) => part !== undefined).join(' | ');
}

function inState({ states }: WhatIf, state: string): readonly string[] {
  return states.nodes.filter((node) => node.state === state).map(({ id }) => id);
}

describe('a zone of the shop is lost', () => {
  const found = answer(boutique, { kind: 'site', site: 'cn-north.a' });

  test('what runs there only is the root cause, and everything above it follows', () => {
    expect(found.states.title).toBe('What if cn-north.a is lost?');
    expect(stateOf(found, 'redis-cart')).toBe('down | cause | only replica lost');
    expect(stateOf(found, 'cart')).toBe('down | consequence | needs redis-cart');
    expect([...inState(found, 'down')].sort()).toEqual([
      'cart',
      'checkout',
      'frontend',
      'gslb',
      'home',
      'place-order',
      'redis-cart',
    ]);
  });

  test('two of three left where two are needed is at risk; where one is needed it is not', () => {
    expect(stateOf(found, 'payment')).toBe('at-risk | no spare left');
    expect(stateOf(found, 'email')).toBe('ok');
  });

  test('the red lines are exactly the requirements that lead to what is down', () => {
    expect(found.states.edges?.filter(({ state }) => state === 'down').map(({ id }) => id)).toEqual([
      'home hard gslb',
      'place-order hard gslb',
      'place-order hard checkout',
      'gslb hard frontend',
      'frontend hard cart',
      'frontend hard checkout',
      'checkout hard cart',
      'cart hard redis-cart',
    ]);
  });

  test('the next copy of the database takes over in its region', () => {
    expect(found.states.cells).toEqual([{ node: 'orders-db', site: 'cn-north.b', promoted: 1 }]);
    expect(found.states.sites.map(({ site, state }) => [site, state])).toEqual([['cn-north.a', 'lost']]);
  });

  test('screen readers hear counts and journeys', () => {
    expect(found.says).toContain('What if cn-north.a is lost? 5 down, 5 at risk.');
    expect(found.says).toContain('Journeys down: home: RTO never');
  });
});

describe('other things that can be switched off', () => {
  test('a region: standbys serve, and what had not been replicated is lost', () => {
    const found = answer(boutique, { kind: 'site', site: 'cn-north' });
    expect(stateOf(found, 'payment')).toBe('at-risk | on cn-east');
    expect(found.states.sites.find(({ site }) => site === 'cn-east')?.promoted).toBe(true);
    expect(found.states.nodes.find(({ id }) => id === 'place-order')?.verdict).toBe('missed');
    expect(found.states.replications).toEqual([{ node: 'orders-db', region: 'cn-east', text: 'cut · ≤ 5 s lost' }]);
  });

  test('a dependency: the caller is down, the callee is not, and nobody knows for how long', () => {
    const found = answer(boutique, { kind: 'dependency', from: 'cart', to: 'redis-cart' });
    expect(found.states.title).toBe('What if cart cannot reach redis-cart?');
    expect(stateOf(found, 'cart')).toBe('down | cause | cannot reach redis-cart');
    expect(stateOf(found, 'redis-cart')).toBe('ok');
    expect(found.states.edges?.find(({ id }) => id === 'cart hard redis-cart')?.state).toBe('lost');
    expect(found.journeys.map(({ name, rto }) => [name, rto])).toEqual([
      ['home', 'not known'],
      ['place-order', 'not known'],
    ]);
    expect(JSON.stringify(found.states.nodes)).not.toContain('→');
  });

  test('one of two third parties: the payment goes on with the other', () => {
    const found = answer(boutique, { kind: 'component', component: 'card-network' });
    expect(stateOf(found, 'card-network')).toBe('lost | cause | switched off');
    expect(stateOf(found, 'payment')).toBe('ok');
    expect(found.journeys.every(({ up }) => up)).toBe(true);
  });

  test('one replica: its cell loses one pip', () => {
    const found = answer(boutique, { kind: 'replica', component: 'payment', site: 'cn-north.b', count: 1 });
    expect(found.states.title).toBe('What if 1 of payment in cn-north.b is lost?');
    expect(found.states.cells).toEqual([{ node: 'payment', site: 'cn-north.b', lost: 1 }]);
    expect(stateOf(found, 'payment')).toBe('at-risk | no spare left');
  });

  test('what the model does not have takes nothing', () => {
    const analysis = analyze(boutique, { asOf });
    expect(whatIf(boutique, analysis, { off: [{ kind: 'site', site: 'nowhere' }] })).toBeUndefined();
    expect(whatIf(boutique, analysis, nothingOff)).toBeUndefined();
    const partly = whatIf(boutique, analysis, {
      scenario: 'gone',
      off: [
        { kind: 'site', site: 'cn-north.a' },
        { kind: 'dependency', from: 'ad', to: 'cart' },
      ],
    });
    expect(partly?.switches).toEqual({ off: [{ kind: 'site', site: 'cn-north.a' }] });
  });
});

describe('scenarios and recovery over time', () => {
  const text = `model m { }
region r1 { zones a, b, c }
region r2 { zones a, b }
service api { runs 3 in r1  runs 2 in r2 as hot standby  needs 2  load 250rps peak 300rps  capacity 100rps  requires store
  failover { detect 10s  decide automatic  promote 0s  switch dns ttl 20s } }
database store {
  runs 3 in r1
  runs 1 in r2 as hot standby
  replicates async to r2 lag 5s
  failover { detect 30s  decide manual 1m  promote 60s  switch dns ttl 30s }
}
journey j { requires api  objective { region-loss { rto 2m rpo 10s } } }
scenario region "The region burns" { fails r1  expect j up rto <= 1m }`;

  async function region(): Promise<WhatIf> {
    const { documents, model } = await parseFiles({ 'model.drml': text });
    const errors = documents.flatMap((document) => (document.diagnostics ?? []).filter((each) => each.severity === 1));
    expect(errors.map((each) => each.message)).toEqual([]);
    const found = whatIf(model, analyze(model, { asOf }), { scenario: 'region', off: [] });
    if (found === undefined) throw new Error('No scenario.');
    return found;
  }

  test('a scenario of the file shows what it expects and does not get', async () => {
    const found = await region();
    expect(found.states.title).toBe('Scenario: The region burns');
    expect(found.broken.map(({ text: expected }) => expected)).toEqual(['expect j up rto <= 1 min']);
    // Detect 30 s, decide 60 s, promote 60 s, switch 30 s; then the 20 s of DNS to the other region: 200 s against the 120 s promised.
    expect(found.journeys).toEqual([{ name: 'j', up: true, rto: '3 min 20 s', rpo: '5 s', verdict: 'missed' }]);
    // 300 requests on 2 instances of 100.
    expect(stateOf(found, 'api')).toBe('degraded | cause | over capacity');
  });

  test('a time is said with the steps that it takes, and whose they are', async () => {
    const { states } = await region();
    const says = (id: string): string | undefined => states.nodes.find((node) => node.id === id)?.says;
    // The same 30 + 60 + 60 + 30 + 20 seconds.
    const ofStore = 'detect 30 s, decide 1 min, promote 1 min, switch 30 s';
    expect(says('store')).toContain(`RTO 3 min (${ofStore}), RPO 5 s.`);
    expect(says('j')).toContain(`RTO 3 min 20 s (store: ${ofStore}, api: switch 20 s), RPO 5 s.`);
  });

  test('the timeline walks the critical path; whoever waits says for which step', async () => {
    const found = await region();
    const { timeline } = found;
    expect(timeline.seconds).toBe(200);
    expect(timeline.critical).toBe('j');
    expect(timeline.steps.map(({ owner, from, to }) => [owner, from, to])).toEqual([
      ['store', 0, 30],
      ['store', 30, 90],
      ['store', 90, 150],
      ['store', 150, 180],
      ['api', 180, 200],
    ]);
    // How a step is done (`dns`) is nobody's name.
    const own = timeline.subjects.find(({ id }) => id === 'api')?.steps ?? [];
    expect(own.at(-1)).toMatchObject({ name: 'switch', owner: 'api' });
    const at = (seconds: number): string | undefined => {
      const node = statesAt(found, seconds, []).nodes.find(({ id }) => id === 'store');
      return [node?.state, node?.reason].join(': ');
    };
    expect(at(0)).toMatch(/^down: detect/);
    expect(at(60)).toMatch(/^down: decide/);
    expect(at(149)).toMatch(/^down: promote/);
    expect(at(180)).toBe('at-risk: on r2');
  });
});

test('of three hundred journeys that are down five are said aloud, and how many more', () => {
  const model = made({
    regions: [regionOf('r1', ['a'])],
    components: [component('service', 'api', { placements: [runs('r1', ['a'])] })],
    journeys: Array.from({ length: 300 }, (_, index) => journey(`j${index}`, [edge('requires', ['api'])])),
  });
  const { says } = answer(model, { kind: 'component', component: 'api' });
  expect(says).toMatch(/^What if api is lost\? 1 off\. Journeys down: j0: .*; j4: [^;]*; … and 295 more\.$/);
});

describe('switches', () => {
  test('the same switch twice is none; a region takes the zones that were off', () => {
    const zone: Switch = { kind: 'site', site: 'r.a' };
    expect(toggled(toggled(nothingOff, zone), zone)).toEqual(nothingOff);
    expect(toggled(toggled(nothingOff, zone), { kind: 'site', site: 'r' })).toEqual({ off: [{ kind: 'site', site: 'r' }] });
  });

  test('messages are read with care', () => {
    expect(isSwitches({ off: [{ kind: 'site', site: 'r' }], scenario: 's' })).toBe(true);
    for (const wrong of [
      null,
      {},
      { off: [{}] },
      { off: [{ kind: 'replica', component: 'a', site: 'b', count: 0 }] },
      { off: [1] },
    ])
      expect(isSwitches(wrong)).toBe(false);
  });
});
