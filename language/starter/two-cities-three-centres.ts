import { journeyWithPromises, nightlyBackup, storeFacts, storeFailovers, vaults } from './pieces.js';
import { image, modelLine, regionAt } from './sites.js';
import type { StarterChoices, StarterPattern } from './starter.js';

/** Two data centres in one city, kept alike at every moment, and a third one in another city. */
export const twoCitiesThreeCentres: StarterPattern = {
  id: 'two-cities-three-centres',
  title: 'Two cities, three centres',
  description:
    'Two data centres of one city share every write; a third one in another city follows. Survives the loss of a centre at once, of the city in minutes.',
  regions: 2,
  text,
};

function text(choices: StarterChoices): string {
  const [city, remote] = [regionAt(choices, 0), regionAt(choices, 1)];
  return `// Two cities, three data centres: both centres of ${city} serve, the one in ${remote} takes over when the city is lost.

${modelLine(choices)}
region ${city} {
  provider ${choices.provider}
  mtbf 10y  mttr 8h
  zone dc1 { mtbf 2y  mttr 4h  building "${city}-1" }
  zone dc2 { mtbf 2y  mttr 4h  building "${city}-2" }
}

region ${remote} {
  provider ${choices.provider}
  mtbf 5y  mttr 8h
  zone dc3 { mtbf 2y  mttr 4h  building "${remote}-3" }
}

link ${city} <-> ${remote} { rtt 30ms  bandwidth 1Gbit/s }

policy takeover {
  failover { detect 30s  decide manual 5m  promote 10s  switch dns ttl 60s  success 98%  failback 30m }
  probe readiness "/ready" every 5s failures 3 timeout 1s
}

gateway edge "Entrance" tier 0 {
  follows takeover
  ${image(choices, 'edge')}
  host "${choices.name}.example.com"
  port http 8080
  cpu 0.5  memory 256MiB
  runs 4 in ${city}
  runs 2 in ${remote} as hot standby
  needs 2
  mtbf 60d  mttr 2m
  routes "/" to api
}

service api "API" tier 0 {
  follows takeover
  ${image(choices, 'api')}
  port http 8080
  cpu 0.5  memory 512MiB
  runs 4 in ${city}
  runs 2 in ${remote} as hot standby
  load 200rps peak 300rps  capacity 200rps
  mtbf 30d  mttr 2m
  requires store { timeout 200ms  writes }
}

/**
 * Both centres of ${city} have every write. When one is lost the other goes on alone, rather than stop: what it took alone is lost
 * if it fails as well. Without \`shrinks\` nothing would be lost, and the loss of either centre would stop all writes.
 */
database store "Store" tier 0 {
  engine mysql "8"
  managed by self
  runs 2 in ${city}
  runs 1 in ${remote} as hot standby
  replicates sync within ${city} quorum 2 shrinks to 1 after 30s
  replicates async to ${remote} lag 5s
${storeFacts('10m', '100GiB', '1GiB/h')}
${storeFailovers(city, '20s', remote, 'manual 5m')}
${nightlyBackup('200MiB/s')}
}

${vaults(remote, city)}

${journeyWithPromises(0, ['availability 99.9%', 'zone-loss { rto 2m  rpo 10s }', 'region-loss { rto 15m  rpo 1m }', 'corruption { rto 8h  rpo 1h }'])}
`;
}
