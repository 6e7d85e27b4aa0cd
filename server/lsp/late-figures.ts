import type { LangiumDocument } from 'langium';
import type { CodeLensProvider, HoverProvider, InlayHintProvider, LangiumServices } from 'langium/lsp';
import type { CodeLens, Hover, HoverParams, InlayHint, InlayHintParams } from 'vscode-languageserver';
import type { ClientAbilities } from './client-abilities.js';
import type { CodeLenses } from './code-lens.js';
import type { Figures } from './figures.js';
import type { Hovers } from './hover.js';
import type { InlayHints } from './inlay-hints.js';
import { askedOf, madeOnce, meaning } from './on-demand.js';
import type { Settings } from './settings.js';

/** Hovers, loaded with the analysis whose figures they show. */
export class LateHovers implements HoverProvider {
  private readonly feature: () => Promise<Hovers>;

  constructor(services: LangiumServices, figures: () => Figures, referencePage: (() => string | undefined) | undefined) {
    this.feature = madeOnce(async () => new (await meaning()).Hovers(services, figures, referencePage));
  }

  getHoverContent(document: LangiumDocument, params: HoverParams): Promise<Hover | undefined> {
    return askedOf(this.feature, document, (feature) => feature.getHoverContent(document, params));
  }
}

/** Lines above declarations, loaded with the analysis whose figures they show. */
export class LateCodeLenses implements CodeLensProvider {
  private readonly feature: () => Promise<CodeLenses>;

  constructor(figures: () => Figures, settings: Settings, client: ClientAbilities) {
    this.feature = madeOnce(async () => new (await meaning()).CodeLenses(figures, settings, client));
  }

  provideCodeLens(document: LangiumDocument): Promise<CodeLens[]> {
    return askedOf(this.feature, document, (feature) => feature.provideCodeLens(document));
  }

  /** Puts its words into a lens. */
  async resolve(lens: CodeLens): Promise<CodeLens> {
    return (await this.feature()).resolve(lens);
  }
}

/** Figures in the text, loaded with the analysis that they come from. */
export class LateInlayHints implements InlayHintProvider {
  private readonly feature: () => Promise<InlayHints>;

  constructor(figures: () => Figures, settings: Settings, client: ClientAbilities) {
    this.feature = madeOnce(async () => new (await meaning()).InlayHints(figures, settings, client));
  }

  getInlayHints(document: LangiumDocument, params: InlayHintParams): Promise<InlayHint[]> {
    return askedOf(this.feature, document, (feature) => feature.getInlayHints(document, params));
  }

  /** Adds the breakdown of a hint's figure as its tooltip. */
  async resolve(hint: InlayHint): Promise<InlayHint> {
    return (await this.feature()).resolve(hint);
  }
}
