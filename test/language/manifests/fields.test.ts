/** The table of fields: what it says of known kinds, and what is told of an object that is otherwise. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { checkFields, placesOfField } from '../../../language/manifests/fields/check-fields.js';
import { type FieldType, shapeOfKind } from '../../../language/manifests/fields/fields.js';
import { readManifests } from '../../../language/manifests/read-manifests.js';

/** The type under a path of fields; lists are passed through. */
function typeAt(apiVersion: string, kind: string, path: string): FieldType | undefined {
  let shape = shapeOfKind(apiVersion, kind);
  let type: FieldType | undefined;
  for (const name of path.split('.')) {
    type = shape?.get(name)?.type;
    while (type?.kind === 'list') type = type.of;
    shape = type?.kind === 'object' ? type.shape : undefined;
  }
  return type;
}

function checked(text: string, isPart = false): readonly string[] {
  const [manifest] = readManifests([{ path: 'a.yaml', text }]).manifests;
  if (manifest === undefined) throw new Error('no manifest');
  const { unknown, problems } = checkFields(manifest, isPart);
  return [
    ...unknown.map(({ path, entry }) => `${entry.at.line} unknown ${[...path, entry.key].join('.')}`),
    ...problems.map(({ at, message }) => `${at.line} ${message}`),
  ];
}

describe('the table', () => {
  it('is what the packages declare: node scripts/manifest-fields.mjs', () => {
    expect(execFileSync(process.execPath, ['scripts/manifest-fields.mjs', '--check'], { encoding: 'utf8' })).toBe('');
  });

  it.each<[string, string, string, FieldType | undefined]>([
    ['apps/v1', 'Deployment', 'spec.replicas', { kind: 'number' }],
    ['apps/v1', 'Deployment', 'spec.template.spec.restartPolicy', { kind: 'choice', values: ['Always', 'Never', 'OnFailure'] }],
    ['apps/v1', 'Deployment', 'spec.template.spec.containers.resources.limits', { kind: 'map', of: { kind: 'text-or-number' } }],
    ['apps/v1', 'Deployment', 'spec.template.spec.topologySpreadConstraints.matchLabelKeys', { kind: 'text' }],
    [
      'policy/v1',
      'PodDisruptionBudget',
      'spec.unhealthyPodEvictionPolicy',
      { kind: 'choice', values: ['AlwaysAllow', 'IfHealthyBudget'] },
    ],
    ['networking.istio.io/v1', 'DestinationRule', 'spec.trafficPolicy.loadBalancer.warmup.duration', { kind: 'text' }],
    ['networking.istio.io/v1beta1', 'VirtualService', 'spec.http.retries.retryRemoteLocalities', { kind: 'flag' }],
    ['gateway.networking.k8s.io/v1', 'HTTPRoute', 'spec.rules.timeouts.request', { kind: 'text' }],
    ['velero.io/v1', 'Schedule', 'spec.template.snapshotMoveData', { kind: 'flag' }],
    [
      'velero.io/v1',
      'Schedule',
      'spec.template.hooks.resources.pre.exec.onError',
      { kind: 'choice', values: ['Continue', 'Fail'] },
    ],
    ['monitoring.coreos.com/v1', 'PrometheusRule', 'spec.groups.rules.expr', { kind: 'text-or-number' }],
    ['apps/v1', 'Deployment', 'spec.maxUnavailable', undefined],
  ])('%s %s %s', (apiVersion, kind, path, type) => {
    const found = typeAt(apiVersion, kind, path);
    expect(found).toEqual(type);
  });

  it('says nothing of kinds it does not have', () => {
    expect(checked('apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\nwhatever: 1\n')).toEqual([]);
  });
});

describe('an object', () => {
  const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {app: web, canary: true}
spec:
  replicas: "3"
  maxUnavailable: 1
  template:
    metadata: {labels: {app: web}}
    spec:
      restartPolicy: always
      containers:
        - image: web:1
          readynessProbe: {}
          resources: {limits: {cpu: 1, memory: 1Gi}}
          env:
            - {name: PORT, value: 8080}
`;
  const always = '12 spec.template.spec.restartPolicy is Always or Never or OnFailure, and this is the text "always".';
  const types = [
    '5 metadata.labels.canary takes a text, and this is the boolean true. Write "true".',
    '7 spec.replicas takes a number, and this is the text "3". Write 3.',
    always,
    '18 spec.template.spec.containers[0].env[0].value takes a text, and this is the number 8080. Write "8080".',
  ];
  const unknown = ['8 unknown spec.maxUnavailable', '15 unknown spec.template.spec.containers.0.readynessProbe'];

  it('has fields of its kind, of the right types, and all that are required', () => {
    expect([...checked(deployment)].sort()).toEqual(
      [
        ...unknown,
        ...types,
        '7 spec.selector is missing, and Deployment requires it.',
        '14 spec.template.spec.containers[0].name is missing, and Deployment requires it.',
      ].sort(),
    );
  });

  it('may leave out what is required where it is a patch', () => {
    expect([...checked(`${deployment}$patch: merge\n`, true)].sort()).toEqual([...unknown, ...types].sort());
  });
});

it('knows where else a kind has a field', () => {
  expect(placesOfField('apps/v1', 'Deployment', 'replicas')[0]).toEqual(['spec']);
  expect(placesOfField('apps/v1', 'Deployment', 'containers')[0]).toEqual(['spec', 'template', 'spec']);
  expect(placesOfField('apps/v1', 'Deployment', 'maxUnavailable')[0]).toEqual(['spec', 'strategy', 'rollingUpdate']);
  expect(placesOfField('apps/v1', 'Deployment', 'nonsense')).toEqual([]);
});
