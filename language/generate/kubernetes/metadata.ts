/** Names, labels and annotations that generated objects carry. */
import type { Source } from '../../model/fact.js';
import { type Context, type Deployed, sourceName } from '../context.js';
import type { YamlObject } from '../yaml.js';

/** The one label selectors use. Ownership labels stay out of selectors: those cannot be changed later. */
export function selectorLabels(name: string): YamlObject {
  return { app: name };
}

/** A component with its name on the platform. */
export type Named = Pick<Deployed, 'component' | 'name'>;

/** Labels of a component's objects and pods, sorted. They hold nothing that changes without the component changing. */
export function componentLabels(context: Context, { component, name }: Named): YamlObject {
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

/** What stands under `metadata` of every generated object. */
export interface Metadata extends YamlObject {
  readonly annotations: YamlObject | undefined;
}

/** The metadata with further annotations behind its own. */
export function withAnnotations(metadata: Metadata, more: YamlObject): Metadata {
  return { ...metadata, annotations: { ...metadata.annotations, ...more } };
}

/** Metadata of an object that follows from a component: the annotation says from which lines. */
export function componentMetadata(context: Context, deployed: Named, name: string = deployed.name, source?: Source): Metadata {
  return {
    name,
    namespace: context.names.namespace,
    labels: componentLabels(context, deployed),
    annotations: { 'drml.dev/source': sourceName(context.model, source ?? deployed.component.nameSource) },
  };
}

/** Metadata of an object of the whole model, in its namespace; without a source it follows from the `model` block. */
export function modelMetadata(context: Context, name: string, source?: Source): Metadata {
  const from = source ?? context.model.settings.source;
  return {
    name,
    namespace: context.names.namespace,
    labels: {
      'app.kubernetes.io/managed-by': 'drml',
      'app.kubernetes.io/part-of': context.names.model,
      'drml.dev/model': context.names.model,
    },
    annotations: from === undefined ? undefined : { 'drml.dev/source': sourceName(context.model, from) },
  };
}
