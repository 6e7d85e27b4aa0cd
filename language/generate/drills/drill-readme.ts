/** What one needs to try a scenario: how to start and stop, what the model expects, and what to write down. */
import type { ScenarioFigures } from '../../analysis/analysis.js';
import { timeText } from '../../analysis/figure-text.js';
import type { Drill, Scenario } from '../../model/model.js';
import { clusterPath, kubeContext } from '../cluster-name.js';
import type { Context } from '../context.js';
import { bullets, fenced, page, table, words } from '../markdown.js';
import type { Overlay } from '../overlays.js';
import { drillHeader } from './fault-route.js';
import { drillNamespace } from './restore-drill.js';

/** Below a cluster's folder: what is never deleted, only replaced. */
export const faultFolder = 'faults';

export interface DrillContents {
  readonly scenario: Scenario;
  /** The last drill of it, whose limits hold for the next one. */
  readonly last: Drill | undefined;
  readonly folder: string;
  /** Clusters with experiments or restores. */
  readonly clusters: readonly Overlay[];
  /** Clusters with failing routes. */
  readonly faults: readonly Overlay[];
  readonly restores: boolean;
}

/** The page, as Markdown. */
export function drillReadme(context: Context, contents: DrillContents, figures: ScenarioFigures | undefined): string {
  const { scenario } = contents;
  const parts = [
    `# Drill: ${words(scenario.title ?? scenario.name)}`,
    'Nothing here is part of an overlay: it is applied on purpose, watched, and taken away.',
    startAndStop(context, contents),
    expected(figures),
    results(context, contents, figures),
  ];
  return page(parts);
}

function startAndStop(context: Context, { folder, clusters, faults, restores, last }: DrillContents): string {
  if (clusters.length + faults.length === 0) return 'No experiment can be generated for it: do by hand what the scenario says.';
  const kubectl = (overlay: Overlay, command: string): string => `kubectl --context ${kubeContext(overlay)} ${command}`;
  const start = [
    ...clusters.map((overlay) => kubectl(overlay, `apply -k ${folder}/${clusterPath(overlay)}`)),
    ...faults.map((overlay) => kubectl(overlay, `apply -k ${folder}/${clusterPath(overlay)}/${faultFolder}`)),
  ];
  const stop = [
    ...clusters.map((overlay) => kubectl(overlay, `delete -k ${folder}/${clusterPath(overlay)}`)),
    ...faults.map((overlay) => kubectl(overlay, `apply -k overlays/${clusterPath(overlay)}`)),
  ];
  const notes = [
    'Experiments end by themselves; `delete` ends them early.',
    ...(last?.stopsWhen === undefined ? [] : [`Stop when: ${words(last.stopsWhen.value)}.`]),
    ...(last?.traffic === undefined ? [] : [`Share of traffic: ${Math.round(last.traffic.value * 100)}%.`]),
    ...(faults.length > 0
      ? [
          `Only calls with the header \`${drillHeader}\` fail. The failing routes stand in for those of the overlay until it is applied again: never delete them, or no routes are left.`,
        ]
      : []),
    ...(restores ? [`Restores go into the namespace ${drillNamespace(context)}; delete it when you have looked.`] : []),
  ];
  return ['## Start and stop', fenced('sh', [...start, '', '# Stop:', ...stop]), bullets(notes)].join('\n\n');
}

/** What the model yields for each subject that somebody expects something of. */
function expected(figures: ScenarioFigures | undefined): string {
  if (figures === undefined || figures.expectations.length === 0) return '';
  const rows = figures.expectations.flatMap(({ subject, checks }) =>
    checks.map(({ measure, target, estimate }) => [subject, words(`${measure} ${target}`), words(estimate)]),
  );
  return `## What is expected\n\n${table(['of', 'is expected', 'the model yields'], rows)}`;
}

/** The block to fill in. The model's own numbers stand beside it as comments, so that nobody takes them for measured ones. */
function results(context: Context, { scenario, last }: DrillContents, figures: ScenarioFigures | undefined): string {
  const subjects = [...new Set(scenario.expects.map(({ target }) => target.name))].sort();
  const estimate = (name: string): string => {
    const found = figures?.recovery.find((each) => each.name === name);
    return found === undefined ? 'not affected' : `rto ${timeText(found.rto)}, rpo ${timeText(found.rpo)}`;
  };
  const measured =
    subjects.length === 0
      ? ['  measured rto … rpo …']
      : subjects.map((name) => `  measured ${name} rto … rpo …   // computed: ${estimate(name)}`);
  return [
    '## What to write down',
    `Put this into ${context.model.name}'s model with what you measured, and replace each \`…\`:`,
    fenced('drml', [
      `drill ${scenario.name} on … {`,
      `  in ${last?.environment?.value ?? '…'}  lasts …${last?.stopsWhen === undefined ? '' : `  stops when ${JSON.stringify(last.stopsWhen.value)}`}`,
      ...measured,
      '}',
    ]),
  ].join('\n\n');
}
