/** The table of forms: how each statement of several parts is written, and what each part means. */

/** The text of a part, what it fills with blanks between, and what it means. */
export type FormRow = readonly [text: string, fills: string, meaning: string];

const site: FormRow = ['in SITE', 'in site', 'A region, or one zone of it: `cn-north.a`.'];
const targets: FormRow = ['NAME, \u2026', 'targets , .', 'What it speaks of, by name.'];
const chosen: FormRow = ['[any of | N of]', 'any count of', 'How many of the names must stand; without it all of them.'];
const takes: FormRow = ['[takes DURATION]', 'takes', 'How long that takes.'];
const block: FormRow = ['{ \u2026 }', '{', 'What holds for it.'];
const edge: readonly FormRow[] = [
  chosen,
  targets,
  ['[for JOURNEY, \u2026]', 'for journeys', 'Only these journeys need it.'],
  ['[in same region]', 'in same region sameRegion', 'Only instances in the caller\u2019s own region count.'],
  ['[best effort]', 'best effort bestEffort', 'Of `publishes to`: it goes on without the queue; what it published is then lost.'],
  ['[{ options }]', '{', 'Timeout, retries, breaker and what else holds for the call.'],
];
const series: readonly FormRow[] = [
  ['every DURATION', 'every', 'The time from one run to the next.'],
  ['[at TIME]', 'at', 'The time of day it starts, such as `02:00`.'],
  takes,
  ['[lags DURATION]', 'lags', 'How long an upload may trail behind.'],
];
const head: readonly FormRow[] = [
  ['NAME', 'name', 'How others call it: small letters, digits and dashes.'],
  ['["TITLE"]', 'title', 'What people call it.'],
  ['[tier N]', 'tier', 'How much depends on it; 0 is the most critical.'],
];
const component: readonly FormRow[] = [
  ...head,
  ['[in SITE, \u2026]', 'in sites , .', 'Where it stands, for what has no `runs`.'],
  block,
];

/** The parts of each statement that has several, by its first word. */
export const formRows: Readonly<Record<string, readonly FormRow[]>> = {
  service: component,
  gateway: component,
  database: component,
  cache: component,
  queue: component,
  bucket: component,
  external: component,
  coordinator: component,
  job: component,
  import: [['"PATH"', 'path', 'The other file, relative to this one.']],
  model: [...head.slice(0, 2), block],
  region: [...head.slice(0, 2), block],
  zone: [...head.slice(0, 2), ['[{ \u2026 }]', '{', 'What holds for it alone.']],
  zones: [['ZONE, \u2026', 'zones , name', 'Their names, in the order in which instances are spread.']],
  policy: [['NAME', 'name', 'How others call it.'], block],
  defaults: [
    ['[KIND]', 'kind service gateway database cache queue bucket external coordinator job', 'Only components of this kind.'],
    block,
  ],
  scenario: [...head.slice(0, 2), ['{ \u2026 }', '{', 'What fails, and what is expected.']],
  together: [['{ \u2026 }', '{', 'How often, and for how long.']],
  rollout: [['{ \u2026 }', '{', 'The steps of a rollout.']],
  objective: [['{ \u2026 }', '{', 'What is promised, and for which disruptions.']],
  follows: [['POLICY, \u2026', 'policies ,', 'The first named goes before the second.']],
  corrupts: [['NAME', 'target', 'A component that keeps data.']],
  outage: [['costs MONEY/TIME', 'costs value', '`5000 USD/h`.']],
  loss: [['costs MONEY/TIME', 'costs value', '`900 USD/h`: for each hour of data.']],
  journey: [...head, ['[saga]', 'saga', 'Its steps are undone one by one when a later one fails.'], block],
  link: [
    ['SITE', 'a .', 'One end.'],
    ['<-> SITE', '<-> b', 'The other end.'],
    ['{ \u2026 }', '{', 'Round-trip time, bandwidth, cost.'],
  ],
  drill: [
    ['SCENARIO', 'scenario', 'What was tried.'],
    ['on DATE', 'on date', 'The day, such as `2026-09-14`.'],
    ['{ \u2026 }', '{', 'What was measured.'],
  ],
  expects: [
    ['CLASS', 'provider-loss account-loss corruption disruption', 'provider-loss, account-loss or corruption.'],
    ['every DURATION', 'every', 'The mean time from one to the next.'],
  ],
  runs: [
    ['N', 'count', 'How many instances.'],
    site,
    ['[zones ZONE, \u2026]', 'zones ,', 'The zones they are spread over; without it all zones of the region.'],
    ['[as ROLE]', 'as role standby light', '`active` unless said: a hot, warm or cold standby, a pilot light, a witness.'],
  ],
  needs: [
    ['N', 'count', 'How many active instances must stand.'],
    ['[in SITE]', 'in site .', 'Of that standby region\u2019s own instances.'],
  ],
  repairs: [
    ['N', 'count', 'How many at the same time.'],
    ['at once', 'at once', 'The rest waits.'],
  ],
  port: [
    ['[NAME]', 'name', 'What the port is called.'],
    ['N', 'number', 'The port it listens on.'],
    ['[to N]', 'to target', 'The port inside the container, where it differs.'],
    ['[http | grpc | tcp | tls]', 'http grpc tcp tls protocol', 'What is spoken there; else its name tells.'],
  ],
  routes: [
    ['"PATH"', 'routes path', 'The path that requests start with.'],
    ['to NAME', 'to target', 'Who answers them.'],
    ['[, \u2026]', ',', 'More paths.'],
  ],
  probe: [
    ['readiness | liveness | startup', 'probe readiness liveness startup', 'What is asked: ready for traffic, alive, started.'],
    ['["PATH"]', 'path', 'The path that is asked; without it the port.'],
    ['[every DURATION]', 'every', 'The time between two questions.'],
    ['[failures N]', 'failures', 'How many wrong answers in a row count.'],
    ['[timeout DURATION]', 'timeout', 'How long an answer may take.'],
  ],
  scales: [
    ['[from N]', 'from min', 'The fewest instances; without it what `runs` says.'],
    ['to N', 'to max', 'The most instances in a site.'],
    ['[at PERCENT cpu]', 'at utilisation cpu', 'The use of CPU that is kept.'],
    ['[within DURATION]', 'within', 'How long until more instances serve.'],
  ],
  load: [
    ['RATE', 'value', 'Demand on the whole component.'],
    ['[peak RATE]', 'peak', 'The most it is in a day.'],
    ['[from TIME to TIME]', 'from to', 'When the peak is.'],
  ],
  mounts: [
    ['secret | config', 'mounts secret config kind', 'What it reads.'],
    ['NAME', 'name', 'The name of it; DRML never sees the content.'],
    ['[, \u2026]', ',', 'More of them.'],
  ],
  requires: edge,
  wants: edge,
  publishes: [['to', 'to', 'A queue follows.'], ...edge],
  consumes: [['from', 'from', 'A queue follows.'], ...edge],
  recovers: [['after', 'after', 'What must be there first.'], chosen, targets],
  rebuilds: [['from', 'from', 'The source follows.'], targets, takes],
  agrees: [['with', 'with', 'The other stores follow.'], targets],
  managed: [
    ['by', 'by', 'Who runs it follows.'],
    ['operator | provider | self', 'manager', 'An operator in the cluster, the provider, or yourselves.'],
    ['[NAME]', 'operator', 'The operator: `cloudnative-pg`.'],
  ],
  storage: [
    ['KIND', 'storage', 'zonal, regional, ephemeral, raid0 to raid10, or erasure.'],
    ['[K+M]', 'code', 'For erasure: data and parity shards.'],
    ['[class NAME]', 'class storageClass', 'The StorageClass that makes its volumes.'],
  ],
  entry: [
    ['gateway-api | istio | ingress', 'means', 'What leads users in.'],
    ['[CLASS]', 'entryClass', 'The GatewayClass or IngressClass that serves it.'],
  ],
  host: [
    ['"HOST"', 'host', 'The name, without scheme and port.'],
    ['[in SITE]', 'in site', 'Where it stands, when each site has a host of its own.'],
  ],
  repeats: [
    ['every DURATION', 'every', 'The time from one run to the next.'],
    ['[at TIME]', 'at', 'The time of day it starts, such as `02:00`.'],
    takes,
  ],
  tracing: [
    ['PROVIDER', 'provider', 'The name of an extension provider in the configuration of the mesh.'],
    ['[at PERCENT]', 'at sampling', 'The share of requests that are traced.'],
  ],
  disk: [
    ['mtbf DURATION', 'mtbf', 'Mean time between failures of one disk.'],
    ['[rebuild DURATION]', 'rebuild', 'Until a new disk is filled.'],
  ],
  replicates: [
    ['sync | async', 'sync async mode', 'Whether a write waits for the copies.'],
    ['[within SITE | to SITE]', 'within to scope site .', 'Among the instances of a site, or to another site.'],
    ['[quorum N]', 'quorum', 'The copies that a write lies on before it counts.'],
    ['[shrinks to N after DURATION]', 'shrinks shrinksTo after shrinksAfter', 'Fewer copies suffice when others stay away.'],
    ['[lag DURATION]', 'lag', 'How far the copy trails behind.'],
    ['[degrades after DURATION]', 'degrades degradesAfter', 'Writes stop waiting for a copy that does not answer.'],
  ],
  consistency: [
    ['strong | eventual', 'level', 'What a reader may see.'],
    ['[on partition serves | refuses]', 'on partition onPartition', 'What it does when the network splits.'],
  ],
  dead: [
    ['letters to', 'letters to', 'A queue follows.'],
    ['QUEUE', 'target', 'Where messages go that cannot be worked off.'],
  ],
  failover: [
    ['[within SITE | to SITE]', 'within to scope site .', 'The election inside a site, or the way to one standby.'],
    ['{ \u2026 }', '{', 'The steps, each with its time.'],
  ],
  backup: [
    ['NAME', 'name', 'What it is called.'],
    ['{ \u2026 }', '{', 'What is taken when, where it is copied, how long it is kept.'],
  ],
  runbook: [
    ['"URL"', 'url', 'Where the steps are.'],
    ['[reviewed DATE]', 'reviewed', 'When somebody last read them.'],
  ],
  accepts: [
    ['RULE', 'rule', 'The code of the finding: `DR001`.'],
    ['[until DATE]', 'until', 'After this day the finding is back.'],
    ['[by OWNER]', 'by owner', 'Who took the risk.'],
    ['[because "TEXT"]', 'because reason', 'Why.'],
  ],
  quota: [
    ['RESOURCE', 'resource', 'cpu, memory, storage, pods.'],
    ['AMOUNT', 'amount', 'The most that can be had.'],
  ],
  version: [
    ['NAME', 'name', 'The part: kubernetes, istio.'],
    ['"VERSION"', 'version', 'What runs there.'],
  ],
  mesh: [
    ['NAME', 'value', 'The mesh: `istio`.'],
    ['["VERSION"]', 'version', 'Its version.'],
  ],
  engine: [
    ['NAME', 'value', 'The software: `postgres`.'],
    ['["VERSION"]', 'version', 'Its version.'],
  ],
  cost: [
    ['MONEY/TIME', 'value', '`120 USD/month`.'],
    ['[each]', 'each', 'For every instance.'],
  ],
  retries: [
    ['N', 'count', 'How many times again.'],
    ['[each DURATION]', 'each', 'How long one try may take.'],
    ['[backoff DURATION]', 'backoff', 'How long to wait before the next.'],
    ['[on CAUSE, \u2026]', 'on causes ,', 'Only after these failures.'],
  ],
  breaker: [
    ['[errors N]', 'errors', 'So many errors in a row.'],
    ['[within DURATION]', 'within', 'Seen in this time.'],
    ['[ejects DURATION]', 'ejects', 'Takes the instance out for this long.'],
    ['[connections N]', 'connections', 'The most connections at a time.'],
  ],
  decide: [
    ['automatic | manual', 'automatic manual mode', 'Who decides.'],
    ['[DURATION]', 'delay', 'How long a person takes to.'],
  ],
  switch: [
    ['dns | mesh | address', 'dns mesh address means', 'How callers are led there.'],
    ['[ttl DURATION]', 'ttl', 'For dns: how long old answers live.'],
  ],
  full: series,
  incremental: series,
  snapshot: series,
  log: series,
  consistent: [['at start | end', 'at start end point', 'The moment that the backup shows.']],
  tolerates: [
    ['N', 'count', 'Runs in a row.'],
    ['failed runs', 'failed runs', 'Nobody acts on so few.'],
  ],
  copies: [['to', 'to', 'A bucket follows.'], ['BUCKET', 'target', 'Where the copy lies.'], takes],
  encrypted: [['[with NAME]', 'with key', 'What keeps the key.']],
  tested: [
    ['DATE', 'date', 'The day of the restore.'],
    ['[took DURATION]', 'took', 'How long it took.'],
  ],
  fails: [
    ['TARGET, \u2026', 'targets , .', 'A site, a component, `N of` one, a link, `provider X`, `account X`, `building "X"`.'],
    ['[for DURATION]', 'for duration', 'How long it is gone.'],
  ],
  deletes: [['account NAME | NAME', 'account target', 'An account with all its data, or one component\u2019s data.']],
  expect: [
    ['NAME', 'target', 'A component or journey.'],
    ['[up | degraded | down]', 'up degraded down state', 'In which state it then is.'],
    ['[rto | rpo | availability \u2264 VALUE]', 'bounds rto rpo availability', 'How long, how much lost, how often up.'],
  ],
  measured: [
    ['[NAME]', 'target', 'A component or journey.'],
    ['[rto DURATION]', 'rto', 'How long until it served again.'],
    ['[rpo DURATION]', 'rpo', 'How much of the latest data was lost.'],
  ],
};
