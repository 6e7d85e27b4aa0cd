/** An online shop in two regions, as a hand-built model: the picture's reference example. */
import type { Analysis } from '../../../language/analysis/analysis.js';
import type { Component, Model } from '../../../language/model/model.js';
import {
  backup,
  component,
  edge,
  fact,
  figures,
  journey,
  model,
  noData,
  region,
  replication,
  runs,
  source,
  use,
} from './factory.js';

const everywhere = [runs('cn-north', ['a', 'b', 'c']), runs('cn-east', ['a', 'b'], 'hot-standby')];

function service(name: string, needs: number, edges: Component['edges'] = []): Component {
  return component('service', name, { placements: everywhere, needs: fact(needs), edges });
}

export const boutique: Model = model({
  name: 'boutique-2r',
  regions: [region('cn-north', ['a', 'b', 'c']), region('cn-east', ['a', 'b', 'c'])],
  journeys: [
    journey('home', [edge('requires', ['gslb'])], {
      objective: { source, availability: fact(0.999), classes: [{ disruption: 'region-loss', rto: fact(900), source }] },
    }),
    journey('place-order', [edge('requires', ['gslb', 'checkout'])], {
      objective: {
        source,
        availability: fact(0.9995),
        classes: [{ disruption: 'region-loss', rto: fact(300), rpo: fact(60), source }],
      },
    }),
  ],
  components: [
    component('gateway', 'gslb', {
      edges: [edge('requires', ['frontend'])],
      failovers: [{ source, switch: fact({ means: 'dns' as const, ttl: 60 }) }],
    }),
    service('frontend', 2, [
      edge('requires', ['catalog', 'currency', 'cart', 'shipping']),
      edge('wants', ['recommendation', 'ad']),
      edge('requires', ['checkout'], { journeys: [use('place-order')] }),
    ]),
    service('checkout', 2, [
      edge('requires', ['cart', 'catalog', 'currency', 'shipping', 'payment', 'orders-db']),
      edge('wants', ['email']),
    ]),
    service('ad', 1),
    service('recommendation', 1, [edge('requires', ['catalog'])]),
    service('currency', 2),
    service('cart', 2, [edge('requires', ['redis-cart'])]),
    service('payment', 2, [edge('requires', ['card-network', 'card-reserve'], { quantifier: { kind: 'any' } })]),
    service('email', 1, [edge('publishes', ['smtp-relay'], { bestEffort: true })]),
    component('database', 'orders-db', {
      placements: [runs('cn-north', ['a', 'b', 'c']), runs('cn-east', ['a'], 'hot-standby')],
      data: {
        ...noData,
        replication: [
          replication('sync', { scope: 'within', region: 'cn-north', quorum: fact(2) }),
          replication('async', { scope: 'to', region: 'cn-east', lag: fact(5) }),
        ],
        backups: [backup('hourly', 3600, 'orders-backup')],
      },
    }),
    service('shipping', 2),
    service('catalog', 2),
    component('cache', 'redis-cart', { placements: [runs('cn-north', ['a'])] }),
    component('external', 'card-network'),
    component('external', 'card-reserve'),
    component('external', 'smtp-relay'),
    component('bucket', 'orders-backup', { hosts: [use('cn-east')], data: { ...noData, locked: fact(30 * 86_400) } }),
  ],
});

export const boutiqueFigures: Analysis = figures(boutique, {
  unavailability: { home: 0.000102, 'place-order': 0.00104, 'redis-cart': 0.001, frontend: 0.0000012 },
  recovery: { home: { rto: 240, rpo: 0 }, 'place-order': { rto: 240, rpo: 5 } },
  singles: {
    home: [{ kind: 'component', name: 'redis-cart', source }],
    'place-order': [
      { kind: 'component', name: 'redis-cart', source },
      { kind: 'zone', name: 'cn-north.a', source },
    ],
  },
});
