import type { InlayHint } from 'vscode-languageserver';
import type { Figure } from '../../../language/analysis/figure.js';
import { figureText, timeText } from '../../../language/analysis/figure-text.js';
import type { Component, Fact, Journey } from '../../../language/generated/ast.js';
import { disruptionClasses } from '../../../language/model/model.js';
import type { AnalysedModel } from '../../../language/workspace.js';
import { agreedText } from '../several-models.js';
import { figureOf, type HintData, hintAt } from './hint.js';

/** What is to be expected behind each promise, and whether it is kept: `rto 15m ≈ 2 min met`. */
export function recoveryHints(element: Component | Journey, models: readonly AnalysedModel[], uri: string): readonly InlayHint[] {
  const subject = element.name;
  const hints: InlayHint[] = [];
  for (const statement of element.statements) {
    if (statement.$type !== 'Objective') continue;
    for (const detail of statement.details) {
      if (detail.$type === 'Fact' && detail.key === 'availability') hints.push(...verdict(detail, { uri, subject }, models));
      if (detail.$type !== 'ClassObjective') continue;
      const disruption = disruptionClasses.find((name) => name === detail.disruption);
      if (disruption === undefined) continue;
      for (const promise of detail.promises) {
        if (promise.key !== 'rto' && promise.key !== 'rpo') continue;
        hints.push(...verdict(promise, { uri, subject, recovery: { disruption, promise: promise.key } }, models));
      }
    }
  }
  return hints;
}

function verdict(promise: Fact, data: HintData, models: readonly AnalysedModel[]): readonly InlayHint[] {
  const end = promise.$cstNode?.range.end;
  const text = agreedText(models, ({ analysis }) => {
    const figure = figureOf(analysis, data);
    if (figure === undefined) return undefined;
    const met = figure.verdict?.met;
    return `${shown(analysis.availability(data.subject)?.unavailability, figure, data)}${met === undefined ? '' : met ? ' met' : ' missed'}`;
  });
  return end === undefined || text === undefined ? [] : [hintAt(end, `\u2248 ${text}`, { data })];
}

/** Availability is printed from its complement, which keeps the digits that matter. */
function shown(unavailability: Figure | undefined, figure: Figure, { recovery }: HintData): string {
  return recovery === undefined && unavailability !== undefined ? figureText(unavailability) : timeText(figure);
}
