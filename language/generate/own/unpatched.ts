/** What a component's own manifest keeps to itself, though the model says something of it: of its kind no patch can say it. */
import { sourceOf } from '../../model/fact.js';
import type { Context, Deployed } from '../context.js';
import type { OwnManifest } from './own-manifest.js';

/** Reports it. */
export function reportUnpatched(context: Context, { component }: Deployed, { kind, path }: OwnManifest): void {
  const { scales, repeats } = component.deployment;
  const leftOut = (message: string, source = component.nameSource): void =>
    context.report({ kind: 'left-out', component: component.name, message: `${component.name}: ${message}`, source });
  if (kind === 'DaemonSet') {
    leftOut(
      `a DaemonSet runs on every node that its "${path}" selects, so neither the number of instances nor their spread nor a disruption budget is laid over it.`,
      component.placements[0]?.source,
    );
    if (scales !== undefined) leftOut('a DaemonSet has nothing to scale; no autoscaler is written.', scales.source);
  }
  if (kind === 'CronJob' && repeats !== undefined) {
    leftOut(`it runs when the schedule in "${path}" says; the model's \`repeats\` is not laid over it.`, repeats.source);
  }
  if (kind === 'Job') {
    leftOut(
      `Kubernetes takes no change of a Job's pods once it is there; delete the Job of "${path}" before you apply a new patch.`,
    );
  }
  if (kind === 'Job' || kind === 'CronJob') {
    const [probe] = component.deployment.probes;
    if (probe !== undefined) leftOut(`nothing is routed to a ${kind}, so its probes are left out.`, probe.source);
    const { grace } = component.deployment;
    if (grace !== undefined) leftOut(`a ${kind} does not drain, so grace is not laid over it.`, sourceOf(grace));
  }
}
