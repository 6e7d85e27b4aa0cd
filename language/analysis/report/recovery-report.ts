/** Recovery of one subject after each class of disruption, as plain data. */
import type { DisruptionClass } from '../../model/model.js';
import type { ClassRecovery, SiteRecovery } from '../analysis.js';
import { compareTimes } from '../recovery/time.js';
import type { FigureReport, TermReport } from './figure-report.js';
import { plainFigure, type Reporter } from './reporter.js';

/** What one disruption does to a subject; times without their terms, which stand at the worst of the class. */
export interface SiteRecoveryReport {
  /** Up with it off, every failover elsewhere working. */
  readonly survives: boolean;
  /** No copy of its data survives. */
  readonly lost: boolean;
  /** Seconds from the fault until it serves again. */
  readonly rto: FigureReport;
  /** Seconds of writes that are lost. */
  readonly rpo: FigureReport;
  /** Seconds from the fault until lost work is done again and waiting work worked off. */
  readonly caughtUp: FigureReport;
  /** Seconds that the way back takes afterwards; absent where nothing moved, or nothing is stated of it. */
  readonly failback?: FigureReport;
}

/** The worst that one class of disruption does to a subject. */
export interface RecoveryReport {
  /** The site, provider, account, store or instance whose loss is worst, as printed; null where the class cannot hit the subject. */
  readonly worstSite: string | null;
  /** Up whichever of the class is off, every failover elsewhere working; null where the class cannot hit the subject. */
  readonly survives: boolean | null;
  /** Seconds from the fault until it serves again, at worst. */
  readonly rto: FigureReport;
  /** Seconds of writes that are lost, at worst. */
  readonly rpo: FigureReport;
  /** No copy of its data survives, at worst. */
  readonly lost: boolean;
  /** Seconds from the fault until lost work is done again and waiting work worked off, at worst; without a loss as `rto`. */
  readonly caughtUp: FigureReport;
  /** Seconds that the way back takes afterwards; absent where nothing moved, or nothing is stated of it. No part of `rto`. */
  readonly failback?: FigureReport;
  /** The terms of `rto`. */
  readonly terms: readonly TermReport[];
  /** By what is lost, in the order of the names: the fifty that are worst for it. */
  readonly perSite: { readonly [site: string]: SiteRecoveryReport };
  /** How many losses of the class reach it. */
  readonly perSiteCount: number;
}

/** All classes of a subject, in their order. */
export function recoveryReport(
  subject: string,
  recovery: ReadonlyMap<DisruptionClass, ClassRecovery>,
  reporter: Reporter,
): { readonly [disruption: string]: RecoveryReport } {
  return Object.fromEntries(
    [...recovery.values()].map((each): readonly [string, RecoveryReport] => {
      const { disruption, scope, survives, lost } = each;
      const rto = reporter.figure(each.rto, `${subject}.${disruption}.rto`);
      return [
        disruption,
        {
          worstSite: scope ?? null,
          survives: survives ?? null,
          rto,
          rpo: reporter.figure(each.rpo, `${subject}.${disruption}.rpo`),
          lost,
          caughtUp: plainFigure(each.caughtUp),
          ...(each.failback === undefined ? {} : { failback: plainFigure(each.failback) }),
          terms: rto.terms ?? [],
          perSite: Object.fromEntries(worstOf(each.perSite).map(([name, site]) => [name, siteReport(site)])),
          perSiteCount: each.perSite.size,
        },
      ];
    }),
  );
}

const mostSites = 50;

/** The worst sites in the order of their names: lost before what costs time, and that before what costs data. */
function worstOf(sites: ReadonlyMap<string, SiteRecovery>): readonly (readonly [string, SiteRecovery])[] {
  if (sites.size <= mostSites) return [...sites];
  return [...sites]
    .sort(
      ([a, left], [b, right]) =>
        Number(right.lost) - Number(left.lost) ||
        compareTimes(right.rto, left.rto) ||
        compareTimes(right.rpo, left.rpo) ||
        (a < b ? -1 : 1),
    )
    .slice(0, mostSites)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function siteReport({ survives, lost, rto, rpo, caughtUp, failback }: SiteRecovery): SiteRecoveryReport {
  return {
    survives,
    lost,
    rto: plainFigure(rto),
    rpo: plainFigure(rpo),
    caughtUp: plainFigure(caughtUp),
    ...(failback === undefined ? {} : { failback: plainFigure(failback) }),
  };
}
