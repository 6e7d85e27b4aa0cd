/** Argo CD: an Application for each cluster, synced in waves. */
import { clusterPath, clusterWord, kubeContext } from '../cluster-name.js';
import type { Context } from '../context.js';
import { dnsLabel } from '../names.js';
import type { Overlay } from '../overlays.js';
import { traced, type Yaml, type YamlObject } from '../yaml.js';
import type { ExtraRequest } from './extras.js';

/** Where Argo CD reads its objects unless it was installed elsewhere. */
const argoNamespace = 'argocd';
/** The label that the steps of a rolling sync tell Applications apart by. */
const waveLabel = 'drml.dev/wave';

/**
 * The ApplicationSet. Clusters that stand by come first, all at once: what breaks there breaks nobody. Those that serve follow one after
 * the other, each when the one before is healthy. Argo CD turns automated syncs off under such a strategy, so none is asked for. Numbers
 * of replicas need no exception: where an autoscaler has them, the manifests have none.
 */
export function applicationSet(context: Context, request: ExtraRequest): YamlObject {
  const { names } = context;
  const waves = wavesOf(context);
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: {
      name: names.model,
      namespace: argoNamespace,
      labels: { 'app.kubernetes.io/managed-by': 'drml', 'drml.dev/model': names.model },
    },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [
        {
          list: {
            elements: waves.flatMap((overlays, index) =>
              overlays.map((overlay) => ({
                cluster: traced(kubeContext(overlay), overlay.region.nameSource),
                name: dnsLabel(`${names.model}-${clusterWord(overlay)}`),
                path: clusterPath(overlay),
                wave: String(index + 1),
              })),
            ),
          },
        },
      ],
      strategy: {
        type: 'RollingSync',
        rollingSync: {
          steps: waves.map((_overlays, index) => ({
            matchExpressions: [{ key: waveLabel, operator: 'In', values: [String(index + 1)] }],
          })),
        },
      },
      template: {
        metadata: { name: '{{.name}}', labels: { [waveLabel]: '{{.wave}}' } },
        spec: {
          project: 'default',
          source: {
            repoURL: repository(context, request),
            targetRevision: 'HEAD',
            path: `${request.folder === undefined || request.folder === '' ? '' : `${request.folder}/`}overlays/{{.path}}`,
          },
          destination: { name: '{{.cluster}}', namespace: names.namespace },
          syncPolicy: { syncOptions: ['ServerSideApply=true', 'PruneLast=true', 'CreateNamespace=false'] },
        },
      },
    },
  };
}

/** Clusters in which nothing is active, then each of the others. */
function wavesOf({ overlays }: Context): readonly (readonly Overlay[])[] {
  const serves = (overlay: Overlay): boolean => [...overlay.residents.values()].some(({ active }) => active > 0);
  const standby = overlays.filter((overlay) => !serves(overlay));
  return [...(standby.length > 0 ? [standby] : []), ...overlays.filter(serves).map((overlay) => [overlay])];
}

function repository({ model, report }: Context, request: ExtraRequest): Yaml {
  if (request.repository !== undefined) return request.repository;
  const source = model.settings.source ?? { uri: model.root, start: 0, end: 0 };
  report({
    kind: 'missing',
    message: 'Nobody says where the generated folder is kept, so Argo CD gets a placeholder. Give `--repository URL`.',
    source,
  });
  return traced('https://repository-missing.invalid/', source, 'PLACEHOLDER: no --repository was given');
}
