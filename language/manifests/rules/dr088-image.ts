import { finding, type ManifestFinding, type ManifestRule } from '../manifest-rule.js';
import type { Workload } from '../workloads.js';
import { entryOf, itemsAt, textAt, type YamlNode } from '../yaml-tree.js';
import { ordersDeployment } from './example-manifests.js';

/** DR088: an image that is another one tomorrow. */
export const image: ManifestRule = {
  code: 'DR088',
  name: 'image',
  title: 'An image without a fixed version',
  severity: 'warning',
  subsumes: [],
  docs: {
    language: 'yaml',
    what: 'An image of a container has no tag, the tag latest, or a tag without any digit, and no digest; images to which a kustomization of the files gives a tag are left out. The mark that DRML writes for an image it does not know is an error.',
    why: 'Such a tag moves: a pod that starts again after a failure, or in the other region, may run another version than its neighbours, and a rollback brings back nothing. Sources: Kubernetes, Images; kube-linter latest-tag; kube-score container-image-tag.',
    how: 'Write the version that was tested, or better its digest (`image@sha256:…`).',
    bad: ordersDeployment({ image: 'registry.example.com/orders:latest' }),
    good: ordersDeployment({ image: 'registry.example.com/orders:1.4.2' }),
  },
  check({ index }) {
    const { taggedImages } = index.kustomizations;
    return index.workloads.flatMap((workload) =>
      workload.isOwned || workload.isTest
        ? []
        : [...workload.containers, ...itemsAt(workload.pod, 'initContainers')].flatMap((container) =>
            judge(workload, container, taggedImages),
          ),
    );
  },
};

function judge({ title }: Workload, container: YamlNode, tagged: ReadonlySet<string>): readonly ManifestFinding[] {
  const entry = entryOf(container, 'image');
  const written = textAt(entry?.value);
  if (entry === undefined || written === undefined || written.includes('@')) return [];
  const colon = written.indexOf(':', written.lastIndexOf('/') + 1);
  const name = colon < 0 ? written : written.slice(0, colon);
  const tag = colon < 0 ? undefined : written.slice(colon + 1);
  if (tagged.has(name)) return [];
  const about = textAt(container, 'name') ?? '';
  if (/^image-missing\.invalid\//.test(written)) {
    const message = `${title}: the image of ${about} is the mark for one that the model does not state. Write \`image\` in the model.`;
    return [finding(entry.value.at, message, { severity: 'error', subject: title, about })];
  }
  if (tag !== undefined && tag !== 'latest' && /\d/.test(tag)) return [];
  const what = tag === undefined ? 'has no tag, which means latest' : `has the tag ${tag}, which moves`;
  const message = `${title}: the image ${name} ${what}: the next pod may run another version. Write the version, or the digest.`;
  return [finding(entry.value.at, message, { subject: title, about })];
}
