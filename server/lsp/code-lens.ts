import { GrammarUtils, type LangiumDocument } from 'langium';
import type { CodeLensProvider } from 'langium/lsp';
import type { CodeLens } from 'vscode-languageserver';
import type { Analysis } from '../../language/analysis/analysis.js';
import { figureText, timeText } from '../../language/analysis/figure-text.js';
import type { DisruptionClass } from '../../language/model/model.js';
import { fileOf } from '../../language/syntax/imports.js';
import type { Figures } from './figures.js';
import type { Settings } from './settings.js';

/** What a lens is about, kept in it until the client shows it. */
interface LensData {
  readonly root: string;
  readonly subject: string;
  /** Whether the model is named, because the file belongs to several. */
  readonly named: boolean;
}

/**
 * One line of figures above every component and journey: `99.9898% (53.7 min/yr) · 2 single points · region-loss RTO 90 s`. A click opens
 * the picture. Figures are computed when a lens is resolved, which editors do for the lines they show.
 */
export class CodeLenses implements CodeLensProvider {
  constructor(
    private readonly figures: () => Figures,
    private readonly settings: Settings,
  ) {}

  async provideCodeLens(document: LangiumDocument): Promise<CodeLens[]> {
    if (!(await this.settings.shows('codeLens'))) return [];
    const models = this.figures().modelsOf(document.uri.toString());
    const lenses: CodeLens[] = [];
    for (const element of fileOf(document)?.elements ?? []) {
      if (element.$type !== 'Component' && element.$type !== 'Journey') continue;
      const range = GrammarUtils.findNodeForProperty(element.$cstNode, 'name')?.range;
      if (range === undefined) continue;
      for (const { model } of models) {
        const data: LensData = { root: model.root, subject: element.name, named: models.length > 1 };
        lenses.push({ range, data });
      }
    }
    return lenses;
  }

  /** Puts the figures into a lens. A lens whose model has changed meanwhile says so; the client asks for new ones anyway. */
  resolve(lens: CodeLens): CodeLens {
    const data: unknown = lens.data;
    if (!isLensData(data)) return lens;
    const analysed = this.figures().modelOf(data.root);
    const title = analysed === undefined ? undefined : lensTitle(analysed.analysis, data.subject);
    if (analysed === undefined || title === undefined) return { ...lens, command: { title: 'no figures', command: '' } };
    const prefix = data.named ? `${analysed.model.name}: ` : '';
    return { ...lens, command: { title: prefix + title, command: 'drml.openPreview' } };
  }
}

function isLensData(data: unknown): data is LensData {
  if (typeof data !== 'object' || data === null) return false;
  const { root, subject, named } = data as Partial<LensData>;
  return typeof root === 'string' && typeof subject === 'string' && typeof named === 'boolean';
}

/** The figures of a component or journey in one line, or undefined where the model has no such name. */
export function lensTitle(analysis: Analysis, subject: string): string | undefined {
  const figures = analysis.availability(subject);
  if (figures === undefined) return undefined;
  const points = analysis.singlePoints(subject).length;
  const parts = [figureText(figures.unavailability)];
  parts.push(points === 0 ? 'no single point' : points === 1 ? '1 single point' : `${points} single points`);
  const recovery = worstRecovery(analysis, subject);
  if (recovery !== undefined) parts.push(recovery);
  return parts.join(' \u00b7 ');
}

/** The RTO people ask for first: of a region's loss, else of a zone's. */
function worstRecovery(analysis: Analysis, subject: string): string | undefined {
  const recovery = analysis.recovery(subject);
  const asked: readonly DisruptionClass[] = ['region-loss', 'zone-loss'];
  for (const disruption of asked) {
    const figures = recovery.get(disruption);
    if (figures === undefined || figures.survives === undefined) continue;
    return `${disruption} RTO ${timeText(figures.rto)}`;
  }
  return undefined;
}
