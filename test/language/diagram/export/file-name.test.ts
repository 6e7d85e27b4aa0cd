import { expect, test } from 'vitest';
import { fileNameOf } from '../../../../language/diagram/export/file-name.js';
import type { View } from '../../../../language/diagram/views.js';
import { nothingOff, type Switch, type Switches } from '../../../../language/diagram/what-if/switches.js';

const system: View = { kind: 'system' };
const site = (name: string): Switch => ({ kind: 'site', site: name });

test.each<readonly [name: string, view: View, switches: Switches]>([
  ['shop', system, nothingOff],
  ['shop-data', { kind: 'data' }, nothingOff],
  ['shop-regions', { kind: 'regions' }, nothingOff],
  ['shop-journey-buy', { kind: 'journey', name: 'buy' }, nothingOff],
  ['shop-component-orders-db', { kind: 'component', name: 'orders-db' }, nothingOff],
  ['shop-without-north.a', system, { off: [site('north.a')] }],
  [
    'shop-region-south-without-north-and-store',
    { kind: 'region', name: 'south' },
    { off: [site('north'), { kind: 'component', component: 'store' }] },
  ],
  ['shop-without-a-and-b-and-2-more', system, { off: ['a', 'b', 'c', 'd'].map(site) }],
  ['shop-without-1-api-in-north.a', system, { off: [{ kind: 'replica', component: 'api', site: 'north.a', count: 1 }] }],
  ['shop-without-api-to-store', system, { off: [{ kind: 'dependency', from: 'api', to: 'store' }] }],
  ['shop-scenario-dark', system, { scenario: 'dark', off: [] }],
  ['shop-scenario-dark-without-north', system, { scenario: 'dark', off: [site('north')] }],
])('%s', (name, view, switches) => {
  expect(fileNameOf('shop', { view, switches })).toBe(name);
});

test('the table of places says so', () => {
  expect(fileNameOf('shop', { view: { kind: 'data' }, isPlacement: true, switches: nothingOff })).toBe('shop-data-placement');
});

test.each([
  ['../../etc/passwd', 'etc-passwd'],
  ['a:b*c?"<>|d', 'a-b-c-d'],
  ['订单', '订单'],
  ['...', 'picture'],
  ['', 'picture'],
  ['a\u0000b\nc', 'a-b-c'],
  ['\u202egnp.exe\ud800', 'gnp.exe'],
  ['con', 'picture-con'],
  ['LPT1.x', 'picture-LPT1.x'],
  ['console', 'console'],
])('of a model %j nothing means anything to a file system', (model, name) => {
  expect(fileNameOf(model, { view: system, switches: nothingOff })).toBe(name);
});

test.each(['商', '𠀀', 'é'])('a long name of %s fits the 255 bytes of a file name, with its ending', (letter) => {
  const name = fileNameOf(letter.repeat(300), { view: { kind: 'data' }, switches: nothingOff });
  expect(Buffer.byteLength(`${name}.svg`)).toBeLessThan(255);
  expect(name).toBe(letter.repeat([...name].length));
});

test('a long name is cut', () => {
  expect([...fileNameOf('x'.repeat(300), { view: { kind: 'data' }, switches: nothingOff })]).toHaveLength(100);
});
