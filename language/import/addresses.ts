/** Addresses in settings of a container: who it calls, and the variable that says so. */
import type { Manifest } from '../manifests/read-manifests.js';
import { itemsAt, nodeAt, type Place, textAt, textsAt, type YamlNode } from '../manifests/yaml-tree.js';
import { piecesOf } from './settings-files.js';
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
  /** Whether nobody but a component at hand may be meant: in a file of any language, what looks like an address may be none. */
  readonly isInside?: true;
}

/** Names of settings that hold addresses. */
const addressWord =
  /(?:^|[_.-])(?:addr(?:ess)?|hosts?|hostname|urls?|uri|endpoints?|servers?|brokers?|dsn|service|upstream|target|backend|bootstrap|connect(?:ion)?|seeds?|nodes?|peers?|master|primary|replicas?|sentinels?)(?:$|[_.-])/i;

/** Schemes of which the host is a component that is called. */
const schemes =
  /^(?:https?|grpcs?|tcp|postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|kafka|nats|memcached?|zk|etcd|jdbc)$/i;

/** All settings of a workload that may hold addresses: variables, arguments, and the config maps it reads whole or by key. */
export function addressesOf(workload: Workload, configMaps: ConfigMaps): readonly Address[] {
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
      const map = configMaps(workload.namespace, textAt(reference, 'name') ?? '');
      const written = nodeAt(item, 'value') ?? nodeAt(map?.root, 'data', textAt(reference, 'key') ?? '');
      addresses.push(...addressesIn(name, written, `env ${name}`, variables));
    }
    for (const item of itemsAt(container, 'envFrom')) {
      const map = configMaps(workload.namespace, textAt(item, 'configMapRef', 'name') ?? '');
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
  addresses.push(...mountedAddresses(workload, configMaps));
  return addresses;
}

/** Addresses in the config maps that the pod mounts as files. */
function mountedAddresses(workload: Workload, configMaps: ConfigMaps): readonly Address[] {
  const mounted = itemsAt(workload.pod, 'volumes').flatMap((volume) => [
    nodeAt(volume, 'configMap'),
    ...itemsAt(volume, 'projected', 'sources').map((source) => nodeAt(source, 'configMap')),
  ]);
  return mounted.flatMap((reference) => {
    const map = configMaps(workload.namespace, textAt(reference, 'name') ?? '');
    const data = nodeAt(map?.root, 'data');
    if (map === undefined || data?.kind !== 'map') return [];
    return [...data.entries.values()].flatMap(({ key, value }) => addressesInFile(`config map ${map.name}, ${key}`, value));
  });
}

const readFiles = new WeakMap<YamlNode, readonly Address[]>();

/** Read once, however many mount it. */
function addressesInFile(by: string, node: YamlNode): readonly Address[] {
  const known = readFiles.get(node);
  if (known !== undefined) return known;
  const addresses: Address[] = [];
  const said = new Set<string>();
  for (const { setting, piece, line } of piecesOf(textAt(node) ?? '')) {
    const host = hostOf(piece);
    const isNamed = isAddressName(setting);
    if (host === undefined || (!isNamed && host.port === undefined && !host.hasScheme)) continue;
    const address = `${host.host}:${host.port ?? ''}`;
    if (said.has(address)) continue;
    said.add(address);
    addresses.push({
      host: host.host,
      ...(host.port === undefined ? {} : { port: host.port }),
      by,
      at: node.kind === 'text' && node.firstLine !== undefined ? { ...node.at, line: node.firstLine + line } : node.at,
      isSure: true,
      ...(isNamed && (host.port !== undefined || host.hasScheme) ? {} : { isInside: true }),
    });
  }
  readFiles.set(node, addresses);
  return addresses;
}

/** Whether a setting of that name holds addresses: `REDIS_ADDR`, `bootstrap.servers`, `dbHost`. */
function isAddressName(name: string): boolean {
  return addressWord.test(name.replace(/([a-z0-9])([A-Z])/g, '$1_$2'));
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
  const isNamed = isAddressName(name);
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

/** Finds the config map that a pod of a namespace means by a name. */
export type ConfigMaps = (namespace: string, name: string) => Manifest | undefined;

/** The config maps of a cluster. One without a namespace goes where whoever applies it says, and serves any. */
export function configMapsOf(manifests: readonly Manifest[]): ConfigMaps {
  const maps = new Map<string, Manifest>();
  for (const manifest of manifests) {
    if (manifest.kind !== 'ConfigMap' || manifest.group !== '') continue;
    maps.set(`${namespaceOf(manifest)}/${manifest.name}`, manifest);
    if (manifest.namespace === undefined) maps.set(`/${manifest.name}`, manifest);
  }
  return (namespace, name) => maps.get(`${namespace}/${name}`) ?? maps.get(`/${name}`);
}
