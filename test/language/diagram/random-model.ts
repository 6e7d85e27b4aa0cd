/** Models of any shape, for properties that hold for all pictures. */
import fc from 'fast-check';
import type { Component, ComponentKind, Edge, Model, Role } from '../../../language/model/model.js';
import { backup, component, edge, fact, journey, model, noData, region, replication, runs, use } from './factory.js';

const kinds: readonly ComponentKind[] = [
  'service',
  'gateway',
  'database',
  'cache',
  'queue',
  'bucket',
  'external',
  'coordinator',
  'job',
];
const roles: readonly Role[] = ['active', 'hot-standby', 'warm-standby', 'cold-standby', 'pilot-light', 'witness'];

const word = fc.oneof(
  fc.constantFrom(
    'a',
    'checkout',
    'recommendationservice',
    '商品目录与库存查询服务',
    'x'.repeat(60),
    'ﷺ',
    '🚀🚀🚀🚀',
    'WWWWWWWWWW',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 24 }),
);

/** Zones a to h in up to four regions, up to twelve components, edges of all kinds between any two, cycles too. */
export const anyModel: fc.Arbitrary<Model> = fc
  .record({
    zones: fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 4 }),
    title: fc.option(word, { nil: undefined }),
    components: fc.array(
      fc.record({
        kind: fc.constantFrom(...kinds),
        title: fc.option(word, { nil: undefined }),
        places: fc.array(fc.tuple(fc.nat(3), fc.array(fc.nat(7), { maxLength: 14 }), fc.constantFrom(...roles)), {
          maxLength: 3,
        }),
        needs: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
        replicates: fc.boolean(),
        backs: fc.boolean(),
      }),
      { maxLength: 12 },
    ),
    edges: fc.array(
      fc.tuple(
        fc.nat(12),
        fc.array(fc.nat(12), { minLength: 1, maxLength: 3 }),
        fc.constantFrom<Edge['kind'][]>('requires', 'wants', 'publishes', 'consumes'),
        fc.boolean(),
      ),
      { maxLength: 30 },
    ),
    journeys: fc.array(fc.tuple(word, fc.nat(12)), { maxLength: 4 }),
  })
  .map(({ zones, title, components, edges, journeys }) => {
    const regions = zones.map((count, index) => region(`region-${index}`, [...'abcdefgh'].slice(0, count)));
    const names = components.map((_, index) => `c${index}`);
    const made = components.map((given, index): Component => {
      const placements = given.places.flatMap(([at, instances, role]) => {
        const place = regions[at % Math.max(1, regions.length)];
        if (place === undefined) return [];
        const sites = instances.map((instance) => place.zones[instance % Math.max(1, place.zones.length)]?.name ?? '');
        return [runs(place.name, sites, role)];
      });
      const last = regions.at(-1)?.name;
      const replicated = [
        replication('sync', { quorum: fact(2) }),
        ...(last === undefined ? [] : [replication('async', { scope: 'to', region: last, lag: fact(5400) })]),
      ];
      return component(given.kind, names[index] ?? '', {
        ...(given.title === undefined ? {} : { title: given.title }),
        placements,
        ...(given.needs === undefined ? {} : { needs: fact(given.needs) }),
        data: {
          ...noData,
          replication: given.replicates ? replicated : [],
          backups: given.backs ? [backup('nightly', 86_400, names[0] ?? '')] : [],
        },
        edges: edges
          .filter(([from]) => from % Math.max(1, names.length) === index)
          .map(([, to, kind, any]) => {
            const targets = to.map((each) => names[each % names.length] ?? '');
            return edge(kind, targets, any ? { quantifier: { kind: 'any' } } : {});
          }),
      });
    });
    return model({
      ...(title === undefined ? {} : { title }),
      regions,
      components: made,
      journeys: journeys.map(([label, target], index) =>
        journey(`j${index}`, names.length === 0 ? [] : [edge('requires', [names[target % names.length] ?? ''])], {
          title: label,
          objective: {
            source: use('').at,
            availability: fact(0.9999),
            classes: [{ disruption: 'region-loss', rto: fact(5400), rpo: fact(3661), source: use('').at }],
          },
        }),
      ),
    });
  });
