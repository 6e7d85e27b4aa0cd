import { journeyWithPromises, nightlyBackup, storeFacts, vaults } from './pieces.js';
import { image, modelLine, regionAt, threeZones } from './sites.js';
import type { StarterChoices, StarterPattern } from './starter.js';

/** Three regions serve and agree on every write. */
export const multiActive: StarterPattern = {
  id: 'multi-active',
  title: 'Multi-active',
  description:
    'Three regions serve and agree on every write by majority. Survives the loss of a region without losing data; writes cost a round trip.',
  regions: 3,
  text,
};

function text(choices: StarterChoices): string {
  const regions = [regionAt(choices, 0), regionAt(choices, 1), regionAt(choices, 2)] as const;
  const [one, two, three] = regions;
  const runs = (count: number): string => regions.map((region) => `  runs ${count} in ${region}`).join('\n');
  return `// Three regions serve. A write counts when two of three regions have it, so that no region is needed for it.

${modelLine(choices)}
${regions.map((region) => threeZones(region, choices)).join('\n')}
link ${one} <-> ${two} { rtt 20ms  bandwidth 2Gbit/s }
link ${one} <-> ${three} { rtt 30ms  bandwidth 2Gbit/s }
link ${two} <-> ${three} { rtt 25ms  bandwidth 2Gbit/s }

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
${runs(2)}
  needs 2
  mtbf 60d  mttr 2m
  routes "/" to api
}

service api "API" tier 0 {
  follows everywhere
  ${image(choices, 'api')}
  port http 8080
  cpu 0.5  memory 512MiB
${runs(2)}
  load 300rps peak 400rps  capacity 200rps
  mtbf 30d  mttr 2m
  requires store { timeout 300ms  writes }
}

database store "Store" tier 0 {
  engine cockroach "24"
  managed by operator cockroach
${runs(1)}
  replicates sync quorum 2
  consistency strong on partition refuses
${storeFacts('5m', '100GiB', '1GiB/h')}
  failover { detect 10s  decide automatic  promote 10s  switch mesh  fenced }
${nightlyBackup('200MiB/s')}
}

${vaults(three, one)}

${journeyWithPromises(0, ['availability 99.95%', 'zone-loss { rto 2m  rpo 0s }', 'region-loss { rto 2m  rpo 0s }', 'corruption { rto 8h  rpo 1h }'])}
`;
}
