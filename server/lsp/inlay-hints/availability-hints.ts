import { GrammarUtils } from 'langium';
import type { InlayHint } from 'vscode-languageserver';
import { figureText } from '../../../language/analysis/figure-text.js';
import type { Component, Journey } from '../../../language/generated/ast.js';
import type { AnalysedModel } from '../../../language/workspace.js';
import { agreedText } from '../several-models.js';
import { hintAt } from './hint.js';

/** How available a component or journey is, behind its head: `{ 99.98% (1.75 h/yr)`. */
export function availabilityHints(
  element: Component | Journey,
  models: readonly AnalysedModel[],
  uri: string,
): readonly InlayHint[] {
  const brace = GrammarUtils.findNodeForKeyword(element.$cstNode, '{');
  const text = agreedText(models, ({ analysis }) => {
    const figures = analysis.availability(element.name);
    return figures === undefined ? undefined : figureText(figures.unavailability);
  });
  if (brace === undefined || text === undefined) return [];
  return [hintAt(brace.range.end, text, { paddingRight: true, data: { uri, subject: element.name } })];
}
