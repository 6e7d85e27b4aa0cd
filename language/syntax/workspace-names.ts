/** What all files declare, and which file sees which: made once after each change, for all who look names up. */
import { type AstNodeDescription, DocumentState, type LangiumDocument, type LangiumSharedCoreServices } from 'langium';
import { ImportGraph } from './import-graph.js';
import { fileOf } from './imports.js';
import { namesStay } from './incremental/names-stay.js';

/** Regions, components and journeys share one name space; policies and scenarios have one each. */
export type NameSpace = 'named' | 'policy' | 'scenario';

export interface Declaration {
  readonly document: LangiumDocument;
  readonly description: AstNodeDescription;
}

export interface WorkspaceNames {
  readonly graph: ImportGraph;
  /** The declarations of each name, of each file the first one. */
  readonly spaces: Readonly<Record<NameSpace, ReadonlyMap<string, readonly Declaration[]>>>;
  /** For each name that several files declare: these files; and the files with `defaults`, where there are several. */
  readonly shared: readonly (readonly LangiumDocument[])[];
}

const kept = new WeakMap<LangiumSharedCoreServices, { names: WorkspaceNames | undefined }>();

/** The names of the workspace as they stand, for a look from one of its files. */
export function workspaceNames(shared: LangiumSharedCoreServices, from: LangiumDocument): WorkspaceNames {
  let holder = kept.get(shared);
  if (holder === undefined) {
    holder = { names: undefined };
    kept.set(shared, holder);
    const fresh = holder;
    const forget = (): void => {
      fresh.names = undefined;
    };
    // Names change with the text, and are complete once all texts of a build are read.
    const { DocumentBuilder, LangiumDocuments } = shared.workspace;
    DocumentBuilder.onUpdate((changed, deleted) => {
      if (!namesStay(LangiumDocuments, changed, deleted)) forget();
    });
    DocumentBuilder.onBuildPhase(DocumentState.IndexedContent, forget);
  }
  if (holder.names?.graph.knows(from) !== true) holder.names = collect(shared);
  return holder.names;
}

function collect(shared: LangiumSharedCoreServices): WorkspaceNames {
  const graph = new ImportGraph(shared.workspace.LangiumDocuments);
  const spaces: Record<NameSpace, Map<string, Declaration[]>> = { named: new Map(), policy: new Map(), scenario: new Map() };
  for (const document of graph.all) {
    for (const description of shared.workspace.IndexManager.allElements(undefined, new Set([document.uri.toString()]))) {
      const space = spaces[nameSpaceOf(description)];
      const before = space.get(description.name);
      if (before === undefined) space.set(description.name, [{ document, description }]);
      // Of two declarations in one file the first one is meant.
      else if (before.at(-1)?.document !== document) before.push({ document, description });
    }
  }
  const declarers = Object.values(spaces).flatMap((space) =>
    [...space.values()].filter((declared) => declared.length > 1).map((declared) => declared.map(({ document }) => document)),
  );
  const withDefaults = graph.all.filter((document) => fileOf(document)?.elements.some(({ $type }) => $type === 'Defaults'));
  // Many names are declared by the same files: one look at these files answers for all of them.
  const distinct = new Map(declarers.map((files) => [files.map(({ uri }) => uri.toString()).join(' '), files]));
  return { graph, spaces, shared: [...distinct.values(), ...(withDefaults.length > 1 ? [withDefaults] : [])] };
}

function nameSpaceOf(description: AstNodeDescription): NameSpace {
  if (description.type === 'Policy') return 'policy';
  return description.type === 'Scenario' ? 'scenario' : 'named';
}
