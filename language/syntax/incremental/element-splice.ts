/** Puts an element that was read anew into the trees of its file. The element's own node stays, since others refer to it. */
import type { IToken } from 'chevrotain';
import { type AstNode, AstUtils, type CstNode, isAstNode, type LangiumDocument, type ParseResult, type Reference } from 'langium';
import type { Region, TopLevel, Zone, ZoneName } from '../../generated/ast.js';
import { fixOf, rememberFix } from '../slip-fixes.js';
import type { ElementEdit } from './element-edit.js';
import { moveChildren, placeOf, replaceChild, replaceText } from './placed-cst.js';
import type { TextChange } from './text-change.js';

type SyntaxError = ParseResult['parserErrors'][number];
type OwnProperties = Record<string, unknown>;

/** What a splice needs to know beforehand; found without changing anything. */
export interface SplicePlan {
  /** Where the element's references stand in the document's list, and how many there are. */
  readonly firstReference: number;
  readonly references: number;
  /** Zones of before and the same ones read anew. */
  readonly zones: readonly (readonly [Zone | ZoneName, Zone | ZoneName])[];
}

/** How an edited element can be put in; undefined where it cannot and the file has to be read as a whole. */
export function splicePlan(document: LangiumDocument, edit: ElementEdit): SplicePlan | undefined {
  const { former, fresh, lines } = edit;
  if (placeOf(former.$cstNode) === undefined || placeOf(fresh.$cstNode) === undefined) return undefined;
  // Messages about blocks that are not closed name the line of what comes next.
  const { parserErrors } = document.parseResult;
  if (lines !== 0 && parserErrors.some(({ message }) => message.includes(' in line '))) return undefined;
  if (slipsElsewhere(document.parseResult, edit) && slipsInside(document.parseResult, edit)) return undefined;
  const zones = zonePairs(former, fresh);
  const old = referencesIn(former);
  const first = firstReference(document, edit, old);
  if (zones === undefined || first === undefined) return undefined;
  return { firstReference: first, references: old.length, zones };
}

/** What the parser says of a slip may depend on all other slips of the file; where there are several, the file is read as a whole. */
function slipsElsewhere({ parserErrors }: ParseResult, { start, oldEnd }: ElementEdit): boolean {
  return parserErrors.some((error) => offsetOf(error) < start || offsetOf(error) >= oldEnd);
}

function slipsInside({ lexerErrors, parserErrors }: ParseResult, { start, oldEnd, parsed }: ElementEdit): boolean {
  if (parsed.lexerErrors.length + parsed.parserErrors.length > 0) return true;
  const offsets = [...lexerErrors.map(({ offset }) => offset), ...parserErrors.map(offsetOf)];
  return offsets.some((offset) => offset >= start && offset < oldEnd);
}

/** Changes trees, errors and references of the document; its names stay as they are. */
export function splice(document: LangiumDocument, edit: ElementEdit, plan: SplicePlan, change: TextChange, text: string): void {
  const { former, fresh, root, child, start, line, column, characters, lines, parsed } = edit;
  const { lexerErrors, parserErrors, lexerReport, value } = document.parseResult;
  for (const [zone, again] of plan.zones) adopt(zone, again);
  adoptProperties(former, fresh);
  const place = placeOf(fresh.$cstNode);
  if (fresh.$cstNode !== undefined && place !== undefined) {
    link(former, fresh.$cstNode);
    replaceChild(root, child, fresh.$cstNode);
    Object.assign(place, { offset: start, line, column, firstLine: 0 });
  }
  moveChildren(root, child + 1, characters, lines);
  replaceText(root, text);
  const moved = new Set<IToken>();
  const isBefore = (offset: number): boolean => offset < start;
  const isAfter = (offset: number): boolean => offset >= edit.oldEnd;
  const own = parsed.parserErrors.map((error) => movedError(error, 0, start, line, column, moved));
  const later = parserErrors.filter((error) => isAfter(offsetOf(error)));
  document.parseResult = {
    value,
    lexerErrors: [
      ...lexerErrors.filter(({ offset }) => isBefore(offset)),
      ...parsed.lexerErrors.map((error) => movedSlip(error, start, line, column)),
      ...lexerErrors.filter(({ offset }) => isAfter(offset)).map((error) => movedSlip(error, characters, lines, 0)),
    ],
    parserErrors: [
      ...parserErrors.filter((error) => isBefore(offsetOf(error))),
      ...own,
      ...later.map((error) => movedError(error, change.oldEnd, characters, lines, 0, moved)),
    ],
    ...(lexerReport === undefined ? {} : { lexerReport }),
  };
  relink(document, former, plan);
}

/** Looks the names of the element up again. */
function relink(document: LangiumDocument, element: TopLevel, plan: SplicePlan): void {
  const all = document.references;
  // A reference that is looked at for the first time resolves itself and enters the list of its document.
  document.references = [];
  for (const reference of referencesIn(element)) void reference.ref;
  const fresh = document.references;
  document.references = all;
  all.splice(plan.firstReference, plan.references, ...fresh);
}

function referencesIn(element: AstNode): readonly Reference[] {
  const found: Reference[] = [];
  for (const node of AstUtils.streamAst(element)) {
    for (const { reference } of AstUtils.streamReferences(node)) if ('ref' in reference) found.push(reference);
  }
  return found;
}

/** Where the references of the edited element begin in the document's list; undefined where they do not stand together. */
function firstReference(document: LangiumDocument, edit: ElementEdit, own: readonly Reference[]): number | undefined {
  const all = document.references;
  let first = own[0] === undefined ? -1 : all.indexOf(own[0]);
  if (own.length === 0) {
    first = 0;
    // After the references of the nearest element above that has any.
    for (let index = edit.index - 1; index >= 0; index--) {
      const element = edit.file.elements[index];
      const last = element === undefined ? undefined : referencesIn(element).at(-1);
      if (last === undefined) continue;
      first = all.indexOf(last) + 1;
      if (first === 0) return undefined;
      break;
    }
  }
  return first >= 0 && own.every((reference, index) => all[first + index] === reference) ? first : undefined;
}

/** The zones of a region before and after; undefined where one of them has changed its name or its place among the statements. */
function zonePairs(former: TopLevel, fresh: TopLevel): SplicePlan['zones'] | undefined {
  if (former.$type !== 'Region' || fresh.$type !== 'Region') return [];
  const [before, after] = [zonesWithPaths(former), zonesWithPaths(fresh)];
  if (before.length !== after.length) return undefined;
  const pairs: (readonly [Zone | ZoneName, Zone | ZoneName])[] = [];
  for (const [index, one] of before.entries()) {
    const other = after[index];
    if (
      other === undefined ||
      one.path !== other.path ||
      one.zone.$type !== other.zone.$type ||
      one.zone.name !== other.zone.name
    )
      return undefined;
    pairs.push([one.zone, other.zone]);
  }
  return pairs;
}

interface PlacedZone {
  readonly zone: Zone | ZoneName;
  readonly path: string;
}

function zonesWithPaths(region: Region): readonly PlacedZone[] {
  return region.statements.flatMap((statement, index): readonly PlacedZone[] => {
    if (statement.$type === 'Zone') return [{ zone: statement, path: String(index) }];
    if (statement.$type !== 'ZoneList') return [];
    return statement.zones.map((zone, at) => ({ zone, path: `${index}/${at}` }));
  });
}

/** Puts a node that others refer to where the same one, read anew, stands. */
function adopt(former: Zone | ZoneName, fresh: Zone | ZoneName): void {
  const { $container, $containerProperty, $containerIndex, $cstNode } = fresh;
  adoptProperties(former, fresh);
  Object.assign(former, { $container, $containerProperty, $containerIndex });
  const siblings: unknown = $containerProperty === undefined ? undefined : Reflect.get($container, $containerProperty);
  if (Array.isArray(siblings) && $containerIndex !== undefined) siblings[$containerIndex] = former;
  if ($cstNode !== undefined) link(former, $cstNode);
}

/** Takes over what the grammar assigns. */
function adoptProperties(former: AstNode, fresh: AstNode): void {
  const [to, from] = [former as unknown as OwnProperties, fresh as unknown as OwnProperties];
  for (const name of new Set([...Object.keys(to), ...Object.keys(from)])) {
    if (name.startsWith('$')) continue;
    const value = from[name];
    to[name] = value;
    for (const each of Array.isArray(value) ? value : [value]) {
      if (isAstNode(each)) Object.assign(each, { $container: former });
    }
  }
}

function link(node: AstNode, cst: CstNode): void {
  Object.assign(node, { $cstNode: cst });
  Object.assign(cst, { astNode: node });
}

/** Where an error stands: at its token, or behind the last one where the token is none of the text's. */
function offsetOf(error: SyntaxError): number {
  const { startOffset } = error.token;
  if (startOffset >= 0) return startOffset;
  const { previousToken } = error as { readonly previousToken?: IToken };
  return previousToken?.endOffset ?? 0;
}

function movedSlip<T extends ParseResult['lexerErrors'][number]>(error: T, offset: number, line: number, column: number): T {
  const first = error.line === 1 ? column : 0;
  return { ...error, offset: error.offset + offset, line: (error.line ?? 1) + line, column: (error.column ?? 1) + first };
}

/** Moves the tokens of an error that stand at `from` or behind it, and its fix; tokens that several errors share move once. */
function movedError(
  error: SyntaxError,
  from: number,
  offset: number,
  line: number,
  column: number,
  moved: Set<IToken>,
): SyntaxError {
  const { token, previousToken, resyncedTokens } = error as SyntaxError & { readonly previousToken?: IToken };
  for (const each of [token, ...(previousToken === undefined ? [] : [previousToken]), ...(resyncedTokens ?? [])]) {
    if (moved.has(each) || !(each.startOffset >= from)) continue;
    moved.add(each);
    const first = each.startLine === 1 ? column : 0;
    const last = each.endLine === 1 ? column : 0;
    each.startOffset += offset;
    if (each.endOffset !== undefined) each.endOffset += offset;
    if (each.startLine !== undefined) each.startLine += line;
    if (each.endLine !== undefined) each.endLine += line;
    if (each.startColumn !== undefined) each.startColumn += first;
    if (each.endColumn !== undefined) each.endColumn += last;
  }
  const fix = fixOf(error);
  if (fix !== undefined && fix.start >= from) rememberFix(error, { ...fix, start: fix.start + offset, end: fix.end + offset });
  return error;
}
