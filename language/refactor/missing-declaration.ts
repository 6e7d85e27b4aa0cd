/** Declarations that a reference asks for and nobody has written: of a kind that fits the place, with a body that makes sense there. */
import { type AstNode, AstUtils, type LangiumDocument, type LangiumDocuments, type ReferenceInfo } from 'langium';
import { applyEdits } from '../edit/apply.js';
import type { Edit, TextChange } from '../edit/edit.js';
import {
  type Component,
  isComponent,
  isCopiesTo,
  isDeadLetters,
  isDrill,
  isEdge,
  isEncrypted,
  isExpect,
  isFailTarget,
  isJourney,
  isMeasured,
  isRegion,
  isRuns,
  isSiteReference,
  isTopLevel,
  isZoneList,
  isZoneReference,
  type Region,
  type TopLevel,
} from '../generated/ast.js';
import { sourceAt } from '../model/build-facts.js';
import { fileOf, importClosure } from '../syntax/imports.js';

/** A declaration that would make a name mean something. */
export interface MissingDeclaration {
  readonly title: string;
  readonly changes: readonly TextChange[];
}

/**
 * Declarations for a name that does not resolve, the likeliest kind first. Each goes behind the declaration that asks for it; where
 * only another file declares its kind, the first way is to declare it there.
 */
export function missingDeclarations(
  documents: LangiumDocuments,
  document: LangiumDocument,
  info: ReferenceInfo,
): readonly MissingDeclaration[] {
  const name = info.reference.$refText;
  if (info.property === 'zone') return missingZone(documents, info, name);
  const top = AstUtils.getContainerOfType(info.container, isTopLevel);
  if (top === undefined || name === '') return [];
  const closure = importClosure(documents, document);
  return kindsFor(info, name).flatMap((kind): readonly MissingDeclaration[] => {
    const text = declarationOf(kind, name, top, closure);
    const title = `Create ${kind} "${name}"`;
    const here = afterElement(top, document, text);
    const home = homeOf(kind, document, closure);
    if (home === undefined) return [{ title, changes: here }];
    const file = home.document.uri.path.slice(home.document.uri.path.lastIndexOf('/') + 1);
    return [
      { title: `${title} in ${file}`, changes: afterElement(home.last, home.document, text) },
      { title, changes: here },
    ];
  });
}

function afterElement(element: TopLevel, document: LangiumDocument, text: string): readonly TextChange[] {
  const edit: Edit = { kind: 'add-declaration', after: sourceAt(element), text };
  return applyEdits([edit], () => document.textDocument.getText());
}

/** The kinds of declarations that may stand for a reference; of a plain name the one that it sounds like first. */
function kindsFor({ container, property }: ReferenceInfo, name: string): readonly string[] {
  if (property === 'region') return ['region'];
  if (property === 'policy') return ['policy'];
  if (property === 'scenario') return isDrill(container) ? ['scenario'] : [];
  if (property !== 'target') return [];
  if (isFailTarget(container)) return [sounding(name)];
  const owner = container.$container;
  if (isCopiesTo(owner)) return ['bucket'];
  if (isDeadLetters(owner)) return ['queue'];
  if (isEncrypted(owner)) return ['external'];
  if (isExpect(owner) || isMeasured(owner)) return ['journey', sounding(name)];
  if (!isEdge(owner)) return [sounding(name)];
  if (container.$containerProperty === 'journeys') return ['journey'];
  if (owner.kind === 'publishes' || owner.kind === 'consumes') return ['queue'];
  const likely = sounding(name);
  return likely === 'external' ? ['external', 'service'] : [likely, 'external'];
}

/** What a name sounds like: `orders-db`, `session-cache`, `order-events`; a service where it says nothing. */
function sounding(name: string): string {
  if (/(^|-)(db|database|store|postgres|mysql|mongo|redis-store)$/.test(name)) return 'database';
  if (/(^|-)(cache|sessions|redis|memcached)$/.test(name)) return 'cache';
  if (/(^|-)(queue|events|topic|dlq|stream|kafka|messages)$/.test(name)) return 'queue';
  if (/(^|-)(bucket|vault|archive|backups|blobs|objects)$/.test(name)) return 'bucket';
  if (/(^|-)(gateway|edge|ingress)$/.test(name)) return 'gateway';
  return 'service';
}

function declarationOf(kind: string, name: string, asking: TopLevel, closure: readonly LangiumDocument[]): string {
  const runs = runsAround(asking);
  const block = (statements: readonly string[]): string =>
    statements.length === 0 ? `${kind} ${name} { }` : `${kind} ${name} {\n  ${statements.join('\n  ')}\n}`;
  switch (kind) {
    case 'region':
      return block(['zones a, b, c']);
    case 'external':
    case 'policy':
      return block([]);
    case 'bucket':
    case 'queue': {
      const site = kind === 'bucket' ? awayFrom(runs, closure) : regionsOf(runs)[0];
      return `${kind} ${name}${site === undefined ? '' : ` in ${site}`} { }`;
    }
    case 'journey':
      return block(isComponent(asking) ? [`requires ${asking.name}`] : []);
    case 'scenario': {
      const region = elementsOf(closure).find(isRegion)?.name;
      const journey = elementsOf(closure).find(isJourney)?.name;
      return block([
        ...(region === undefined ? [] : [`fails ${region}`]),
        ...(journey === undefined ? [] : [`expect ${journey} up`]),
      ]);
    }
    default:
      return block(runs.map((each) => each.text));
  }
}

interface RunsText {
  readonly text: string;
  readonly region: string;
  readonly isActive: boolean;
}

/** Where the asking component runs; for a journey, where the first thing it requires runs. */
function runsAround(asking: TopLevel): readonly RunsText[] {
  const component = isComponent(asking) ? asking : isJourney(asking) ? firstRequired(asking) : undefined;
  return (component?.statements ?? []).filter(isRuns).flatMap((each) => {
    const region = each.site?.region?.$refText;
    const text = each.$cstNode?.text;
    return region === undefined || text === undefined
      ? []
      : [{ text, region, isActive: each.role === undefined || each.role === 'active' }];
  });
}

function firstRequired(journey: TopLevel): Component | undefined {
  if (!isJourney(journey)) return undefined;
  const targets = journey.statements.filter(isEdge).flatMap((edge) => edge.targets.map(({ target }) => target?.ref));
  return targets.find(isComponent);
}

function regionsOf(runs: readonly RunsText[]): readonly string[] {
  return [...new Set(runs.filter(({ isActive }) => isActive).map(({ region }) => region))];
}

/** A region where the asking component does not run, since copies beside the data share its fate; else its own. */
function awayFrom(runs: readonly RunsText[], closure: readonly LangiumDocument[]): string | undefined {
  const used = new Set(runs.map(({ region }) => region));
  const other = elementsOf(closure)
    .filter(isRegion)
    .find(({ name }) => name !== undefined && !used.has(name));
  return other?.name ?? regionsOf(runs)[0];
}

function elementsOf(closure: readonly LangiumDocument[]): readonly TopLevel[] {
  return closure.flatMap((document) => fileOf(document)?.elements ?? []);
}

/** The imported file with the most declarations of a kind, and the last of them, where this file has none. */
function homeOf(
  kind: string,
  document: LangiumDocument,
  closure: readonly LangiumDocument[],
): { readonly document: LangiumDocument; readonly last: TopLevel } | undefined {
  const own = (each: LangiumDocument): readonly TopLevel[] =>
    (fileOf(each)?.elements ?? []).filter(
      (element) => (isComponent(element) ? element.kind : element.$type.toLowerCase()) === kind,
    );
  if (own(document).length > 0) return undefined;
  let best: { readonly document: LangiumDocument; readonly last: TopLevel; readonly count: number } | undefined;
  for (const each of closure) {
    const elements = own(each);
    const last = elements.at(-1);
    if (last !== undefined && elements.length > (best?.count ?? 0)) best = { document: each, last, count: elements.length };
  }
  return best;
}

function missingZone(documents: LangiumDocuments, info: ReferenceInfo, name: string): readonly MissingDeclaration[] {
  const region = regionBefore(info.container);
  const home = region === undefined ? undefined : documents.getDocument(AstUtils.getDocument(region).uri);
  if (region === undefined || home === undefined || name === '') return [];
  const title = `Add zone "${name}" to region ${region.name}`;
  const end = region.statements.filter(isZoneList).at(-1)?.$cstNode?.end;
  if (end !== undefined) return [{ title, changes: [{ uri: home.uri.toString(), start: end, end, text: `, ${name}` }] }];
  const edit: Edit = { kind: 'add-statement', block: sourceAt(region), text: `zones ${name}` };
  return [{ title, changes: applyEdits([edit], () => home.textDocument.getText()) }];
}

function regionBefore(node: AstNode): Region | undefined {
  if (isSiteReference(node)) return node.region?.ref;
  if (isZoneReference(node)) return isRuns(node.$container) ? node.$container.site?.region?.ref : undefined;
  const target = isFailTarget(node) ? node.target?.ref : undefined;
  return isRegion(target) ? target : undefined;
}
