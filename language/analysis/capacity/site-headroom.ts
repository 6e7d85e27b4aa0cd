/** Arithmetic of N+f: how many instances a load takes, and what must stand in every site so that the load survives the loss of some. */

/** ⌈demand / capacity⌉, one at least; `demand` and `capacity` in the same unit. Infinity where one instance carries nothing. */
export function instancesFor(demand: number, capacity: number): number {
  return capacity > 0 ? Math.max(1, Math.ceil(demand / capacity)) : Number.POSITIVE_INFINITY;
}

/** What `required` instances over `sites` alike sites become where `lost` of these may be off. */
export interface Spread {
  /** ⌈required / (sites − lost)⌉ */
  readonly perSite: number;
  readonly total: number;
  /** What is run beyond the required, as a share of it. */
  readonly overprovision: number;
  /** (sites − lost) / sites: no site may be used more than this while all is well. */
  readonly safeUtilisation: number;
}

/** The spread, or undefined where no site would be left. */
export function spreadOver(required: number, sites: number, lost: number): Spread | undefined {
  if (sites <= lost || required <= 0) return undefined;
  const perSite = Math.ceil(required / (sites - lost));
  const total = perSite * sites;
  return { perSite, total, overprovision: total / required - 1, safeUtilisation: (sites - lost) / sites };
}

/**
 * Instances that a rollout keeps ready, of `count`: a share of unavailable ones is rounded down, as Kubernetes does; where neither
 * surge nor unavailable moves an instance, one is taken away.
 */
export function readyInRollout(
  count: number,
  surge: number,
  unavailable: number,
): { readonly ready: number; readonly most: number } {
  // A share such as 0.07 times 100 is a hair off a whole number in floating point.
  const added = Math.ceil(count * surge - 1e-9);
  const taken = Math.floor(count * unavailable + 1e-9);
  return { ready: Math.max(0, count - (added === 0 && taken === 0 ? 1 : taken)), most: count + added };
}
