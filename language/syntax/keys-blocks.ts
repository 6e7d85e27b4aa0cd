/** Keys of files, models, sites, links, journeys, objectives and failover. */
import {
  above,
  anyComponent,
  atLeastZero,
  dataPlaces,
  entry,
  reused,
  running,
  structure,
  text,
  word,
  words,
} from './key-entry.js';
import type { KeyEntry, Place } from './keys.js';

const sites = ['region', 'zone'] as const satisfies readonly Place[];
const failing = [...sites, 'link', ...anyComponent, ...reused, 'together'] as const satisfies readonly Place[];
/** Blocks inside a declaration. */
const innerBlocks = [
  'together',
  'failover',
  'objective',
  'class',
  'backup',
  'edge',
  'rollout',
] as const satisfies readonly Place[];
const classes = ['objective'] as const satisfies readonly Place[];

const componentMeaning: Readonly<Record<string, string>> = {
  service: 'A program that answers requests.',
  gateway: 'Where traffic enters; its `routes` carry traffic and require nothing.',
  database: 'Data that must survive: it is replicated, and backed up.',
  cache: 'Data that can be rebuilt.',
  queue: 'Messages on their way; producers need it, consumers may lag.',
  bucket: 'Object storage, often the place of backup copies.',
  external: 'Somebody else\u2019s service: one event, with the availability they promise.',
  coordinator: 'A consensus group (etcd, ZooKeeper, Consul): up while a majority of votes is.',
  job: 'Work that runs and ends.',
};

const classMeaning: Readonly<Record<string, string>> = {
  'instance-loss': 'Any one instance is lost.',
  'zone-loss': 'Any one zone or building is lost.',
  'region-loss': 'Any one region is lost.',
  'provider-loss': 'One provider is lost, with every site of it.',
  'account-loss': 'Everything that one account\u2019s credentials can delete is gone, mutable copies too.',
  corruption: 'The data is bad wherever it is replicated; only earlier points in time help.',
};

export const blockKeys: readonly KeyEntry[] = [
  entry(
    'import',
    text,
    ['file'],
    "Makes another file's names visible here. The path is relative to this file.",
    'import "./platform.drml"',
    { repeats: true },
  ),
  entry(
    'model',
    structure,
    ['file'],
    'Makes this file a root: its import closure is one model, judged as a whole.',
    'model shop { mesh istio  namespace shop }',
    { absent: 'the file is a root where nobody imports it, named after itself' },
  ),
  entry(
    'region',
    structure,
    ['file'],
    'A site that fails as a whole: its zones, and all that runs in them, go with it.',
    'region cn-north { zones a, b, c }',
    { repeats: true },
  ),
  entry(
    'zone',
    structure,
    ['region'],
    'A failure domain inside a region, with facts of its own.',
    'zone a { mtbf 1y  mttr 1h  building "BJ-1" }',
    { repeats: true },
  ),
  entry('zones', structure, ['region'], 'Zones without facts of their own, by name.', 'zones a, b, c', {
    repeats: true,
    absent: 'the region is one failure domain',
  }),
  entry('link', structure, ['file'], 'The network between two sites.', 'link cn-north <-> cn-south { rtt 38ms }', {
    repeats: true,
  }),
  ...anyComponent.map((kind) =>
    entry(
      kind,
      structure,
      ['file'],
      componentMeaning[kind] ?? '',
      `${kind} ${kind === 'external' ? 'stripe { availability 99.9% }' : kind === 'bucket' ? 'vault in cn-south { locked 35d }' : 'orders { runs 3 in cn-north }'}`,
      { repeats: true },
    ),
  ),
  entry(
    'expects',
    structure,
    ['model', ...dataPlaces, ...reused],
    'How often something is expected that has no mtbf: each provider or account lost, in `model`; data gone bad, there for every store or in one. It prices what a year loses.',
    'expects corruption every 10y',
    { repeats: true, absent: 'unknown, and with it what it costs a year' },
  ),
  entry(
    'journey',
    structure,
    ['file'],
    'What users do, as the things it requires. Its availability is what users see.',
    'journey place-order tier 0 { requires orders }',
    { repeats: true },
  ),
  entry(
    'policy',
    structure,
    ['file'],
    'Statements to reuse; components and journeys `follows` it.',
    'policy gold { grace 30s }',
    { repeats: true },
  ),
  entry(
    'defaults',
    structure,
    ['file'],
    'Statements for every component, or every component of one kind, of the whole model.',
    'defaults database { mtbf 90d  mttr 5m }',
    { repeats: true },
  ),
  entry(
    'scenario',
    structure,
    ['file'],
    'An assertion on the architecture: what fails, and what is then expected.',
    'scenario north-lost { fails cn-north  expect place-order rto <= 15m }',
    { repeats: true },
  ),
  entry(
    'drill',
    structure,
    ['file'],
    'Evidence: a scenario that was tried for real, and what was measured.',
    'drill north-lost on 2026-09-14 { measured place-order rto 3m }',
    { repeats: true },
  ),

  entry(
    'mtbf',
    above('duration'),
    failing,
    'Mean up time between failures of one instance, or of the site or event itself.',
    'mtbf 30d',
    { absent: 'of a site: it never fails by itself; of what runs: taken from what is assumed of its availability' },
  ),
  entry('mttr', above('duration'), failing, 'Mean time to repair after a failure.', 'mttr 2m', {
    absent: '1h, where a time of repair is needed',
  }),
  entry(
    'availability',
    { kind: 'quantity', dimension: 'probability', minimum: 0, aboveMinimum: true, maximum: 1 },
    [...failing, 'objective'],
    'Share of time it is up: of one instance where there are `runs`; in an objective, the promise.',
    'availability 99.95%',
    { absent: 'an instance is up 99.5%, what has no instances 99.9%, a site always; in an objective nothing is promised' },
  ),
  entry(
    'unavailability',
    { kind: 'quantity', dimension: 'probability', minimum: 0, maximum: 1 },
    failing,
    'Share of time it is down; the other side of `availability`.',
    'unavailability 1e-4',
    { absent: 'as for `availability`' },
  ),

  entry(
    'id',
    text,
    [...sites, ...anyComponent],
    "The platform's own name: a topology label's value, a resource's name.",
    'id "cn-beijing"',
    { absent: 'the name it has in the model' },
  ),
  entry('cluster', text, sites, 'The cluster that runs what stands in this region or zone.', 'cluster "prod-bj"', {
    absent: 'the cluster called `default`',
  }),
  entry(
    'provider',
    word(),
    [...sites, ...anyComponent, ...reused],
    'Whose platform it is: everything of one provider shares a fate.',
    'provider aliyun',
    { absent: 'it shares no provider with anything: `provider-loss` does not take it' },
  ),
  entry('account', word(), [...sites, ...anyComponent, ...reused], 'Whose credentials can delete it.', 'account prod', {
    absent: 'one common account',
  }),
  entry('jurisdiction', word(), sites, 'The law that holds there; `residency` refers to it.', 'jurisdiction cn', {
    absent: 'none: nothing is judged by it',
  }),
  entry(
    'building',
    words(),
    sites,
    'Buildings or campuses it stands in; zones that share one share its fate.',
    'building "BJ-1"',
    { absent: 'a building of its own' },
  ),
  entry('quota', structure, ['region'], 'The most that can be had there of a resource.', 'quota cpu 400', {
    repeats: true,
    absent: 'no limit',
  }),
  entry(
    'mirrors',
    words('images', 'secrets', 'config', 'certificates', 'crds'),
    ['region'],
    'What is copied there in advance.',
    'mirrors images, secrets',
    { absent: 'nothing is copied there in advance' },
  ),
  entry('version', structure, ['region'], 'Version of a platform part that runs there.', 'version istio "1.28"', {
    repeats: true,
  }),

  entry('rtt', above('duration', 60), ['link'], 'Round-trip time between the two sites.', 'rtt 38ms', { absent: 'unknown' }),
  entry(
    'bandwidth',
    above('throughput'),
    ['link', 'bucket'],
    'What the link carries; of a bucket, what it gives to everybody who restores from it, together.',
    'bandwidth 1Gbit/s',
    { absent: 'copies are never too slow for the link; a bucket gives what its fastest `restores at` says' },
  ),

  entry(
    'mesh',
    text,
    ['model'],
    'The service mesh, with its version: for `istio` and `linkerd` DRML generates its configuration.',
    'mesh istio "1.28"',
    { absent: 'no mesh files are generated' },
  ),
  entry('kubernetes', text, ['model'], 'The oldest Kubernetes version that the manifests must suit.', 'kubernetes "1.33"', {
    absent: 'the newest version',
  }),
  entry(
    'isolation',
    word('callers', 'closed'),
    ['model'],
    'NetworkPolicies: who may reach a component, and what it may reach.',
    'isolation callers',
    { absent: 'no NetworkPolicy is written: everything reaches everything' },
  ),
  entry(
    'tracing',
    structure,
    ['model'],
    'The extension provider of the mesh that spans are sent to, and the share of requests that are traced.',
    'tracing otel at 1%',
    { absent: 'what the mesh is configured to do' },
  ),
  entry('namespace', text, ['model'], 'Kubernetes namespace of the generated manifests.', 'namespace shop', {
    absent: "the model's name",
  }),
  entry('currency', word(), ['model'], 'Currency of reports.', 'currency USD'),
  entry('timezone', text, ['model'], 'Time zone of times of day.', 'timezone "Asia/Shanghai"', { absent: 'UTC' }),
  entry(
    'owner',
    text,
    ['model', 'journey', 'scenario', ...anyComponent, ...reused],
    'Who answers for it.',
    'owner "team-orders"',
    { absent: 'the owner that the `model` names, where there is one' },
  ),
  entry(
    'runbook',
    structure,
    ['model', 'journey', 'scenario', ...anyComponent, ...reused],
    'Where the steps are written down, and when they were last reviewed.',
    'runbook "https://wiki.example.com/orders" reviewed 2026-09-01',
  ),
  entry(
    'accepts',
    structure,
    ['model', ...sites, 'link', 'journey', 'scenario', 'drill', ...anyComponent, ...reused, ...innerBlocks],
    'A risk taken on purpose: the finding is listed as accepted until the date.',
    'accepts DR002 until 2027-01-01 by "platform" because "a second one is priced for next year"',
    { repeats: true },
  ),
  entry(
    'follows',
    structure,
    ['journey', ...anyComponent],
    'Takes the statements of these policies; what is written here wins.',
    'follows gold',
    { repeats: true, absent: 'only `defaults` reach it' },
  ),

  entry(
    'objective',
    structure,
    ['journey', ...anyComponent, ...reused],
    'The promise that figures are judged against.',
    'objective { availability 99.95%  region-loss { rto 15m rpo 1m } }',
    { absent: 'nothing is promised, and no figure is judged' },
  ),
  entry('latency', above('duration'), classes, 'The promised response time.', 'latency 300ms', { absent: 'nothing is promised' }),
  entry('retention', above('duration'), classes, 'How far back data must be recoverable.', 'retention 35d', {
    absent: 'nothing is promised',
  }),
  entry('budget', atLeastZero('money'), classes, 'What it may cost.', 'budget 4000 USD/month', { absent: 'nothing is promised' }),
  ...['instance-loss', 'zone-loss', 'region-loss', 'provider-loss', 'account-loss', 'corruption'].map((name) =>
    entry(name, structure, classes, classMeaning[name] ?? '', `${name} { rto 15m rpo 1m }`),
  ),
  entry(
    'rto',
    atLeastZero('duration'),
    ['class'],
    'Recovery time objective: how long until it serves again, from the fault.',
    'rto 15m',
    { absent: 'no time is promised' },
  ),
  entry(
    'rpo',
    atLeastZero('duration'),
    ['class'],
    'Recovery point objective: how much of the latest data may be lost, as time.',
    'rpo 1m',
    { absent: 'no loss is promised' },
  ),

  entry(
    'failover',
    structure,
    ['link', ...running, ...reused],
    'How traffic or leadership moves: `within` a site the election, `to` a site the way to its standby.',
    'failover { detect 30s  decide automatic  switch dns ttl 60s }',
    { repeats: true, absent: 'nothing moves to a standby by itself; the figures say what is missing' },
  ),
  entry('detect', atLeastZero('duration'), ['failover'], 'From the fault until it is noticed.', 'detect 30s', {
    absent: 'the probe or the mesh, where they say how often they look; else unknown',
  }),
  entry('decide', structure, ['failover'], 'Who decides: automatic, or a person after a time.', 'decide manual 20m', {
    absent: 'automatic, at once',
  }),
  entry('provision', atLeastZero('duration'), ['failover'], 'Until machines are there.', 'provision 10m', { absent: 'no time' }),
  entry('promote', atLeastZero('duration'), ['failover'], 'Until the standby has become the primary.', 'promote 60s', {
    absent: 'no time, but unknown for a data component',
  }),
  entry('warmup', atLeastZero('duration'), ['failover'], 'Until what was started serves at full speed.', 'warmup 2m', {
    absent: 'no time',
  }),
  entry('switch', structure, ['failover'], 'How callers are led to the new place; `ttl` is for dns.', 'switch dns ttl 60s', {
    absent: 'unknown',
  }),
  entry('verify', atLeastZero('duration'), ['failover'], 'Until somebody is sure that it works.', 'verify 5m', {
    absent: 'no time',
  }),
  entry(
    'success',
    { kind: 'quantity', dimension: 'probability', minimum: 0, maximum: 1 },
    ['failover'],
    'Share of failovers that work.',
    'success 98%',
    { absent: '100%, shown as an assumption' },
  ),
  entry('hold', atLeastZero('duration'), ['failover'], 'How long to wait before acting, against flapping.', 'hold 60s', {
    absent: 'no time',
  }),
  entry('failback', atLeastZero('duration'), ['failover'], 'How long the way back takes.', 'failback 2h', {
    absent: 'no time is planned for it',
  }),
];
