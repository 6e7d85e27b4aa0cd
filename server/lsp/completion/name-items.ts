import { type AstNode, type AstNodeDescription, type LangiumDocument, type ReferenceInfo, UriUtils } from 'langium';
import type { LangiumServices } from 'langium/lsp';
import { CompletionItemKind } from 'vscode-languageserver';
import type { Expected } from '../../../language/syntax/completion/expectation.js';
import {
  kindOf,
  kindsAt,
  likelyRegions,
  regionOfZone,
  saidAlready,
  takenAt,
  zonesOf,
} from '../../../language/syntax/completion/names.js';
import type { CursorPlace } from '../../../language/syntax/completion/place.js';
import type { NameSpace } from '../../../language/syntax/workspace-names.js';
import { importableNames } from './auto-import.js';
import { type ItemList, nameKinds } from './item-list.js';

/** The most names in one answer: more are found by typing on. */
const mostNames = 100;
/** Names of files that are not imported are a guess, so there are few of them until somebody types. */
const mostImportable = 40;
const mostImportableUntyped = 15;

/** Where a name is declared, so that its comment can be read when somebody looks at it. */
export interface NameData {
  readonly kind: 'name';
  readonly uri: string;
  readonly path: string;
}

function spaceOf({ reference }: Expected): NameSpace {
  return reference === 'Policy' ? 'policy' : reference === 'Scenario' ? 'scenario' : 'named';
}

/** The names that a reference of this kind sees. */
export function visibleScope(services: LangiumServices, document: LangiumDocument, expected: Expected) {
  const container = document.parseResult.value;
  const space = spaceOf(expected);
  const property = space === 'named' ? 'target' : space;
  const reference = { $refText: '', ref: undefined };
  const info: ReferenceInfo = { container, property, reference };
  return services.references.ScopeProvider.getScope(info);
}

/** Adds the names that may stand where a reference is due; tells whether there are more than were added. */
export function addNames(
  services: LangiumServices,
  document: LangiumDocument,
  expected: Expected,
  at: CursorPlace,
  list: ItemList,
): boolean {
  if (expected.reference === 'ZoneDeclaration') {
    addZones(services, document, expected, at, list);
    return false;
  }
  const scope = visibleScope(services, document, expected);
  const kinds = new Map(kindsAt(expected, at).map((kind, index) => [kind, index]));
  const taken = takenAt(expected, at);
  const suits = (candidate: AstNodeDescription): boolean => kinds.has(kindOf(candidate)) && !taken.has(candidate.name);
  const found = scope.getAllElements().filter(suits).toArray();
  const own = document.uri.toString();
  const likely = likelyRegions(expected, at);
  const said = saidAlready(expected, at);
  const order = (candidate: AstNodeDescription): number => {
    const near = candidate.documentUri.toString() === own ? 0 : 100;
    const rank = likely.first.has(candidate.name) ? 0 : likely.last.has(candidate.name) ? 2 : 1;
    return 1000 * rank + near + (kinds.get(kindOf(candidate)) ?? 0);
  };
  const chosen = best(found, at.word.text, mostNames);
  for (const candidate of chosen) {
    const elsewhere = candidate.documentUri.toString() !== own;
    list.add({
      ...nameOffer(candidate),
      group: said.has(candidate.name) ? 'unlikely' : 'needed',
      order: order(candidate),
      ...(elsewhere ? { origin: UriUtils.basename(candidate.documentUri) } : {}),
    });
  }
  const isCut = chosen.length < found.length;
  if (isCut && at.word.text === '') return true;
  const importable = importableNames(services, document, spaceOf(expected), suits);
  const offered = best(
    importable.map(({ description }) => description),
    at.word.text,
    at.word.text === '' ? mostImportableUntyped : mostImportable,
  );
  for (const { description, path, edit } of importable) {
    if (!offered.includes(description)) continue;
    const offer = nameOffer(description);
    list.add({
      ...offer,
      group: 'elsewhere',
      order: kinds.get(kindOf(description)) ?? 0,
      origin: path,
      detail: `${offer.detail} \u00b7 adds import "${path}"`,
      additionalEdits: [edit],
    });
  }
  return isCut || offered.length < importable.length;
}

function nameOffer(candidate: AstNodeDescription) {
  const kind = kindOf(candidate);
  const data: NameData = { kind: 'name', uri: candidate.documentUri.toString(), path: candidate.path };
  return {
    label: candidate.name,
    kind: nameKinds[kind] ?? CompletionItemKind.Reference,
    detail: detailOf(candidate, kind),
    commitCharacters: kind === 'region' ? ['.', ','] : [','],
    data,
  };
}

/** `service · tier 0 · Orders`. */
function detailOf({ node }: AstNodeDescription, kind: string): string {
  const parts = [kind];
  if (node !== undefined && 'tier' in node && typeof node.tier === 'string') parts.push(`tier ${node.tier}`);
  if (node !== undefined && 'title' in node && typeof node.title === 'string') parts.push(node.title);
  return parts.join(' \u00b7 ');
}

function addZones(
  services: LangiumServices,
  document: LangiumDocument,
  expected: Expected,
  at: CursorPlace,
  list: ItemList,
): void {
  const name = regionOfZone(at);
  if (name === undefined) return;
  const scope = visibleScope(services, document, { ...expected, reference: 'Region' });
  const region: AstNode | undefined = scope.getElement(name)?.node;
  const taken = takenAt(expected, at);
  zonesOf(region).forEach(({ name: zone, title }, order) => {
    if (taken.has(zone)) return;
    const detail = title === undefined ? `zone of ${name}` : `zone of ${name} \u00b7 ${title}`;
    list.add({ label: zone, kind: CompletionItemKind.Module, group: 'needed', order, detail, commitCharacters: [','] });
  });
}

/** Of many names those that go on with what is typed: as it stands first, then with letters left out. */
function best(names: readonly AstNodeDescription[], typed: string, most: number): readonly AstNodeDescription[] {
  if (names.length <= most) return names;
  const begun = typed.toLowerCase();
  const starting: AstNodeDescription[] = [];
  const containing: AstNodeDescription[] = [];
  for (const candidate of names) {
    const name = candidate.name.toLowerCase();
    if (name.startsWith(begun)) starting.push(candidate);
    else if (containing.length < most && isSubsequence(begun, name)) containing.push(candidate);
    if (starting.length === most) break;
  }
  return [...starting, ...containing].slice(0, most);
}

function isSubsequence(letters: string, word: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = word.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
