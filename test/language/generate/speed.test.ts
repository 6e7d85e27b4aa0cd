/** A thousand services in two regions, every kind of file that a service can have. */
import { expect, it } from 'vitest';
import { generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import { cpuMilliseconds } from '../../bench/cpu-time.js';
import { modelOf } from '../model-of.js';

function text(services: number): string {
  const bodies = Array.from({ length: services }, (_, index) => {
    const callees = [index - 1, index - 7, index - 31].filter((callee) => callee >= 0);
    const edges = callees.map((callee) => `requires s${callee} { timeout 500ms  retries 1  idempotent }`).join('  ');
    return `service s${index} tier ${index % 4} {
  image "x/s${index}:1"  port http 8080  cpu 0.5  memory 512MiB
  runs 3 in r  runs 3 in s as hot standby  load 100rps peak 200rps  capacity 90rps
  probe readiness "/ready" every 5s failures 3 timeout 1s  ${edges}
}`;
  });
  return `model big { mesh istio "1.28"  kubernetes "1.33"  isolation closed }
region r { id "eu-1"  zones a, b, c }
region s { id "eu-2"  zones a, b, c }
${bodies.join('\n')}`;
}

it('takes at most two seconds of CPU', { timeout: 300_000 }, async () => {
  const model = await modelOf(text(1000));
  const rounds = [1, 2, 3].map(() => {
    const before = cpuMilliseconds();
    const { files } = generateManifests(model, noOwnFiles);
    expect(files.length).toBeGreaterThan(10_000);
    return cpuMilliseconds() - before;
  });
  expect(Math.min(...rounds)).toBeLessThanOrEqual(2000);
});
