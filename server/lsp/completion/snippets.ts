/** Whole statements and blocks with tab stops. Names to choose from are those that are visible where they are asked for. */
import { componentKindPlaces, type Place } from '../../../language/syntax/keys.js';
import { declarations } from './declaration-snippets.js';
import { choice, type Snippet, type SnippetNames, stop } from './snippet.js';

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
