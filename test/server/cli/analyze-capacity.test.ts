import { expect, test } from 'vitest';
import { drml, folderOf } from './program.js';

test('analyze prints what waits in queues and what replication asks of links', async () => {
  const text = `model m { }
region r1 { zones a, b }
region r2 { zones a, b }
link r1 <-> r2 { bandwidth 40MiB/s  mttr 1h  mtbf 1y }
queue q in r1, r2 { load 60rps  keeps 30m  holds 1GiB  failover { detect 0s  decide automatic  promote 0s  switch mesh } }
service shop { runs 2 in r1  publishes to q { payload 10KiB } }
service worker {
  runs 2 in r1  runs 2 in r2 as hot standby  capacity 50rps  consumes from q
  probe readiness "/" every 10s failures 3 timeout 0s
  failover { detect 30m  decide automatic  promote 0s  switch dns ttl 30m }
}
database one { runs 1 in r1  runs 1 in r2 as hot standby  replicates async to r2 lag 5s  changes 10MiB/s }
`;
  const { out } = await drml(folderOf({ 'm.drml': text }), 'analyze', 'm.drml');
  expect(out).toMatch(/^q +worker +1 h \(too long\) +216000 +2\.05994 GiB \(too much\) +1 h 30 min$/m);
  expect(out).toMatch(/^one +r1 <-> r2 +25% +20 min$/m);
});
