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
  type IndexManager,
  type LangiumCoreServices,
  type LangiumDocument,
  type LangiumDocuments,
  type LocalSymbols,
  MapScope,
  MultiMap,
  type ReferenceInfo,
  type Scope,
  type ScopeProvider,
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

/** Regions, components and journeys share one name space; policies and scenarios have one each. */
type NameSpace = 'named' | 'policy' | 'scenario';

interface VisibleNames {
  readonly scopes: Readonly<Record<NameSpace, Scope>>;
}

export class DrmlScopeProvider implements ScopeProvider {
  private readonly descriptions: AstNodeDescriptionProvider;
  private readonly documents: LangiumDocuments;
  private readonly index: IndexManager;
  private readonly visible: WorkspaceCache<string, VisibleNames>;
  private readonly zones = new WeakMap<Region, Scope>();

  constructor(services: LangiumCoreServices) {
    this.descriptions = services.workspace.AstNodeDescriptionProvider;
    this.documents = services.shared.workspace.LangiumDocuments;
    this.index = services.shared.workspace.IndexManager;
    this.visible = new WorkspaceCache<string, VisibleNames>(services.shared);
  }

  getScope(context: ReferenceInfo): Scope {
    if (context.property === 'zone') {
      const region = regionBefore(context.container);
      return region === undefined ? EMPTY_SCOPE : this.zonesOf(region);
    }
    const document = documentOf(context.container);
    if (document === undefined) return EMPTY_SCOPE;
    const { scopes } = this.visibleIn(document);
    if (context.property === 'policy') return scopes.policy;
    if (context.property === 'scenario') return scopes.scenario;
    return scopes.named;
  }

  private visibleIn(document: LangiumDocument): VisibleNames {
    return this.visible.get(document.uri.toString(), () => {
      const maps: Record<NameSpace, Map<string, AstNodeDescription>> = {
        named: new Map(),
        policy: new Map(),
        scenario: new Map(),
      };
      // The file itself comes last in its closure, so that its own names win over imported ones; a check reports the clash.
      for (const file of importClosure(this.documents, document)) {
        const own = new Set<string>();
        for (const description of this.index.allElements(undefined, new Set([file.uri.toString()]))) {
          const space = nameSpaceOf(description);
          const key = `${space} ${description.name}`;
          // Of two declarations in one file the first one is meant.
          if (own.has(key)) continue;
          own.add(key);
          maps[space].set(description.name, description);
        }
      }
      return {
        scopes: {
          named: new MapScope(maps.named.values()),
          policy: new MapScope(maps.policy.values()),
          scenario: new MapScope(maps.scenario.values()),
        },
      };
    });
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

function nameSpaceOf(description: AstNodeDescription): NameSpace {
  if (description.type === 'Policy') return 'policy';
  return description.type === 'Scenario' ? 'scenario' : 'named';
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
