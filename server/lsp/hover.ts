import {
  type AstNode,
  AstUtils,
  CstUtils,
  type DocumentationProvider,
  type LangiumDocument,
  type LeafCstNode,
  type References,
} from 'langium';
import type { LangiumServices } from 'langium/lsp';
import type { Hover, HoverParams } from 'vscode-languageserver';
import type { Analysis } from '../../language/analysis/analysis.js';
import { isComponent, isJourney, isPolicy, isRegion, isScenario, isZone, isZoneName } from '../../language/generated/ast.js';
import { explainedWord } from '../../language/syntax/keyword-at.js';
import { escaped } from './breakdown-text.js';
import { figurePathsAt } from './figure-path-at.js';
import type { Figures } from './figures.js';
import { figureText, keywordText, siteText, subjectText } from './hover-text.js';

/** Keywords are explained from the key table, names with the figures of what they name. */
export class Hovers {
  private readonly references: References;
  private readonly documentation: DocumentationProvider;

  constructor(
    services: LangiumServices,
    private readonly figures: () => Figures,
    /** The address of the language reference, where the client has it. */
    private readonly referencePage: () => string | undefined = () => undefined,
  ) {
    this.references = services.references.References;
    this.documentation = services.documentation.DocumentationProvider;
  }

  getHoverContent(document: LangiumDocument, params: HoverParams): Hover | undefined {
    const root = document.parseResult.value.$cstNode;
    if (root === undefined) return undefined;
    const offset = document.textDocument.offsetAt(params.position);
    const leaf = CstUtils.findDeclarationNodeAtOffset(root, offset) ?? CstUtils.findLeafNodeAtOffset(root, offset);
    if (leaf === undefined) return undefined;
    const target = this.references.findDeclarations(leaf)[0];
    const word = target === undefined ? explainedWord(leaf) : undefined;
    const parts =
      target !== undefined
        ? [this.declarationText(document, target)]
        : [
            ...(word === undefined ? [] : [keywordText(leaf.text, word, this.referencePage())]),
            ...this.figuresText(document, leaf),
          ];
    return parts.length === 0 ? undefined : { contents: { kind: 'markdown', value: parts.join('\n\n') }, range: leaf.range };
  }

  /** The figures that the statement around a leaf is about, in every model that the file belongs to. */
  private figuresText(document: LangiumDocument, leaf: LeafCstNode): readonly string[] {
    const paths = figurePathsAt(leaf.astNode);
    if (paths.length === 0) return [];
    const uri = document.uri.toString();
    const models = this.figures().modelsOf(uri);
    return models.flatMap(({ model, analysis }) => {
      const texts = paths.flatMap((path) => figureText(analysis, path, { uri, offset: leaf.offset }) ?? []);
      return texts.length === 0 || models.length < 2 ? texts : [`In model **${escaped(model.name)}**:`, ...texts];
    });
  }

  private declarationText(document: LangiumDocument, target: AstNode): string | undefined {
    const parts = [headline(target)];
    const documentation = this.documentation.getDocumentation(target);
    if (documentation !== undefined) parts.push(documentation);
    const models = this.figures().modelsOf(document.uri.toString());
    for (const { model, analysis } of models) {
      const text = figuresOf(analysis, target);
      if (text === undefined) continue;
      if (models.length > 1) parts.push(`In model **${escaped(model.name)}**:`);
      parts.push(text);
    }
    return parts.join('\n\n');
  }
}

function figuresOf(analysis: Analysis, target: AstNode): string | undefined {
  if (isComponent(target) || isJourney(target)) return subjectText(analysis, target.name);
  if (isScenario(target)) return figureText(analysis, target.name);
  const site = sitePath(target);
  return site === undefined ? undefined : siteText(analysis, site);
}

function headline(node: AstNode): string {
  const title = 'title' in node && typeof node.title === 'string' ? ` \u2014 ${escaped(node.title)}` : '';
  if (isComponent(node)) {
    const tier = node.tier === undefined ? '' : ` \u00b7 tier ${escaped(node.tier)}`;
    return `**${escaped(node.name)}** \u00b7 ${node.kind}${tier}${title}`;
  }
  const kind = isRegion(node)
    ? 'region'
    : isZone(node) || isZoneName(node)
      ? 'zone'
      : isJourney(node)
        ? 'journey'
        : isPolicy(node)
          ? 'policy'
          : isScenario(node)
            ? 'scenario'
            : node.$type.toLowerCase();
  const name = 'name' in node && typeof node.name === 'string' ? node.name : '';
  return `**${escaped(sitePath(node) ?? name)}** \u00b7 ${kind}${title}`;
}

/** `cn-north` or `cn-north.a`; undefined for what is no site. */
function sitePath(node: AstNode): string | undefined {
  if (isRegion(node)) return node.name;
  if (!isZone(node) && !isZoneName(node)) return undefined;
  const region = AstUtils.getContainerOfType(node, isRegion);
  return region === undefined ? undefined : `${region.name}.${node.name}`;
}
