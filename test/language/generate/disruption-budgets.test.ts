import { describe, expect, it } from 'vitest';
import { generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import type { Component } from '../../../language/model/model.js';
import { component, fact, model, north, runs, service, south } from './model-factory.js';
import { at, parsed, paths } from './tree-reader.js';

describe('disruption budgets', () => {
  const budget = (one: Component, overlay?: string): unknown => {
    const tree = generateManifests(model([one], [north, south]), noOwnFiles);
    const patch = `overlays/${overlay ?? 'cn-north'}/default/patches/${one.name}.pod-disruption-budget.yaml`;
    const base = `base/${one.name}/pod-disruption-budget.yaml`;
    const path = paths(tree).includes(patch) ? patch : base;
    if (!paths(tree).includes(path)) return 'none';
    const document = parsed(tree, path);
    return document.$patch === 'delete' ? 'none' : at(document, 'spec', 'maxUnavailable');
  };

  it.each([
    [3, 1, 2],
    [3, 2, 1],
    [3, 3, 'none'],
    [1, 1, 'none'],
    [2, 1, 1],
    [5, 3, 2],
  ])('of %i where %i are needed gives up %s', (count, needs, expected) => {
    expect(budget(service('orders', [runs(count, north)], { needs: fact(needs) }))).toBe(expected);
  });

  it('sums to the spare over clusters that may be drained together', () => {
    const one = service('orders', [runs(4, north), runs(3, south)], { needs: fact(4) });
    expect([budget(one, 'cn-north'), budget(one, 'cn-south')]).toEqual([2, 1]);
    const tight = { ...one, needs: fact(6) };
    expect([budget(tight, 'cn-north'), budget(tight, 'cn-south')]).toEqual([1, 'none']);
  });

  it('never lets a quorum lose two at a time', () => {
    expect(budget(component('coordinator', 'etcd', { placements: [runs(5, north)] }))).toBe(1);
    expect(budget(component('coordinator', 'etcd', { placements: [runs(2, north)] }))).toBe('none');
  });

  it('drains a standby one pod at a time', () => {
    const one = service('orders', [runs(3, north), runs(3, south, 'warm-standby')], { needs: fact(3) });
    expect([budget(one, 'cn-north'), budget(one, 'cn-south')]).toEqual(['none', 1]);
  });
});
