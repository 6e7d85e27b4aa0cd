import { counted } from '../../rules/wording.js';
import {
  finding,
  type ManifestContext,
  type ManifestFinding,
  type ManifestRule,
  placeOfEntry,
  textFix,
} from '../manifest-rule.js';
import type { Manifest } from '../read-manifests.js';
import { titleOf } from '../workloads.js';
import { moveItemToEnd } from '../yaml-edits.js';
import { entryOf, itemsAt, nodeAt, numberAt, textAt, valueKey, type YamlNode } from '../yaml-tree.js';
import { ordersVirtualService } from './example-manifests.js';

const route = (subset: string): string => `  route:
    - destination:
        host: orders.shop.svc.cluster.local
        subset: ${subset}`;

/** DR080: routes that nothing reaches, or that lead nowhere certain. */
export const vsRouteOrder: ManifestRule = {
  code: 'DR080',
  name: 'vs-route-order',
  title: 'Routes that nothing reaches',
  severity: 'warning',
  subsumes: [],
  docs: {
    language: 'yaml',
    what: 'In a VirtualService a route without a condition (or for the prefix / alone) stands before others; two routes have the same condition; the weights of a route do not add up to 100; or a destination names no port where its Service in the files has several.',
    why: 'The first route that fits is taken: what stands behind one that always fits is never used, and nobody is told. Weights are shares of their sum, so a sum other than 100 sends other shares than were written. Sources: Istio, Virtual Service (HTTPRoute); IST0130, IST0131, IST0112.',
    how: 'Put special routes first and the one without a condition last. Let weights add up to 100. Name the port.',
    bad: ordersVirtualService(`- name: all
${route('v1')}
- name: canary
  match:
    - headers: { x-canary: { exact: "1" } }
${route('v2')}`),
    good: ordersVirtualService(`- name: canary
  match:
    - headers: { x-canary: { exact: "1" } }
${route('v2')}
- name: all
${route('v1')}`),
  },
  check(context) {
    return context.index
      .ofKind('VirtualService')
      .flatMap((service) =>
        service.isWhole
          ? [
              ...order(service, context),
              ...itemsAt(service.root, 'spec', 'http').flatMap((http, index) => [
                ...weights(service, http, index),
                ...ports(service, http, context),
              ]),
            ]
          : [],
      );
  },
};

function order(service: Manifest, { textOf }: ManifestContext): readonly ManifestFinding[] {
  const title = titleOf(service);
  const list = nodeAt(service.root, 'spec', 'http');
  if (list?.kind !== 'list') return [];
  const found: ManifestFinding[] = [];
  const all = list.items.findIndex(takesAll);
  if (all >= 0 && all < list.items.length - 1) {
    const http = list.items[all];
    const behind = list.items.length - 1 - all;
    const at = (http?.kind === 'map' ? http.entries.values().next().value : undefined)?.at ?? list.at;
    // Routes that take everything as well would only change places.
    const isLast = list.items.slice(all + 1).some(takesAll);
    found.push(
      finding(
        at,
        `${title}: this route takes everything, so ${counted(behind, 'route')} behind it ${behind === 1 ? 'is' : 'are'} never used. Put it last.`,
        {
          subject: title,
          about: 'order',
          fixes: [isLast ? undefined : textFix('Put this route last', moveItemToEnd(textOf(list.at.uri), list, all))],
        },
      ),
    );
  }
  const first = new Map<string, YamlNode>();
  for (const [position, http] of list.items.entries()) {
    for (const condition of itemsAt(http, 'match')) {
      const key = conditionKey(condition);
      const earlier = first.get(key);
      if (earlier === undefined) first.set(key, condition);
      // What stands behind a route that takes everything has been said.
      else if (all < 0 || position <= all) {
        found.push(
          finding(
            condition.at,
            `${title}: an earlier route, in line ${earlier.at.line}, has the same condition: this one is never used. Remove one.`,
            {
              subject: title,
              about: key,
              related: [{ at: earlier.at, message: 'The same condition.' }],
            },
          ),
        );
      }
    }
  }
  return found;
}

/** Names of conditions do not matter. */
function conditionKey(condition: YamlNode): string {
  if (condition.kind !== 'map') return valueKey(condition);
  return valueKey({ ...condition, entries: new Map([...condition.entries].filter(([key]) => key !== 'name')) });
}

function takesAll(http: YamlNode): boolean {
  if (http.kind !== 'map') return false;
  const match = nodeAt(http, 'match');
  if (match === undefined || match.kind === 'nothing') return true;
  return itemsAt(http, 'match').some((condition) => {
    if (condition.kind !== 'map') return false;
    const keys = [...condition.entries.keys()].filter((key) => key !== 'name');
    if (keys.length === 0) return true;
    const uri = nodeAt(condition, 'uri');
    return keys.length === 1 && (textAt(uri, 'prefix') === '/' || ['.*', '/.*'].includes(textAt(uri, 'regex') ?? ''));
  });
}

function weights(service: Manifest, http: YamlNode, position: number): readonly ManifestFinding[] {
  const routes = itemsAt(http, 'route');
  const written = routes.filter((one) => entryOf(one, 'weight') !== undefined);
  if (routes.length < 2 || written.length === 0) return [];
  const sum = routes.reduce((total, one) => total + (numberAt(one, 'weight') ?? 0), 0);
  const entry = entryOf(written[0], 'weight');
  if (sum === 100 || entry === undefined) return [];
  const title = titleOf(service);
  return [
    finding(
      placeOfEntry(entry),
      `${title}: the weights of this route add up to ${sum}, and each is a share of that. Let them add up to 100.`,
      {
        subject: title,
        about: `weights ${position}`,
      },
    ),
  ];
}

function ports(service: Manifest, http: YamlNode, { index }: ManifestContext): readonly ManifestFinding[] {
  const title = titleOf(service);
  return itemsAt(http, 'route').flatMap((one) => {
    const destination = nodeAt(one, 'destination');
    const host = textAt(destination, 'host');
    const entry = entryOf(destination, 'host');
    if (host === undefined || entry === undefined || nodeAt(destination, 'port') !== undefined) return [];
    const target = index.serviceOf(host, service.namespace);
    const count = itemsAt(target?.root, 'spec', 'ports').length;
    if (target === undefined || count < 2) return [];
    return [
      finding(placeOfEntry(entry), `${title} names no port of ${host}, which has ${count}. Write port.number.`, {
        subject: title,
        about: `port ${host}`,
        related: [{ at: entryOf(nodeAt(target.root, 'spec'), 'ports')?.at ?? target.root.at, message: 'Its ports.' }],
      }),
    ];
  });
}
