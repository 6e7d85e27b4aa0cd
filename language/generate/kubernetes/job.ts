/** Jobs. */
import type { Context, Deployed } from '../context.js';
import { traced, type YamlObject } from '../yaml.js';
import { componentMetadata } from './metadata.js';
import { podTemplate } from './pod-template.js';

/** The Job of a component, suspended: the model says what runs, and nobody says when. */
export function job(context: Context, deployed: Deployed): YamlObject {
  const { component } = deployed;
  context.report({
    kind: 'left-out',
    component: component.name,
    message: `${component.name}: it does not say how often it runs, so its Job is suspended. Write \`repeats every 1d\`, or start it with \`kubectl patch job ${deployed.name} -p '{"spec":{"suspend":false}}'\`.`,
    source: component.nameSource,
  });
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: componentMetadata(context, deployed),
    spec: { suspend: traced(true, component.nameSource, 'started on purpose'), template: podTemplate(context, deployed) },
  };
}
