/** Names and labels of objects in Velero's own namespace. */
import type { Source } from '../../model/fact.js';
import { type Context, sourceName } from '../context.js';
import type { YamlObject } from '../yaml.js';

/** Where Velero looks for its objects unless it was installed elsewhere. */
export const veleroNamespace = 'velero';

/** Metadata of an object that Velero reads. */
export function veleroMetadata(context: Context, name: string, source: Source, labels: YamlObject = {}): YamlObject {
  return {
    name,
    namespace: veleroNamespace,
    labels: { 'app.kubernetes.io/managed-by': 'drml', 'drml.dev/model': context.names.model, ...labels },
    annotations: { 'drml.dev/source': sourceName(context.model, source) },
  };
}
