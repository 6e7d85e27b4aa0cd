/** Child process of the benchmark: writes the manifests of a generated model, imports and judges as many documents, and prints CPU times. */

import { generateManifests, noOwnFiles } from '../../language/generate/index.js';
import { importManifests } from '../../language/import/import-manifests.js';
import { checkManifests, readManifests } from '../../language/manifests/index.js';
import { modelOf } from '../language/model-of.js';
import { cpuMilliseconds } from './cpu-time.js';

const services = Number(process.argv[2] ?? '100');

/** Services in two regions with every kind of file that a service can have. */
function design(): string {
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

/** A Deployment and its Service, which calls two others: two documents a file. */
function manifest(index: number): string {
  const count = services / 2;
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: s${index}, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: s${index} } }
  template:
    metadata: { labels: { app: s${index} } }
    spec:
      containers:
        - name: main
          image: registry.example.com/s${index}:1
          env: [{ name: A_ADDR, value: "s${(index + 1) % count}:80" }, { name: B_ADDR, value: "s${(index * 7) % count}.shop:80" }]
          readinessProbe: { httpGet: { path: /ready, port: 80 } }
          resources: { requests: { cpu: 100m, memory: 64Mi } }
---
apiVersion: v1
kind: Service
metadata: { name: s${index}, namespace: shop }
spec: { selector: { app: s${index} }, ports: [{ name: http, port: 80 }] }
`;
}

const spent = <T>(work: () => T): { readonly time: number; readonly result: T } => {
  const start = cpuMilliseconds();
  const result = work();
  return { time: cpuMilliseconds() - start, result };
};

const model = await modelOf(design());
const [cold, ...warm] = Array.from({ length: 4 }, () => spent(() => generateManifests(model, noOwnFiles)));
const files = Array.from({ length: services / 2 }, (_, index) => ({ path: `deploy/s${index}.yaml`, text: manifest(index) }));
const imported = spent(() => importManifests(files, { sources: ['deploy'] }));
const judged = spent(() => checkManifests(files, readManifests(files)));
process.stdout.write(
  JSON.stringify({
    cold: cold?.time,
    warm: warm.map(({ time }) => time).sort((a, b) => a - b)[1],
    files: cold?.result.files.length,
    imported: imported.time,
    judged: judged.time,
  }),
);
