/** Declarations move to another file; imports are added where names would otherwise be lost. */
import { type AstNode, AstUtils, type LangiumDocument, URI, UriUtils } from 'langium';
import type { TextChange } from '../edit/edit.js';
import { isComponent, isJourney, isPolicy, isRegion, isScenario, type TopLevel } from '../generated/ast.js';
import { importClosure, importsOf } from '../syntax/imports.js';
import { addedImports, pathBetween } from './import-lines.js';
import { inOrder, type RefactorContext, type Refactoring } from './refactoring.js';
import { lineBreakOf, pieceOf, removals, textOf } from './statement-text.js';

/** How many existing files are offered. */
const mostFiles = 5;

/** `Move service orders to a new file`, and to each file that this one already imports. */
export function moveDeclaration(context: RefactorContext): readonly Refactoring[] {
  const { documents, document, file } = context;
  const moved = selectedDeclarations(context);
  const [first] = moved;
  if (first === undefined || moved.length === file.elements.filter(({ $type }) => $type !== 'Import').length) return [];
  const what = moved.length === 1 ? `${kindOf(first)} ${first.name}` : `${moved.length} declarations`;
  const needed = filesNeeded(moved, context);
  const targets = importClosure(documents, document)
    .filter((each) => each !== document)
    .reverse()
    .slice(0, mostFiles);
  const fresh = freshFile(first.name, context);
  const name = UriUtils.basename(fresh);
  return [
    moveTo({ uri: fresh, document: undefined }, `Move ${what} to new file ${name}`, moved, needed, context),
    ...targets.map((target) => {
      const path = pathBetween(document.uri, target.uri);
      return moveTo({ uri: target.uri, document: target }, `Move ${what} to ${path}`, moved, needed, context);
    }),
  ].filter((refactoring) => refactoring !== undefined);
}

type Declaration = Extract<TopLevel, { readonly name: string }>;

function isDeclaration(element: TopLevel): element is Exclude<Declaration, { readonly $type: 'ModelBlock' }> {
  return (
    (isRegion(element) || isComponent(element) || isJourney(element) || isPolicy(element) || isScenario(element)) &&
    element.name !== undefined
  );
}

/** The declaration in whose head the caret stands, or those that the selection covers. */
function selectedDeclarations({ touched, selection }: RefactorContext): readonly Declaration[] {
  return touched.filter(isDeclaration).filter((element) => {
    const cst = element.$cstNode;
    if (cst === undefined) return false;
    const { start, end } = selection;
    if (start === end) return start >= cst.offset && start <= headEnd(cst.text, cst.offset);
    return start <= headEnd(cst.text, cst.offset) && end >= cst.end;
  });
}

function headEnd(text: string, offset: number): number {
  const brace = text.indexOf('{');
  const line = text.search(/[\r\n]/);
  const ends = [brace, line].filter((end) => end >= 0);
  return offset + (ends.length === 0 ? text.length : Math.min(...ends));
}

/** The files that declare what the moved declarations speak of, apart from themselves. */
function filesNeeded(moved: readonly Declaration[], { document }: RefactorContext): ReadonlySet<string> {
  const files = new Set<string>();
  for (const element of moved) {
    for (const node of AstUtils.streamAst(element)) {
      for (const { reference } of AstUtils.streamReferences(node)) {
        const target = 'ref' in reference ? reference.ref : undefined;
        if (target === undefined) continue;
        const top = AstUtils.getContainerOfType(target, isDeclarationNode);
        if (top === undefined || moved.includes(top)) continue;
        files.add(AstUtils.getDocument(target).uri.toString());
      }
    }
  }
  // The file they come from is asked last: importing it makes a circle, and another file may bring the names as well.
  const here = document.uri.toString();
  return new Set([...[...files].filter((uri) => uri !== here).sort(), ...(files.has(here) ? [here] : [])]);
}

function moveTo(
  target: { readonly uri: URI; readonly document: LangiumDocument | undefined },
  action: string,
  moved: readonly Declaration[],
  needed: ReadonlySet<string>,
  { documents, document }: RefactorContext,
): Refactoring | undefined {
  const uri = document.uri.toString();
  const text = document.textDocument.getText();
  const pieces = moved.map((element) => pieceOf(element, text));
  const body = pieces.map((piece) => textOf(piece, text)).join('\n\n');
  const sees = (from: LangiumDocument): ReadonlySet<string> =>
    new Set(importClosure(documents, from).map((each) => each.uri.toString()));

  // The file they leave imports the target; whoever saw them through this file still does.
  const changes: TextChange[] = [...removals(uri, text, pieces)];

  const seenThere = new Set(target.document === undefined ? [] : sees(target.document));
  const imports: URI[] = [];
  const seesTarget = (file: string): boolean => {
    const from = documents.getDocument(URI.parse(file));
    return from !== undefined && sees(from).has(target.uri.toString());
  };
  for (const file of needed) {
    const from = documents.getDocument(URI.parse(file));
    if (from === undefined || file === target.uri.toString() || seenThere.has(file)) continue;
    imports.push(from.uri);
    for (const seen of sees(from)) seenThere.add(seen);
  }
  // Where the moved declarations speak of what stays, and this file has to see them, no order of imports avoids a circle. A file of
  // their own is then offered all the same; one that is there already is not drawn into it.
  const isCircle = seenThere.has(uri) || imports.some((each) => seesTarget(each.toString()));
  if (isCircle && target.document !== undefined) return undefined;
  const title = isCircle ? `${action} (the files will import each other)` : action;
  const isSeen = sees(document).has(target.uri.toString());
  seenThere.delete(target.uri.toString());
  changes.push(...importsAfterMove(document, moved, isSeen ? undefined : target.uri, seenThere));
  if (target.document === undefined) {
    const lines = imports.map((each) => `import "${pathBetween(target.uri, each)}"\n`).join('');
    const whole = `${lines}${lines === '' ? '' : '\n'}${body}\n`;
    return { kind: 'move', title, changes: inOrder(changes), creates: [{ uri: target.uri.toString(), text: whole }] };
  }
  const there = target.document.textDocument.getText();
  const eol = lineBreakOf(there);
  const end = there.trimEnd().length;
  changes.push({
    uri: target.uri.toString(),
    start: end,
    end: there.length,
    text: `${end === 0 ? '' : eol + eol}${body.replaceAll('\n', eol)}${eol}`,
  });
  changes.push(...addedImports(target.document, imports));
  return { kind: 'move', title, changes: inOrder(changes) };
}

/**
 * The imports of the file that declarations leave: the target comes in, where it is not seen yet; what only they needed goes, where the
 * target brings it all the same.
 */
function importsAfterMove(
  document: LangiumDocument,
  moved: readonly Declaration[],
  target: URI | undefined,
  brought: ReadonlySet<string>,
): readonly TextChange[] {
  const uri = document.uri.toString();
  const text = document.textDocument.getText();
  const stays = new Set<string>();
  const goes = new Set<string>();
  for (const reference of document.references) {
    const node = 'ref' in reference ? reference.ref : undefined;
    const top = AstUtils.getContainerOfType(reference.$refNode?.astNode, isDeclarationNode);
    if (node === undefined) continue;
    (top !== undefined && moved.includes(top) ? goes : stays).add(AstUtils.getDocument(node).uri.toString());
  }
  const unused = importsOf(document).flatMap(({ node, uri: file }) => {
    const key = file?.toString();
    const isIdle = key !== undefined && goes.has(key) && !stays.has(key) && brought.has(key);
    return isIdle && node.$cstNode !== undefined ? [node.$cstNode] : [];
  });
  const [first, ...others] = unused;
  if (target === undefined || first === undefined) {
    const gone = unused.map(({ offset, end }) => ({ start: offset, end }));
    return [...removals(uri, text, gone), ...(target === undefined ? [] : addedImports(document, [target]))];
  }
  const gone = others.map(({ offset, end }) => ({ start: offset, end }));
  const line = `import "${pathBetween(document.uri, target)}"`;
  return [{ uri, start: first.offset, end: first.end, text: line }, ...removals(uri, text, gone)];
}

function isDeclarationNode(node: AstNode): node is Declaration {
  return node.$container?.$type === 'DrmlFile';
}

/** A file beside this one that does not exist: `orders.drml`, else `orders-2.drml`. */
function freshFile(name: string, { documents, document }: RefactorContext): URI {
  const folder = UriUtils.dirname(document.uri);
  const taken = new Set(importsOf(document).map(({ uri }) => uri?.toString()));
  for (let number = 1; ; number += 1) {
    const uri = UriUtils.joinPath(folder, `${name}${number === 1 ? '' : `-${number}`}.drml`);
    if (!documents.hasDocument(uri) && !taken.has(uri.toString())) return uri;
  }
}

function kindOf(element: Declaration): string {
  return isComponent(element) ? element.kind : element.$type.toLowerCase();
}
