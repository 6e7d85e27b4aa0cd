/** `drills/SCENARIO/`: experiments of one scenario, a folder for each cluster, and the page that says how. No overlay refers to them. */
import type { Analysis } from '../../analysis/analysis.js';
import type { Scenario } from '../../model/model.js';
import type { BackupRun } from '../backup-runs.js';
import { clusterPath } from '../cluster-name.js';
import type { Context } from '../context.js';
import type { GeneratedFile } from '../generated-tree.js';
import { callersOf } from '../istio/mesh.js';
import { kustomization } from '../kubernetes/kustomization.js';
import { dnsLabel, uniqueLabels } from '../names.js';
import type { Overlay } from '../overlays.js';
import type { YamlObject } from '../yaml.js';
import { drillHits } from './drill-hits.js';
import { drillReadme, faultFolder } from './drill-readme.js';
import { faultRoute, outsideFaults } from './fault-route.js';
import { cutLink, networkChaos } from './network-chaos.js';
import { podChaos } from './pod-chaos.js';
import { restoreDrill } from './restore-drill.js';

export interface DrillFiles {
  readonly objects: readonly { readonly path: string; readonly body: YamlObject }[];
  readonly texts: readonly GeneratedFile[];
}

interface DrillObject {
  readonly overlay: Overlay;
  readonly file: string;
  readonly body: YamlObject;
  /** Failing routes are applied and taken away otherwise than experiments. */
  readonly fault: boolean;
}

/** The drills of all scenarios. */
export function drillFiles(
  context: Context,
  runs: readonly BackupRun[],
  analysis: () => Analysis,
  wanted: (path: string) => boolean,
): DrillFiles {
  const scenarios = [...context.model.scenarios].sort((a, b) => (a.name < b.name ? -1 : 1));
  const folders = uniqueLabels(scenarios.map(({ name }) => name));
  const all = scenarios.map((scenario) =>
    filesOf(context, scenario, `drills/${folders.get(scenario.name) ?? dnsLabel(scenario.name)}`, runs, analysis, wanted),
  );
  return { objects: all.flatMap(({ objects }) => objects), texts: all.flatMap(({ texts }) => texts) };
}

function filesOf(
  context: Context,
  scenario: Scenario,
  folder: string,
  runs: readonly BackupRun[],
  analysis: () => Analysis,
  wanted: (path: string) => boolean,
): DrillFiles {
  const last = context.model.drills
    .filter((drill) => drill.scenario === scenario.name)
    .sort((a, b) => (a.date < b.date ? 1 : -1))[0];
  const experiments = experimentsOf(context, scenario, last?.lasts?.value);
  const restores = restoresOf(context, scenario, runs);
  const plain = [...experiments.filter(({ fault }) => !fault), ...restores];
  const faults = experiments.filter(({ fault }) => fault);
  const contents = {
    scenario,
    last,
    folder,
    clusters: clustersOf(context, plain),
    faults: clustersOf(context, faults),
    experiments: experiments.some(({ fault }) => !fault),
    restores: restores.length > 0,
  };
  const objects = [
    ...contents.clusters.flatMap((overlay) => inFolder(`${folder}/${clusterPath(overlay)}`, overlay, plain)),
    ...contents.faults.flatMap((overlay) => inFolder(`${folder}/${clusterPath(overlay)}/${faultFolder}`, overlay, faults)),
  ];
  const path = `${folder}/README.md`;
  if (!wanted(path)) return { objects, texts: [] };
  return { objects, texts: [{ path, content: drillReadme(context, contents, analysis().scenario(scenario.name)) }] };
}

function clustersOf(context: Context, found: readonly DrillObject[]): readonly Overlay[] {
  return context.overlays.filter((overlay) => found.some((each) => each.overlay === overlay));
}

function inFolder(path: string, overlay: Overlay, found: readonly DrillObject[]): DrillFiles['objects'] {
  const here = found.filter((each) => each.overlay === overlay);
  return [
    ...here.map(({ file, body }) => ({ path: `${path}/${file}.yaml`, body })),
    { path: `${path}/kustomization.yaml`, body: kustomization(here.map(({ file }) => `${file}.yaml`).sort()) },
  ];
}

function experimentsOf(context: Context, scenario: Scenario, lasts: number | undefined): readonly DrillObject[] {
  const objects: DrillObject[] = [];
  const add = (overlay: Overlay, file: string, body: YamlObject | undefined, fault = false): void => {
    const known = objects.some((each) => each.overlay === overlay && each.file === file);
    if (body !== undefined && !known) objects.push({ overlay, file, body, fault });
  };
  for (const hit of drillHits(context, scenario)) {
    const what = [hit.store?.name, hit.zone?.path.replaceAll('.', '-')].filter((part) => part !== undefined).join('-') || 'all';
    const name = dnsLabel(`${scenario.name}-${what}`);
    add(hit.overlay, `pod-chaos-${dnsLabel(what)}`, podChaos(context, name, hit, lasts));
    if (hit.store !== undefined && context.istio && hit.count === undefined) {
      add(hit.overlay, `virtual-service-${hit.store.name}`, faultRoute(context, hit.store, scenario.name), true);
    }
  }
  for (const failing of scenario.fails) {
    for (const target of failing.targets) {
      const link = target.kind === 'link' ? cutLink(context, target) : undefined;
      if (link !== undefined) {
        const what = link.ends.map(({ path }) => path.replaceAll('.', '-')).join('-to-');
        const name = dnsLabel(`${scenario.name}-${what}`);
        add(link.overlay, `network-chaos-${dnsLabel(what)}`, networkChaos(context, name, link, failing.duration?.value ?? lasts));
      }
      const outside = target.kind === 'component' ? context.components.get(target.component) : undefined;
      if (outside === undefined || context.deployed.has(outside.name)) continue;
      const callers = callersOf(context, outside).map(({ deployed }) => deployed.component.name);
      outsideFaults(context, outside, scenario.name).forEach((body, index) => {
        const file = `virtual-service-${context.names.component(outside.name)}${index === 0 ? '' : `-${index + 1}`}`;
        for (const overlay of context.overlays) {
          if (callers.some((caller) => overlay.residents.has(caller))) add(overlay, file, body, true);
        }
      });
    }
  }
  return objects;
}

/** Where data goes bad, the drill is a restore: in every cluster that writes backups of the store. */
function restoresOf(context: Context, scenario: Scenario, runs: readonly BackupRun[]): readonly DrillObject[] {
  const names = new Set([
    ...scenario.corrupts.map(({ name }) => name),
    ...scenario.deletes.flatMap((deletion) => (deletion.kind === 'component' ? [deletion.component.name] : [])),
  ]);
  return runs
    .filter((run) => run.means === 'velero' && names.has(run.store.component.name))
    .flatMap((run) =>
      run.writers.map((overlay) => ({ overlay, file: `restore-${run.name}`, body: restoreDrill(context, run), fault: false })),
    );
}
