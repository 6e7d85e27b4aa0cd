/** Whole statements and blocks with tab stops. Names to choose from are those that are visible where they are asked for. */
import { componentKindPlaces, type Place } from '../../../language/syntax/keys.js';

/** A piece of text with tab stops, in the syntax of LSP snippets. */
export interface Snippet {
  /** The first word of the statement, which decides where it stands in the list. */
  readonly key: string;
  readonly label: string;
  readonly detail: string;
  readonly body: string;
}

/** Names that choices are filled with; empty lists give a text to type over. */
export interface SnippetNames {
  readonly regions: readonly string[];
  readonly standbyRegions: readonly string[];
  readonly buckets: readonly string[];
  readonly services: readonly string[];
  readonly requirable: readonly string[];
  readonly journeys: readonly string[];
  readonly scenarios: readonly string[];
}

/** More names than this make no menu. */
const mostChoices = 12;

/** A tab stop with a text to type over. */
function stop(index: number, text: string): string {
  return `$\{${index}:${text}}`;
}

/** A tab stop with a menu, or a text to type over where there is nothing to choose from. */
function choice(index: number, names: readonly string[], otherwise: string): string {
  if (names.length === 0) return stop(index, otherwise);
  return names.length === 1 ? stop(index, names[0] ?? otherwise) : `$\{${index}|${names.slice(0, mostChoices).join(',')}|}`;
}

/** What a client shows that knows no tab stops: the first choice of each. */
export function plainText(body: string): string {
  return body
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$\{\d+\|([^,|]*)[^}]*\|\}/g, '$1')
    .replace(/\$\d+/g, '');
}

const components: ReadonlySet<Place> = new Set(componentKindPlaces);
const storing: ReadonlySet<Place> = new Set(['database', 'cache', 'queue', 'bucket', 'coordinator']);

/** The statements and blocks that people write in a place. */
export function snippetsOf(place: Place, names: SnippetNames): readonly Snippet[] {
  const runs = runsOf(names);
  switch (place) {
    case 'file':
      return declarations(names);
    case 'region':
      return [
        {
          key: 'zone',
          label: 'zone { \u2026 }',
          detail: 'A zone with facts of its own',
          body: `zone ${stop(1, 'a')} { mtbf ${stop(2, '1y')}  mttr ${stop(3, '1h')} }`,
        },
      ];
    case 'link':
      return [failover];
    case 'journey':
      return [objective];
    case 'policy':
    case 'defaults':
      return [failover, objective, together, probe, rollout, backup(names)];
    case 'objective':
      return classes;
    case 'failover':
      return steps;
    case 'backup':
      return series(names);
    case 'edge':
      return calls;
    case 'scenario':
      return [
        {
          key: 'expect',
          label: 'expect \u2026 rto \u2264',
          detail: 'How long it may take',
          body: `expect ${choice(1, [...names.journeys, ...names.services], 'name')} rto <= ${stop(2, '15m')} rpo <= ${stop(3, '1m')}`,
        },
      ];
    default:
      break;
  }
  if (!components.has(place)) return [];
  if (place === 'external') return [objective, together];
  if (place === 'bucket') return [objective, together, backup(names)];
  const common = [...runs, failover, objective, together];
  if (storing.has(place)) return [...common, ...replication(names), backup(names)];
  const serving = [...common, probe, rollout, load, scales, port];
  return place === 'gateway' ? [...serving, routes(names)] : serving;
}

function declarations(names: SnippetNames): readonly Snippet[] {
  const { regions } = names;
  const region = choice(4, regions, 'region');
  return [
    {
      key: 'model',
      label: 'model { \u2026 }',
      detail: 'The root of a model',
      body: `model ${stop(1, 'shop')} {\n  mesh istio\n  namespace ${stop(2, 'shop')}\n}\n$0`,
    },
    {
      key: 'region',
      label: 'region { \u2026 }',
      detail: 'A region with three zones',
      body: `region ${stop(1, 'eu-west')} {\n  mtbf ${stop(2, '3y')}  mttr ${stop(3, '4h')}\n  zones ${stop(4, 'a, b, c')}\n}\n$0`,
    },
    {
      key: 'link',
      label: 'link { \u2026 }',
      detail: 'The network between two regions',
      body: `link ${choice(1, regions, 'north')} <-> ${choice(2, [...regions].reverse(), 'south')} { rtt ${stop(3, '38ms')}  bandwidth ${stop(4, '1Gbit/s')} }\n$0`,
    },
    {
      key: 'service',
      label: 'service { \u2026 }',
      detail: 'A service with instances and an objective',
      body: `service ${stop(1, 'name')} tier ${choice(2, ['0', '1', '2', '3'], '1')} {\n  runs ${stop(3, '3')} in ${region}\n  mtbf ${stop(5, '30d')}  mttr ${stop(6, '2m')}\n  requires ${choice(7, names.requirable, 'other')}\n  objective {\n    availability ${stop(8, '99.9%')}\n  }\n}\n$0`,
    },
    {
      key: 'gateway',
      label: 'gateway { \u2026 }',
      detail: 'An entrance with routes',
      body: `gateway ${stop(1, 'edge')} tier ${choice(2, ['0', '1', '2', '3'], '0')} {\n  host "${stop(3, 'www.example.com')}"\n  port http 8080\n  runs ${stop(5, '3')} in ${region}\n  mtbf ${stop(6, '60d')}  mttr ${stop(7, '2m')}\n  routes "${stop(8, '/')}" to ${choice(9, names.services, 'service')}\n}\n$0`,
    },
    {
      key: 'database',
      label: 'database { \u2026 }',
      detail: 'A database with a standby, failover and backup',
      body: `database ${stop(1, 'name')} tier ${choice(2, ['0', '1', '2', '3'], '0')} {\n  engine ${stop(3, 'postgres')} "${stop(5, '17')}"\n  runs ${stop(6, '3')} in ${region}\n  runs ${stop(7, '3')} in ${choice(8, [...regions.slice(1), ...regions.slice(0, 1)], 'other-region')} as hot standby\n  replicates async to ${choice(9, [...regions.slice(1), ...regions.slice(0, 1)], 'other-region')} lag ${stop(10, '5s')}\n  mtbf ${stop(11, '90d')}  mttr ${stop(12, '5m')}\n  failover { detect ${stop(13, '10s')}  decide automatic  promote ${stop(14, '30s')}  switch mesh }\n  backup nightly {\n    full every 1d at 02:00 takes ${stop(15, '40m')}\n    log every 5m\n    copies to ${choice(16, names.buckets, 'vault')}\n    keeps ${stop(17, '35d')}\n    restores at ${stop(18, '100MiB/s')}\n  }\n}\n$0`,
    },
    {
      key: 'queue',
      label: 'queue { \u2026 }',
      detail: 'Messages on their way',
      body: `queue ${stop(1, 'events')} tier ${choice(2, ['0', '1', '2', '3'], '1')} {\n  runs ${stop(3, '3')} in ${region}\n  mtbf ${stop(5, '90d')}  mttr ${stop(6, '5m')}\n  keeps ${stop(7, '7d')}\n}\n$0`,
    },
    {
      key: 'cache',
      label: 'cache { \u2026 }',
      detail: 'Data that can be rebuilt',
      body: `cache ${stop(1, 'cache')} tier ${choice(2, ['1', '2', '3'], '2')} {\n  runs ${stop(3, '2')} in ${region}\n  mtbf ${stop(5, '60d')}  mttr ${stop(6, '2m')}\n}\n$0`,
    },
    {
      key: 'bucket',
      label: 'bucket { \u2026 }',
      detail: 'Object storage for backup copies',
      body: `bucket ${stop(1, 'vault')} in ${choice(2, [...regions].reverse(), 'region')} { account ${stop(3, 'backup')}  locked ${stop(4, '35d')} }\n$0`,
    },
    {
      key: 'external',
      label: 'external { \u2026 }',
      detail: 'Somebody else\u2019s service',
      body: `external ${stop(1, 'provider')} { availability ${stop(2, '99.9%')} }\n$0`,
    },
    {
      key: 'journey',
      label: 'journey { \u2026 }',
      detail: 'What users do, and what is promised to them',
      body: `journey ${stop(1, 'name')} tier ${choice(2, ['0', '1', '2', '3'], '0')} {\n  requires ${choice(3, names.requirable, 'service')}\n  objective {\n    availability ${stop(4, '99.9%')}\n    zone-loss { rto ${stop(5, '1m')}  rpo ${stop(6, '0s')} }\n    region-loss { rto ${stop(7, '15m')}  rpo ${stop(8, '1m')} }\n  }\n}\n$0`,
    },
    {
      key: 'policy',
      label: 'policy { \u2026 }',
      detail: 'Statements to reuse',
      body: `policy ${stop(1, 'gold')} {\n  probe readiness "${stop(2, '/ready')}" every 5s failures 3 timeout 1s\n  failover { detect ${stop(3, '30s')}  decide automatic  switch dns ttl ${stop(4, '60s')} }\n}\n$0`,
    },
    {
      key: 'defaults',
      label: 'defaults { \u2026 }',
      detail: 'What holds for every component of a kind',
      body: `defaults ${choice(1, componentKindPlaces, 'service')} {\n  mtbf ${stop(2, '90d')}  mttr ${stop(3, '5m')}\n}\n$0`,
    },
    {
      key: 'scenario',
      label: 'scenario { \u2026 }',
      detail: 'What fails, and what must then hold',
      body: `scenario ${stop(1, 'region-lost')} {\n  fails ${choice(2, regions, 'region')}\n  expect ${choice(3, [...names.journeys, ...names.services], 'name')} rto <= ${stop(4, '15m')} rpo <= ${stop(5, '1m')}\n}\n$0`,
    },
    {
      key: 'drill',
      label: 'drill { \u2026 }',
      detail: 'A scenario that was tried',
      body: `drill ${choice(1, names.scenarios, 'scenario')} on ${stop(2, '2026-01-31')} {\n  in ${choice(3, ['production', 'staging'], 'production')}\n  measured ${choice(4, [...names.journeys, ...names.services], 'name')} rto ${stop(5, '10m')}\n}\n$0`,
    },
  ];
}

/** A whole small model, for a file in which nothing stands yet. */
export const starterModel: Snippet = {
  key: 'model',
  label: 'model with a service and its database',
  detail: 'A whole model to start from',
  body: [
    `model ${stop(1, 'shop')} { }`,
    `region ${stop(2, 'eu-west')} {\n  mtbf 3y  mttr 4h\n  zones a, b, c\n}`,
    `/** Keeps the copies of backups, under an account of its own. */\nregion ${stop(3, 'eu-north')} {\n  account ${stop(4, 'backup')}\n  zones a, b\n}`,
    `service ${stop(5, 'orders')} tier 0 {\n  runs 3 in ${stop(2, 'eu-west')}\n  mtbf 30d  mttr 2m\n  requires ${stop(6, 'orders-db')} { timeout 200ms }\n}`,
    [
      `database ${stop(6, 'orders-db')} tier 0 {`,
      '  engine postgres "17"',
      `  runs 3 in ${stop(2, 'eu-west')}`,
      '  mtbf 90d  mttr 5m',
      `  replicates sync within ${stop(2, 'eu-west')} quorum 2`,
      '  failover { detect 10s  decide automatic  promote 30s  switch mesh }',
      '  backup nightly {',
      '    full every 1d at 02:00 takes 40m',
      '    log every 5m',
      `    copies to ${stop(7, 'vault')} takes 20m`,
      '    keeps 35d',
      '    restores at 100MiB/s',
      '  }',
      '}',
    ].join('\n'),
    `bucket ${stop(7, 'vault')} in ${stop(3, 'eu-north')} { locked 35d }`,
    `journey ${stop(8, 'place-order')} tier 0 {\n  requires ${stop(5, 'orders')}\n  objective { availability 99% }\n}\n$0`,
  ].join('\n\n'),
};

/** A risk that is taken on purpose, with the date until which it is and the words to type over. */
export function acceptance(code: string, title: string, until: string, owner: string): Snippet {
  return {
    key: 'accepts',
    label: `accepts ${code} \u2026`,
    detail: title,
    body: `accepts ${code} until ${stop(1, until)} by "${stop(2, owner.replaceAll(/["$}\\]/g, ''))}" because "${stop(3, 'say here why')}"`,
  };
}

function runsOf({ regions }: SnippetNames): readonly Snippet[] {
  const roles = ['hot standby', 'warm standby', 'cold standby', 'pilot light', 'witness'];
  return [
    {
      key: 'runs',
      label: 'runs \u2026 in \u2026',
      detail: 'Instances in a region',
      body: `runs ${stop(1, '3')} in ${choice(2, regions, 'region')}`,
    },
    {
      key: 'runs',
      label: 'runs \u2026 in \u2026 as \u2026',
      detail: 'Instances that stand by',
      body: `runs ${stop(1, '3')} in ${choice(2, [...regions].reverse(), 'region')} as ${choice(3, roles, 'hot standby')}`,
    },
  ];
}

function replication({ regions, standbyRegions }: SnippetNames): readonly Snippet[] {
  return [
    {
      key: 'replicates',
      label: 'replicates sync within \u2026',
      detail: 'A write waits for the copies',
      body: `replicates sync within ${choice(1, regions, 'region')} quorum ${stop(2, '2')}`,
    },
    {
      key: 'replicates',
      label: 'replicates async to \u2026',
      detail: 'A copy that trails behind',
      body: `replicates async to ${choice(1, standbyRegions.length > 0 ? standbyRegions : regions, 'region')} lag ${stop(2, '5s')}`,
    },
  ];
}

function routes({ services }: SnippetNames): Snippet {
  return {
    key: 'routes',
    label: 'routes \u2026 to \u2026',
    detail: 'A path and who answers',
    body: `routes "${stop(1, '/')}" to ${choice(2, services, 'service')}`,
  };
}

function backup({ buckets }: SnippetNames): Snippet {
  return {
    key: 'backup',
    label: 'backup { \u2026 }',
    detail: 'Points in time to come back to',
    body: `backup ${stop(1, 'nightly')} {\n  full every ${stop(2, '1d')} at ${stop(3, '02:00')} takes ${stop(4, '40m')}\n  log every ${stop(5, '5m')}\n  copies to ${choice(6, buckets, 'vault')}\n  keeps ${stop(7, '35d')}\n  restores at ${stop(8, '100MiB/s')}\n}`,
  };
}

function series({ buckets }: SnippetNames): readonly Snippet[] {
  return [
    {
      key: 'full',
      label: 'full every \u2026',
      detail: 'A full copy',
      body: `full every ${stop(1, '1d')} at ${stop(2, '02:00')} takes ${stop(3, '40m')}`,
    },
    {
      key: 'copies',
      label: 'copies to \u2026',
      detail: 'A copy in a bucket',
      body: `copies to ${choice(1, buckets, 'vault')} takes ${stop(2, '20m')}`,
    },
  ];
}

const failover: Snippet = {
  key: 'failover',
  label: 'failover { \u2026 }',
  detail: 'How a standby takes over',
  body: `failover {\n  detect ${stop(1, '30s')}\n  decide ${choice(2, ['automatic', 'manual 20m'], 'automatic')}\n  promote ${stop(3, '10s')}\n  switch ${choice(4, ['dns ttl 60s', 'mesh', 'address'], 'mesh')}\n}`,
};
const objective: Snippet = {
  key: 'objective',
  label: 'objective { \u2026 }',
  detail: 'What is promised',
  body: `objective {\n  availability ${stop(1, '99.9%')}\n  zone-loss { rto ${stop(2, '1m')}  rpo ${stop(3, '0s')} }\n  region-loss { rto ${stop(4, '15m')}  rpo ${stop(5, '1m')} }\n}`,
};
const together: Snippet = {
  key: 'together',
  label: 'together { \u2026 }',
  detail: 'An event common to all instances',
  body: `together { mtbf ${stop(1, '180d')}  mttr ${stop(2, '20m')} }`,
};
const rollout: Snippet = {
  key: 'rollout',
  label: 'rollout { \u2026 }',
  detail: 'How a new version is rolled out',
  body: `rollout { surge ${stop(1, '25%')}  unavailable ${stop(2, '0')}  waves ${stop(3, '2')}  bake ${stop(4, '30m')} }`,
};
const probe: Snippet = {
  key: 'probe',
  label: 'probe \u2026 every \u2026',
  detail: 'How an instance is asked whether it is well',
  body: `probe ${choice(1, ['readiness', 'liveness', 'startup'], 'readiness')} "${stop(2, '/ready')}" every ${stop(3, '5s')} failures ${stop(4, '3')} timeout ${stop(5, '1s')}`,
};
const load: Snippet = {
  key: 'load',
  label: 'load \u2026 peak \u2026',
  detail: 'Demand with its daily peak',
  body: `load ${stop(1, '900rps')} peak ${stop(2, '1400rps')}  capacity ${stop(3, '450rps')}`,
};
const scales: Snippet = {
  key: 'scales',
  label: 'scales to \u2026 at \u2026',
  detail: 'Automatic scaling',
  body: `scales to ${stop(1, '12')} at ${stop(2, '60%')} cpu within ${stop(3, '3m')}`,
};
const port: Snippet = {
  key: 'port',
  label: 'port \u2026',
  detail: 'A port it listens on',
  body: `port ${choice(1, ['http', 'grpc', 'tcp'], 'http')} ${stop(2, '8080')}`,
};

const classes: readonly Snippet[] = [
  'instance-loss',
  'zone-loss',
  'region-loss',
  'provider-loss',
  'account-loss',
  'corruption',
].map((name) => ({
  key: name,
  label: `${name} { \u2026 }`,
  detail: 'How long, and how much lost',
  body: `${name} { rto ${stop(1, '15m')}  rpo ${stop(2, '1m')} }`,
}));

const steps: readonly Snippet[] = [
  { key: 'decide', label: 'decide manual \u2026', detail: 'A person decides', body: `decide manual ${stop(1, '20m')}` },
  { key: 'switch', label: 'switch dns ttl \u2026', detail: 'Callers follow a name', body: `switch dns ttl ${stop(1, '60s')}` },
];

const calls: readonly Snippet[] = [
  {
    key: 'retries',
    label: 'retries \u2026 each \u2026',
    detail: 'Failed calls are tried again',
    body: `retries ${stop(1, '1')} each ${stop(2, '300ms')} backoff ${stop(3, '50ms')}`,
  },
  {
    key: 'breaker',
    label: 'breaker \u2026 within \u2026',
    detail: 'Instances that fail are left alone',
    body: `breaker errors ${stop(1, '5')} within ${stop(2, '10s')} ejects ${stop(3, '30s')}`,
  },
];
