import { expect, it } from 'vitest';
import { generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import { arePodsWritten } from '../../../language/model/pod-gaps.js';
import { parseFiles } from '../model-of.js';

const place = 'runs 3 in north';
const one = 'runs 1 in north';

it.each([
  ['service s { PLACE }', place, true],
  ['service s { }', '', false],
  ['service s { PLACE  manifest "./s.yaml" }', place, false],
  ['job s { PLACE  repeats every 1d }', place, true],
  ['cache s { PLACE }', place, true],
  ['external s { host "s.example.com" }', '', false],
  ['database s { PLACE  engine postgres "16" }', place, false],
  ['database s { PLACE  engine postgres "16" }', one, true],
  ['database s { PLACE  engine generic }', place, true],
  ['database s { PLACE  engine postgres "16"  managed by provider }', one, false],
  ['database s { PLACE  engine postgres "16"  managed by operator cloudnative-pg }', one, false],
  ['gateway s { PLACE }', place, true],
  ['gateway s { PLACE  entry ingress nginx  host "s.example.com" }', place, false],
  ['gateway s { PLACE  entry gateway-api istio  host "s.example.com" }', place, false],
])('%s with %s: pods are written from the model: %s', async (text, where, expected) => {
  const { model } = await parseFiles({
    'model.drml': `model m { mesh istio "1.27" }\nregion north { zones a, b, c }\n${text.replace('PLACE', where)}\n`,
  });
  const [component] = model.components;
  expect(component && arePodsWritten(model, component)).toBe(expected);
  // What is generated lacks an image exactly there.
  const { problems } = generateManifests(model, noOwnFiles);
  expect(problems.some(({ message }) => message.startsWith('s has no image'))).toBe(expected);
});
