/**
 * Names. Top-level declarations are visible in their file and in every file that imports it, directly or not. Zones are looked
 * up in the region they are written after. Every scope is a keyed map: Langium's default scopes search linearly.
 */
import {
  type AstNode,
  type AstNodeDescription,
  type AstNodeDescriptionProvider,
  DefaultScopeComputation,
  EMPTY_SCOPE,
  type LangiumCoreServices,
  type LangiumDocument,
  type LangiumSharedCoreServices,
  type LocalSymbols,
  MapScope,
  MultiMap,
  type ReferenceInfo,
  type Scope,
  type ScopeProvider,
  type Stream,
  stream,
  WorkspaceCache,
} from 'langium';
import {
  isComponent,
  isFailTarget,
  isJourney,
  isPolicy,
  isRegion,
  isRuns,
  isScenario,
  isSiteReference,
  isZone,
  isZoneList,
  isZoneReference,
  type Region,
} from '../generated/ast.js';
import { importClosure } from './imports.js';
import { type NameSpace, workspaceNames } from './workspace-names.js';

/** Nothing is local: only top-level declarations have names that others use, and zones are found through their region. */
export class DrmlScopeComputation extends DefaultScopeComputation {
  override async collectLocalSymbols(): Promise<LocalSymbols> {
    return new MultiMap<AstNode, AstNodeDescription>();
  }

  protected override addExportedSymbol(node: AstNode, exports: AstNodeDescription[], document: LangiumDocument): void {
    if (isRegion(node) || isComponent(node) || isJourney(node) || isPolicy(node) || isScenario(node)) {
      super.addExportedSymbol(node, exports, document);
    }
  }
}

/** The names of one name space that a file sees: its own, and those of the files it imports, directly or not. */
class VisibleNames implements Scope {
  constructor(
    private readonly shared: LangiumSharedCoreServices,
    private readonly document: LangiumDocument,
    private readonly space: NameSpace,
  ) {}

  getElement(name: string): AstNodeDescription | undefined {
    const { graph, spaces } = workspaceNames(this.shared, this.document);
    const declared = spaces[this.space].get(name) ?? [];
    const own = declared.find(({ document }) => document === this.document);
    if (own !== undefined) return own.description;
    const seen = declared.filter(({ document }) => graph.reaches(this.document, document));
    if (seen.length < 2) return seen[0]?.description;
    // A check reports the clash; until then the declaration that is nearest by the order of the imports is meant.
    const order = importClosure(this.shared.workspace.LangiumDocuments, this.document);
    const last = order.findLast((file) => seen.some(({ document }) => document === file));
    return seen.find(({ document }) => document === last)?.description;
  }

  getElements(name: string): Stream<AstNodeDescription> {
    const found = this.getElement(name);
    return stream(found === undefined ? [] : [found]);
  }

  getAllElements(): Stream<AstNodeDescription> {
    const { graph, spaces } = workspaceNames(this.shared, this.document);
    const found: AstNodeDescription[] = [];
    for (const [name, declared] of spaces[this.space]) {
      if (!declared.some(({ document }) => graph.reaches(this.document, document))) continue;
      const meant = this.getElement(name);
      if (meant !== undefined) found.push(meant);
    }
    return stream(found);
  }
}

export class DrmlScopeProvider implements ScopeProvider {
  private readonly descriptions: AstNodeDescriptionProvider;
  private readonly shared: LangiumSharedCoreServices;
  private readonly visible: WorkspaceCache<string, VisibleNames>;
  private readonly zones = new WeakMap<Region, Scope>();

  constructor(services: LangiumCoreServices) {
    this.descriptions = services.workspace.AstNodeDescriptionProvider;
    this.shared = services.shared;
    this.visible = new WorkspaceCache<string, VisibleNames>(services.shared);
  }

  getScope(context: ReferenceInfo): Scope {
    if (context.property === 'zone') {
      const region = regionBefore(context.container);
      return region === undefined ? EMPTY_SCOPE : this.zonesOf(region);
    }
    const document = documentOf(context.container);
    if (document === undefined) return EMPTY_SCOPE;
    const space = context.property === 'policy' || context.property === 'scenario' ? context.property : 'named';
    return this.visible.get(`${space} ${document.uri.toString()}`, () => new VisibleNames(this.shared, document, space));
  }

  private zonesOf(region: Region): Scope {
    let scope = this.zones.get(region);
    if (scope === undefined) {
      const seen = new Map<string, AstNodeDescription>();
      for (const statement of region.statements) {
        const declared = isZoneList(statement) ? statement.zones : isZone(statement) ? [statement] : [];
        for (const zone of declared) {
          if (zone.name !== undefined && !seen.has(zone.name))
            seen.set(zone.name, this.descriptions.createDescription(zone, zone.name));
        }
      }
      scope = new MapScope(seen.values());
      this.zones.set(region, scope);
    }
    return scope;
  }
}

/** The region a zone is written after: `cn-north.a`, `runs 2 in cn-north zones a`. */
function regionBefore(node: AstNode): Region | undefined {
  if (isSiteReference(node)) return node.region?.ref;
  if (isZoneReference(node)) {
    const runs = node.$container;
    return isRuns(runs) ? runs.site?.region?.ref : undefined;
  }
  if (isFailTarget(node)) {
    const target = node.target?.ref;
    return isRegion(target) ? target : undefined;
  }
  return undefined;
}

function documentOf(node: AstNode): LangiumDocument | undefined {
  let current: AstNode | undefined = node;
  while (current.$container !== undefined) current = current.$container;
  return current.$document;
}
