/** Where a component's own manifest says something else than the model: each at both places. */
import { quantityOf } from '../../manifests/quantities.js';
import type { Manifest } from '../../manifests/read-manifests.js';
import { itemsAt, nodeAt, textAt, type YamlNode } from '../../manifests/yaml-tree.js';
import type { Source } from '../../model/fact.js';
import type { Context, Deployed } from '../context.js';
import { asList, asMap, unmarked, type Yaml, type YamlObject } from '../yaml.js';
import { entryKeys } from './json-patch.js';
import type { OwnManifest } from './own-manifest.js';

interface Difference {
  /** `spec.template.spec.containers.orders.image` */
  readonly field: string;
  readonly ours: string;
  readonly theirs: YamlNode;
  readonly source: Source | undefined;
  /** Set where what the model says is several values, of which each cluster takes its own. */
  readonly isSeveral?: boolean;
}

/** Instances of a component in one cluster, and the statement that says so. */
export interface Count {
  readonly replicas: number;
  readonly source: Source | undefined;
}

/**
 * Reports what is laid over a component's own workload that it states otherwise.
 * @param counts of each cluster: a number of replicas that none of them has is meant for none of them
 */
export function reportContradictions(
  context: Context,
  deployed: Deployed,
  own: OwnManifest,
  patch: YamlObject,
  counts: readonly Count[],
): void {
  const { root } = own.workload;
  const differences = [...differencesOf({ spec: patch.spec ?? {} }, root)];
  const stated = nodeAt(root, 'spec', 'replicas');
  const [first] = counts;
  const isMeant = stated?.kind !== 'number' || counts.some(({ replicas }) => replicas === stated.value);
  if (!isMeant && own.autoscaler === undefined && first !== undefined) {
    const numbers = [...new Set(counts.map(({ replicas }) => replicas))];
    const isSeveral = numbers.length > 1;
    differences.push({ field: 'spec.replicas', ours: numbers.join(' or '), theirs: stated, source: first.source, isSeveral });
  }
  for (const difference of differences) {
    reportDifference(context, deployed, own, difference, `what is generated makes it ${difference.ours}`);
  }
}

/** Reports what an object of the user's states otherwise than the one that DRML would write in its place. The user's stays. */
export function reportOwnObject(
  context: Context,
  deployed: Deployed,
  own: OwnManifest,
  generated: YamlObject | undefined,
  theirs: Manifest,
): void {
  const { spec = {} } = generated ?? {};
  const { selector: _selector, scaleTargetRef: _target, behavior: _behavior, metrics: _metrics, ...numbers } = asMap(spec) ?? {};
  for (const difference of differencesOf({ spec: numbers }, theirs.root)) {
    reportDifference(context, deployed, own, difference, `the ${theirs.kind} ${theirs.name} stays as it is`);
  }
}

function reportDifference(
  context: Context,
  { component }: Deployed,
  own: OwnManifest,
  { field, ours, theirs, source, isSeveral }: Difference,
  outcome: string,
): void {
  context.report({
    kind: 'contradiction',
    component: component.name,
    message: `${component.name}: ${field} is ${ours} by the model, and ${textAt(theirs) ?? 'something else'} in ${own.path}:${theirs.at.line}; ${outcome}. Correct one of them.`,
    source: source ?? component.nameSource,
    other: { uri: theirs.at.uri, start: theirs.at.start, end: theirs.at.end },
    field,
    ...(isSeveral === true ? {} : { mended: inPlaceOf(theirs, ours) }),
  });
}

/** A value as YAML, in quotes where the one that it takes the place of is a text that is no plain word. */
function inPlaceOf(theirs: YamlNode, ours: string): string {
  const isPlain = /^[A-Za-z0-9][A-Za-z0-9_./@-]*(:[A-Za-z0-9_./@-]+)*$/.test(ours);
  return isPlain && (theirs.kind !== 'text' || !theirs.quoted) ? ours : JSON.stringify(ours);
}

/** What two objects state differently at the same place. */
function differencesOf(patch: Yaml, root: YamlNode): readonly Difference[] {
  const differences: Difference[] = [];
  compare(patch, root, []);
  return differences;

  function compare(ours: Yaml, theirs: YamlNode | undefined, path: readonly string[], from?: Source): void {
    if (theirs === undefined || theirs.kind === 'nothing' || theirs.kind === 'template') return;
    const marked = unmarked(ours);
    const source = marked.source ?? from;
    const { value } = marked;
    const list = asList(value);
    const map = asMap(value);
    if (list !== undefined) {
      const key = entryKeys[path.at(-1) ?? ''];
      if (key === undefined) return;
      for (const item of list) {
        const id = asMap(item)?.[key];
        const name = id === undefined ? '' : String(unmarked(id).value);
        const other = itemsAt(theirs).find((candidate) => textAt(candidate, key) === name);
        compare(item, other, [...path, name], source);
      }
      return;
    }
    if (map !== undefined) {
      for (const [field, inner] of Object.entries(map)) {
        if (inner !== undefined) compare(inner, nodeAt(theirs, field), [...path, field], source);
      }
      return;
    }
    const written = textAt(theirs);
    if (written === undefined || same(String(value), written, path)) return;
    differences.push({ field: path.join('.'), ours: String(value), theirs, source });
  }

  /** Whether both say the same: 500m is 0.5, and a port may be named. */
  function same(ours: string, written: string, path: readonly string[]): boolean {
    if (ours === written) return true;
    if (path.at(-1) === 'port') {
      const ports = nodeAt(root, 'spec', 'template', 'spec', 'containers');
      const named = itemsAt(ports).flatMap((one) => itemsAt(one, 'ports').filter((port) => textAt(port, 'name') === written));
      return named.some((port) => textAt(port, 'containerPort') === ours);
    }
    if (!path.includes('resources')) return false;
    const [a, b] = [quantityOf(ours), quantityOf(written)];
    return a !== undefined && a === b;
  }
}
