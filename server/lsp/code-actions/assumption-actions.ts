import type { LangiumDocument, LangiumDocuments } from 'langium';
import { type CodeAction, CodeActionKind, type CodeActionParams } from 'vscode-languageserver';
import { applyEdits } from '../../../language/edit/apply.js';
import { assumedStatements } from '../../../language/refactor/assumption-statements.js';
import type { Figures } from '../figures.js';
import { rangeOf } from '../positions.js';
import { workspaceEdit } from './workspace-edits.js';

/** ``Make the assumption explicit: `common cause 5%` ``, in the head of a component: one for each assumption, and one for all. */
export function assumptionActions(
  documents: LangiumDocuments,
  document: LangiumDocument,
  params: CodeActionParams,
  figures: Figures,
): readonly CodeAction[] {
  const uri = document.uri.toString();
  const text = document.textDocument.getText();
  const kind = CodeActionKind.RefactorRewrite;
  for (const { model, analysis } of figures.modelsOf(uri)) {
    const component = model.components.find(
      ({ nameSource }) => nameSource.uri === uri && rangeOf(model, nameSource).start.line === params.range.start.line,
    );
    if (component === undefined) continue;
    const assumed = assumedStatements(component, analysis);
    const action = (title: string, of: typeof assumed): readonly CodeAction[] => {
      const changes = applyEdits(
        of.map(({ edit }) => edit),
        () => text,
      );
      const edit = workspaceEdit(documents, changes);
      return edit === undefined ? [] : [{ title, kind, edit }];
    };
    return [
      ...assumed.flatMap((one) => action(`Make the assumption explicit: \`${one.statement}\``, [one])),
      ...(assumed.length < 2 ? [] : action(`Make all ${assumed.length} assumptions explicit`, assumed)),
    ];
  }
  return [];
}
