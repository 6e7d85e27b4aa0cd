/** Pieces of expressions of Prometheus. */

/** A string as PromQL quotes it. */
export function promString(value: string): string {
  return `"${value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
}

/** A selector: a metric with the labels it must have. A value of `['=~', pattern]` is matched as a pattern. */
export function series(metric: string, labels: Readonly<Record<string, string | readonly ['=~' | '!=', string]>>): string {
  const matchers = Object.entries(labels).map(([name, value]) =>
    typeof value === 'string' ? `${name}=${promString(value)}` : `${name}${value[0]}${promString(value[1])}`,
  );
  return `${metric}{${matchers.join(',')}}`;
}

/** The same selector over a window: `metric{…}[5m]`. */
export function over(selector: string, window: string): string {
  return `${selector}[${window}]`;
}

/** A number as PromQL reads it, without the noise of binary fractions. */
export function promNumber(value: number): string {
  return String(Number(value.toPrecision(12)));
}

/** A pattern that matches these values and nothing else. */
export function oneOf(values: readonly string[]): readonly ['=~', string] {
  return ['=~', values.map((value) => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')];
}

/** Seconds as Prometheus writes and reads durations: `1d2h30m`; fractions are rounded up. */
export function promDuration(seconds: number): string {
  let rest = Math.max(1, Math.ceil(seconds));
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${count}${unit}`);
    rest -= count * size;
  }
  return parts.join('');
}

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const;
