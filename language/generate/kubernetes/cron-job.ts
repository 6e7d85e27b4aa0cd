/** CronJobs, from `repeats`. */
import { sourceOf } from '../../model/fact.js';
import type { Context, Deployed } from '../context.js';
import { cronOf } from '../cron.js';
import { traced, type YamlObject } from '../yaml.js';
import { componentMetadata } from './metadata.js';
import { podTemplate } from './pod-template.js';

/** The CronJob of a component. It runs where the job is active; where it stands by, the overlay suspends it. */
export function cronJob(context: Context, deployed: Deployed): YamlObject | undefined {
  const { component } = deployed;
  const { repeats } = component.deployment;
  if (repeats === undefined) return undefined;
  const { timezone } = context.model.settings;
  const { fields, every } = cronOf(repeats, component.name);
  if (every !== repeats.every.value) {
    context.report({
      kind: 'left-out',
      component: component.name,
      message: `${component.name}: cron cannot say every ${repeats.every.value} s; it runs every ${every} s.`,
      source: repeats.source,
    });
  }
  if (timezone !== undefined && !context.has('timeZone')) {
    context.report({
      kind: 'left-out',
      component: component.name,
      message: `${component.name}: CronJobs before Kubernetes 1.27 know no time zone; ${repeats.at ?? 'its time'} is meant in that of the control plane.`,
      source: repeats.source,
    });
  }
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: componentMetadata(context, deployed),
    spec: {
      schedule: traced(fields, repeats.source),
      timeZone: timezone === undefined || !context.has('timeZone') ? undefined : traced(timezone.value, sourceOf(timezone)),
      // A run that hangs must not meet the next one, and is given up when that is due.
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: Math.max(10, Math.floor(every / 2)),
      jobTemplate: {
        spec: {
          activeDeadlineSeconds: traced(Math.ceil(every), repeats.source, 'the next one is due'),
          template: podTemplate(context, deployed),
        },
      },
    },
  };
}
