import { type InlayHint, InlayHintKind, type MarkupContent, type Position } from 'vscode-languageserver';
import type { Analysis } from '../../../language/analysis/analysis.js';
import { explain } from '../../../language/analysis/explanations.js';
import type { Figure } from '../../../language/analysis/figure.js';
import { type DisruptionClass, disruptionClasses } from '../../../language/model/model.js';
import type { AnalysedModel } from '../../../language/workspace.js';
import { breakdownText, escaped } from '../breakdown-text.js';

/** What a hint about a figure is about, kept in it until the editor shows its tooltip. */
export interface HintData {
  /** The file of the hint. */
  readonly uri: string;
  readonly subject: string;
  /** Absent: its availability. */
  readonly recovery?: { readonly disruption: DisruptionClass; readonly promise: 'rto' | 'rpo' };
}

/** A hint behind a place in the text. */
export function hintAt(position: Position, label: string, more: Partial<InlayHint> = {}): InlayHint {
  return { position, label, kind: InlayHintKind.Type, paddingLeft: true, ...more };
}

/** The figure that a hint is about, in one model; undefined where the model does not have it. */
export function figureOf(analysis: Analysis, { subject, recovery }: Omit<HintData, 'uri'>): Figure | undefined {
  if (recovery === undefined) return analysis.availability(subject)?.availability;
  return analysis.recovery(subject).get(recovery.disruption)?.[recovery.promise];
}

/** What `--explain` calls the figure of a hint. */
function pathOf({ subject, recovery }: HintData): string {
  return recovery === undefined ? `${subject}.availability` : `${subject}.${recovery.disruption}.${recovery.promise}`;
}

/** The breakdown of a hint's figure in every model that has it. */
export function tooltipOf(data: HintData, models: readonly AnalysedModel[]): MarkupContent | undefined {
  const parts = models.flatMap(({ model, analysis }) => {
    const figure = figureOf(analysis, data);
    const explanation = figure === undefined ? undefined : explain(figure);
    if (explanation === undefined) return [];
    const head = models.length > 1 ? `In model **${escaped(model.name)}**:\n\n` : '';
    return [head + breakdownText(explanation, model, { path: pathOf(data) })];
  });
  return parts.length === 0 ? undefined : { kind: 'markdown', value: parts.join('\n\n') };
}

/** Whether what a client sends back is what {@link HintData} says. */
export function isHintData(data: unknown): data is HintData {
  if (typeof data !== 'object' || data === null) return false;
  const { uri, subject, recovery } = data as Partial<HintData>;
  if (typeof uri !== 'string' || typeof subject !== 'string') return false;
  if (recovery === undefined) return true;
  return disruptionClasses.includes(recovery.disruption) && (recovery.promise === 'rto' || recovery.promise === 'rpo');
}
