/** Patches of a kustomization: which objects one is for, and what becomes of them. */
import { applyOperations, areOperations } from './json-patch.js';
import { type BuiltObject, isCalled, isIn } from './kustomize-names.js';
import { type LabelSelector, selects } from './label-selectors.js';
import { strategicMerge } from './strategic-merge.js';
import { entryOf, nodeAt, type Place, textAt, textsAt, type YamlNode } from './yaml-tree.js';

/** Takes what a patch could not do. */
export type TellPatch = (at: Place, message: string) => void;

/** The objects with the patch laid over those that it is for. `target`: whom the kustomization names, where it does. */
export function patched(
  objects: readonly BuiltObject[],
  body: YamlNode,
  target: YamlNode | undefined,
  tell: TellPatch,
): readonly BuiltObject[] {
  const isMeant = target === undefined ? namedIn(body) : chosenBy(target, tell);
  let count = 0;
  const result = objects.flatMap((object) => {
    if (!isMeant(object)) return [object];
    count += 1;
    if (areOperations(body)) return [{ ...object, root: applyOperations(object.root, body, tell) }];
    if (body.kind !== 'map') return [object];
    const root = strategicMerge(object.root, withoutIdentity(body), object.group);
    return root === undefined ? [] : [{ ...object, root }];
  });
  if (count === 0 && (target !== undefined || textAt(body, 'kind') !== undefined)) {
    const kind = textAt(target ?? body, 'kind') ?? 'an object';
    const name = target === undefined ? textAt(body, 'metadata', 'name') : textAt(target, 'name');
    tell(body.at, `This patch is for ${kind}${name === undefined ? '' : ` ${name}`}, which the kustomization does not have.`);
  }
  return result;
}

/** The patch without what only says whom it is for: an object keeps its own name and kind. */
function withoutIdentity(body: YamlNode & { readonly kind: 'map' }): YamlNode & { readonly kind: 'map' } {
  const entries = new Map(body.entries);
  entries.delete('apiVersion');
  entries.delete('kind');
  const metadata = entryOf(body, 'metadata');
  if (metadata?.value.kind === 'map') {
    const inner = new Map(metadata.value.entries);
    inner.delete('name');
    inner.delete('namespace');
    entries.set('metadata', { ...metadata, value: { ...metadata.value, entries: inner } });
  }
  return { ...body, entries };
}

/** Whom a patch is for that names its object itself. */
function namedIn(body: YamlNode): (object: BuiltObject) => boolean {
  const kind = textAt(body, 'kind');
  const name = textAt(body, 'metadata', 'name');
  const namespace = textAt(body, 'metadata', 'namespace');
  return (object) =>
    object.kind === kind && name !== undefined && isCalled(object, name) && (namespace === undefined || isIn(object, namespace));
}

/** Whom a target means: names are anchored regular expressions, labels and annotations are selectors. */
function chosenBy(target: YamlNode, tell: TellPatch): (object: BuiltObject) => boolean {
  const texts = (field: string): ((text: string) => boolean) | undefined => {
    const node = nodeAt(target, field);
    const pattern = textAt(node);
    if (node === undefined || pattern === undefined || pattern === '') return undefined;
    return patternOf(pattern) ?? refused(node, pattern);
  };
  const refused = (node: YamlNode, pattern: string): ((text: string) => boolean) => {
    tell(node.at, `${pattern} is no pattern that is followed here; it is taken for a name.`);
    return (text) => text === pattern;
  };
  const kind = texts('kind');
  const name = texts('name');
  const namespace = texts('namespace');
  const group = texts('group');
  const version = texts('version');
  const labels = selectorIn(target, 'labelSelector', tell);
  const annotations = selectorIn(target, 'annotationSelector', tell);
  return (object) =>
    (kind === undefined || kind(object.kind)) &&
    (group === undefined || group(object.group)) &&
    (version === undefined || version(object.version)) &&
    (name === undefined || [object, ...object.earlier].some((one) => name(one.name))) &&
    (namespace === undefined || [object, ...object.earlier].some((one) => namespace(one.namespace ?? 'default'))) &&
    (labels === undefined || selects(labels, textsAt(object.root, 'metadata', 'labels'))) &&
    (annotations === undefined || selects(annotations, textsAt(object.root, 'metadata', 'annotations')));
}

/** An anchored regular expression; undefined where it is none, or one that could take for ever on a hostile name. */
function patternOf(pattern: string): ((text: string) => boolean) | undefined {
  if (/^[\w-]*$/.test(pattern)) return (text) => text === pattern;
  // A repetition of a repetition takes exponential time; three side by side stay small on names of 253 letters.
  if (pattern.length > 200 || /[)][*+?{]/.test(pattern) || (pattern.match(/[*+{]/g) ?? []).length > 3) return undefined;
  try {
    const expression = new RegExp(`^(?:${pattern})$`);
    return (text) => expression.test(text);
  } catch {
    return undefined;
  }
}

const takesNothing: LabelSelector = { labels: new Map(), expressions: [{ key: '', operator: 'In', values: [] }] };

function selectorIn(target: YamlNode, field: string, tell: TellPatch): LabelSelector | undefined {
  const node = nodeAt(target, field);
  const written = textAt(node);
  if (node === undefined || written === undefined || written.trim() === '') return undefined;
  const selector = writtenSelector(written);
  if (selector === undefined) tell(node.at, `${written} is no selector. Write app=orders, or tier in (web, api).`);
  return selector ?? takesNothing;
}

/** A selector as it is written in one line: `app=orders,tier in (web, api),!canary`. */
function writtenSelector(written: string): LabelSelector | undefined {
  const labels = new Map<string, string>();
  const expressions: LabelSelector['expressions'][number][] = [];
  for (const part of written.split(/,(?![^(]*\))/)) {
    const set = /^\s*(\S+)\s+(in|notin)\s*\(([^()]*)\)\s*$/.exec(part);
    const pair = /^\s*([^\s=!]+)\s*(==?|!=)\s*([^\s=!]*)\s*$/.exec(part);
    const presence = /^\s*(!?)\s*([^\s=!()]+)\s*$/.exec(part);
    if (set !== null) {
      const values = (set[3] ?? '').split(',').map((value) => value.trim());
      expressions.push({ key: set[1] ?? '', operator: set[2] === 'in' ? 'In' : 'NotIn', values });
    } else if (pair !== null && pair[2] === '!=') {
      expressions.push({ key: pair[1] ?? '', operator: 'NotIn', values: [pair[3] ?? ''] });
    } else if (pair !== null) labels.set(pair[1] ?? '', pair[3] ?? '');
    else if (presence !== null)
      expressions.push({ key: presence[2] ?? '', operator: presence[1] === '!' ? 'DoesNotExist' : 'Exists', values: [] });
    else return undefined;
  }
  return { labels, expressions };
}
