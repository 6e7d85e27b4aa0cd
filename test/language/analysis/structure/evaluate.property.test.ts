/** The network against the definition itself, applied again and again until nothing changes, on small random models. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Off, Structure } from '../../../../language/analysis/structure/evaluate.js';
import type { Component, Edge, Model, Role } from '../../../../language/model/model.js';
import { requiredInstances } from '../../../../language/model/queries.js';
import { component, edge, fact, journey, model, region, runs, use } from '../model-builder.js';

const r1 = region('r1', ['a', 'b']);
const r2 = region('r2', ['a']);
const places = [r1, r2];
const names = ['c0', 'c1', 'c2', 'c3', 'c4'];

const edges = fc.record({
  kind: fc.constantFrom<Edge['kind']>('requires', 'requires', 'wants', 'consumes', 'publishes'),
  targets: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }),
  quantifier: fc.constantFrom<Edge['quantifier']['kind']>('all', 'all', 'any', 'at-least'),
  sameRegion: fc.boolean(),
  bestEffort: fc.boolean(),
  only: fc.constantFrom(undefined, undefined, 'j0', 'j1'),
});

const placements = fc.array(
  fc.record({
    where: fc.constantFrom(0, 1),
    count: fc.integer({ min: 1, max: 2 }),
    role: fc.constantFrom<Role>('active', 'active', 'hot-standby', 'warm-standby', 'cold-standby', 'pilot-light'),
  }),
  { maxLength: 2 },
);

const models = fc
  .array(
    fc.record({
      placements,
      edges: fc.array(edges, { maxLength: 2 }),
      needs: fc.integer({ min: 1, max: 3 }),
      hosted: fc.boolean(),
    }),
    {
      minLength: names.length,
      maxLength: names.length,
    },
  )
  .map((list): Model => {
    const components = list.map((each, index) =>
      component('service', `c${index}`, {
        placements: each.placements.map((placement) => runs(placement.count, places[placement.where] ?? r1, placement.role)),
        hosts: each.hosted && each.placements.length === 0 ? [use('r1.b'), use('r2')] : [],
        needs: fact(each.needs),
        edges: each.edges.map((one) =>
          edge(one.kind, one.targets, {
            quantifier:
              one.quantifier === 'at-least'
                ? { kind: 'at-least', count: 2, source: { uri: '', start: 0, end: 0 } }
                : { kind: one.quantifier },
            sameRegion: one.sameRegion,
            bestEffort: one.bestEffort && one.kind === 'publishes',
            journeys: one.only === undefined ? [] : [use(one.only)],
          }),
        ),
      }),
    );
    const journeys = [
      journey('j0', [edge('requires', ['c0', 'j1'])]),
      journey('j1', [edge('requires', ['c0', 'c1'], { quantifier: { kind: 'any' } })]),
    ];
    return model({ regions: places, components, journeys });
  });

const offs = fc.record({
  sites: fc.uniqueArray(fc.constantFrom('r1', 'r1.a', 'r1.b', 'r2', 'r2.a'), { maxLength: 2 }),
  components: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 1 }),
  instance: fc.option(fc.record({ name: fc.constantFrom(...names), index: fc.integer({ min: 0, max: 3 }) }), { nil: undefined }),
  failover: fc.constantFrom<'works' | 'fails'>('works', 'fails'),
});

/** Everything that is up, by the definition: start with all up, take away what cannot stand, until nothing changes. */
function define(of: Model, off: Off): ReadonlySet<string> {
  const up = new Set<string>();
  for (const context of ['', 'j0', 'j1']) for (const name of names) up.add(`${context}/${name}`);
  const journeysUp = new Set(['j0', 'j1']);
  const siteUp = (site: string): boolean => !off.sites?.has(site) && !off.sites?.has(site.slice(0, 2));
  const byName = new Map(of.components.map((each) => [each.name, each]));
  const counts = (one: Edge, context: string): boolean =>
    (one.kind === 'requires' || one.kind === 'consumes' || (one.kind === 'publishes' && !one.bestEffort)) &&
    (one.journeys.length === 0 || one.journeys.some((use) => use.name === context));
  const enough = (one: Edge, holds: (name: string) => boolean): boolean => {
    const standing = one.targets.filter((target) => holds(target.name)).length;
    if (one.quantifier.kind === 'any') return standing >= 1;
    return standing >= (one.quantifier.kind === 'all' ? one.targets.length : Math.min(one.quantifier.count, one.targets.length));
  };
  const isPlaced = (each: Component): boolean => each.placements.length + each.hosts.length > 0;
  // The state of "serves in this region" is part of the fixed point, since edges in the same region may be cyclic too.
  const serves = new Set<string>();
  for (const context of ['', 'j0', 'j1'])
    for (const name of names) for (const place of ['r1', 'r2']) serves.add(`${context}/${name}/${place}`);
  const servesIn = (name: string, context: string, place: string): boolean => {
    const each = byName.get(name);
    return each !== undefined && isPlaced(each) ? serves.has(`${context}/${name}/${place}`) : up.has(`${context}/${name}`);
  };
  const localHolds = (each: Component, context: string, place: string): boolean =>
    each.edges.every((one) => !counts(one, context) || !one.sameRegion || enough(one, (name) => servesIn(name, context, place)));
  const globalHolds = (each: Component, context: string): boolean =>
    each.edges.every(
      (one) => !counts(one, context) || (one.sameRegion && isPlaced(each)) || enough(one, (name) => up.has(`${context}/${name}`)),
    );
  const standing = (
    each: Component,
    context: string,
    keep: (role: Role, place: string) => boolean,
  ): { up: number; all: number } => {
    let index = 0;
    const result = { up: 0, all: 0 };
    for (const placement of each.placements) {
      for (const zone of placement.zones) {
        const lost = off.instances?.get(each.name)?.includes(index) === true;
        index++;
        if (!keep(placement.role, placement.region)) continue;
        result.all++;
        if (!lost && siteUp(zone) && localHolds(each, context, placement.region)) result.up++;
      }
    }
    return result;
  };
  const stands = (each: Component, context: string): boolean => {
    if (off.components?.has(each.name) === true || !globalHolds(each, context)) return false;
    if (each.hosts.length > 0)
      return each.hosts.some((use) => siteUp(use.name) && localHolds(each, context, use.name.slice(0, 2)));
    if (each.placements.length === 0) return true;
    const required = requiredInstances(each).count;
    if (standing(each, context, (role) => role === 'active').up >= required) return true;
    if (off.failover === 'fails') return false;
    return ['r1', 'r2'].some((place) => {
      const side = standing(
        each,
        context,
        (role, where) => where === place && (role === 'hot-standby' || role === 'warm-standby'),
      );
      return side.all > 0 && side.up >= Math.min(required, side.all);
    });
  };
  const standsIn = (each: Component, context: string, place: string): boolean => {
    if (off.components?.has(each.name) === true || !globalHolds(each, context)) return false;
    if (each.hosts.length > 0) {
      const here = each.hosts.filter((use) => use.name.slice(0, 2) === place);
      return here.some((use) => siteUp(use.name)) && localHolds(each, context, place);
    }
    const side = standing(each, context, (role, where) => where === place && role !== 'cold-standby' && role !== 'pilot-light');
    return side.all > 0 && side.up >= Math.min(requiredInstances(each).count, side.all);
  };
  for (let changed = true; changed; ) {
    changed = false;
    const drop = (set: Set<string>, key: string, holds: boolean): void => {
      if (!holds && set.delete(key)) changed = true;
    };
    for (const context of ['', 'j0', 'j1']) {
      for (const each of of.components) {
        drop(up, `${context}/${each.name}`, stands(each, context));
        for (const place of ['r1', 'r2']) {
          if (isPlaced(each)) drop(serves, `${context}/${each.name}/${place}`, standsIn(each, context, place));
        }
      }
    }
    for (const each of of.journeys) {
      const holds = each.edges.every((one) => enough(one, (name) => journeysUp.has(name) || up.has(`${each.name}/${name}`)));
      drop(journeysUp, each.name, holds);
    }
  }
  return new Set([...up, ...journeysUp]);
}

it('agrees with the definition', () => {
  fc.assert(
    fc.property(models, offs, (of, chosen) => {
      const off: Off = {
        sites: new Set(chosen.sites),
        components: new Set(chosen.components),
        instances: new Map(chosen.instance === undefined ? [] : [[chosen.instance.name, [chosen.instance.index]]]),
        failover: chosen.failover,
      };
      const wanted = define(of, off);
      const structure = new Structure(of);
      const states = new Map(
        ['', 'j0', 'j1'].map((context) => [context, structure.evaluate(off, context === '' ? undefined : context)]),
      );
      const reached = (context: string, name: string): boolean => structure.compiled.nodeOf(name, context)?.context === context;
      for (const name of names) {
        expect(states.get('')?.up(name), name).toBe(wanted.has(`/${name}`));
        for (const context of ['j0', 'j1']) {
          if (reached(context, name))
            expect(states.get(context)?.up(name), `${name} for ${context}`).toBe(wanted.has(`${context}/${name}`));
        }
      }
      for (const name of ['j0', 'j1']) expect(states.get('')?.up(name), name).toBe(wanted.has(name));
    }),
    { numRuns: 2000, seed: 20261121 },
  );
});
