/** The dashboard of a model, as Grafana's sidecar picks it up: promises, budgets, backups, copies, instances by zone. */
import { componentsByName } from '../../model/queries.js';
import type { BackupRun } from '../backup-runs.js';
import type { Context } from '../context.js';
import { dnsLabel } from '../names.js';
import { lines, type YamlObject } from '../yaml.js';
import { watchedBackups } from './backup-rules.js';
import { errorRatioSeries } from './objective-rules.js';
import { promNumber, series } from './promql.js';
import { replicationLag } from './replication-rules.js';

interface Target {
  readonly expr: string;
  readonly legend: string;
}

interface Panel {
  readonly title: string;
  readonly description: string;
  readonly unit: string;
  readonly targets: readonly Target[];
}

/** The longest uid that Grafana takes. */
const uidLength = 40;
const panelWidth = 12;
const panelHeight = 8;

/** The ConfigMap. The uid is the model's, so that links and bookmarks outlive every generation. */
export function dashboard(context: Context, runs: readonly BackupRun[]): YamlObject {
  const { model, names } = context;
  const uid = dnsLabel(`drml-${names.model}`, uidLength);
  const content = {
    uid,
    title: `${model.title ?? model.name}: promises and recovery`,
    tags: ['drml'],
    timezone: 'browser',
    schemaVersion: 39,
    refresh: '1m',
    time: { from: 'now-24h', to: 'now' },
    templating: { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus', label: 'Prometheus' }] },
    panels: panels(context, runs).map((panel, index) => grafanaPanel(panel, index)),
  };
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: dnsLabel(`${names.model}-dashboard`),
      namespace: names.namespace,
      labels: {
        'app.kubernetes.io/managed-by': 'drml',
        'app.kubernetes.io/part-of': names.model,
        'drml.dev/model': names.model,
        grafana_dashboard: '1',
      },
    },
    data: { [`${names.model}.json`]: lines(JSON.stringify(content, undefined, 2)) },
  };
}

function grafanaPanel({ title, description, unit, targets }: Panel, index: number) {
  const datasource = { type: 'prometheus', uid: '$' + '{datasource}' };
  return {
    id: index + 1,
    type: 'timeseries',
    title,
    description,
    datasource,
    gridPos: { x: (index % 2) * panelWidth, y: Math.floor(index / 2) * panelHeight, w: panelWidth, h: panelHeight },
    fieldConfig: { defaults: { unit }, overrides: [] },
    targets: targets.map(({ expr, legend }, at) => ({ refId: `Q${at + 1}`, datasource, expr, legendFormat: legend })),
  };
}

/** Panels that have something to show, in the order in which one looks. */
function panels(context: Context, runs: readonly BackupRun[]): readonly Panel[] {
  const { model, names } = context;
  const all: readonly Panel[] = [
    {
      title: 'Error budget left over 30 days',
      description: 'What is left of what may fail, by promise. Below 0 the promise is broken.',
      unit: 'percentunit',
      targets: promises(context).map(({ label, name, budget }) => ({
        expr: `1 - avg_over_time(${series(errorRatioSeries('1h'), { model: names.model, [label]: name })}[30d]) / ${promNumber(budget)}`,
        legend: name,
      })),
    },
    {
      title: 'Share of failures',
      description: 'Over the last hour: of requests where the mesh counts them, else of time with too few instances.',
      unit: 'percentunit',
      targets:
        promises(context).length === 0
          ? []
          : [{ expr: series(errorRatioSeries('1h'), { model: names.model }), legend: '{{journey}}{{component}}' }],
    },
    {
      title: 'Age of the last good backup',
      description: 'What would be lost if the store were gone now.',
      unit: 's',
      targets: context.overlays
        .flatMap((overlay) => watchedBackups(context, overlay, runs))
        .filter((each, index, list) => list.findIndex((other) => other.stamps === each.stamps) === index)
        .map(({ stamps, name }) => ({ expr: `time() - max(${stamps})`, legend: name })),
    },
    {
      title: 'Replication behind the primary',
      description: 'What would be lost if the primary were gone now.',
      unit: 's',
      targets: [...componentsByName(model)]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([name, component]) => {
          const lag = replicationLag(context, component);
          return lag === undefined ? [] : [{ expr: `max(${lag})`, legend: name }];
        }),
    },
    {
      title: 'Ready pods by zone',
      description: 'What would be gone with a zone. Nodes have to be labelled with their zone.',
      unit: 'short',
      targets: [{ expr: readyByZone(names.namespace), legend: '{{label_topology_kubernetes_io_zone}}' }],
    },
  ];
  return all.filter(({ targets }) => targets.length > 0);
}

/** Promised availabilities with a budget, components and journeys in the order of names. */
function promises({ model }: Context): readonly { readonly label: string; readonly name: string; readonly budget: number }[] {
  const of = (label: string, subjects: readonly (typeof model.components)[number][] | typeof model.journeys) =>
    [...subjects]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap(({ name, objective }) => {
        const budget = 1 - (objective?.availability?.value ?? 1);
        return budget > 0 ? [{ label, name, budget }] : [];
      });
  return [...of('journey', model.journeys), ...of('component', model.components)];
}

function readyByZone(namespace: string): string {
  const ready = series('kube_pod_status_ready', { namespace, condition: 'true' });
  const nodes = `on (namespace, pod) group_left (node) ${series('kube_pod_info', { namespace })}`;
  const zones = 'on (node) group_left (label_topology_kubernetes_io_zone) kube_node_labels';
  return `sum by (label_topology_kubernetes_io_zone) (${ready} * ${nodes} * ${zones})`;
}
