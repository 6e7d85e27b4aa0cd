/**
 * Text → model: lowers the syntax trees of an import closure into the semantic model. Names are resolved and quantities are in
 * SI units from here on; what the checks have refused is left out, so that nothing behind this file meets a broken fact.
 */
import type { AstNode, LangiumDocument } from 'langium';
import {
  type Component as ComponentNode,
  type Defaults as DefaultsNode,
  type DrmlFile,
  isComponent,
  isDefaults,
  isDrill,
  isFollows,
  isImport,
  isJourney,
  isLink,
  isModelBlock,
  isPolicy,
  isRegion,
  isScenario,
  isTracing,
  type Journey as JourneyNode,
  type ModelBlock,
  type Policy as PolicyNode,
  type TopLevel,
} from '../generated/ast.js';
import { buildAcceptances } from './build-acceptances.js';
import { buildComponent, buildRepairs, buildTier } from './build-component.js';
import { buildEntry } from './build-deployment.js';
import { buildEdges } from './build-edges.js';
import { type Layer, Layers, nameSourceAt, quantityFact, sourceAt, writtenAt } from './build-facts.js';
import { KeptElements } from './build-kept.js';
import { buildCosts, buildExpected, buildObjective, buildRunbook } from './build-promises.js';
import { buildDrill, buildScenario } from './build-scenarios.js';
import { buildLink, buildRegion } from './build-sites.js';
import type { Fact, NameUse } from './fact.js';
import {
  type Component,
  type ComponentKind,
  componentKinds,
  type Defaults,
  type Journey,
  type Model,
  type Policy,
  type Region,
  type Settings,
  type SourceFile,
} from './model.js';
import { optional } from './optional.js';

/** One file of the closure. The last one is the root. */
export type ClosureFile = LangiumDocument<DrmlFile>;

export interface BuildOptions {
  /** The documentation comment of a declaration, without its marks. */
  readonly documentationOf?: (node: AstNode) => string | undefined;
  /** What was lowered of the same model before; what has not changed is taken over. */
  readonly kept?: KeptElements;
}

/** The model of an import closure, imported files first. Declarations without a name, and second ones of a name, are left out. */
export function buildModel(files: readonly ClosureFile[], options: BuildOptions = {}): Model {
  const root = files.at(-1);
  const elements = files.flatMap((file) => file.parseResult.value.elements);
  const modelBlock = root?.parseResult.value.elements.find(isModelBlock);
  const regions = new Map<string, Region>();
  const components = new Map<string, Component>();
  const journeys = new Map<string, Journey>();
  const taken = new Set<string>();
  // Whoever comes first owns the name; the checks report the second one.
  const claim = (node: { readonly name?: string }): boolean => {
    if (node.name === undefined || taken.has(node.name)) return false;
    taken.add(node.name);
    return true;
  };
  const keeping = (options.kept ?? new KeptElements()).begin();
  for (const element of elements) {
    if (isRegion(element) && claim(element))
      regions.set(
        element.name,
        keeping.of(element, () => buildRegion(element, options.documentationOf?.(element))),
      );
  }
  const defaults = elements.filter(isDefaults);
  const policies = elements.filter(isPolicy);
  keeping.surroundedBy([...policies, ...defaults], placesOf(regions));
  const defaultLayers = new Map<string, readonly Layer[]>();
  for (const element of elements) {
    if (isComponent(element)) {
      const kind = componentKinds.find((each) => each === element.kind);
      if (kind === undefined || !claim(element)) continue;
      let behind = defaultLayers.get(kind);
      if (behind === undefined) {
        behind = layersOfDefaults(defaults, kind);
        defaultLayers.set(kind, behind);
      }
      const inherited = behind;
      components.set(
        element.name,
        keeping.of(element, () => {
          const own = policyLayers(element);
          return buildComponent(element, kind, {
            regions,
            inherited: [...own.layers, ...inherited],
            follows: own.follows,
            documentation: options.documentationOf?.(element),
          });
        }),
      );
    } else if (isJourney(element) && claim(element)) {
      journeys.set(
        element.name,
        keeping.of(element, () => buildJourney(element, options)),
      );
    }
  }
  const model: Model = {
    name: modelBlock?.name ?? baseName(root?.uri.toString() ?? 'model'),
    ...optional('title', modelBlock?.title),
    root: root?.uri.toString() ?? '',
    files: files.map(sourceFile),
    settings: modelBlock === undefined ? noSettings : keeping.of(modelBlock, () => settings(modelBlock)),
    regions: [...regions.values()],
    links: elements.filter(isLink).flatMap((link) => keeping.of(link, () => buildLink(link)) ?? []),
    components: [...components.values()],
    journeys: [...journeys.values()],
    scenarios: elements
      .filter(isScenario)
      .map((node) => keeping.of(node, () => buildScenario(node, options.documentationOf?.(node)))),
    drills: elements.filter(isDrill).flatMap((node) => keeping.of(node, () => buildDrill(node)) ?? []),
    policies: policies.map((node) => keeping.of(node, () => buildPolicy(node, options))),
    defaults: defaults.map((node) => keeping.of(node, () => buildDefaults(node))),
  };
  keeping.finish();
  return model;
}

/** The sites that instances are spread over, in words. */
function placesOf(regions: ReadonlyMap<string, Region>): string {
  return [...regions.values()].map((region) => [region.name, ...region.zones.map((zone) => zone.name)].join(' ')).join('\n');
}

function buildPolicy(node: PolicyNode, options: BuildOptions): Policy {
  return {
    name: node.name,
    ...optional('documentation', options.documentationOf?.(node)),
    source: sourceAt(node),
    nameSource: nameSourceAt(node),
  };
}

function buildDefaults(node: DefaultsNode): Defaults {
  return {
    ...optional(
      'kind',
      componentKinds.find((each) => each === node.kind),
    ),
    source: sourceAt(node),
  };
}

function buildJourney(node: JourneyNode, options: BuildOptions): Journey {
  const policies = policyLayers(node);
  const layers = new Layers([{ statements: node.statements, from: undefined }, ...policies.layers]);
  const owner = layers.text('owner');
  return {
    name: node.name,
    ...optional('title', node.title),
    ...optional('documentation', options.documentationOf?.(node)),
    ...optional('tier', buildTier(node)),
    saga: node.saga,
    source: sourceAt(node),
    nameSource: nameSourceAt(node),
    edges: buildEdges(layers, true),
    ...optional('objective', buildObjective(layers)),
    costs: buildCosts(layers),
    ...optional('owner', owner),
    ...optional('runbook', buildRunbook(layers)),
    accepts: buildAcceptances(layers),
    follows: policies.follows,
  };
}

/** Policies in the order they are followed. */
function policyLayers(node: ComponentNode | JourneyNode): {
  readonly layers: readonly Layer[];
  readonly follows: readonly NameUse[];
} {
  const layers: Layer[] = [];
  const follows: NameUse[] = [];
  for (const statement of node.statements) {
    if (!isFollows(statement)) continue;
    for (const use of statement.policies) {
      const policy = use.policy?.ref;
      if (policy === undefined) continue;
      layers.push({ statements: policy.statements, from: `policy ${policy.name}` });
      follows.push({ name: policy.name, at: sourceAt(use), resolved: true });
    }
  }
  return { layers, follows };
}

/** Defaults of the kind before those of all kinds. */
function layersOfDefaults(defaults: readonly DefaultsNode[], kind: ComponentKind): readonly Layer[] {
  const own = defaults
    .filter((each) => each.kind === kind)
    .map((each) => ({ statements: each.statements, from: `defaults ${kind}` }));
  const all = defaults
    .filter((each) => each.kind === undefined)
    .map((each) => ({ statements: each.statements, from: 'defaults' }));
  return [...own, ...all];
}

/** Of a model without a `model` block: the same every time, so that it is no change. */
const noSettings: Settings = { accepts: [] };

function settings(node: ModelBlock): Settings {
  const layers = new Layers([{ statements: node.statements, from: undefined }]);
  return {
    source: nameSourceAt(node),
    ...optional('namespace', layers.text('namespace')),
    ...optional('mesh', layers.versioned('mesh')),
    ...optional('kubernetes', layers.text('kubernetes')),
    ...optional('entry', buildEntry(layers)),
    ...optional('isolation', isolation(layers.word('isolation'))),
    ...optional('tracing', tracing(layers)),
    ...optional('currency', layers.word('currency')),
    ...optional('timezone', layers.text('timezone')),
    ...optional('owner', layers.text('owner')),
    ...optional('runbook', buildRunbook(layers)),
    ...optional('repairsAtOnce', buildRepairs(layers)),
    ...optional('providerLossEvery', buildExpected(layers, 'provider-loss')),
    ...optional('accountLossEvery', buildExpected(layers, 'account-loss')),
    ...optional('corruptionEvery', buildExpected(layers, 'corruption')),
    accepts: buildAcceptances(layers),
  };
}

function isolation(word: Fact<string> | undefined): Settings['isolation'] {
  if (word?.value !== 'callers' && word?.value !== 'closed') return undefined;
  return { value: word.value, origin: word.origin };
}

function tracing(layers: Layers): Settings['tracing'] {
  const found = layers.nearest(isTracing, 'Tracing');
  if (found?.node.provider === undefined) return undefined;
  return {
    provider: found.node.provider,
    ...optional('sampling', quantityFact(found, found.node.sampling, 'share')),
    ...writtenAt(found),
  };
}

function sourceFile(file: ClosureFile): SourceFile {
  const text = file.textDocument.getText();
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  const imports = file.parseResult.value.elements.flatMap((element) =>
    isImport(element) && element.path !== undefined ? [{ path: element.path, source: sourceAt(element) }] : [],
  );
  return { uri: file.uri.toString(), lineStarts, imports };
}

/** `shop` of `…/shop.drml`. */
function baseName(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1)).replace(/\.drml$/, '');
}

/** Whether a file says that it is a root. */
export function isRoot(file: DrmlFile): boolean {
  return file.elements.some((element: TopLevel) => isModelBlock(element));
}
