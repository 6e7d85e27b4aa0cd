import { journeyWithPromises, nightlyBackup, storeFacts, storeFailovers, vaults } from './pieces.js';
import { image, modelLine, regionAt, threeZones } from './sites.js';
import type { StarterChoices, StarterPattern } from './starter.js';

/** Two regions serve; each can carry the whole load, and writes go to the region that leads. */
export const activeActive: StarterPattern = {
  id: 'active-active',
  title: 'Active-active',
  description:
    'Two regions serve and each can carry all; the store writes in one of them. Survives the loss of a region in minutes.',
  regions: 2,
  text,
};

function text(choices: StarterChoices): string {
  const [one, two] = [regionAt(choices, 0), regionAt(choices, 1)];
  return `// Two regions serve, and each can carry the whole load. The store writes in ${one} and moves to ${two} when that is lost.

${modelLine(choices)}
${threeZones(one, choices)}
${threeZones(two, choices)}
link ${one} <-> ${two} { rtt 30ms  bandwidth 1Gbit/s }

policy everywhere {
  probe readiness "/ready" every 5s failures 3 timeout 1s
  failover { detect 15s  decide automatic  switch dns ttl 30s  success 99% }
}

gateway edge "Entrance" tier 0 {
  follows everywhere
  ${image(choices, 'edge')}
  host "${choices.name}.example.com"
  port http 8080
  cpu 0.5  memory 256MiB
  runs 3 in ${one}
  runs 3 in ${two}
  needs 2
  mtbf 60d  mttr 2m
  routes "/" to api
}

service api "API" tier 0 {
  follows everywhere
  ${image(choices, 'api')}
  port http 8080
  cpu 0.5  memory 512MiB
  runs 3 in ${one}
  runs 3 in ${two}
  load 300rps peak 400rps  capacity 200rps
  mtbf 30d  mttr 2m
  requires store { timeout 300ms  writes }
  wants sessions in same region { timeout 50ms  fallback "sign in again" }
}

cache sessions "Sessions" tier 1 {
  engine redis "7"
  managed by operator redis
  runs 3 in ${one}
  runs 3 in ${two}
  mtbf 60d  mttr 2m
  rebuilds from store takes 5m
}

database store "Store" tier 0 {
  engine postgres "16"
  managed by operator cloudnative-pg
  runs 3 in ${one}
  runs 3 in ${two} as hot standby
  replicates sync within ${one} quorum 2
  replicates async to ${two} lag 5s
${storeFacts('5m', '100GiB', '1GiB/h')}
${storeFailovers(one, '30s', two, 'automatic')}
${nightlyBackup('200MiB/s')}
}

${vaults(two, one)}

${journeyWithPromises(0, ['availability 99.9%', 'zone-loss { rto 2m  rpo 0s }', 'region-loss { rto 5m  rpo 1m }', 'corruption { rto 8h  rpo 1h }'])}
`;
}
