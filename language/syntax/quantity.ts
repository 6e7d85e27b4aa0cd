/**
 * Quantities stay text in the syntax tree; this file gives them meaning. `500m` is half a CPU or 500 minutes: the field's
 * dimension decides, so the same function serves the checks and the lowering.
 */

export type Dimension =
  | 'probability'
  | 'share'
  | 'duration'
  | 'count'
  | 'size'
  | 'throughput'
  | 'rate'
  | 'cpu'
  | 'money'
  | 'version';

/** SI value of a quantity; money keeps its currency and what it is per. */
export interface Quantity {
  readonly value: number;
  readonly currency?: string;
  readonly per?: string;
}

export type ParsedQuantity =
  | { readonly ok: true; readonly quantity: Quantity }
  | { readonly ok: false; readonly message: string };

/** Instances, members and targets beyond this are an error of the checks, and never reach the analysis. */
export const maximumInstances = 1000;

const durationUnits: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  min: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

const sizeUnits: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  PB: 1e15,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
  PiB: 2 ** 50,
};

/** Bits a second, in bytes. */
const bitUnits: Readonly<Record<string, number>> = { bit: 1 / 8, kbit: 125, Kbit: 125, Mbit: 125e3, Gbit: 125e6, Tbit: 125e9 };

const perUnits: Readonly<Record<string, number>> = { s: 1, min: 60, m: 60, h: 3600, d: 86_400 };

/** Units completion offers after a number, most usual first; the same words the messages name. */
export const unitsOf: Readonly<Record<Dimension, readonly string[]>> = {
  probability: ['%'],
  share: ['%'],
  duration: ['s', 'm', 'h', 'd', 'ms', 'w', 'y'],
  count: [],
  size: ['GiB', 'MiB', 'KiB', 'TiB', 'GB', 'MB'],
  throughput: ['MiB/s', 'GiB/h', 'Gbit/s', 'Mbit/s'],
  rate: ['rps'],
  cpu: ['', 'm'],
  money: [' USD/month', ' USD/h', ' EUR/month', ' CNY/month'],
  version: [],
};

const examples: Readonly<Record<Dimension, string>> = {
  probability: '`99.95%` or `0.9995`',
  share: '`5%`',
  duration: '`30s`, `5m`, `4h` or `90d`',
  count: 'a whole number such as `3`',
  size: '`200GiB` or `512MiB`',
  throughput: '`50MiB/s`, `2GiB/h` or `1Gbit/s`',
  rate: '`900rps`',
  cpu: '`0.5` or `500m`',
  money: '`12 USD/month`',
  version: '`"1.31"`',
};

const noun: Readonly<Record<Dimension, string>> = {
  probability: 'a probability',
  share: 'a share',
  duration: 'a duration',
  count: 'a count',
  size: 'a size',
  throughput: 'a throughput',
  rate: 'a rate',
  cpu: 'an amount of CPU',
  money: 'an amount of money',
  version: 'a version',
};

/** How much of a quantity a message repeats. */
const longestShown = 40;

const shape = /^([+-]?\d+(?:_\d+)*(?:\.\d+)?(?:[eE][+-]?\d+)?)(.*)$/;

/**
 * The value of a quantity in SI units (seconds, bytes, bytes per second, requests per second, cores, 0..1), or a message that says
 * what was expected and what was found. Bounds other than those of the dimension itself are the key table's matter.
 */
export function parseQuantity(written: string, dimension: Dimension): ParsedQuantity {
  const text = written.length > longestShown ? `${written.slice(0, longestShown)}…` : written;
  const match = shape.exec(written.trim());
  if (match === null) return wrong(text, dimension);
  const digits = (match[1] ?? '').replaceAll('_', '');
  const number = Number(digits);
  const unit = (match[2] ?? '').trim();
  if (!Number.isFinite(number)) return tooLarge(text, dimension);
  switch (dimension) {
    case 'probability':
    case 'share':
      return probability(text, number, unit, dimension);
    case 'duration':
      if (unit === '') return missingUnit(text, dimension);
      return scaled(text, number, durationUnits[unit], dimension);
    case 'size':
      if (unit === '') return missingUnit(text, dimension);
      if (/^[KMGTP]i$/.test(unit)) return fail(`\`${text}\`: write the unit in full, \`${digits}${unit}B\`.`);
      return scaled(text, number, sizeUnits[unit], dimension);
    case 'throughput':
      return throughput(text, number, unit);
    case 'rate':
      if (unit === '') return missingUnit(text, dimension);
      return scaled(text, number, unit === 'rps' ? 1 : unit === 'rpm' ? 1 / 60 : undefined, dimension);
    case 'cpu':
      return scaled(text, number, unit === '' ? 1 : unit === 'm' ? 0.001 : undefined, dimension);
    case 'count':
      if (unit !== '') return fail(`Expected ${examples.count}, found \`${text}\`: a count has no unit.`);
      if (!Number.isInteger(number)) return fail(`Expected ${examples.count}, found \`${text}\`.`);
      return scaled(text, number, 1, dimension);
    case 'money':
      return money(text, number, unit);
    case 'version':
      return fail(`Expected a version in quotes, such as ${examples.version}, found \`${text}\`.`);
  }
}

function probability(text: string, number: number, unit: string, dimension: Dimension): ParsedQuantity {
  if (unit !== '' && unit !== '%') return wrong(text, dimension);
  // Moving the point in the digits makes 99.95% the same double as 0.9995; a division would be off by its rounding.
  const digits = /^[\d._+-]+/.exec(text)?.[0].replaceAll('_', '') ?? '';
  const value = unit !== '%' ? number : /[eE]/.test(text) ? number / 100 : Number(`${digits}e-2`);
  if (number < 0) return fail(`\`${text}\` is negative; ${noun[dimension]} lies between 0% and 100%.`);
  if (value > 1) {
    return unit === '%'
      ? fail(`\`${text}\` is more than 100%; ${noun[dimension]} lies between 0% and 100%.`)
      : fail(`\`${text}\` is more than 1; did you mean \`${text}%\`?`);
  }
  return { ok: true, quantity: { value } };
}

function throughput(text: string, number: number, unit: string): ParsedQuantity {
  if (unit === '') return missingUnit(text, 'throughput');
  const slash = unit.indexOf('/');
  if (slash < 0) return fail(`\`${text}\` is a size; a throughput also says per what time, such as \`${text}/s\`.`);
  const amount = unit.slice(0, slash);
  const per = perUnits[unit.slice(slash + 1)];
  const factor = sizeUnits[amount] ?? bitUnits[amount];
  return scaled(text, number, factor === undefined || per === undefined ? undefined : factor / per, 'throughput');
}

function money(text: string, number: number, unit: string): ParsedQuantity {
  const match = /^([A-Z]{3})(?:\/([A-Za-z]+))?$/.exec(unit);
  if (match === null) return wrong(text, 'money');
  if (number < 0) return fail(`\`${text}\` is negative; an amount of money is 0 or more.`);
  const [, currency = '', per] = match;
  return { ok: true, quantity: { value: number, currency, ...(per === undefined ? {} : { per }) } };
}

function scaled(text: string, number: number, factor: number | undefined, dimension: Dimension): ParsedQuantity {
  if (factor === undefined) return wrong(text, dimension);
  if (number < 0) return fail(`\`${text}\` is negative; ${noun[dimension]} is 0 or more.`);
  const value = number * factor;
  return Number.isFinite(value) ? { ok: true, quantity: { value } } : tooLarge(text, dimension);
}

function tooLarge(text: string, dimension: Dimension): ParsedQuantity {
  return fail(`\`${text}\` is too large to be ${noun[dimension]}.`);
}

function missingUnit(text: string, dimension: Dimension): ParsedQuantity {
  return fail(`\`${text}\` has no unit; ${noun[dimension]} is written ${examples[dimension]}.`);
}

function wrong(text: string, dimension: Dimension): ParsedQuantity {
  const expected = dimension === 'count' ? examples.count : `${noun[dimension]} such as ${examples[dimension]}`;
  return fail(`Expected ${expected}, found \`${text}\`.`);
}

function fail(message: string): ParsedQuantity {
  return { ok: false, message };
}
