import { type AstNode, AstUtils, type LangiumDocument, type ReferenceInfo } from 'langium';
import { type CodeAction, CodeActionKind, type CodeActionParams, type TextEdit } from 'vscode-languageserver';
import { applyEdits } from '../../language/edit/apply.js';
import { isCopiesTo, isDrill, isEdge, isTopLevel } from '../../language/generated/ast.js';
import { editDistance } from '../../language/syntax/nearest.js';
import { touchesLines } from './positions.js';

/** Names that may stand where a reference stands. */
export type VisibleNames = (reference: ReferenceInfo) => readonly string[];

/** For names that do not resolve: the names that were probably meant, and the declaration that is missing. */
export function unresolvedNameActions(document: LangiumDocument, params: CodeActionParams, visible: VisibleNames): CodeAction[] {
  const actions: CodeAction[] = [];
  for (const reference of document.references) {
    const node = 'ref' in reference ? reference.$refNode : undefined;
    const info = reference.error?.info;
    if (node === undefined || info === undefined) continue;
    if (!touchesLines(node.range, params.range.start.line, params.range.end.line)) continue;
    const { start } = node.range;
    const diagnostics = params.context.diagnostics.filter(
      ({ range }) => range.start.line === start.line && range.start.character === start.character,
    );
    const meant = nearestNames(reference.$refText, visible(info));
    meant.forEach((name, index) => {
      const edit: TextEdit = { range: node.range, newText: name };
      actions.push({
        title: `Change to "${name}"`,
        kind: CodeActionKind.QuickFix,
        diagnostics,
        isPreferred: index === 0 && meant.length === 1,
        edit: { changes: { [document.uri.toString()]: [edit] } },
      });
    });
    const created = createDeclaration(document, info);
    if (created !== undefined) {
      actions.push({
        title: created.title,
        kind: CodeActionKind.QuickFix,
        diagnostics,
        edit: { changes: { [document.uri.toString()]: [created.edit] } },
      });
    }
  }
  return actions;
}

/** At most three names that are a slip away: one edit in four letters, the nearest first. */
export function nearestNames(name: string, candidates: readonly string[]): readonly string[] {
  const most = Math.max(1, Math.floor(name.length / 4));
  return [...new Set(candidates)]
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate, most) }))
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

function createDeclaration(document: LangiumDocument, info: ReferenceInfo): { title: string; edit: TextEdit } | undefined {
  const name = info.reference.$refText;
  const declaration = declarationFor(info, name);
  const top = AstUtils.getContainerOfType(info.container, isTopLevel);
  if (declaration === undefined || top?.$cstNode === undefined) return undefined;
  const uri = document.uri.toString();
  const after = { uri, start: top.$cstNode.offset, end: top.$cstNode.end };
  const text = document.textDocument;
  const [change] = applyEdits([{ kind: 'add-declaration', after, text: declaration }], () => text.getText());
  if (change === undefined) return undefined;
  const kind = declaration.slice(0, declaration.indexOf(' '));
  const range = { start: text.positionAt(change.start), end: text.positionAt(change.end) };
  return { title: `Create ${kind} "${name}"`, edit: { range, newText: change.text } };
}

/** The smallest declaration that makes the reference mean something; none for zones, which belong into their region. */
function declarationFor(info: ReferenceInfo, name: string): string | undefined {
  switch (info.property) {
    case 'region':
      return `region ${name} {\n  zones a, b, c\n}`;
    case 'policy':
      return `policy ${name} {\n}`;
    case 'scenario':
      return isDrill(info.container) ? `scenario ${name} {\n}` : undefined;
    case 'target':
      return targetDeclaration(info.container, name);
    default:
      return undefined;
  }
}

function targetDeclaration(reference: AstNode, name: string): string | undefined {
  const owner = reference.$container;
  if (isCopiesTo(owner)) return `bucket ${name} {\n}`;
  if (isEdge(owner)) {
    if (reference.$containerProperty === 'journeys') return `journey ${name} {\n}`;
    if (owner.kind === 'publishes' || owner.kind === 'consumes') return `queue ${name} {\n}`;
  }
  return `service ${name} {\n}`;
}
