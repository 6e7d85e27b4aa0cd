/** What the words after a key mean: roles, modes, kinds, states. Hover and the reference explain them with the statement they stand in. */

/** Word → meaning, in the order of the reference. */
type Words = Readonly<Record<string, string>>;

const protocols: Words = {
  http: 'HTTP, spoken in plain text inside the mesh.',
  grpc: 'Calls over HTTP/2 (gRPC); each is balanced on its own.',
  tcp: 'Any stream; connections are balanced, not calls.',
  tls: 'TLS that the component ends itself.',
};

const heads: Words = {
  tier: 'How much depends on it: 0 is the most critical. Rules are stricter on low tiers.',
  in: 'Where it stands, for what has no `runs`: it is up while one of these sites is.',
};

const failing: Words = {
  for: 'How long it is gone; without it until it is repaired.',
  provider: 'Everything of one provider.',
  account: 'Everything that one account\u2019s credentials can delete.',
  building: 'Every zone that stands in it.',
};

const quantifiers: Words = {
  any: 'One of the names is enough.',
  of: 'So many of the names must stand: `2 of a, b, c`.',
};

const edge: Words = {
  ...quantifiers,
  for: 'Only these journeys need it; all others do without.',
  same: '`in same region`: only what stands in the caller\u2019s own region counts, and traffic never leaves it.',
  best: '`best effort`: it goes on when the queue does not accept; what it published is then lost.',
};

const series: Words = {
  every: 'The time from the start of one run to the start of the next.',
  at: 'The time of day it starts, in the model\u2019s `timezone`.',
  takes: 'How long one run takes.',
  lags: 'How long an upload may trail behind.',
};

const replicationScope: Words = {
  within: 'Among the copies of one site.',
  to: 'To the copies of another site.',
};

/** Words by the key of their statement. Words of several keys are written with each, since they may mean something else there. */
const wordsByKey: Readonly<Record<string, Words>> = {
  service: heads,
  gateway: heads,
  database: heads,
  cache: heads,
  queue: heads,
  bucket: heads,
  external: heads,
  coordinator: heads,
  job: heads,
  journey: { tier: heads.tier ?? '', saga: 'Its steps are undone one by one when a later one fails.' },
  drill: { on: 'The day it was tried.' },
  runs: {
    in: 'The region, or the one zone, where the instances stand.',
    zones: 'The zones they are spread over; lost instances come back in no other.',
    as: 'The role; without it `active`.',
    active: 'All run and serve.',
    hot: '`hot standby`: all run with current data and take over; promote and switch are all that a recovery adds.',
    warm: '`warm standby`: what is placed runs, its data trails; promote, scale up where it is too small, switch.',
    cold: '`cold standby`: nothing runs; provision, restore from a backup, start, switch.',
    pilot: '`pilot light`: the data only; start, then switch.',
    witness: 'A vote without data: it lets a majority stand.',
  },
  needs: { in: 'Of that standby site\u2019s own instances.' },
  load: { peak: 'The most it is in a day.', from: 'When the peak begins.', to: 'When the peak ends.' },
  cpu: { to: 'The limit; before it stands what is requested.' },
  memory: { to: 'The limit; before it stands what is requested.' },
  port: { to: 'The port inside the container.', ...protocols },
  routes: { to: 'Who answers requests of this path.' },
  probe: {
    readiness: 'Whether it may get traffic. Failures \u00b7 every + timeout is how soon a recovery begins.',
    liveness: 'Whether it must be started again.',
    startup: 'Whether it has started; the other probes wait for it.',
    every: 'The time between two questions.',
    failures: 'How many wrong answers in a row count.',
    timeout: 'How long an answer may take.',
  },
  scales: {
    from: 'The fewest instances of a site; without it what `runs` says.',
    to: 'The most instances of a site.',
    at: 'The share of CPU that is kept: `at 60% cpu`.',
    within: 'How long until more instances serve.',
  },
  mounts: { secret: 'A secret, by name. DRML never sees its content.', config: 'A configuration, by name.' },
  requires: edge,
  wants: edge,
  publishes: edge,
  consumes: edge,
  recovers: quantifiers,
  retries: {
    each: 'How long one try may take.',
    backoff: 'How long to wait before the next try.',
    on: 'Only after these failures, in the words of the mesh: `connect-failure`, `reset`, `5xx`.',
  },
  breaker: {
    errors: 'So many errors in a row take the instance out.',
    within: 'The time in which they are counted: how soon the mesh notices.',
    ejects: 'How long the instance stays out.',
    connections: 'The most connections at a time.',
  },
  acks: {
    all: 'Every copy in step confirms: nothing is lost with one of them.',
    one: 'The leader confirms: what it had not yet copied is lost with it.',
    none: 'Nobody confirms.',
  },
  provides: {
    dns: 'Names outside: `switch dns` leans on it.',
    discovery: 'Who finds whom.',
    network: 'The network itself.',
    registry: 'Images: what starts anew pulls them from here.',
    identity: 'Who may do what.',
    secrets: 'Keys and passwords.',
    'mesh-control': 'The control plane of the mesh.',
    monitoring: 'Who notices.',
    deploy: 'What brings new versions out.',
  },
  mirrors: {
    images: 'Container images.',
    secrets: 'Secrets.',
    config: 'Configuration.',
    certificates: 'Certificates.',
    crds: 'Definitions of custom resources.',
  },
  managed: {
    operator: 'An operator in the cluster; its name follows.',
    provider: 'The provider, as a managed service.',
    self: 'Yourselves.',
  },
  entry: {
    'gateway-api': 'A Gateway and an HTTPRoute of the Gateway API; its class follows.',
    istio: 'A Gateway and a VirtualService of Istio; the gateway\u2019s pods are those of this component.',
    ingress: 'An Ingress; its class follows.',
  },
  isolation: {
    callers: 'Only components whose edges lead to it reach a component.',
    closed: 'The same, and a component reaches only what its edges lead to, and DNS.',
  },
  host: { in: 'Where it stands, when it has a host in each site.' },
  repeats: {
    at: 'The time of day it starts, in the model\u2019s `timezone`.',
    takes: 'How long one run takes.',
  },
  tracing: { at: 'The share of requests that are traced.' },
  storage: {
    class: 'The StorageClass of its volumes.',
    zonal: 'A disk of one zone: it outlives an instance, not its zone.',
    regional: 'A disk copied over the zones of the region: it outlives a zone.',
    ephemeral: 'A disk that goes with its instance.',
    raid0: 'Striped: one disk lost, all lost.',
    raid1: 'Mirrored.',
    raid5: 'One disk may fail.',
    raid6: 'Two disks may fail.',
    raid10: 'Mirrored pairs, striped.',
    erasure: '`K+M`: of the K + M shards, any M may be lost.',
  },
  replicates: {
    sync: 'A write waits for these copies: it is confirmed when it lies on them.',
    async: 'The copy trails by `lag`; what it has not yet seen is lost with the primary.',
    ...replicationScope,
    quorum: 'How many copies a write lies on before it is confirmed; without it all of them.',
    shrinks: 'With copies gone for that long, a smaller quorum confirms.',
    after: 'How long it waits until it does.',
    lag: 'How far the copy trails at worst.',
    degrades: 'Writes stop waiting for a copy that has not answered for that long; from then on it trails.',
  },
  consistency: {
    strong: 'A reader sees every confirmed write.',
    eventual: 'A reader may see an older state.',
    partition: 'What it does when the network splits.',
    serves: 'Both sides go on, and may differ.',
    refuses: 'The smaller side stops.',
  },
  conflicts: {
    'last-write-wins': 'The later clock wins; the other write is lost.',
    crdt: 'Both are merged; nothing is lost.',
    partitioned: 'Each thing is written in one place only.',
    'home-region': 'Each user\u2019s data is written in one region.',
  },
  failover: {
    within: 'The election inside a site.',
    to: 'The way to the standby of that site.',
  },
  decide: {
    automatic: 'A machine decides, at once.',
    manual: 'A person decides; the time behind it is from the alarm to the decision.',
  },
  switch: {
    dns: 'The name gets a new address; callers see it after `ttl`.',
    mesh: 'The mesh leads calls there at once.',
    address: 'An address that moves.',
    ttl: 'How long old answers of the name live.',
  },
  full: series,
  incremental: series,
  snapshot: series,
  log: series,
  rebuilds: { takes: 'How long that takes.' },
  consistent: {
    start: 'The backup shows the moment it started, as snapshots do.',
    end: 'The backup shows the moment it ended.',
  },
  tolerates: { failed: 'Runs that failed in a row.' },
  copies: { takes: 'How long copying takes.' },
  encrypted: { with: 'What keeps the key: without it there is no restore.' },
  tested: { took: 'How long the restore took.' },
  alerts: {
    age: 'The last good backup is too old.',
    size: 'A backup is smaller than the ones before.',
    failure: 'A run failed.',
  },
  expects: {
    'provider-loss': 'Each provider is lost with every site of it, so often.',
    'account-loss': 'All that the credentials of an account can delete is gone: of each account, so often.',
    corruption: 'The data of the store goes bad, or is deleted, so often.',
    every: 'The mean time from one to the next.',
  },
  disk: {
    mtbf: 'Mean time between failures of one disk.',
    rebuild: 'Until a new disk is filled; without it what is lost is not known.',
  },
  cost: { each: 'For every instance.' },
  runbook: { reviewed: 'When somebody last read it.' },
  accepts: {
    until: 'The last day it holds; then the finding is back.',
    by: 'Who took the risk.',
    because: 'Why.',
  },
  fails: failing,
  deletes: { account: 'All that the account\u2019s credentials can delete.' },
  expect: {
    up: 'It serves.',
    degraded: 'It serves, without something that it `wants`.',
    down: 'It does not serve.',
    rto: 'The time until it serves again.',
    rpo: 'The latest data that is lost, as time.',
    availability: 'The share of time it is up.',
  },
  measured: { rto: 'The time until it served again.', rpo: 'The latest data that was lost, as time.' },
  in: { production: 'With real users.', staging: 'In a copy of production.' },
};

/** The words that may follow a key, each with its meaning; none where nothing but values follow. */
export function wordsOf(key: string): readonly (readonly [word: string, meaning: string])[] {
  return Object.entries(wordsByKey[key] ?? {});
}

/** What a word means in a statement that starts with this key. */
export function wordMeaning(key: string, word: string): string | undefined {
  const words = wordsByKey[key];
  return words !== undefined && Object.hasOwn(words, word) ? words[word] : undefined;
}
