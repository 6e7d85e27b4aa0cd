import type { Edit } from '../../edit/edit.js';
import type { Fix } from '../../rules/rule.js';
import { editDistance } from '../../syntax/nearest.js';
import { type FieldPath, spokenPath } from '../field-reader.js';
import { checkFields, placesOfField, type UnknownField } from '../fields/check-fields.js';
import type { Shape } from '../fields/fields.js';
import { finding, type ManifestContext, type ManifestFinding, type ManifestRule, textFix } from '../manifest-rule.js';
import { titleOf } from '../workloads.js';
import { moveEntry, removeEntry, renameKey } from '../yaml-edits.js';
import { nodeAt, type YamlMap } from '../yaml-tree.js';
import { ordersDeployment } from './example-manifests.js';

/** DR084: a field that its kind does not have. */
export const unknownField: ManifestRule = {
  code: 'DR084',
  name: 'unknown-field',
  title: 'A field that Kubernetes does not know',
  ofText: true,
  severity: 'error',
  subsumes: [],
  docs: {
    language: 'yaml',
    what: 'An object of Kubernetes 1.36, Istio 1.29, Gateway API, Velero or the Prometheus operator has a field that its kind does not have at this place. Kinds of other operators are not judged. Values of the wrong type, missing required fields and values that are none of the allowed ones are told without a code of a rule.',
    why: 'Depending on how it is applied, the object is refused, or the field is dropped without a word and the protection it stood for is not there. Sources: Kubernetes, Field validation; IST0106.',
    how: 'The message says which field is near by name, or where this one belongs.',
    bad: ordersDeployment({ spec: 'replicas: 3\nmaxUnavailable: 1', container: 'readynessProbe:\n  tcpSocket: { port: 8080 }' }),
    good: ordersDeployment({
      spec: 'replicas: 3\nstrategy:\n  rollingUpdate:\n    maxUnavailable: 1',
      container: 'readinessProbe:\n  tcpSocket: { port: 8080 }',
    }),
  },
  check(context) {
    const { index } = context;
    return [
      ...index.objects.flatMap((manifest) => checkFields(manifest, !manifest.isWhole).unknown),
      ...index.patches.flatMap((manifest) => checkFields(manifest, true).unknown),
    ].map((field) => judge(field, context));
  },
};

function judge(field: UnknownField, { textOf }: ManifestContext): ManifestFinding {
  const { manifest, parent, path, entry, shape } = field;
  const title = titleOf(manifest);
  const text = textOf(manifest.path);
  const where = path.length === 0 ? 'at the top' : `in ${spokenPath(path)}`;
  const near = nearField(entry.key, shape, parent);
  const remove = textFix(`Remove ${entry.key}`, removeEntry(text, parent, entry));
  const said = (hint: string, fixes: readonly (Fix | undefined)[]): ManifestFinding =>
    finding(entry.at, `${title} has no field ${entry.key} ${where}.${hint}`, {
      subject: title,
      about: spokenPath([...path, entry.key]),
      fixes: [...fixes, remove],
    });
  if (near !== undefined) return said(` Did you mean ${near}?`, [textFix(`Write ${near}`, renameKey(entry, near))]);
  const home = nearestPlace(placesOfField(manifest.apiVersion, manifest.kind, entry.key), path);
  if (home === undefined) return said(' Remove it, or look up its name.', []);
  const place = home.length === 0 ? 'at the top' : `under ${spokenPath(home)}`;
  return said(` It belongs ${place}.`, [textFix(`Move ${entry.key} ${place}`, moved(text, field, home))]);
}

/** Moves the field to its place, with the maps on the way there that are missing. */
function moved(text: string, { manifest, parent, entry }: UnknownField, home: FieldPath): readonly Edit[] | undefined {
  let depth = home.length;
  while (depth > 0 && nodeAt(manifest.root, ...home.slice(0, depth)) === undefined) depth--;
  const target = nodeAt(manifest.root, ...home.slice(0, depth));
  const around = home.slice(depth);
  if (target?.kind !== 'map' || target.entries.has(String(around[0] ?? entry.key))) return undefined;
  const keys = around.filter((step) => typeof step === 'string');
  return keys.length < around.length ? undefined : moveEntry(text, parent, entry, target, keys);
}

/** The field that was most likely meant: near by its letters, or the same but for case. */
function nearField(name: string, shape: Shape, parent: YamlMap): string | undefined {
  const wanted = name.toLowerCase();
  const limit = name.length <= 5 ? 1 : name.length <= 12 ? 2 : 3;
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of shape.keys()) {
    if (parent.entries.has(candidate)) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), limit);
    if (distance < least) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

/** Of the places that a field has: the deepest one around where it stands, else the shortest way further in. */
function nearestPlace(places: readonly FieldPath[], path: FieldPath): FieldPath | undefined {
  const isSame = (one: string | number | undefined, other: string | number | undefined): boolean =>
    one === other || (typeof one === 'number' && typeof other === 'number');
  const around = places
    .filter((place) => place.length <= 1 || place.every((step, position) => isSame(step, path[position])))
    .sort((a, b) => b.length - a.length);
  // Beside the way there may be another sort of the same thing, such as another volume: nobody knows which is meant.
  const within = places.filter((place) => path.every((step, position) => isSame(step, place[position])));
  const best = around[0] ?? within.sort((a, b) => a.length - b.length)[0];
  // In the list that the field stands in, it is meant for the item it stands in.
  return best?.map((step, position) => (typeof step === 'number' ? (path[position] ?? step) : step));
}
