import type { LangiumDocument } from 'langium';
import type { InlayHint, InlayHintParams } from 'vscode-languageserver';
import { elementsIn } from '../../language/refactor/elements-in.js';
import { fileOf } from '../../language/syntax/imports.js';
import type { ClientAbilities } from './client-abilities.js';
import type { Figures } from './figures.js';
import { assumptionHints } from './inlay-hints/assumption-hints.js';
import { availabilityHints } from './inlay-hints/availability-hints.js';
import { isHintData, tooltipOf } from './inlay-hints/hint.js';
import { placementHints } from './inlay-hints/placement-hints.js';
import { recoveryHints } from './inlay-hints/recovery-hints.js';
import type { Settings } from './settings.js';

/** Figures and what they rest on, in the text of the lines that the editor shows. Each kind has a file and a switch of its own. */
export class InlayHints {
  constructor(
    private readonly figures: () => Figures,
    private readonly settings: Settings,
    private readonly client: ClientAbilities,
  ) {}

  async getInlayHints(document: LangiumDocument, params: InlayHintParams): Promise<InlayHint[]> {
    const shows = await this.settings.shown('inlayHints');
    const uri = document.uri.toString();
    const models = this.figures().modelsOf(uri);
    const { start, end } = params.range;
    const hints: InlayHint[] = [];
    const file = fileOf(document);
    if (file === undefined || models.length === 0) return hints;
    const text = document.textDocument;
    const asked = {
      start: text.offsetAt({ line: start.line, character: 0 }),
      end: text.offsetAt({ line: end.line + 1, character: 0 }),
    };
    for (const element of elementsIn(file, asked)) {
      if (element.$type !== 'Component' && element.$type !== 'Journey') continue;
      if (shows('availability')) hints.push(...availabilityHints(element, models, uri));
      if (shows('recovery')) hints.push(...recoveryHints(element, models, uri));
      if (element.$type !== 'Component') continue;
      if (shows('assumptions')) hints.push(...assumptionHints(element, models, document));
      if (shows('placement')) hints.push(...placementHints(element, models, uri));
    }
    return hints
      .filter(({ position }) => position.line >= start.line && position.line <= end.line)
      .map((hint) => (this.client.resolvesHints ? hint : this.resolve(hint)));
  }

  /** Adds the breakdown of a hint's figure as its tooltip. A hint whose figure is gone stays as it is. */
  resolve(hint: InlayHint): InlayHint {
    const data: unknown = hint.data;
    if (!isHintData(data)) return hint;
    const tooltip = tooltipOf(data, this.figures().modelsOf(data.uri));
    return tooltip === undefined ? hint : { ...hint, tooltip };
  }
}
