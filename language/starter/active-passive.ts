import { journeyWithPromises, nightlyBackup, storeFacts, storeFailovers, vaults } from './pieces.js';
import { image, modelLine, regionAt, threeZones } from './sites.js';
import type { StarterChoices, StarterPattern } from './starter.js';

/** One region serves, a second one stands by. */
export const activePassive: StarterPattern = {
  id: 'active-passive',
  title: 'Active-passive',
  description: 'One region serves, a second one stands by and takes over. Survives the loss of a region in minutes.',
  regions: 2,
  text,
};

function text(choices: StarterChoices): string {
  const [main, standby] = [regionAt(choices, 0), regionAt(choices, 1)];
  return `// Two regions: ${main} serves, ${standby} takes over.

${modelLine(choices)}
${threeZones(main, choices)}
${threeZones(standby, choices)}
link ${main} <-> ${standby} { rtt 30ms  bandwidth 1Gbit/s }

/** How a standby takes over, unless a component says otherwise. */
policy takeover {
  failover { detect 30s  decide automatic  promote 10s  switch dns ttl 60s  success 98%  failback 30m }
  probe readiness "/ready" every 5s failures 3 timeout 1s
}

gateway edge "Entrance" tier 0 {
  follows takeover
  ${image(choices, 'edge')}
  host "${choices.name}.example.com"
  port http 8080
  cpu 0.5  memory 256MiB
  runs 3 in ${main}
  runs 3 in ${standby} as hot standby
  mtbf 60d  mttr 2m
  routes "/" to api
}

service api "API" tier 0 {
  follows takeover
  ${image(choices, 'api')}
  port http 8080
  cpu 0.5  memory 512MiB
  runs 3 in ${main}
  runs 3 in ${standby} as hot standby
  load 200rps peak 300rps  capacity 200rps
  mtbf 30d  mttr 2m
  requires store { timeout 200ms  writes }
}

database store "Store" tier 0 {
  engine postgres "16"
  managed by operator cloudnative-pg
  runs 3 in ${main}
  runs 3 in ${standby} as hot standby
  replicates sync within ${main} quorum 2
  replicates async to ${standby} lag 5s
${storeFacts('5m', '100GiB', '1GiB/h')}
${storeFailovers(main, '30s', standby, 'manual 5m')}
${nightlyBackup('200MiB/s')}
}

${vaults(standby, main)}

${journeyWithPromises(0, ['availability 99.9%', 'zone-loss { rto 2m  rpo 0s }', 'region-loss { rto 15m  rpo 1m }', 'corruption { rto 8h  rpo 1h }'])}
`;
}
