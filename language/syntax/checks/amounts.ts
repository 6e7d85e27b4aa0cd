/** The values of quantities that several checks compare. Most are written many times over in a file, and each is read once. */
import { type Dimension, parseQuantity } from '../quantity.js';

/** So many different texts of one dimension are remembered before all are forgotten. */
const mostRemembered = 2000;

const remembered = new Map<Dimension, Map<string, number | undefined>>();

/** The value of a text in SI units; undefined where there is none or it cannot be read. */
export function amountOf(text: string | undefined, dimension: Dimension): number | undefined {
  if (text === undefined) return undefined;
  let known = remembered.get(dimension);
  if (known === undefined || known.size > mostRemembered) {
    known = new Map();
    remembered.set(dimension, known);
  }
  const value = known.get(text);
  if (value !== undefined || known.has(text)) return value;
  const parsed = parseQuantity(text, dimension);
  const amount = parsed.ok ? parsed.quantity.value : undefined;
  known.set(text, amount);
  return amount;
}

/** A whole number. */
export function countOf(text: string | undefined): number | undefined {
  return amountOf(text, 'count');
}

/** A duration in seconds. */
export function secondsOf(text: string | undefined): number | undefined {
  return amountOf(text, 'duration');
}
