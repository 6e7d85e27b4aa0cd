import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Dimension, parseQuantity, unitsOf } from '../../../language/syntax/quantity.js';

const fine: readonly (readonly [string, Dimension, number])[] = [
  ['99.95%', 'probability', 0.9995],
  ['0.9995', 'probability', 0.9995],
  ['1e-4', 'probability', 1e-4],
  ['100%', 'probability', 1],
  ['0', 'probability', 0],
  ['5%', 'share', 0.05],
  ['800ms', 'duration', 0.8],
  ['30s', 'duration', 30],
  ['5m', 'duration', 300],
  ['5min', 'duration', 300],
  ['2h', 'duration', 7200],
  ['30d', 'duration', 2_592_000],
  ['2w', 'duration', 1_209_600],
  ['1y', 'duration', 31_536_000],
  ['5 min', 'duration', 300],
  ['1.5h', 'duration', 5400],
  ['3', 'count', 3],
  ['1_000', 'count', 1000],
  ['3.0', 'count', 3],
  ['512MiB', 'size', 512 * 2 ** 20],
  ['200GiB', 'size', 200 * 2 ** 30],
  ['5GB', 'size', 5e9],
  ['0B', 'size', 0],
  ['50MiB/s', 'throughput', 50 * 2 ** 20],
  ['2GiB/h', 'throughput', (2 * 2 ** 30) / 3600],
  ['1Gbit/s', 'throughput', 125e6],
  ['900rps', 'rate', 900],
  ['60rpm', 'rate', 1],
  ['0.5', 'cpu', 0.5],
  ['500m', 'cpu', 0.5],
  ['12 USD/month', 'money', 12],
  ['5000 USD', 'money', 5000],
];

describe('readable quantities', () => {
  test.each(fine)('%s as %s is %d in SI units', (text, dimension, value) => {
    const parsed = parseQuantity(text, dimension);
    expect(parsed.ok ? parsed.quantity.value : parsed.message).toBeCloseTo(value, 12);
  });

  test('money keeps its currency and what it is per', () => {
    expect(parseQuantity('12 USD/month', 'money')).toEqual({ ok: true, quantity: { value: 12, currency: 'USD', per: 'month' } });
    expect(parseQuantity('7 EUR', 'money')).toEqual({ ok: true, quantity: { value: 7, currency: 'EUR' } });
  });

  test('percent and fraction are the same double', () => {
    expect(parseQuantity('99.95%', 'probability')).toEqual(parseQuantity('0.9995', 'probability'));
  });
});

const refused: readonly (readonly [string, Dimension, string])[] = [
  ['100.1%', 'probability', '`100.1%` is more than 100%; a probability lies between 0% and 100%.'],
  ['99.9', 'probability', '`99.9` is more than 1; did you mean `99.9%`?'],
  ['-1%', 'probability', '`-1%` is negative; a probability lies between 0% and 100%.'],
  ['5m', 'probability', 'Expected a probability such as `99.95%` or `0.9995`, found `5m`.'],
  ['5', 'duration', '`5` has no unit; a duration is written `30s`, `5m`, `4h` or `90d`.'],
  ['-5s', 'duration', '`-5s` is negative; a duration is 0 or more.'],
  ['5GiB', 'duration', 'Expected a duration such as `30s`, `5m`, `4h` or `90d`, found `5GiB`.'],
  ['5%', 'duration', 'Expected a duration such as `30s`, `5m`, `4h` or `90d`, found `5%`.'],
  ['1.5', 'count', 'Expected a whole number such as `3`, found `1.5`.'],
  ['3x', 'count', 'Expected a whole number such as `3`, found `3x`: a count has no unit.'],
  ['-1', 'count', '`-1` is negative; a count is 0 or more.'],
  ['512', 'size', '`512` has no unit; a size is written `200GiB` or `512MiB`.'],
  ['512Mi', 'size', '`512Mi`: write the unit in full, `512MiB`.'],
  ['2GiB', 'throughput', '`2GiB` is a size; a throughput also says per what time, such as `2GiB/s`.'],
  ['2GiB/y', 'throughput', 'Expected a throughput such as `50MiB/s`, `2GiB/h` or `1Gbit/s`, found `2GiB/y`.'],
  ['900', 'rate', '`900` has no unit; a rate is written `900rps`.'],
  ['2cores', 'cpu', 'Expected an amount of CPU such as `0.5` or `500m`, found `2cores`.'],
  ['5', 'money', 'Expected an amount of money such as `12 USD/month`, found `5`.'],
  ['-5 USD', 'money', '`-5 USD` is negative; an amount of money is 0 or more.'],
  ['1.28', 'version', 'Expected a version in quotes, such as `"1.31"`, found `1.28`.'],
  ['1e400', 'count', '`1e400` is too large to be a count.'],
  ['1e308y', 'duration', '`1e308y` is too large to be a duration.'],
  ['many', 'count', 'Expected a whole number such as `3`, found `many`.'],
];

test.each(refused)('%s as %s is refused: %s', (text, dimension, message) => {
  expect(parseQuantity(text, dimension)).toEqual({ ok: false, message });
});

const dimensions = Object.keys(unitsOf) as Dimension[];

test('whatever is written, the answer is a finite number of zero or more, or a message', () => {
  const text = fc.oneof(
    fc.string(),
    fc
      .tuple(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom('', '%', 's', 'GiB', 'GiB/s', ' USD'))
      .map(([n, u]) => `${n}${u}`),
  );
  fc.assert(
    fc.property(text, fc.constantFrom(...dimensions), (written, dimension) => {
      const parsed = parseQuantity(written, dimension);
      if (parsed.ok) return parsed.quantity.value >= 0 && Number.isFinite(parsed.quantity.value);
      return parsed.message.length > 0;
    }),
  );
});

test('every unit that completion offers can be read, and more of it is more', () => {
  for (const dimension of dimensions) {
    for (const unit of unitsOf[dimension]) {
      const [one, two] = [parseQuantity(`1${unit}`, dimension), parseQuantity(`2${unit}`, dimension)];
      if (unit === '%') continue;
      expect(one.ok && two.ok && two.quantity.value > one.quantity.value, `${dimension} ${unit}`).toBe(true);
    }
  }
});
