import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSafePath } from '../../../language/generate/generated-tree.js';
import { dnsLabel, namesOf, uniqueLabels } from '../../../language/generate/names.js';
import { component, fact, model, region } from './model-factory.js';

const label = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

describe('names', () => {
  it('keeps what is a label already', () => {
    expect(dnsLabel('orders-db')).toBe('orders-db');
  });

  it.each(['Orders', 'a_b', '订单', '../../etc/passwd', 'x'.repeat(80), '1st', '-', '', '<script>', 'con', 'nul', 'com1'])(
    'makes a label of %j',
    (name) => {
      expect(dnsLabel(name)).toMatch(label);
      expect(dnsLabel(name)).not.toBe(name);
      expect(dnsLabel(name).length).toBeLessThanOrEqual(63);
    },
  );

  it('leaves a declared name to its owner where another would become it', () => {
    const impostor = uniqueLabels(['Orders']).get('Orders') ?? '';
    const labels = uniqueLabels(['Orders', impostor]);
    expect(labels.get(impostor)).toBe(impostor);
    expect(labels.get('Orders')).not.toBe(impostor);
  });

  it('tells long names apart that share their beginning', () => {
    const labels = uniqueLabels([`${'a'.repeat(70)}1`, `${'a'.repeat(70)}2`], 52);
    expect(new Set(labels.values()).size).toBe(2);
    for (const name of labels.values()) expect(name.length).toBeLessThanOrEqual(52);
  });

  it('gives any names labels that are unique, legal and short, whatever their order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ maxLength: 80, unit: 'binary' }), { maxLength: 20 }), (names) => {
        const labels = uniqueLabels(names, 52);
        expect(new Set(labels.values()).size).toBe(names.length);
        for (const name of labels.values()) expect(name.length <= 52 && label.test(name) && isSafePath(name)).toBe(true);
        expect([...uniqueLabels([...names].reverse(), 52)]).toEqual([...labels]);
      }),
    );
  });

  it('does not let a headless Service take the name of a component', () => {
    const names = namesOf(model([component('database', 'orders'), component('service', 'orders-headless')], []));
    expect(names.headless('orders')).not.toBe('orders-headless');
    expect(names.headless('orders')).toMatch(label);
  });

  it('names the namespace after the model where none is stated', () => {
    const { namespace: _, ...settings } = model([], []).settings;
    expect(namesOf({ ...model([], []), settings }).namespace).toBe('shop');
  });

  it('names clusters by what the model calls them', () => {
    const names = namesOf(model([], [region('r', ['a'], { cluster: fact('Prod BJ') })]));
    expect(names.cluster('Prod BJ')).toMatch(/^prod-bj-[0-9a-f]{6}$/);
    expect(names.cluster(undefined)).toBe('default');
  });
});

describe('isSafePath', () => {
  it.each(['', '/etc', '../x', 'a/../b', 'a//b', 'a\\b', 'C:x', './a', 'a\0b', 'a/'])('refuses %j', (path) => {
    expect(isSafePath(path)).toBe(false);
  });
  it('takes a plain path', () => {
    expect(isSafePath('base/orders/service.yaml')).toBe(true);
  });
});
