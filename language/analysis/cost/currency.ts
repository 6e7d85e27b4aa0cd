/** The one currency of a model, and prices in it per second, year or byte. */
import type { Cost, Model, Money } from '../../model/model.js';
import { type Amount, amountOf, missingAmount } from './amount.js';

const day = 86_400;
/** Seconds of a year. */
export const year = 365 * day;

/** Times that a price is per, in seconds. A month is the twelfth of a year, because twelve bills come a year. */
const times: ReadonlyMap<string, number> = new Map([
  ['s', 1],
  ['min', 60],
  ['h', 3600],
  ['d', day],
  ['w', 7 * day],
  ['month', year / 12],
  ['y', year],
]);

/** Amounts of data that a price is per, in bytes. */
const sizes: ReadonlyMap<string, number> = new Map([
  ['MB', 1e6],
  ['GB', 1e9],
  ['TB', 1e12],
  ['MiB', 2 ** 20],
  ['GiB', 2 ** 30],
  ['TiB', 2 ** 40],
]);

/** All amounts that a model states, with whose they are. */
function pricesOf(model: Model): readonly Cost[] {
  return [...model.components, ...model.journeys, ...model.links].flatMap(({ costs }) => costs);
}

/** The currency of the `model` block, else the one that all prices are in; undefined where there is none, or several. */
export function currencyOf(model: Model): string | undefined {
  const stated = model.settings.currency?.value;
  if (stated !== undefined) return stated;
  const used = new Set(pricesOf(model).map(({ currency }) => currency));
  return used.size === 1 ? [...used][0] : undefined;
}

/** A price per second, in the currency of the model; unknown in any other. `whose`: `cost of orders`. */
export function perSecond(price: Money, currency: string | undefined, whose: string): Amount {
  return converted(price, times.get(price.per ?? ''), currency, whose, 'per time');
}

/** A price per byte, in the currency of the model. */
export function perByte(price: Money, currency: string | undefined, whose: string): Amount {
  return converted(price, sizes.get(price.per ?? ''), currency, whose, 'per amount of data');
}

/** Whether a price is per amount of data. */
export function isPerData(price: Money): boolean {
  return sizes.has(price.per ?? '');
}

function converted(price: Money, divisor: number | undefined, currency: string | undefined, whose: string, per: string): Amount {
  if (currency === undefined) return missingAmount(`currency of the model, with ${whose} in it`);
  if (price.currency !== currency) return missingAmount(`${whose} in ${currency}`);
  return divisor === undefined ? missingAmount(`${whose} ${per}`) : amountOf(price.amount.value / divisor);
}
