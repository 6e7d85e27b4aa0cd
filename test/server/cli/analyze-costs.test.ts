import { expect, test } from 'vitest';
import { drml, folderOf } from './program.js';

const places = `model m { currency USD }
region r1 { mtbf 99d  mttr 1d  zones a, b }
region r2 { mtbf 99d  mttr 1d  zones a, b }
`;

test('analyze prints what is paid, what failures cost and how long data lasts', async () => {
  const text = `${places}
service shop { runs 2 in r1  runs 2 in r2 as hot standby  cost 10 USD/y each  outage costs 5 USD/h }
database store { runs 1 in r1  storage ephemeral  mtbf 100d  mttr 1h }
`;
  const { code, out } = await drml(folderOf({ 'm.drml': text }), 'analyze', 'm.drml');
  expect(code).toBe(0);
  expect(out).toMatch(/^Standing cost +a year\n-.*\nshop +40 USD a year\nWithout a cost: store$/m);
  expect(out).toMatch(/^Losses +after +one outage/m);
  expect(out).toMatch(/^ +hot standby \(now\) .* 40 USD a year +not known *$/m);
  expect(out).toMatch(/^store +1 +97\.4% +97\.4%$/m);
});

test('analyze says nothing of money and disks where the model does not', async () => {
  const { out } = await drml(folderOf({ 'm.drml': `${places}service shop { runs 2 in r1 }\n` }), 'analyze', 'm.drml');
  expect(out).not.toMatch(/Standing cost|Losses|Durability/);
});
