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
  mtbf 90d  mttr 5m
  size 100GiB  changes 1GiB/h
  corruption found within 30m
  failover within ${one} {
    detect 10s  decide automatic  promote 30s
    switch mesh  fenced
  }
  failover to ${two} {
    detect 30s  decide automatic  promote 60s
    switch mesh  success 98%  fenced
  }
  backup nightly {
    full every 1d at 02:00 takes 30m
    log every 5m
    copies to vault takes 20m
    keeps 35d
    restores at 200MiB/s
  }
}

bucket vault "Backup vault" in ${two} { account backups  locked 35d }

/** What users do, and what is promised to them. */
journey use "Use the service" tier 0 {
  requires edge, api
  objective {
    availability 99.9%
    zone-loss { rto 2m  rpo 0s }
    region-loss { rto 5m  rpo 1m }
    corruption { rto 8h  rpo 1h }
  }
}
`;
}
