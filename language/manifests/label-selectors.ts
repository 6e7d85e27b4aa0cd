/** Which labels a selector takes, as Kubernetes decides it. */
import { itemsAt, nodeAt, textAt, textsAt, type YamlNode } from './yaml-tree.js';

export interface LabelSelector {
  readonly labels: ReadonlyMap<string, string>;
  readonly expressions: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values: readonly string[];
  }[];
}

/** A selector with `matchLabels` and `matchExpressions`; an empty one takes everything. */
export function labelSelectorOf(node: YamlNode | undefined): LabelSelector {
  return {
    labels: textsAt(node, 'matchLabels'),
    expressions: itemsAt(node, 'matchExpressions').map((item) => ({
      key: textAt(item, 'key') ?? '',
      operator: textAt(item, 'operator') ?? '',
      values: itemsAt(item, 'values').flatMap((value) => textAt(value) ?? []),
    })),
  };
}

/** A selector that is a plain map of labels, as that of a Service. */
export function plainSelectorOf(node: YamlNode | undefined, ...path: readonly string[]): LabelSelector {
  return { labels: textsAt(nodeAt(node, ...path)), expressions: [] };
}

export function selects({ labels, expressions }: LabelSelector, of: ReadonlyMap<string, string>): boolean {
  for (const [key, value] of labels) if (of.get(key) !== value) return false;
  return expressions.every(({ key, operator, values }) => {
    const value = of.get(key);
    switch (operator) {
      case 'In':
        return value !== undefined && values.includes(value);
      case 'NotIn':
        return value === undefined || !values.includes(value);
      case 'Exists':
        return value !== undefined;
      case 'DoesNotExist':
        return value === undefined;
      default:
        return false;
    }
  });
}

/** Whether a selector says nothing, and so takes everything. */
export function isEmptySelector({ labels, expressions }: LabelSelector): boolean {
  return labels.size === 0 && expressions.length === 0;
}

/** `app=web,tier=1` */
export function spokenSelector({ labels, expressions }: LabelSelector): string {
  return [
    ...[...labels].map(([key, value]) => `${key}=${value}`),
    ...expressions.map(
      ({ key, operator, values }) => `${key} ${operator}${values.length === 0 ? '' : ` (${values.join(', ')})`}`,
    ),
  ].join(',');
}
