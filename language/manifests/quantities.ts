/** Quantities of Kubernetes. */

const units: { readonly [unit: string]: number } = {
  '': 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
  Pi: 1024 ** 5,
  Ei: 1024 ** 6,
};

/** A quantity such as `500m`, `1Gi` or `2e3` in cores or bytes; undefined where the text is none. */
export function quantityOf(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  const parts = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)([A-Za-z]{0,2})$/.exec(written);
  const unit = parts === null || !Object.hasOwn(units, parts[2] ?? '') ? undefined : units[parts[2] ?? ''];
  return unit === undefined ? undefined : Number(parts?.[1]) * unit;
}
