/**
 * Text of YAML files → Kubernetes objects as typed trees. Takes anything: what cannot be read is told with its place, what was
 * expected and how to mend it, and the rest is read. Never throws; its cost is bounded by {@link YamlLimits}.
 */
import { coveredTemplates, uncovered } from './template-marks.js';
import { placesOf } from './text-places.js';
import { firstLineEnd } from './unclosed-text.js';
import { type UnreadDocument, unreadDocument } from './unread-documents.js';
import { type FileText, readYamlDocuments } from './yaml-document.js';
import { type YamlLimits, yamlLimits } from './yaml-limits.js';
import {
  entryOf,
  type ManifestProblem,
  nodeAt,
  type Place,
  spokenNode,
  textAt,
  type YamlMap,
  type YamlNode,
} from './yaml-tree.js';

/** A file to read. `path` is what places name as their `uri`: a path or a URI, as the caller likes. */
export interface ManifestFile {
  readonly path: string;
  readonly text: string;
}

/** One object of Kubernetes. */
export interface Manifest {
  /** As {@link ManifestFile.path}. */
  readonly path: string;
  /** `apps/v1`; empty where the document does not say. */
  readonly apiVersion: string;
  /** `apps`; empty for the core group. */
  readonly group: string;
  /** `v1`. */
  readonly version: string;
  readonly kind: string;
  /** Empty where the object has none: a kustomization, or `generateName`. */
  readonly name: string;
  /** As written in `metadata.namespace`. */
  readonly namespace?: string;
  readonly root: YamlMap;
  /** Whether all of the document could be read. Where it could not, what is missing here may stand in it all the same. */
  readonly isWhole: boolean;
}

export interface ReadManifests {
  /** In the order of files and of documents in them; items of lists stand for themselves. */
  readonly manifests: readonly Manifest[];
  readonly problems: readonly ManifestProblem[];
  /** Documents that are YAML and no objects of Kubernetes, such as values of a chart. */
  readonly others: readonly YamlNode[];
  /** Whether every document could be read, so that what is nowhere in `manifests` is in none of the files. */
  readonly isComplete: boolean;
  /** What could not be read, or not whole. */
  readonly unread: readonly UnreadDocument[];
}

/**
 * Whether a file may hold Kubernetes objects or patches of them: some line says `kind` or `apiVersion`, or is an operation on one, as
 * YAML or JSON; or its name says so.
 */
export function mayHoldManifests(text: string, path = ''): boolean {
  return (
    isKustomizationFile(path) || /(?:^|[\n\r])[ \t{-]*["']?(?:kind|apiVersion)["']?[ \t]*:/.test(text) || operation.test(text)
  );
}

/** An operation of a patch (RFC 6902). */
const operation = /(?:^|[\n\r])[ \t[]*[-{][ \t{]*["']?op["']?[ \t]*:[ \t]*["']?(?:add|replace|remove|move|copy|test)\b/;

/** The name by which kustomize finds its file, which then need not say what it is. */
function isKustomizationFile(path: string): boolean {
  return /(^|[\\/])(kustomization\.ya?ml|Kustomization)$/.test(path);
}

/** Reads all objects of the files. */
export function readManifests(files: readonly ManifestFile[], limits: YamlLimits = yamlLimits): ReadManifests {
  const reading: Reading = { manifests: [], problems: [], others: [], isComplete: true, unread: [], limits };
  let length = 0;
  for (const file of files) {
    length += file.text.length;
    readFile(file, reading, length);
  }
  const { manifests, problems, others, isComplete, unread } = reading;
  return { manifests, problems, others, isComplete, unread };
}

interface Reading {
  readonly manifests: Manifest[];
  readonly problems: ManifestProblem[];
  readonly others: YamlNode[];
  isComplete: boolean;
  readonly unread: UnreadDocument[];
  readonly limits: YamlLimits;
}

function readFile({ path, text }: ManifestFile, reading: Reading, lengthSoFar: number): void {
  const { limits } = reading;
  const place = placesOf(path, text);
  let count = 0;
  const report = (problem: ManifestProblem): void => {
    count++;
    if (count <= limits.problems) reading.problems.push({ ...problem, message: uncovered(problem.message) });
    else if (count === limits.problems + 1)
      reading.problems.push({
        code: 'yaml/more',
        severity: 'warning',
        message: `More than ${limits.problems} problems in this file: the rest is not told.`,
        at: problem.at,
      });
  };
  const lose = (start: number, end: number): void => {
    reading.isComplete = false;
    reading.unread.push(unreadDocument(text.slice(start, end), place(start, firstLineEnd(text, start, end))));
  };
  const refuse = (message: string, from = 0): void => {
    lose(from, text.length);
    report({ code: 'yaml/size', severity: 'error', message, at: place(0, 0) });
  };
  if (text.length > limits.fileLength) {
    refuse(`The file has ${inMillions(text.length)} million letters; up to ${inMillions(limits.fileLength)} are read. Split it.`);
    return;
  }
  if (lengthSoFar > limits.totalLength) {
    refuse(
      `With this file there are more than ${inMillions(limits.totalLength)} million letters of YAML. Name fewer files at once.`,
    );
    return;
  }
  if (text.includes('\0')) {
    refuse('The file is binary, not text.');
    return;
  }
  const covered = coveredTemplates(text);
  if (covered.first !== undefined) {
    reading.isComplete = false;
    report({
      code: 'yaml/template',
      severity: 'error',
      message:
        'A Helm template that is not rendered: what stands in {{ }} was left out. Render it (helm template NAME CHART > rendered.yaml) and name that file.',
      at: place(covered.first.start, covered.first.end),
    });
  }
  // What is left around templates is no YAML by itself: slips in it are those of the template.
  const file: FileText = { text: covered.text, place, report: covered.first === undefined ? report : () => undefined };
  for (const { start, end } of chunksOf(covered.text)) {
    const documents = readYamlDocuments(file, start, end, limits);
    const isTemplate = covered.first !== undefined && text.slice(start, end).includes('{{');
    if (isTemplate || documents.some(({ isWhole }) => !isWhole)) lose(start, end);
    for (const { root, isWhole } of documents) {
      if (reading.manifests.length >= limits.documents) {
        refuse(`More than ${limits.documents} objects: the rest was not read. Name fewer files at once.`, start);
        return;
      }
      if (root !== undefined) add(root, { path, isWhole: isWhole && covered.first === undefined, reading, report, listDepth: 0 });
    }
  }
}

/** Within a document: where its objects go. */
interface DocumentReading {
  readonly path: string;
  readonly isWhole: boolean;
  readonly reading: Reading;
  report(problem: ManifestProblem): void;
  readonly listDepth: number;
  /** What the items of a typed list are, which they need not repeat. */
  readonly itemType?: { readonly apiVersion: string; readonly kind: string };
}

/** Lists within lists are flattened this far. */
const deepestList = 4;

function add(root: YamlNode, context: DocumentReading): void {
  const { path, isWhole, reading, report, itemType } = context;
  const implied = itemType ?? (isKustomizationFile(path) ? kustomization : undefined);
  if (root.kind !== 'map' || (implied === undefined && isOther(root))) {
    reading.others.push(root);
    return;
  }
  const kindText = textAt(root, 'kind') ?? implied?.kind ?? '';
  const versionText = textAt(root, 'apiVersion') ?? implied?.apiVersion ?? '';
  const items = nodeAt(root, 'items');
  if (kindText.endsWith('List') && items?.kind === 'list') {
    if (context.listDepth >= deepestList) {
      report(problem('yaml/list', 'A list within lists: put its objects into one list.', entryOf(root, 'kind')?.at ?? root.at));
      return;
    }
    const inner = kindText === 'List' ? {} : { itemType: { apiVersion: versionText, kind: kindText.slice(0, -'List'.length) } };
    for (const item of items.items) {
      if (reading.manifests.length >= reading.limits.documents) {
        reading.isComplete = false;
        reading.unread.push({ at: item.at, text: '', kinds: undefined });
        report(problem('yaml/size', `More than ${reading.limits.documents} objects: the rest was not read.`, item.at));
        return;
      }
      add(item, { path, isWhole, reading, report, listDepth: context.listDepth + 1, ...inner });
    }
    return;
  }
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(kindText)) {
    reading.isComplete = false;
    report(
      problem('yaml/kind', saidOf('kind', nodeAt(root, 'kind'), 'kind: Deployment'), entryOf(root, 'kind')?.at ?? firstKey(root)),
    );
    return;
  }
  const slash = versionText.indexOf('/');
  const namespace = textAt(root, 'metadata', 'namespace');
  const name = textAt(root, 'metadata', 'name') ?? '';
  const isObject = kindText !== 'Kustomization' && kindText !== 'Component';
  if (versionText === '' && isObject) {
    report(
      problem(
        'yaml/kind',
        saidOf('apiVersion', nodeAt(root, 'apiVersion'), 'apiVersion: apps/v1'),
        entryOf(root, 'apiVersion')?.at ?? firstKey(root),
      ),
    );
  }
  const group = slash < 0 ? '' : versionText.slice(0, slash);
  if (name === '' && isObject && needsName(group) && nodeAt(root, 'metadata', 'generateName') === undefined) {
    const written = nodeAt(root, 'metadata', 'name');
    if (written?.kind !== 'template') {
      report(
        problem(
          'yaml/name',
          saidOf('metadata.name', written, 'metadata: { name: orders }'),
          entryOf(root, 'kind')?.at ?? firstKey(root),
        ),
      );
    }
  }
  reading.manifests.push({
    path,
    apiVersion: versionText,
    group,
    version: versionText.slice(slash + 1),
    kind: kindText,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    root,
    isWhole,
  });
}

const kustomization = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' };

/** Whether a map is something else than an object of Kubernetes: the file of a chart has an apiVersion as well. */
function isOther(root: YamlMap): boolean {
  if (root.entries.has('kind')) return false;
  return !root.entries.has('apiVersion') || (!root.entries.has('metadata') && !root.entries.has('spec'));
}

/** Kinds of Kubernetes itself and of the mesh: those of others may do without a name. */
function needsName(group: string): boolean {
  return /^(|apps|batch|policy|autoscaling|extensions|(networking|security|telemetry)\.istio\.io|.*\.k8s\.io)$/.test(group);
}

function problem(code: ManifestProblem['code'], message: string, at: Place): ManifestProblem {
  return { code, severity: 'error', message, at };
}

function saidOf(field: string, node: YamlNode | undefined, example: string): string {
  const found =
    node === undefined || node.kind === 'nothing' ? `${field} is missing` : `${field} is ${spokenNode(node)}, not a text`;
  return `${found}. Write, for example, ${example}.`;
}

function firstKey(root: YamlMap): Place {
  for (const { at } of root.entries.values()) return at;
  return root.at;
}

function inMillions(letters: number): string {
  return (letters / 1_000_000).toFixed(1).replace(/\.0$/, '');
}

/** The stretches of a text between lines that start a document, so that what is wrong with one leaves the others alone. */
function chunksOf(text: string): readonly { readonly start: number; readonly end: number }[] {
  const starts = [0];
  for (const match of text.matchAll(/(?<=[\n\r])---(?=[ \t\r\n]|$)/g)) starts.push(match.index);
  return starts
    .map((start, index) => ({ start, end: starts[index + 1] ?? text.length }))
    .filter(({ start, end }, index) => {
      // Directives before the mark that they belong to are no document.
      if (index < starts.length - 1 && text.startsWith('%', start))
        return !/^(?:[%#][^\r\n]*(?:\r\n|\r|\n)|[ \t]*(?:\r\n|\r|\n))*$/.test(text.slice(start, end));
      return true;
    });
}
