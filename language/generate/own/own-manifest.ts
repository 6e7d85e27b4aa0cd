/** A component's own manifest: the user's YAML, which stays the base, and what DRML has to know of it to lay patches over it. */
import { plainSelectorOf } from '../../manifests/label-selectors.js';
import { ManifestIndex } from '../../manifests/manifest-index.js';
import { type Manifest, readManifests } from '../../manifests/read-manifests.js';
import { textAt } from '../../manifests/yaml-tree.js';
import type { GenerationProblem } from '../../model/generation-problem.js';
import type { Component } from '../../model/model.js';
import { ends, type Workload, workloadApis } from '../workload.js';
import { longestOwnFile, type NamedFile, type OwnFiles } from './own-files.js';

export interface OwnManifest {
  /** As the model writes it. */
  readonly path: string;
  readonly text: string;
  readonly kind: Workload;
  readonly workload: Manifest;
  /** The container that does the work; undefined where none of several bears the component's name. */
  readonly container: string | undefined;
  /** What else the file holds. */
  readonly objects: readonly Manifest[];
  /** Its own disruption budget and autoscaler of the workload: DRML writes none beside them. */
  readonly budget: Manifest | undefined;
  readonly autoscaler: Manifest | undefined;
}

/** Reads a component's own manifest, or says why no patch can be laid over it. `name`: the component's on the platform. */
export function ownManifestOf(
  component: Component,
  name: string,
  file: NamedFile,
  files: OwnFiles,
  report: (problem: GenerationProblem) => void,
): OwnManifest | undefined {
  const missing = (message: string): undefined => {
    const source = file.source ?? component.nameSource;
    report({ kind: 'missing', component: component.name, message: `${component.name}: ${message}`, source });
    return undefined;
  };
  const { path, uri } = file;
  if (uri === undefined) {
    return missing(`"${path}" is no path of a YAML file beside the model. Write \`manifest "./k8s/${name}.yaml"\`.`);
  }
  const found = files.get(uri);
  if (found === undefined || 'problem' in found) {
    return missing(
      `the manifest "${path}" cannot be read: ${found?.problem ?? 'nobody has looked for it here'}. Nothing is generated for it.`,
    );
  }
  if (found.text.length > longestOwnFile) return missing(`the manifest "${path}" is too long for the manifest of one component.`);
  const read = readManifests([{ path: uri, text: found.text }]);
  const [broken] = read.problems.filter(({ severity }) => severity === 'error');
  if (broken !== undefined) return missing(`the manifest "${path}" has an error in line ${broken.at.line}: ${broken.message}`);
  const index = new ManifestIndex(read);
  const runs = index.workloads.filter(({ manifest: { kind } }) => isOwnWorkload(kind));
  const workload = runs.find(({ manifest }) => manifest.name === name);
  const kind = workload?.manifest.kind;
  if (workload === undefined || kind === undefined || !isOwnWorkload(kind)) {
    const others = runs.map(({ manifest }) => `${manifest.kind} ${manifest.name}`).join(', ');
    const holds = others === '' ? '' : ` It holds ${others}; the component and its workload have one name.`;
    return missing(`the manifest "${path}" holds no ${oneOf} called ${name}, so nothing is laid over it.${holds}`);
  }
  if (kind === 'Rollout' && workload.pod === undefined) {
    return missing(
      `the Rollout ${name} in "${path}" has no pods of its own. Name the manifest of the workload that it refers to, or give it a \`template\`.`,
    );
  }
  const root = workload.manifest.root;
  const selected = ends(kind) ? undefined : plainSelectorOf(root, 'spec', 'selector', 'matchLabels').labels.get('app');
  if (selected !== undefined && selected !== name) {
    return missing(
      `the pods in "${path}" are labelled \`app: ${selected}\`, and those that call them look for \`app: ${name}\`. Use one name.`,
    );
  }
  const names = workload.containers.flatMap((one) => textAt(one, 'name') ?? []);
  return {
    path,
    text: found.text,
    kind,
    workload: workload.manifest,
    container: names.length === 1 ? names[0] : names.find((one) => one === name),
    objects: index.objects,
    budget: index.budgetsOf(workload)[0],
    autoscaler: index.autoscalerOf(workload),
  };
}

/** `Deployment, …, CronJob or Rollout` */
const oneOf = Object.keys(workloadApis)
  .join(', ')
  .replace(/, (\w+)$/, ' or $1');

function isOwnWorkload(kind: string): kind is Workload {
  return Object.hasOwn(workloadApis, kind);
}
