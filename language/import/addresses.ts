/** Addresses in settings of a container: who it calls, and the variable that says so. */
import type { Manifest } from '../manifests/read-manifests.js';
import { itemsAt, nodeAt, type Place, textAt, textsAt, type YamlNode } from '../manifests/yaml-tree.js';
import { containersOf, namespaceOf, type Workload } from './workloads.js';

/** A host that a setting names. */
export interface Address {
  /** Lower case, without scheme, port and path. */
  readonly host: string;
  readonly port?: number;
  /** Where it stands, in words: `env REDIS_ADDR`. */
  readonly by: string;
  readonly at: Place;
  /** Whether the value is an address beyond doubt: it has a port, a scheme of a protocol, or the name of the setting says so. */
  readonly isSure: boolean;
}

/** Names of settings that hold addresses. */
const addressWord =
  /(?:^|[_.-])(?:addr(?:ess)?|hosts?|hostname|urls?|uri|endpoints?|servers?|brokers?|dsn|service|upstream|target|backend)(?:$|[_.-])/i;

/** Schemes of which the host is a component that is called. */
const schemes =
  /^(?:https?|grpcs?|tcp|postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|kafka|nats|memcached?|zk|etcd|jdbc)$/i;

/** All settings of a workload that may hold addresses: variables, arguments, and the config maps it reads whole or by key. */
export function addressesOf(workload: Workload, configMaps: ReadonlyMap<string, Manifest>): readonly Address[] {
  const addresses: Address[] = [];
  for (const container of containersOf(workload)) {
    const variables = new Map<string, string>();
    for (const item of itemsAt(container, 'env')) {
      const name = textAt(item, 'name');
      const value = textAt(item, 'value');
      if (name !== undefined && value !== undefined) variables.set(name, value);
    }
    for (const item of itemsAt(container, 'env')) {
      const name = textAt(item, 'name') ?? '';
      const reference = nodeAt(item, 'valueFrom', 'configMapKeyRef');
      const map = configMaps.get(`${workload.namespace}/${textAt(reference, 'name') ?? ''}`);
      const written = nodeAt(item, 'value') ?? nodeAt(map?.root, 'data', textAt(reference, 'key') ?? '');
      addresses.push(...addressesIn(name, written, `env ${name}`, variables));
    }
    for (const item of itemsAt(container, 'envFrom')) {
      const map = configMaps.get(`${workload.namespace}/${textAt(item, 'configMapRef', 'name') ?? ''}`);
      for (const key of textsAt(map?.root, 'data').keys()) {
        addresses.push(...addressesIn(key, nodeAt(map?.root, 'data', key), `config map ${map?.name ?? ''}, ${key}`, variables));
      }
    }
    for (const field of ['command', 'args']) {
      for (const item of itemsAt(container, field)) {
        const text = textAt(item) ?? '';
        // A script is a program: what it calls cannot be told from its text.
        if (text.length > 500 || /[\n;|&]/.test(text)) continue;
        const flag = /^--?([A-Za-z][\w.-]*)=/.exec(text)?.[1];
        addresses.push(...addressesIn(flag ?? '', item, flag === undefined ? field : `--${flag}`, variables, flag));
      }
    }
  }
  return addresses;
}

function addressesIn(
  name: string,
  node: YamlNode | undefined,
  by: string,
  variables: ReadonlyMap<string, string>,
  flag?: string,
): readonly Address[] {
  const written = textAt(node);
  if (node === undefined || written === undefined || written.length > 4000) return [];
  const bare = flag === undefined ? written : written.slice(written.indexOf('=') + 1);
  const value = bare.replace(/\$[({](\w+)[)}]/g, (whole, variable: string) => variables.get(variable) ?? whole);
  const addresses: Address[] = [];
  const isNamed = addressWord.test(name.replace(/([a-z0-9])([A-Z])/g, '$1_$2'));
  for (const piece of value.split(/[\s,;]+/)) {
    const found = hostOf(piece);
    if (found === undefined) continue;
    addresses.push({
      host: found.host,
      ...(found.port === undefined ? {} : { port: found.port }),
      by,
      at: node.at,
      isSure: isNamed || found.port !== undefined || found.hasScheme,
    });
  }
  return addresses;
}

/** The host of an address such as `redis-cart:6379`, `postgres://user:secret@db/shop`, `user:secret@tcp(db:3306)/shop`, `host=db`. */
function hostOf(piece: string): { readonly host: string; readonly port?: number; readonly hasScheme: boolean } | undefined {
  let rest = piece.replace(/^["'[(]+|["'\])]+$/g, '');
  const inTcp = /@tcp\(([^()]+)\)/.exec(piece)?.[1] ?? /^host=(\S+)$/.exec(rest)?.[1];
  let hasScheme = inTcp !== undefined;
  if (inTcp !== undefined) rest = inTcp;
  else {
    rest = rest.replace(/^jdbc:/, '').replace(/^(?:dns|passthrough):(?:\/\/[^/]*)?\/*/, '');
    const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(rest);
    if (scheme?.[1] !== undefined) {
      if (!schemes.test(scheme[1])) return undefined;
      hasScheme = true;
      rest = rest.slice(scheme[0].length);
    }
    rest = rest.split(/[/?#]/)[0] ?? '';
    rest = rest.slice(rest.lastIndexOf('@') + 1);
  }
  const match = /^([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::(\d{1,5}))?$/i.exec(rest);
  const host = match?.[1]?.toLowerCase();
  if (host === undefined || !/[a-z]/.test(host) || host === 'localhost' || host.includes('..')) return undefined;
  const port = match?.[2] === undefined ? undefined : Number(match[2]);
  return { host, ...(port === undefined ? {} : { port }), hasScheme };
}

/** The config maps of a cluster, by namespace and name. */
export function configMapsOf(manifests: readonly Manifest[]): ReadonlyMap<string, Manifest> {
  return new Map(
    manifests
      .filter((manifest) => manifest.kind === 'ConfigMap' && manifest.group === '')
      .map((manifest) => [`${namespaceOf(manifest)}/${manifest.name}`, manifest]),
  );
}
