/** Kubernetes resource quantities. */

const binaryUnits = [
  ['Ti', 2 ** 40],
  ['Gi', 2 ** 30],
  ['Mi', 2 ** 20],
  ['Ki', 2 ** 10],
] as const;

/** Bytes in the largest binary unit that divides them; a fraction of a byte is rounded up. */
export function byteQuantity(bytes: number): string {
  const whole = Math.ceil(bytes);
  for (const [unit, size] of binaryUnits) {
    if (whole >= size && whole % size === 0) return `${whole / size}${unit}`;
  }
  return String(whole);
}

/** Cores, in thousandths where they are no whole number. */
export function cpuQuantity(cores: number): string {
  return Number.isInteger(cores) ? String(cores) : `${Math.ceil(Number((cores * 1000).toFixed(6)))}m`;
}

/** A share of 0..1 as whole percent, rounded up, or a bare 0. */
export function percent(share: number): string | number {
  return share === 0 ? 0 : `${Math.ceil(Number((share * 100).toFixed(6)))}%`;
}
