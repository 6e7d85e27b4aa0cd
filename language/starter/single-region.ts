import { journeyWithPromises, nightlyBackup, storeFacts, vaults } from './pieces.js';
import { image, modelLine, regionAt, threeZones } from './sites.js';
import type { StarterChoices, StarterPattern } from './starter.js';

/** Everything in the zones of one region; backups lie elsewhere. */
export const singleRegion: StarterPattern = {
  id: 'single-region',
  title: 'Single region',
  description: 'Three zones of one region. Survives the loss of a zone; the loss of the region means a restore from backups.',
  regions: 2,
  text,
};

function text(choices: StarterChoices): string {
  const [home, away] = [regionAt(choices, 0), regionAt(choices, 1)];
  return `// One region with three zones. Backups lie in a second region under another account.

${modelLine(choices)}
${threeZones(home, choices)}
/** Nothing runs here: it keeps the backups. */
region ${away} {
  provider ${choices.provider}  account backups
  zones a
}

gateway edge "Entrance" tier 1 {
  ${image(choices, 'edge')}
  host "${choices.name}.example.com"
  port http 8080
  cpu 0.5  memory 256MiB
  runs 3 in ${home}
  mtbf 60d  mttr 2m
  probe readiness "/ready" every 5s failures 3 timeout 1s
  routes "/" to api
}

service api "API" tier 1 {
  ${image(choices, 'api')}
  port http 8080
  cpu 0.5  memory 512MiB
  runs 3 in ${home}
  load 200rps peak 300rps  capacity 200rps
  mtbf 30d  mttr 2m
  probe readiness "/ready" every 5s failures 3 timeout 1s
  requires store { timeout 200ms  writes }
}

database store "Store" tier 1 {
  engine postgres "16"
  managed by operator cloudnative-pg
  runs 3 in ${home}
  replicates sync within ${home} quorum 2
${storeFacts('5m', '50GiB', '500MiB/h')}
  failover { detect 10s  decide automatic  promote 30s  switch mesh  fenced }
${nightlyBackup('100MiB/s')}
}

${vaults(away, home)}

${journeyWithPromises(1, ['availability 99.5%', 'zone-loss { rto 2m  rpo 0s }', 'corruption { rto 8h  rpo 1h }'])}
`;
}
