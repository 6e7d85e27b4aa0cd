import type { LangiumDocument } from 'langium';
import type { InlayHint, TextEdit } from 'vscode-languageserver';
import { applyEdits } from '../../../language/edit/apply.js';
import type { Component } from '../../../language/generated/ast.js';
import { assumptions } from '../../../language/model/assumptions.js';
import { assumedStatements } from '../../../language/refactor/assumption-statements.js';
import type { AnalysedModel } from '../../../language/workspace.js';
import { hintAt } from './hint.js';

/** How many assumptions are named; the others are counted. */
const mostNamed = 3;

/**
 * What the figures take for granted, behind the block of a component, where it would be written:
 * `} assumes availability 99.5%, common cause 5%`. Accepting the hint writes it down. In a file of several models the first one that has
 * the component speaks.
 */
export function assumptionHints(
  element: Component,
  models: readonly AnalysedModel[],
  document: LangiumDocument,
): readonly InlayHint[] {
  const uri = document.uri.toString();
  const end = element.$cstNode?.range.end;
  for (const { model, analysis } of models) {
    const component = model.components.find(({ name, source }) => name === element.name && source.uri === uri);
    if (component === undefined || end === undefined) continue;
    const assumed = assumedStatements(component, analysis);
    if (assumed.length === 0) return [];
    const named = assumed.slice(0, mostNamed).map(({ statement }) => statement);
    const more = assumed.length > mostNamed ? ` +${assumed.length - mostNamed}` : '';
    const text = document.textDocument;
    const changes = applyEdits(
      assumed.map(({ edit }) => edit),
      () => text.getText(),
    );
    const textEdits = changes.map(
      (change): TextEdit => ({
        range: { start: text.positionAt(change.start), end: text.positionAt(change.end) },
        newText: change.text,
      }),
    );
    const lines = assumed.map(({ code, statement }) => `- \`${statement}\` \u2014 ${assumptions[code].source}`);
    const value = `Nobody has written these, so the figures take them for granted. Accept the hint to write them down.\n\n${lines.join('\n')}`;
    return [
      hintAt(end, `assumes ${named.join(', ')}${more}`, {
        textEdits,
        tooltip: { kind: 'markdown', value },
      }),
    ];
  }
  return [];
}
