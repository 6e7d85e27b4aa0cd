import { type AstNode, GrammarUtils, type LangiumDocument } from 'langium';
import type { CodeLens, Command } from 'vscode-languageserver';
import { fileOf } from '../../language/syntax/imports.js';
import type { ClientAbilities } from './client-abilities.js';
import { drillsLens } from './code-lens/drills-lens.js';
import { figuresLens } from './code-lens/figures-lens.js';
import { isLensData, type LensContext, type LensData, line } from './code-lens/lens.js';
import { modelLens } from './code-lens/model-lens.js';
import { referencesLens } from './code-lens/references-lens.js';
import { sitesLens } from './code-lens/sites-lens.js';
import type { Figures } from './figures.js';
import type { Settings } from './settings.js';

/**
 * Lines above declarations: figures and callers of components and journeys, what a region hosts, what a scenario takes and when it was last tried, how
 * the model stands. What a line says is worked out when it is resolved, which editors do for the lines they show.
 */
export class CodeLenses {
  constructor(
    private readonly figures: () => Figures,
    private readonly settings: Settings,
    private readonly client: ClientAbilities,
  ) {}

  async provideCodeLens(document: LangiumDocument): Promise<CodeLens[]> {
    const shows = await this.settings.shown('codeLens');
    const uri = document.uri.toString();
    const roots = this.figures()
      .modelsOf(uri)
      .map(({ model }) => model.root);
    const lenses: CodeLens[] = [];
    if (roots.length === 0) return lenses;
    for (const element of fileOf(document)?.elements ?? []) {
      if (!('name' in element) || element.name === undefined) continue;
      const range = nameRange(element);
      if (range === undefined) continue;
      const add = (kind: LensData['kind'], root?: string): void => {
        const data: LensData = { kind, uri, subject: element.name, ...(root === undefined ? {} : { root }) };
        if (shows(kind)) lenses.push({ range, data });
      };
      switch (element.$type) {
        case 'Component':
        case 'Journey':
          for (const root of roots) add('figures', root);
          if (element.$type === 'Component') add('references');
          if (element.$type === 'Component' && this.client.has('drml.openManifests')) add('manifests');
          break;
        case 'Region':
          add('sites');
          break;
        case 'Scenario':
          for (const root of roots) add('figures', root);
          add('drills');
          break;
        case 'ModelBlock':
          add('model', uri);
          break;
        case 'Policy':
          break;
      }
    }
    return lenses;
  }

  /** Puts its words into a lens. A lens whose model has changed meanwhile says so; the client asks for new ones anyway. */
  resolve(lens: CodeLens): CodeLens {
    const data: unknown = lens.data;
    if (!isLensData(data)) return lens;
    const all = this.figures().modelsOf(data.uri);
    const models = data.root === undefined ? all : all.filter(({ model }) => model.root === data.root);
    const context: LensContext = { models, subject: data.subject, uri: data.uri, range: lens.range, client: this.client };
    return { ...lens, command: this.lineOf(data.kind, context, all.length > 1) ?? { title: 'no figures', command: '' } };
  }

  private lineOf(kind: LensData['kind'], context: LensContext, several: boolean): Command | undefined {
    switch (kind) {
      case 'figures':
        return figuresLens(context, several);
      case 'references':
        return referencesLens(context);
      case 'sites':
        return sitesLens(context);
      case 'drills':
        return drillsLens(context);
      case 'model':
        return modelLens(context);
      case 'manifests':
        return line(context.client, 'manifests', 'drml.openManifests', [context.uri, context.subject]);
    }
  }
}

function nameRange(element: AstNode): CodeLens['range'] | undefined {
  return GrammarUtils.findNodeForProperty(element.$cstNode, 'name')?.range;
}
