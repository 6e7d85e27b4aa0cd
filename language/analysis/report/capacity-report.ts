/** Load against what stands, as plain data. */
import type { Analysis } from '../analysis.js';
import type { CapacityLoss, ComponentCapacity, QuotaUse, SafeUtilisation } from '../capacity/capacity-figures.js';
import type { FigureReport, PlaceReport } from './figure-report.js';
import type { Reporter } from './reporter.js';

/** One thing that may happen, and what is left to carry the load. */
export interface CapacityLossReport {
  /** What is off: one instance, a zone, a region; or a version is being rolled out, alone or while the worst zone is off; or nodes are drained. */
  readonly kind: 'instance' | 'zone' | 'region' | 'rollout' | 'rollout-and-zone' | 'drain';
  /** The site that is off; absent for an instance and for a rollout alone. */
  readonly site?: string;
  /** Who carries the load then: `active`, or the region of the standby; null where nobody is left. */
  readonly carriedBy: string | null;
  /** Instances left to carry it. */
  readonly survivors: number;
  /** Peak (or load) over what the survivors carry; above 1 they are over their capacity. */
  readonly utilisation: FigureReport;
  /** Requests a second that the survivors carry beyond the peak (or load); negative: so many are turned away. */
  readonly headroom: FigureReport;
  /** The use after automatic scaling did what it may; absent where nothing scales. */
  readonly scaledUtilisation?: FigureReport;
  /** Seconds until the survivors carry the load, by scaling if need be. */
  readonly catchesUp: FigureReport;
}

/** The highest steady use at which one lost site of a kind overloads nobody. */
export interface SafeUtilisationReport {
  /** Zones or regions. */
  readonly kind: 'zone' | 'region';
  /** Sites of the kind that carry the load. */
  readonly sites: number;
  /** Instances every site needs so that any one may be off. */
  readonly perSite: FigureReport;
  /** What the survivors of the worst loss carry over what all carry. */
  readonly utilisation: FigureReport;
}

/** Demand of a component against what stands. */
export interface ComponentCapacityReport {
  /** Instances that the usual load takes. */
  readonly neededAtLoad: FigureReport;
  /** Instances that the peak takes. */
  readonly neededAtPeak: FigureReport;
  /** Instances that carry the load while all is well. */
  readonly serving: number;
  /** Load over what they carry; above 1 they are over their capacity. */
  readonly utilisationAtLoad: FigureReport;
  /** Peak over what they carry. */
  readonly utilisationAtPeak: FigureReport;
  /** Requests a second that they carry beyond the peak, or the load where no peak is stated. */
  readonly headroom: FigureReport;
  /** What may happen, worst first within each kind. */
  readonly losses: readonly CapacityLossReport[];
  /** By kind of site. */
  readonly safeUtilisation: readonly SafeUtilisationReport[];
}

/** What is asked of a region's quota while another region is lost. */
export interface QuotaLossReport {
  /** The region that is lost. */
  readonly region: string;
  /** All that comes here with what is here, in the quota's unit: cores, bytes, instances. */
  readonly use: FigureReport;
  /** Components that come here. */
  readonly arriving: readonly string[];
}

/** What is asked of one quota. */
export interface QuotaReport {
  /** What is limited: `cpu`, `memory`, instances. */
  readonly resource: string;
  /** The limit: cores, bytes or a number. */
  readonly amount: number;
  /** Where the limit is written. */
  readonly at?: PlaceReport;
  /** What runs there while all is well, in the quota's unit. */
  readonly standing: FigureReport;
  /** For each other region that is lost. */
  readonly afterLoss: readonly QuotaLossReport[];
}

/** Capacity of all that states demand or quotas. */
export interface CapacityReport {
  /** Components that state a load or a peak, and a capacity. */
  readonly components: { readonly [name: string]: ComponentCapacityReport };
  /** Quotas of regions that state any. */
  readonly regions: { readonly [name: string]: readonly QuotaReport[] };
  /** Queues that somebody consumes from. */
  readonly queues: { readonly [name: string]: readonly BacklogReport[] };
  /** Stores whose asynchronous replication crosses a link. */
  readonly replication: { readonly [name: string]: readonly ReplicationReport[] };
}

/** What waits in a queue while a consumer is away for its longest recovery. */
export interface BacklogReport {
  /** The component that consumes. */
  readonly consumer: string;
  /** Seconds that the oldest message waits; its objective is how long the queue keeps messages. */
  readonly waits: FigureReport;
  /** Messages that wait. */
  readonly messages: FigureReport;
  /** Bytes that wait; its objective is how much the queue holds. */
  readonly bytes: FigureReport;
  /** Seconds until they are worked off, from when the consumer is back. */
  readonly drainsIn: FigureReport;
}

/** What replication asks of one link. */
export interface ReplicationReport {
  /** The two sites of the link. */
  readonly link: string;
  /** Changes of all stores that replicate over it, over its bandwidth. */
  readonly use: FigureReport;
  /** Seconds until what fell behind while the link was down is there. */
  readonly catchesUp: FigureReport;
}

/** Capacity of the model. */
export function capacityReport(analysis: Analysis, reporter: Reporter): CapacityReport {
  const { model } = analysis;
  const components = model.components.filter(
    ({ demand }) => demand.capacity !== undefined && (demand.load !== undefined || demand.peak !== undefined),
  );
  return {
    components: Object.fromEntries(
      names(components).flatMap((name) => {
        const found = analysis.capacity(name);
        return found?.kind === 'component' ? [[name, componentReport(found, reporter)]] : [];
      }),
    ),
    regions: Object.fromEntries(
      names(model.regions).flatMap((name) => {
        const found = analysis.capacity(name);
        if (found?.kind !== 'region' || found.quotas.length === 0) return [];
        return [[name, found.quotas.map((quota) => quotaReport(quota, name, reporter))]];
      }),
    ),
    queues: flowsOf(analysis, ({ backlogs }, path) =>
      backlogs.map(({ consumer, waits, messages, bytes, drainsIn }) => ({
        consumer,
        waits: reporter.figure(waits, path),
        messages: reporter.figure(messages, path),
        bytes: reporter.figure(bytes, path),
        drainsIn: reporter.figure(drainsIn, path),
      })),
    ),
    replication: flowsOf(analysis, ({ replication }, path) =>
      replication.map(({ link, use, catchesUp }) => ({
        link,
        use: reporter.figure(use, path),
        catchesUp: reporter.figure(catchesUp, path),
      })),
    ),
  };
}

/** What stands in the capacity of components, by name; nothing of those that have none. */
function flowsOf<T>(
  analysis: Analysis,
  read: (found: ComponentCapacity, path: string) => readonly T[],
): { readonly [name: string]: readonly T[] } {
  const flowing = analysis.model.components.filter(({ kind, data }) => kind === 'queue' || data.replication.length > 0);
  return Object.fromEntries(
    names(flowing).flatMap((name) => {
      const found = analysis.capacity(name);
      const list = found?.kind === 'component' ? read(found, `${name}.capacity`) : [];
      return list.length === 0 ? [] : [[name, list]];
    }),
  );
}

function componentReport(found: ComponentCapacity, reporter: Reporter): ComponentCapacityReport {
  const path = `${found.name}.capacity`;
  return {
    neededAtLoad: reporter.figure(found.neededAtLoad, path),
    neededAtPeak: reporter.figure(found.neededAtPeak, path),
    serving: found.serving,
    utilisationAtLoad: reporter.figure(found.utilisationAtLoad, path),
    utilisationAtPeak: reporter.figure(found.utilisationAtPeak, path),
    headroom: reporter.figure(found.headroom, path),
    losses: found.losses.map((loss) => lossReport(loss, path, reporter)),
    safeUtilisation: found.safeUtilisation.map((safe) => safeReport(safe, path, reporter)),
  };
}

function lossReport(loss: CapacityLoss, path: string, reporter: Reporter): CapacityLossReport {
  const { kind, site, carriedBy, survivors, utilisation, headroom, scaledUtilisation, catchesUp } = loss;
  return {
    kind,
    ...(site === undefined ? {} : { site }),
    carriedBy: carriedBy ?? null,
    survivors,
    utilisation: reporter.figure(utilisation, path),
    headroom: reporter.figure(headroom, path),
    ...(scaledUtilisation === undefined ? {} : { scaledUtilisation: reporter.figure(scaledUtilisation, path) }),
    catchesUp: reporter.figure(catchesUp, path),
  };
}

function safeReport(
  { kind, sites, perSite, utilisation }: SafeUtilisation,
  path: string,
  reporter: Reporter,
): SafeUtilisationReport {
  return { kind, sites, perSite: reporter.figure(perSite, path), utilisation: reporter.figure(utilisation, path) };
}

function quotaReport(
  { resource, amount, source, standing, afterLoss }: QuotaUse,
  region: string,
  reporter: Reporter,
): QuotaReport {
  const path = `${region}.capacity`;
  return {
    resource,
    amount,
    ...(source === undefined ? {} : { at: reporter.place(source) }),
    standing: reporter.figure(standing, path),
    afterLoss: afterLoss.map(({ region: lost, use, arriving }) => ({
      region: lost,
      use: reporter.figure(use, path),
      arriving,
    })),
  };
}

function names(of: readonly { readonly name: string }[]): readonly string[] {
  return of.map(({ name }) => name).sort();
}
