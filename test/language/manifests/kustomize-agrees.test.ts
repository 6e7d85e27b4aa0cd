/** What is built here is what `kubectl kustomize` builds, object by object and field by field, where there is a kubectl. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { buildKustomizations } from '../../../language/manifests/kustomize.js';
import { plain } from './plain-node.js';

type Files = Readonly<Record<string, string>>;

const withComponent: Files = {
  'base/api.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: api, labels: { team: a } }
spec:
  replicas: 1
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec:
      serviceAccountName: runner
      priorityClassName: high
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: { matchLabels: { app: api } } }]
      volumes: [{ name: settings, configMap: { name: settings } }, { name: d, persistentVolumeClaim: { claimName: data } }, { name: s, secret: { secretName: keys } }, { name: p, projected: { sources: [ { configMap: { name: settings } } ] } }]
      containers:
        - name: api
          image: example.com/api:1
          ports: [{ containerPort: 80, name: a }, { containerPort: 53 }]
          envFrom: [{ configMapRef: { name: settings } }]
          env: [{ name: DB, value: db }, { name: KEY, valueFrom: { secretKeyRef: { name: keys, key: k } } }]
---
apiVersion: v1
kind: Service
metadata: { name: api }
spec: { selector: { app: api }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: runner }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
---
apiVersion: v1
kind: Secret
metadata: { name: keys }
---
apiVersion: v1
kind: Namespace
metadata: { name: foo }
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: high }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: api }
spec: { selector: { matchLabels: { app: api } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api }
spec: { podSelector: { matchLabels: { app: api } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: web } }, namespaceSelector: { matchLabels: { x: z } } }] }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: in }
spec: { ingressClassName: nginx, tls: [{ secretName: keys, hosts: [a] }], rules: [{ host: a, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: api, port: { number: 80 } } } }] } }] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: st }
spec: { serviceName: api, selector: { matchLabels: { app: st } }, template: { metadata: { labels: { app: st } }, spec: { containers: [{ name: c, image: "api" }] } }, volumeClaimTemplates: [{ metadata: { name: data }, spec: { storageClassName: std } }] }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: cj }
spec: { schedule: "0 0 * * *", jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: c, image: example.com/api:1 }] } } } } }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: api }
spec: { hosts: [api], http: [{ route: [{ destination: { host: api } }] }] }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: api }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: api }, maxReplicas: 5 }
`,
  'base/kustomization.yaml': `resources: [api.yaml]
namePrefix: eu-
namespace: shop
labels: [{ pairs: { env: prod }, includeSelectors: true }]
`,
  'parts/cache/cache.yaml': `apiVersion: v1
kind: Service
metadata: { name: cache }
spec: { ports: [{ port: 11211 }] }
`,
  'parts/cache/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
resources: [cache.yaml]
patches: [{ path: uses.yaml }]
configMapGenerator: [{ name: settings, behavior: merge, literals: ['CACHE=cache:11211', 'Q="x"'] }]
`,
  'parts/cache/uses.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec: { replicas: 3, template: { spec: { topologySpreadConstraints: [{ topologyKey: zone, whenUnsatisfiable: ScheduleAnyway, maxSkew: 2 }, {topologyKey: zone, whenUnsatisfiable: DoNotSchedule, maxSkew: 5 }], containers: [{ name: api, env: [{ name: CACHE, value: "cache:11211" }], ports: [{ containerPort: 53, name: dns }] }] } } }
`,
  'prod/app.env': `# addresses
DB_HOST=db
  INDENTED=x
QUOTED="a b"

EMPTY=
`,
  'prod/kustomization.yaml': `resources: [../base]
components: [../parts/cache]
configMapGenerator: [{ name: settings, literals: [A=1], envs: [app.env], files: [app.env] }]
generatorOptions: { disableNameSuffixHash: true }
replicas: [{ name: api, count: 9 }, {name: st, count: 2}]
nameSuffix: -v2
labels: [{ pairs: { tier: x }, includeTemplates: true }, { pairs: { sel: x }, includeSelectors: true }, { pairs: { only: meta } }]
images: [{ name: api, newTag: two }, { name: example.com/api, newName: mirror/x/api, digest: "sha256:ab" }]
patches:
  - { target: { kind: Deployment, name: api }, patch: "- { op: add, path: /spec/paused, value: true }" }
  - { target: { kind: Deployment, name: eu-api }, patch: "- { op: add, path: /spec/minReadySeconds, value: 3 }" }
`,
};

/** Two teams on one base, and both of them together. */
const twoTeams: Files = {
  'base/api.yaml': withComponent['base/api.yaml'] ?? '',
  'base/kustomization.yaml': `resources: [api.yaml]
configMapGenerator: [{ name: settings, literals: [BASE=1, SHARED=base] }]
generatorOptions: { disableNameSuffixHash: true }
`,
  'a/del.yaml': `$patch: delete
apiVersion: batch/v1
kind: CronJob
metadata: { name: cj }
`,
  'a/kustomization.yaml': `resources: [../base]
namePrefix: a-
namespace: team-a
configMapGenerator: [{ name: settings, behavior: merge, literals: [SHARED=a] }]
generatorOptions: { disableNameSuffixHash: true }
patches:
  - path: del.yaml
  - path: vs.yaml
  - path: ops.json
    target: { kind: Deployment }
  - target: { kind: Service, name: ap.* }
    patch: |-
      apiVersion: v1
      kind: Service
      metadata: { name: any }
      spec:
        type: NodePort
        ports:
          - port: 80
            targetPort: 8080
          - port: 90
            name: second
  - patch: |-
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: api }
      spec:
        template:
          spec:
            containers:
              - name: api
                env:
                  - name: DB
                    $patch: delete
                  - name: NEW
                    value: "1"
                envFrom: [{ configMapRef: { name: settings, optional: true } }]
                ports:
                  - $patch: replace
                  - containerPort: 9999
              - name: sidecar
                image: sidecar:1
            volumes:
              - name: d
                $patch: delete
            priorityClassName: null
`,
  'a/ops.json': `[{"op":"add","path":"/metadata/annotations","value":{"x/y":"1"}},{"op":"add","path":"/metadata/annotations/b~1c","value":"2"},{"op":"replace","path":"/spec/replicas","value":5},{"op":"copy","from":"/spec/template/metadata/labels/app","path":"/spec/template/metadata/labels/copied"},{"op":"move","from":"/metadata/labels/team","path":"/metadata/labels/owner"}]
`,
  'a/vs.yaml': `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: api }
spec: { http: [{ timeout: 5s }] }
`,
  'b/kustomization.yaml': `resources: [../base]
nameSuffix: -b
namespace: team-b
images: [{ name: example.com/api, newTag: "2" }]
patchesJson6902:
  - target: { group: apps, version: v1, kind: StatefulSet, name: st }
    patch: |-
      - op: add
        path: /spec/template/spec/containers/0/env
        value: [{ name: A, value: b }]
      - op: remove
        path: /spec/volumeClaimTemplates/0/spec/storageClassName
patchesStrategicMerge:
  - |-
    apiVersion: apps/v1
    kind: StatefulSet
    metadata: { name: st }
    spec: { replicas: 3 }
`,
  'all/kustomization.yaml': `resources: [../a, ../b]
namePrefix: x-
labels: [{ pairs: { org: acme } }]
commonAnnotations: { note: hi }
replicas: [{ name: st, count: 7 }]
patches:
  - target: { labelSelector: "owner=a" }
    patch: |-
      - op: add
        path: /spec/revisionHistoryLimit
        value: 2
  - target: { kind: Service, namespace: team-b }
    patch: |-
      - op: add
        path: /spec/type
        value: ClusterIP
`,
};

const hasKustomize = spawnSync('kubectl', ['version', '--client']).status === 0;

function byKustomize(files: Files, folder: string): Readonly<Record<string, unknown>> {
  const scratch = mkdtempSync(join(tmpdir(), 'drml-kustomize-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(scratch, path)), { recursive: true });
      writeFileSync(join(scratch, path), text);
    }
    const run = spawnSync('kubectl', ['kustomize', join(scratch, folder)], { encoding: 'utf8' });
    // It warns of fields that have newer names.
    expect([run.status, run.stderr.replace(/^# Warning: .*\n/gm, '')]).toEqual([0, '']);
    return named(parseAllDocuments(run.stdout).map((document) => document.toJS()));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function named(objects: readonly { readonly kind: string; readonly metadata: { readonly name: string } }[]) {
  return Object.fromEntries(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object]));
}

test.runIf(hasKustomize).each([
  ['an overlay with a component, patches, names, labels, images, counts and config maps', withComponent, 'prod'],
  ['two overlays of one base in one, patches of every form, and references that follow names', twoTeams, 'all'],
])('%s', (_name, files, folder) => {
  const { builds, problems } = buildKustomizations(Object.entries(files).map(([path, text]) => ({ path, text })));
  expect(problems.map(({ message }) => message)).toEqual([]);
  const objects = builds.flatMap(({ manifests }) => manifests);
  const own = Object.fromEntries(objects.map(({ kind, name, root }) => [`${kind} ${name}`, plain(root)]));
  expect(own).toEqual(byKustomize(files, folder));
});
