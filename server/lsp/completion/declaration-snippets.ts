/** Whole declarations with tab stops, and a whole model. */
import { componentKindPlaces } from '../../../language/syntax/keys.js';
import { choice, type Snippet, type SnippetNames, stop } from './snippet.js';

/** The declarations that people write. */
export function declarations(names: SnippetNames): readonly Snippet[] {
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
      body: `database ${stop(1, 'name')} tier ${choice(2, ['0', '1', '2', '3'], '0')} {\n  engine ${stop(3, 'postgres')} "${stop(5, '17')}"\n  runs ${stop(6, '3')} in ${region}\n  runs ${stop(7, '3')} in ${choice(8, [...regions.slice(1), ...regions.slice(0, 1)], 'other-region')} as hot standby\n  replicates async to ${choice(9, [...regions.slice(1), ...regions.slice(0, 1)], 'other-region')} lag ${stop(10, '5s')}\n  mtbf ${stop(11, '90d')}  mttr ${stop(12, '5m')}\n  failover { detect ${stop(13, '10s')}  hold 50s  decide automatic  promote ${stop(14, '30s')}  switch mesh  fenced }\n  backup nightly {\n    full every 1d at 02:00 takes ${stop(15, '40m')}\n    log every 5m\n    copies to ${choice(16, names.buckets, 'vault')}\n    keeps ${stop(17, '35d')}\n    restores at ${stop(18, '100MiB/s')}\n  }\n}\n$0`,
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
      '    accepts DR048 because "no restore was tried yet: try one before the first release"',
      '  }',
      '}',
    ].join('\n'),
    `bucket ${stop(7, 'vault')} in ${stop(3, 'eu-north')} { locked 35d }`,
    `journey ${stop(8, 'place-order')} tier 0 {\n  requires ${stop(5, 'orders')}\n  objective { availability 99% }\n}\n$0`,
  ].join('\n\n'),
};
