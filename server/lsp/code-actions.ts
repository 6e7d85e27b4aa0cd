import type { LangiumDocument } from 'langium';
import { URI } from 'langium';
import type { CodeActionProvider, LangiumSharedServices } from 'langium/lsp';
import { type CodeAction, CodeActionKind, type CodeActionParams, type Diagnostic, type TextEdit } from 'vscode-languageserver';
import { applyEdits } from '../../language/edit/apply.js';
import type { Edit } from '../../language/edit/edit.js';
import type { Finding, Fix } from '../../language/rules/rule.js';
import type { Figures } from './figures.js';
import { rangeOf, touchesLines } from './positions.js';
import { unresolvedNameActions, type VisibleNames } from './unresolved-names.js';

/** Fixes of findings, carried out by language/edit, and ways out of names that do not resolve. */
export class CodeActions implements CodeActionProvider {
  constructor(
    private readonly shared: LangiumSharedServices,
    private readonly figures: () => Figures,
    private readonly visible: VisibleNames,
  ) {}

  getCodeActions(document: LangiumDocument, params: CodeActionParams): CodeAction[] {
    const only = params.context.only;
    const quick = only === undefined || only.some((kind) => CodeActionKind.QuickFix.startsWith(kind));
    if (!quick) return [];
    return [...this.fixes(document, params), ...unresolvedNameActions(document, params, this.visible)];
  }

  private fixes(document: LangiumDocument, params: CodeActionParams): CodeAction[] {
    const uri = document.uri.toString();
    const { start, end } = params.range;
    const actions = new Map<string, CodeAction>();
    for (const analysed of this.figures().modelsOf(uri)) {
      for (const finding of analysed.findings) {
        if (finding.at.uri !== uri || finding.accepted !== undefined) continue;
        const range = rangeOf(analysed.model, finding.at);
        if (!touchesLines(range, start.line, end.line)) continue;
        const diagnostics = params.context.diagnostics.filter((one) => isAbout(one, finding, range.start.line));
        finding.fixes.forEach((fix, index) => {
          const action = this.action(fix, diagnostics, index === 0);
          if (action !== undefined) actions.set(JSON.stringify(action.edit), action);
        });
      }
    }
    return [...actions.values()];
  }

  private action(fix: Fix, diagnostics: Diagnostic[], preferred: boolean): CodeAction | undefined {
    const changes = this.changes(fix.edits);
    if (changes === undefined) return undefined;
    return {
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics,
      isPreferred: preferred && fix.safe,
      edit: { changes },
    };
  }

  private changes(edits: readonly Edit[]): Record<string, TextEdit[]> | undefined {
    const documents = this.shared.workspace.LangiumDocuments;
    const changes: Record<string, TextEdit[]> = {};
    for (const change of applyEdits(edits, (uri) => documents.getDocument(URI.parse(uri))?.textDocument.getText())) {
      const text = documents.getDocument(URI.parse(change.uri))?.textDocument;
      if (text === undefined) continue;
      const edit = { range: { start: text.positionAt(change.start), end: text.positionAt(change.end) }, newText: change.text };
      const list = changes[change.uri];
      if (list === undefined) changes[change.uri] = [edit];
      else list.push(edit);
    }
    return Object.keys(changes).length === 0 ? undefined : changes;
  }
}

function isAbout(diagnostic: Diagnostic, finding: Finding, line: number): boolean {
  return diagnostic.code === finding.code && diagnostic.range.start.line === line;
}
