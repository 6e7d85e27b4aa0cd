/** How rules say shares, lists and what an author may write; figures read as everywhere else (analysis/figure-text.ts). */

/** A share of 0..1 in whole percent, `under 1%` where rounding would say nothing. */
export function spokenShare(share: number): string {
  return share < 0.01 ? 'under 1%' : `${Math.round(share * 100)}%`;
}

/** `a`, `a and b`, `a, b and c`, and `a, b, c and 4 more` past `limit` names. */
export function spokenList(names: readonly string[], limit = 4): string {
  const shown = names.length > limit ? [...names.slice(0, limit - 1), `${names.length - limit + 1} more`] : names;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** `1 instance`, `3 instances`, `2 copies`. */
export function counted(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`;
}

/**
 * A duration as the language writes it, in the largest unit that says it in whole numbers: `90s`, `15m`, `6h`, `2d`.
 * Fractions of a second are written in milliseconds.
 */
export function writtenDuration(seconds: number): string {
  if (!Number.isInteger(seconds)) return `${Math.round(seconds * 1000)}ms`;
  for (const [unit, size] of [
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
  ] as const) {
    if (seconds >= size && seconds % size === 0) return `${seconds / size}${unit}`;
  }
  return `${seconds}s`;
}

/**
 * The availability that an unavailability surely keeps, as the language writes it: rounded down to two significant
 * digits of the downtime, so that the promise is honest: 0.00293 gives `99.7%`.
 */
export function keptAvailability(unavailability: number): string {
  if (unavailability <= 0) return '100%';
  if (unavailability >= 1) return '0%';
  const percent = unavailability * 100;
  const decimals = Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(percent))));
  const scale = 10 ** decimals;
  // A hair below, so that what is exactly on a step stays there whatever the rounding of the division.
  const steps = Math.ceil(percent * scale * (1 - 1e-10));
  const whole = BigInt(100) * BigInt(scale) - BigInt(steps);
  return `${trimmed(whole < 0n ? 0n : whole, decimals)}%`;
}

function trimmed(value: bigint, decimals: number): string {
  const digits = value.toString().padStart(decimals + 1, '0');
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  const integer = digits.slice(0, digits.length - decimals);
  return decimals === 0 ? digits : fraction === '' ? integer : `${integer}.${fraction}`;
}
