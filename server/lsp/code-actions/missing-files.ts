import { GrammarUtils, type LangiumDocument, type LangiumDocuments } from 'langium';
import { type CodeAction, CodeActionKind, type CodeActionParams } from 'vscode-languageserver';
import { importsOf } from '../../../language/syntax/imports.js';
import { touchesLines } from '../positions.js';
import { workspaceEdit } from './workspace-edits.js';

/** `Create file ./platform.drml`, on an import of a file that is not there. For clients that can make files. */
export function missingFileActions(
  documents: LangiumDocuments,
  document: LangiumDocument,
  params: CodeActionParams,
): readonly CodeAction[] {
  return importsOf(document).flatMap(({ node, uri }): readonly CodeAction[] => {
    const range = GrammarUtils.findNodeForProperty(node.$cstNode, 'path')?.range;
    if (uri === undefined || range === undefined || documents.hasDocument(uri)) return [];
    if (!touchesLines(range, params.range.start.line, params.range.end.line)) return [];
    const edit = workspaceEdit(documents, [], [{ uri: uri.toString(), text: '' }]);
    if (edit === undefined) return [];
    const diagnostics = params.context.diagnostics.filter((one) => one.range.start.line === range.start.line);
    return [{ title: `Create file ${node.path}`, kind: CodeActionKind.QuickFix, diagnostics, edit }];
  });
}
