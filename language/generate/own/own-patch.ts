/** What DRML lays over a component's own manifest: the fields that follow from the model, and nothing that it would make up itself. */
import type { Context, Deployed } from '../context.js';
import { componentMetadata, selectorLabels } from '../kubernetes/metadata.js';
import { podTemplate } from '../kubernetes/pod-template.js';
import { containerPorts } from '../kubernetes/ports.js';
import { asList, asMap, traced, unmarked, type Yaml, type YamlObject } from '../yaml.js';
import type { OwnManifest } from './own-manifest.js';

/** The patch of the base. How many instances run where is each cluster's to say, as for generated workloads. */
export function ownPatch(context: Context, deployed: Deployed, own: OwnManifest): YamlObject {
  const { component } = deployed;
  const { annotations } = componentMetadata(context, deployed);
  const labels = {
    ...selectorLabels(deployed.name),
    'drml.dev/model': context.names.model,
    'drml.dev/tier': component.tier === undefined ? undefined : String(component.tier.value),
  };
  // What the model does not say is the manifest's here: only what is wrong with its statements is told.
  const report: Context['report'] = (problem) => {
    if (problem.source !== component.nameSource) context.report(problem);
  };
  const pod = asMap(podTemplate({ ...context, report }, deployed).spec) ?? {};
  const { deployment, demand } = component;
  const { image } = deployment;
  const container = own.container === undefined ? undefined : asMap(asList(pod.containers)?.[0]);
  if (own.container === undefined && (image !== undefined || deployment.probes.length > 0 || demand.cpu !== undefined)) {
    context.report({
      kind: 'missing',
      component: component.name,
      message: `${component.name}: no container in "${own.path}" is called ${deployed.name}, so image, probes and resources are not laid over it. Give the one that does the work this name.`,
      source: component.nameSource,
    });
  }
  const changes: YamlObject = {
    image: image === undefined ? undefined : container?.image,
    startupProbe: probe(deployed, container?.startupProbe),
    readinessProbe: probe(deployed, container?.readinessProbe),
    livenessProbe: probe(deployed, container?.livenessProbe),
    resources: container?.resources,
  };
  const spec: YamlObject = {
    priorityClassName: pod.priorityClassName,
    terminationGracePeriodSeconds: deployment.grace === undefined ? undefined : pod.terminationGracePeriodSeconds,
    topologySpreadConstraints: pod.topologySpreadConstraints,
    containers: container === undefined || isEmpty(changes) ? undefined : [{ name: own.container, ...changes }],
  };
  const template = { metadata: { labels }, spec: isEmpty(spec) ? undefined : spec };
  return {
    apiVersion: own.workload.apiVersion,
    kind: own.kind,
    metadata: { name: deployed.name, labels, annotations },
    spec: own.kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template },
  };
}

/** A probe that asks a port by its number: the names of the ports are the manifest's. */
function probe({ component }: Deployed, generated: Yaml | undefined): Yaml | undefined {
  const fields = asMap(generated);
  if (fields === undefined) return undefined;
  const numbered = (question: Yaml | undefined): Yaml | undefined => {
    const asked = asMap(question);
    if (asked === undefined) return undefined;
    const { port, ...rest } = asked;
    const name = port === undefined ? undefined : unmarked(port).value;
    const number = containerPorts(component).find((one) => one.name === name)?.target;
    return { ...rest, port: number ?? port };
  };
  const asked = { ...fields, httpGet: numbered(fields.httpGet), tcpSocket: numbered(fields.tcpSocket) };
  return generated === undefined ? undefined : traced(asked, unmarked(generated).source);
}

function isEmpty(map: YamlObject): boolean {
  return Object.values(map).every((value) => value === undefined);
}
