/** How old the last tested restore may be, in days, by tier. */
const mostDays: Readonly<Record<number, number>> = { 0: 90, 1: 180, 2: 365 };

/** How many days old the last restore of what has this tier may be; undefined where lower tiers, or none, set no limit. */
export function restoreLimitDays(tier: number | undefined): number | undefined {
  return tier === undefined ? undefined : mostDays[tier];
}

/** Whole days from one date to another, both `YYYY-MM-DD`; negative where the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
