/** Nothing is written that a stated version does not have, and everything that it has. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GateName, gates } from '../../../language/generate/gates.js';
import { generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import type { Model } from '../../../language/model/model.js';
import { modelOf } from '../model-of.js';
import { at, container, messages, parsed, pod } from './tree-reader.js';

const everything = (mesh: string): string => `
model all { mesh ${mesh}  timezone "Asia/Shanghai"  tracing otel }
region r { zones a, b, c }
region s { zones a, b }
service web {
  image "x/web:1"  port grpc 9090  probe readiness every 5s
  cpu 0.5  runs 3 in r  runs 2 in s
  scales to 6 at 50% cpu
  failover { warmup 45s }
}
service caller { image "x/caller:1"  runs 1 in r  requires web { timeout 1s  retries 1 backoff 50ms  reads } }
database store { image "x/store:1"  port tcp 5432  size 1GiB  user 1000  runs 3 in r  replicates sync quorum 2 }
gateway edge { image "x/edge:1"  port http 80  host "a.example"  entry gateway-api istio  runs 2 in r  routes "/" to web }
job report { image "x/report:1"  runs 1 in r  repeats every 1d at 02:00 }
`;

/** What the gate opens: a file, and the value under a path of keys. */
const places: Readonly<Record<GateName, { readonly file: string; readonly path: readonly (string | number)[] }>> = {
  grpcProbe: { file: 'base/web/deployment.yaml', path: [...container, 'readinessProbe', 'grpc'] },
  nodeTaintsPolicy: {
    file: 'base/web/deployment.yaml',
    path: [...pod, 'topologySpreadConstraints', 0, 'nodeTaintsPolicy'],
  },
  matchLabelKeys: { file: 'base/web/deployment.yaml', path: [...pod, 'topologySpreadConstraints', 0, 'matchLabelKeys'] },
  claimRetention: { file: 'base/store/stateful-set.yaml', path: ['spec', 'persistentVolumeClaimRetentionPolicy'] },
  timeZone: { file: 'base/report/cron-job.yaml', path: ['spec', 'timeZone'] },
  nativeSidecar: {
    file: 'base/report/cron-job.yaml',
    path: ['spec', 'jobTemplate', 'spec', 'template', 'metadata', 'annotations', 'sidecar.istio.io/nativeSidecar'],
  },
  preStopSleep: { file: 'base/web/deployment.yaml', path: [...container, 'lifecycle', 'preStop', 'sleep'] },
  containerMetric: { file: 'base/web/horizontal-pod-autoscaler.yaml', path: ['spec', 'metrics', 0, 'containerResource'] },
  evictsUnhealthy: { file: 'base/web/pod-disruption-budget.yaml', path: ['spec', 'unhealthyPodEvictionPolicy'] },
  istioV1: { file: 'platform/telemetry.yaml', path: ['apiVersion'] },
  warmup: { file: 'base/web/destination-rule.yaml', path: ['spec', 'trafficPolicy', 'loadBalancer', 'warmup'] },
  nativeSidecarOfIstio: {
    file: 'base/report/cron-job.yaml',
    path: ['spec', 'jobTemplate', 'spec', 'template', 'metadata', 'annotations', 'sidecar.istio.io/nativeSidecar'],
  },
  gatewayParameters: { file: 'base/edge/gateway.yaml', path: ['spec', 'infrastructure', 'parametersRef'] },
  retryBackoff: { file: 'base/web/virtual-service.yaml', path: ['spec', 'http', 0, 'retries', 'backoff'] },
  linkerdRoutes: { file: 'base/web/route.yaml', path: ['kind'] },
};

describe('gates', () => {
  const models = new Map<string, Model>();
  beforeAll(async () => {
    for (const mesh of ['istio', 'linkerd']) models.set(mesh, await modelOf(everything(mesh)));
  });

  const stated = (name: GateName, version: string): Model => {
    const { platform } = gates[name];
    const model = models.get(platform === 'linkerd' ? 'linkerd' : 'istio');
    if (model === undefined) throw new Error('no model');
    const origin = { kind: 'assumed', assumption: 'needs-one' } as const;
    const settings =
      platform === 'kubernetes'
        ? { ...model.settings, kubernetes: { value: version, origin } }
        : { ...model.settings, mesh: { value: { name: platform, version }, origin } };
    return { ...model, settings };
  };
  const written = (name: GateName, model: Model): unknown => {
    const { file, path } = places[name];
    const tree = generateManifests(model, noOwnFiles);
    if (!tree.files.some((one) => one.path === file)) return undefined;
    const value = at(parsed(tree, file), ...path);
    return name === 'istioV1' ? (value === 'telemetry.istio.io/v1' ? value : undefined) : value;
  };

  it.each(Object.keys(gates) as GateName[])('%s', (name) => {
    const [major, minor] = gates[name].since;
    expect(written(name, stated(name, `${major}.${minor - 1}`)), `${gates[name].field} before ${major}.${minor}`).toBeUndefined();
    expect(written(name, stated(name, `${major}.${minor}`)), `${gates[name].field} from ${major}.${minor}`).toBeDefined();
  });

  it('holds what a region states to be as binding as the model', async () => {
    const model = await modelOf(
      everything('istio').replace('region s {', 'region s { version kubernetes "1.26"  version istio "1.23"'),
    );
    expect(written('nodeTaintsPolicy', model)).toBeDefined();
    for (const name of ['matchLabelKeys', 'preStopSleep', 'warmup'] as const) expect(written(name, model)).toBeUndefined();
  });

  it('are listed for readers', () => {
    const page = readFileSync(new URL('../../../docs/manifests.md', import.meta.url), 'utf8').toLowerCase();
    for (const { platform, since, field } of Object.values(gates)) {
      expect(page).toContain(`| ${platform} ${since.join('.')} | ${field.toLowerCase()} |`);
    }
  });

  it('says what an old platform lacks', () => {
    const said = messages(generateManifests(stated('preStopSleep', '1.26'), noOwnFiles));
    expect(said).toContain('web: Kubernetes before 1.30 has no preStop sleep');
    expect(said).toContain('report: CronJobs before Kubernetes 1.27 know no time zone');
    expect(said).toContain('report: before Kubernetes 1.29 and Istio 1.24');
  });
});
