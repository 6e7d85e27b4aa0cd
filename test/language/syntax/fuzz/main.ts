/** Child process of scripts/fuzz-inputs.mjs: judges the inputs of a range of numbers and tells its parent how far it is. */
import { fuzzedText } from './inputs.js';
import { faultOf } from './judge.js';
import { seedsFrom } from './seeds.js';

const [folder = '', seed = '1', first = '0', last = '0'] = process.argv.slice(2);
const seeds = seedsFrom(folder);

for (let number = Number(first); number < Number(last); number++) {
  if (number % 200 === 0) process.send?.({ number });
  const text = fuzzedText(seeds, Number(seed), number);
  const fault = await faultOf(text);
  if (fault !== undefined) process.send?.({ number, fault, text });
}
process.send?.({ number: Number(last), done: true });
process.disconnect?.();
