/** Names, labels and annotations that generated objects carry. */
import type { Source } from '../../model/fact.js';
import { type Context, type Deployed, sourceName } from '../context.js';
import type { YamlObject } from '../yaml.js';

/** The one label selectors use. Ownership labels stay out of selectors: those cannot be changed later. */
export function selectorLabels(name: string): YamlObject {
  return { app: name };
}

/** Labels of a component's objects and pods, sorted. They hold nothing that changes without the component changing. */
export function componentLabels(context: Context, { component, name }: Deployed): YamlObject {
  return {
    app: name,
    'app.kubernetes.io/component': component.kind,
    'app.kubernetes.io/managed-by': 'drml',
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/part-of': context.names.model,
    'drml.dev/model': context.names.model,
    'drml.dev/tier': component.tier === undefined ? undefined : String(component.tier.value),
  };
}

/** Metadata of an object that follows from a component: the annotation says from which lines. */
export function componentMetadata(
  context: Context,
  deployed: Deployed,
  name: string = deployed.name,
  source?: Source,
): YamlObject {
  return {
    name,
    namespace: context.names.namespace,
    labels: componentLabels(context, deployed),
    annotations: { 'drml.dev/source': sourceName(context.model, source ?? deployed.component.nameSource) },
  };
}
