/** A model as tests draw it: what is written, statement by statement, before anybody has read it. */

export type SketchRole = 'active' | 'hot standby' | 'warm standby' | 'cold standby' | 'pilot light' | 'witness';

/** `unavailability U [mttr Rh]`. */
export interface Failing {
  readonly u: number;
  readonly repairHours?: number | undefined;
}

export interface SketchZone {
  readonly name: string;
  readonly failing?: Failing | undefined;
}

export interface SketchRegion {
  readonly name: string;
  readonly failing?: Failing | undefined;
  readonly provider?: string | undefined;
  readonly zones: readonly SketchZone[];
}

export interface SketchRuns {
  readonly count: number;
  readonly region: string;
  /** Names of zones; absent: all of the region. */
  readonly zones?: readonly string[] | undefined;
  readonly role: SketchRole;
}

export interface SketchEdge {
  readonly verb: 'requires' | 'wants' | 'publishes to' | 'consumes from';
  readonly need: 'all' | 'any' | number;
  readonly targets: readonly string[];
  readonly journeys: readonly string[];
  readonly sameRegion: boolean;
  readonly bestEffort: boolean;
}

/** Seconds, and a share. */
export interface SketchFailover {
  readonly to?: string | undefined;
  readonly detect?: number | undefined;
  readonly decide?: number | undefined;
  readonly promote?: number | undefined;
  readonly warmup?: number | undefined;
  readonly ttl?: number | undefined;
  readonly verify?: number | undefined;
  readonly success?: number | undefined;
}

export interface SketchReplication {
  readonly mode: 'sync' | 'async';
  readonly where?: { readonly word: 'within' | 'to'; readonly region: string } | undefined;
  readonly quorum?: number | undefined;
  readonly shrinksTo?: number | undefined;
}

export interface SketchComponent {
  readonly kind: 'service' | 'database' | 'cache' | 'queue' | 'external' | 'coordinator' | 'gateway' | 'bucket';
  readonly name: string;
  readonly runs: readonly SketchRuns[];
  /** Site paths of what has no `runs`. */
  readonly sites: readonly string[];
  readonly failing: Failing;
  readonly commonCause?: number | undefined;
  readonly together?: Failing | undefined;
  readonly needs?: number | undefined;
  readonly needsIn: readonly { readonly region: string; readonly count: number }[];
  readonly load?: { readonly load: number; readonly peak?: number | undefined; readonly capacity: number } | undefined;
  readonly replication: readonly SketchReplication[];
  readonly edges: readonly SketchEdge[];
  readonly failovers: readonly SketchFailover[];
  /** Names a policy that it follows. */
  readonly follows?: string | undefined;
}

export interface SketchJourney {
  readonly name: string;
  readonly edges: readonly SketchEdge[];
}

export type SketchTarget =
  | { readonly kind: 'site'; readonly site: string }
  | { readonly kind: 'component'; readonly name: string; readonly count?: number | undefined; readonly site?: string }
  | { readonly kind: 'provider'; readonly provider: string };

export interface Sketch {
  readonly regions: readonly SketchRegion[];
  readonly components: readonly SketchComponent[];
  readonly journeys: readonly SketchJourney[];
  readonly links: readonly { readonly a: string; readonly b: string; readonly success: number }[];
  readonly policies: readonly { readonly name: string; readonly failover: SketchFailover }[];
  /** `defaults { … }`. */
  readonly defaults: { readonly commonCause?: number | undefined; readonly failover?: SketchFailover | undefined };
  /** What the scenario `s` fails; every subject is expected to be available. */
  readonly fails: readonly SketchTarget[];
}

export function textOf(sketch: Sketch): string {
  return [
    'model m { }',
    ...defaultsOf(sketch),
    ...sketch.policies.map(({ name, failover }) => `policy ${name} { ${failoverText(failover)} }`),
    ...sketch.regions.map(regionText),
    ...sketch.links.map(({ a, b, success }) => `link ${a} <-> ${b} { failover { success ${success * 100}% } }`),
    ...sketch.components.map(componentText),
    ...sketch.journeys.map(({ name, edges }) => `journey ${name} {\n${edges.map((edge) => `  ${edgeText(edge)}`).join('\n')}\n}`),
    ...scenarioText(sketch),
  ].join('\n');
}

function defaultsOf({ defaults }: Sketch): readonly string[] {
  const { commonCause, failover } = defaults;
  if (commonCause === undefined && failover === undefined) return [];
  const parts = [
    ...(commonCause === undefined ? [] : [`common cause ${commonCause * 100}%`]),
    ...(failover === undefined ? [] : [failoverText(failover)]),
  ];
  return [`defaults { ${parts.join('  ')} }`];
}

export function failingText(failing: Failing | undefined): string {
  if (failing === undefined) return '';
  return `unavailability ${failing.u}${failing.repairHours === undefined ? '' : `  mttr ${failing.repairHours}h`}`;
}

function regionText({ name, failing, provider, zones }: SketchRegion): string {
  const lines = [
    failingText(failing),
    provider === undefined ? '' : `provider "${provider}"`,
    ...zones.map((zone) => `zone ${zone.name} { ${failingText(zone.failing)} }`),
  ];
  return `region ${name} {\n${lines.map((line) => `  ${line}`).join('\n')}\n}`;
}

function runsText({ count, region, zones, role }: SketchRuns): string {
  const where =
    zones === undefined ? region : zones.length === 1 ? `${region}.${zones[0]}` : `${region} zones ${zones.join(', ')}`;
  return `runs ${count} in ${where}${role === 'active' ? '' : ` as ${role}`}`;
}

export function edgeText({ verb, need, targets, journeys, sameRegion, bestEffort }: SketchEdge): string {
  const quantifier = need === 'all' ? '' : need === 'any' ? 'any of ' : `${need} of `;
  const only = journeys.length === 0 ? '' : ` for ${journeys.join(', ')}`;
  return `${verb} ${quantifier}${targets.join(', ')}${only}${sameRegion ? ' in same region' : ''}${bestEffort ? ' best effort' : ''}`;
}

export function failoverText(failover: SketchFailover): string {
  const seconds = (word: string, value: number | undefined): string => (value === undefined ? '' : `${word} ${value}s`);
  const steps = [
    seconds('detect', failover.detect),
    failover.decide === undefined ? '' : `decide manual ${failover.decide}s`,
    seconds('promote', failover.promote),
    seconds('warmup', failover.warmup),
    seconds('switch dns ttl', failover.ttl),
    seconds('verify', failover.verify),
    failover.success === undefined ? '' : `success ${failover.success * 100}%`,
  ];
  return `failover ${failover.to === undefined ? '' : `to ${failover.to} `}{ ${steps.filter((step) => step !== '').join('  ')} }`;
}

function replicationText({ mode, where, quorum, shrinksTo }: SketchReplication): string {
  const place = where === undefined ? '' : ` ${where.word} ${where.region}`;
  const shrinks = shrinksTo === undefined ? '' : ` shrinks to ${shrinksTo} after 1m`;
  return `replicates ${mode}${place}${quorum === undefined ? '' : ` quorum ${quorum}${shrinks}`}`;
}

export function componentText(component: SketchComponent): string {
  const { kind, name, sites, load, together } = component;
  const lines = [
    ...component.runs.map(runsText),
    failingText(component.failing),
    component.commonCause === undefined ? '' : `common cause ${component.commonCause * 100}%`,
    together === undefined ? '' : `together { ${failingText(together)} }`,
    component.needs === undefined ? '' : `needs ${component.needs}`,
    ...component.needsIn.map(({ region, count }) => `needs ${count} in ${region}`),
    load === undefined
      ? ''
      : `load ${load.load}rps${load.peak === undefined ? '' : ` peak ${load.peak}rps`}  capacity ${load.capacity}rps`,
    ...component.replication.map(replicationText),
    ...component.edges.map(edgeText),
    ...component.failovers.map(failoverText),
    component.follows === undefined ? '' : `follows ${component.follows}`,
  ];
  const head = `${kind} ${name}${sites.length === 0 ? '' : ` in ${sites.join(', ')}`}`;
  return `${head} {\n${lines
    .filter((line) => line !== '')
    .map((line) => `  ${line}`)
    .join('\n')}\n}`;
}

function targetText(target: SketchTarget): string {
  switch (target.kind) {
    case 'site':
      return target.site;
    case 'provider':
      return `provider "${target.provider}"`;
    case 'component':
      return `${target.count === undefined ? '' : `${target.count} of `}${target.name}${target.site === undefined ? '' : ` in ${target.site}`}`;
  }
}

function scenarioText({ fails, components, journeys }: Sketch): readonly string[] {
  if (fails.length === 0) return [];
  const expects = [...components, ...journeys].map(({ name }) => `  expect ${name} up availability >= 0%`);
  return [`scenario s {\n  fails ${fails.map(targetText).join(', ')}\n${expects.join('\n')}\n}`];
}
