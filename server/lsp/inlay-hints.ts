import { GrammarUtils, type LangiumDocument } from 'langium';
import type { InlayHintProvider } from 'langium/lsp';
import { type InlayHint, InlayHintKind, type InlayHintParams, type Position } from 'vscode-languageserver';
import type { Analysis, ClassRecovery } from '../../language/analysis/analysis.js';
import type { Figure } from '../../language/analysis/figure.js';
import { figureText, timeText } from '../../language/analysis/figure-text.js';
import type { ClassObjective, Component, Fact, Journey } from '../../language/generated/ast.js';
import { type DisruptionClass, disruptionClasses } from '../../language/model/model.js';
import { fileOf } from '../../language/syntax/imports.js';
import type { Figures } from './figures.js';
import { touchesLines } from './positions.js';
import type { Settings } from './settings.js';

/** Figures in the text: availability behind the header of components and journeys, estimates behind promised RTO and RPO. */
export class InlayHints implements InlayHintProvider {
  constructor(
    private readonly figures: () => Figures,
    private readonly settings: Settings,
  ) {}

  async getInlayHints(document: LangiumDocument, params: InlayHintParams): Promise<InlayHint[]> {
    const hints: InlayHint[] = [];
    if (!(await this.settings.shows('inlayHints'))) return hints;
    // In a file of several models the figures of the first root are shown; hover names them all.
    const analysis = this.figures().modelsOf(document.uri.toString())[0]?.analysis;
    if (analysis === undefined) return hints;
    for (const element of fileOf(document)?.elements ?? []) {
      if (element.$type !== 'Component' && element.$type !== 'Journey') continue;
      const range = element.$cstNode?.range;
      if (range === undefined || !touchesLines(range, params.range.start.line, params.range.end.line)) continue;
      const header = headerHint(element, analysis);
      if (header !== undefined) hints.push(header);
      for (const statement of element.statements) {
        if (statement.$type !== 'Objective') continue;
        for (const detail of statement.details) {
          if (detail.$type === 'ClassObjective') hints.push(...classHints(element.name, detail, analysis));
          else if (detail.$type === 'Fact' && detail.key === 'availability')
            hints.push(...availabilityHint(element.name, detail, analysis));
        }
      }
    }
    return hints;
  }
}

function headerHint(subject: Component | Journey, analysis: Analysis): InlayHint | undefined {
  const figures = analysis.availability(subject.name);
  const brace = GrammarUtils.findNodeForKeyword(subject.$cstNode, '{');
  if (figures === undefined || brace === undefined) return undefined;
  return {
    position: brace.range.end,
    label: figureText(figures.unavailability),
    tooltip: 'Availability, and the time it is down in a year. Hover the name for the breakdown.',
    kind: InlayHintKind.Type,
    paddingLeft: true,
    paddingRight: true,
  };
}

function availabilityHint(subject: string, promise: Fact, analysis: Analysis): InlayHint[] {
  const figures = analysis.availability(subject);
  const end = promise.$cstNode?.range.end;
  if (figures === undefined || end === undefined) return [];
  return [verdictHint(end, figureText(figures.unavailability), figures.availability)];
}

function classHints(subject: string, objective: ClassObjective, analysis: Analysis): InlayHint[] {
  const disruption = disruptionClasses.find((name) => name === objective.disruption);
  const recovery = disruption === undefined ? undefined : recoveryOf(analysis, subject, disruption);
  if (recovery === undefined) return [];
  const hints: InlayHint[] = [];
  for (const promise of objective.promises) {
    const end = promise.$cstNode?.range.end;
    if (end === undefined) continue;
    const figure = promise.key === 'rto' ? recovery.rto : recovery.rpo;
    hints.push(verdictHint(end, timeText(figure), figure));
  }
  return hints;
}

function verdictHint(position: Position, text: string, figure: Figure): InlayHint {
  const met = figure.verdict?.met;
  const verdict = met === undefined ? '' : met ? ' met' : ' missed';
  return {
    position,
    label: `\u2248 ${text}${verdict}`,
    ...(figure.terms.length === 0 ? {} : { tooltip: figure.terms.map(({ name }) => name).join(' + ') }),
    kind: InlayHintKind.Type,
    paddingLeft: true,
  };
}

function recoveryOf(analysis: Analysis, subject: string, disruption: DisruptionClass): ClassRecovery | undefined {
  return analysis.recovery(subject).get(disruption);
}
