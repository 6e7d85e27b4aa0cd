// Writes language/manifests/fields/field-table.ts: which fields the kinds have that manifests are made of, their types, allowed values
// and which are required. The facts come from the declarations of the packages kubernetes-models and @kubernetes-models/*, and
// from scripts/manifest-fields-by-hand.mjs for kinds that no package has. `--check` writes nothing and fails where the file is not up to date.
//
// What the table looks like is explained in language/manifests/fields/fields.ts, which reads it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { kindsByHand } from './manifest-fields-by-hand.mjs';
import { root } from './project.mjs';

const modules = join(process.env.DRML_MODULES ?? root, 'node_modules');
const file = join(root, 'language', 'manifests', 'fields', 'field-table.ts');

/** Package folder → `file` within it → the kinds there. A second name is an older version with the same fields. */
const packages = {
  'kubernetes-models': {
    v1: 'ConfigMap Endpoints LimitRange Namespace PersistentVolume PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount',
    'apps/v1': 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet',
    'autoscaling/v1': 'HorizontalPodAutoscaler',
    'autoscaling/v2': 'HorizontalPodAutoscaler',
    'batch/v1': 'CronJob Job',
    'discovery.k8s.io/v1': 'EndpointSlice',
    'networking.k8s.io/v1': 'Ingress IngressClass NetworkPolicy',
    'policy/v1': 'PodDisruptionBudget',
    'rbac.authorization.k8s.io/v1': 'ClusterRole ClusterRoleBinding Role RoleBinding',
    'scheduling.k8s.io/v1': 'PriorityClass',
    'storage.k8s.io/v1': 'StorageClass VolumeAttachment',
  },
  '@kubernetes-models/istio': {
    'networking.istio.io/v1': 'DestinationRule Gateway ServiceEntry Sidecar VirtualService WorkloadEntry WorkloadGroup',
    'networking.istio.io/v1alpha3': 'EnvoyFilter',
    'networking.istio.io/v1beta1': 'ProxyConfig',
    'security.istio.io/v1': 'AuthorizationPolicy PeerAuthentication RequestAuthentication',
    'telemetry.istio.io/v1': 'Telemetry',
  },
  '@kubernetes-models/gateway-api': {
    'gateway.networking.k8s.io/v1': 'Gateway GatewayClass GRPCRoute HTTPRoute',
    'gateway.networking.k8s.io/v1beta1': 'ReferenceGrant',
  },
  '@kubernetes-models/prometheus-operator': {
    'monitoring.coreos.com/v1': 'PodMonitor PrometheusRule ServiceMonitor',
  },
};

/** Versions whose fields are those of another. */
const sameFields = [
  [
    'networking.istio.io/v1beta1',
    'networking.istio.io/v1',
    'DestinationRule Gateway ServiceEntry Sidecar VirtualService WorkloadEntry WorkloadGroup',
  ],
  [
    'networking.istio.io/v1alpha3',
    'networking.istio.io/v1',
    'DestinationRule Gateway ServiceEntry Sidecar VirtualService WorkloadEntry WorkloadGroup',
  ],
  ['security.istio.io/v1beta1', 'security.istio.io/v1', 'AuthorizationPolicy PeerAuthentication RequestAuthentication'],
  ['telemetry.istio.io/v1alpha1', 'telemetry.istio.io/v1', 'Telemetry'],
  ['gateway.networking.k8s.io/v1beta1', 'gateway.networking.k8s.io/v1', 'Gateway GatewayClass HTTPRoute'],
];

/** Shapes of objects as text, each once; its place in the list is its number. */
const shapes = [];
const numbers = new Map();
const definitions = new Map();

function shapeNumber(text) {
  let number = numbers.get(text);
  if (number === undefined) {
    number = shapes.push(text) - 1;
    numbers.set(text, number);
  }
  return number;
}

/** The type that a declaration file defines: the one interface or type in it whose name starts with I. */
function definitionOf(path) {
  const known = definitions.get(path);
  if (known !== undefined) {
    if (known === 'open') throw new Error(`${path} contains itself`);
    return known;
  }
  definitions.set(path, 'open');
  const text = readFileSync(path, 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
  const imports = new Map();
  for (const [, names, from] of text.matchAll(/import \{([^}]*)\} from "([^"]+)";/g)) {
    for (const name of names.split(',')) imports.set(name.trim(), from);
  }
  const declared = /export (?:interface I\w+(?: extends (?<bases>[\w, ]+?))? (?=\{)|type I\w+ = )/.exec(text);
  if (declared === null) throw new Error(`${path} declares nothing`);
  const own = new TypeReader(text.slice(declared.index + declared[0].length), path, imports).read();
  // Of objects of their own kind the fields that all kinds have are added elsewhere.
  const bases = (declared.groups.bases ?? '').split(',').filter((base) => base.trim() !== '' && base.trim() !== 'TypeMeta');
  const parts = [...bases.map((base) => definitionOf(fileOf(imports.get(base.trim()), path))), own];
  const type = bases.length === 0 ? own : String(shapeNumber(parts.flatMap((part) => shapes[Number(part)] ?? []).join('|')));
  definitions.set(path, type);
  return type;
}

function fileOf(from, path) {
  const target = from.startsWith('.') ? join(dirname(path), from) : join(modules, from);
  return `${target.replace(/\.js$/, '')}.d.ts`;
}

/**
 * Reads a type of TypeScript as the table writes it: `s` text, `n` number, `b` boolean, `q` text or number, `a` anything,
 * `"A,B"` one of these texts, `*T` list, `%T` map, and the number of a shape.
 */
class TypeReader {
  constructor(text, path, imports) {
    this.tokens = [...text.matchAll(/"[^"]*"|[A-Za-z_]\w*|\d+|[^\s]/g)].map(([token]) => token);
    this.at = 0;
    this.path = path;
    this.imports = imports;
  }

  next() {
    return this.tokens[this.at++];
  }

  skip(token) {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }

  expect(token) {
    if (!this.skip(token))
      throw new Error(`${this.path}: ${token} expected, not ${this.tokens.slice(this.at - 3, this.at + 3).join(' ')}`);
  }

  read() {
    const parts = new Set();
    const texts = [];
    this.skip('|');
    do {
      const part = this.single();
      // What stands behind & says which fields exclude each other: a matter for the cluster.
      while (this.skip('&')) this.pass();
      if (part.startsWith('"')) texts.push(part.slice(1, -1));
      else if (part !== 'null') parts.add(part);
    } while (this.skip('|'));
    if (texts.length > 0 && parts.size === 0) return `"${texts.join(',')}"`;
    if (parts.size === 1 && texts.length === 0) return [...parts][0];
    if (parts.size === 2 && parts.has('s') && parts.has('n')) return 'q';
    return 'a';
  }

  single() {
    const token = this.next();
    if (token.startsWith('"')) return token;
    if (token === '{') return this.object();
    if (token === 'Array') {
      this.expect('<');
      const item = this.read();
      this.expect('>');
      return `*${item}`;
    }
    if (token === 'string') return 's';
    if (token === 'number' || /^\d/.test(token)) return 'n';
    if (token === 'boolean') return 'b';
    if (token === 'null') return 'null';
    if (['any', 'unknown', 'object', 'true', 'false', 'undefined'].includes(token)) return 'a';
    const from = this.imports.get(token);
    if (from === undefined) throw new Error(`${this.path}: ${token} is not imported`);
    return definitionOf(fileOf(from, this.path));
  }

  /** Passes over one type in brackets. */
  pass() {
    let depth = 0;
    do {
      const token = this.next();
      if ('({[<'.includes(token)) depth++;
      if (')}]>'.includes(token)) depth--;
    } while (depth > 0);
  }

  object() {
    if (this.skip('[')) {
      while (this.next() !== ']');
      this.expect(':');
      const value = this.read();
      this.skip(';');
      this.expect('}');
      return `%${value}`;
    }
    const fields = [];
    while (!this.skip('}')) {
      const name = this.next().replaceAll('"', '');
      const isOptional = this.skip('?');
      this.expect(':');
      fields.push(`${name}${isOptional ? '' : '!'} ${this.read()}`);
      this.expect(';');
    }
    return fields.length === 0 ? 'a' : String(shapeNumber(fields.join('|')));
  }
}

/** Fields that clusters add to an object's own: nobody writes them, and they may hold anything. */
function objectShape(path) {
  const type = definitionOf(path);
  const text = shapes[Number(type)];
  const fields = text.split('|').map((field) => {
    if (field.startsWith('status')) return 'status a';
    if (/^(apiVersion|kind)!? /.test(field)) return `${field.replace(/!? .*/, '')}! s`;
    return field;
  });
  if (!fields.some((field) => field.startsWith('kind'))) fields.unshift('apiVersion! s', 'kind! s');
  return fields.join('|');
}

/** Reads kinds written by hand: two blanks of indentation a level; `name type`, `name! type`, and without a type what is indented below; `*` and `%` after the name for lists and maps of that. */
function shapeByHand(lines) {
  const build = (start, indent) => {
    const fields = [];
    let at = start;
    while (at < lines.length) {
      const depth = /^ */.exec(lines[at])[0].length;
      if (depth < indent) break;
      const [name, type] = lines[at].trim().split(' ');
      if (type !== undefined && !/^[*%]$/.test(type)) {
        fields.push(`${name} ${type === 'ObjectMeta' ? objectMeta : type === 'LabelSelector' ? labelSelector : type}`);
        at++;
        continue;
      }
      const inner = build(at + 1, depth + 2);
      fields.push(`${name} ${type ?? ''}${shapeNumber(inner.fields.join('|'))}`);
      at = inner.at;
    }
    return { fields, at };
  };
  return build(0, 0).fields.join('|');
}

const apimachinery = join(modules, '@kubernetes-models', 'apimachinery', 'apis', 'meta', 'v1');
const objectMeta = definitionOf(join(apimachinery, 'ObjectMeta.d.ts'));
const labelSelector = definitionOf(join(apimachinery, 'LabelSelector.d.ts'));

const kinds = new Map();
for (const [name, versions] of Object.entries(packages)) {
  for (const [version, names] of Object.entries(versions)) {
    for (const kind of names.split(' ')) {
      const path = join(modules, name, version, `${kind}.d.ts`);
      if (!existsSync(path)) throw new Error(`${path} is missing: npm install`);
      kinds.set(`${version} ${kind}`, objectShape(path));
    }
  }
}
for (const [key, text] of Object.entries(kindsByHand)) {
  const own = shapeByHand(text.split('\n').filter((line) => line.trim() !== ''));
  kinds.set(
    key,
    key.includes('kustomize.config')
      ? `apiVersion s|kind s|${own}`
      : `apiVersion! s|kind! s|metadata ${objectMeta}|${own}|status a`,
  );
}
for (const [version, as, names] of sameFields)
  for (const kind of names.split(' ')) kinds.set(`${version} ${kind}`, kinds.get(`${as} ${kind}`));

/** Only shapes that a kind leads to, numbered from 0 in the order they are met. */
function reachable() {
  const kept = [];
  const renumbered = new Map();
  const rename = (text) =>
    text
      .split('|')
      .map((field) => field.replace(/ ([*%]*)(\d+)$/, (_, marks, number) => ` ${marks}${visit(shapes[Number(number)])}`))
      .join('|');
  const visit = (text) => {
    const known = renumbered.get(text);
    if (known !== undefined) return known;
    const number = kept.push('') - 1;
    renumbered.set(text, number);
    kept[number] = rename(text);
    return number;
  };
  const list = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, text]) => `${key} ${visit(text)}`);
  return { list, kept };
}

const { list, kept } = reachable();
const quoted = (text) => `'${text.replaceAll("'", "\\'")}'`;
const content = `/** Fields of the kinds that manifests are made of. Written by scripts/manifest-fields.mjs; fields.ts says how to read it. */

/** \`apiVersion kind shape\`, one after the other. */
export const kindLines =
  ${quoted(list.join(';'))};

/** Shapes by their numbers: \`name type\`, fields apart by a bar, shapes by a semicolon; \`!\` is behind the names of required fields. */
export const shapeLines =
  ${quoted(kept.join(';'))};
`;
if (process.argv.includes('--check')) {
  if (!existsSync(file) || readFileSync(file, 'utf8').replaceAll('\r\n', '\n') !== content) {
    console.error('language/manifests/fields/field-table.ts is not up to date; run node scripts/manifest-fields.mjs');
    process.exit(1);
  }
} else {
  writeFileSync(file, content);
  console.log(`${list.length} kinds, ${kept.length} shapes, ${Math.round(content.length / 1024)} KiB.`);
}
