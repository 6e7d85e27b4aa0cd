import { AstUtils, type CstNode, CstUtils, GrammarUtils, type LangiumDocument, UriUtils } from 'langium';
import type { DocumentLinkProvider, LangiumServices } from 'langium/lsp';
import type { DocumentLink } from 'vscode-languageserver';
import { isAccepts, isImport, isText } from '../../language/generated/ast.js';
import { describedRules } from '../../language/rules/registry.js';
import { resolveImport } from '../../language/syntax/imports.js';
import type { RulePage } from './diagnostics.js';

/** An address in a text or comment; what closes a sentence or a pair around it is not part of it. */
const address = /https?:\/\/[^\s"<>`]*[^\s"<>`.,;:!?)\]}*]/g;

/**
 * What can be followed with a click: the file of an import, the user's own manifest, web addresses in texts and comments (a runbook), and
 * from the code of an accepted rule its page.
 */
export class DocumentLinks implements DocumentLinkProvider {
  constructor(
    private readonly services: LangiumServices,
    private readonly rulePage: () => RulePage,
  ) {}

  getDocumentLinks(document: LangiumDocument): DocumentLink[] {
    const root = document.parseResult.value;
    const links: DocumentLink[] = [];
    const add = (at: CstNode | undefined, target: string | undefined, tooltip: string): void => {
      if (at !== undefined && target !== undefined) links.push({ range: at.range, target, tooltip });
    };
    for (const node of AstUtils.streamAst(root)) {
      if (isImport(node)) add(property(node, 'path'), this.importedFile(document, node.path), 'Open the imported file');
      else if (isText(node) && node.key === 'manifest')
        add(property(node, 'value'), fileBeside(document, node.value), 'Open the manifest');
      else if (isAccepts(node) && isRule(node.rule)) {
        add(property(node, 'rule'), this.rulePage()(node.rule), `What ${node.rule} says`);
      }
    }
    const tree = root.$cstNode;
    if (tree === undefined) return links;
    for (const leaf of CstUtils.flattenCst(tree)) {
      if (leaf.text.includes('http')) links.push(...addressesIn(document, leaf));
    }
    return links;
  }

  /** Only files that are there: an editor would offer to create one out of a wrong path. */
  private importedFile(document: LangiumDocument, path: string): string | undefined {
    const uri = resolveImport(document.uri, path);
    return uri !== undefined && this.services.shared.workspace.LangiumDocuments.hasDocument(uri) ? uri.toString() : undefined;
  }
}

function property(node: Parameters<typeof AstUtils.streamAst>[0], name: string): CstNode | undefined {
  return GrammarUtils.findNodeForProperty(node.$cstNode, name);
}

function isRule(code: string): boolean {
  return describedRules.some((rule) => rule.code === code);
}

function fileBeside(document: LangiumDocument, path: string | undefined): string | undefined {
  if (path === undefined || path === '' || /^[/\\]|^[a-z]+:/i.test(path) || !path.isWellFormed()) return undefined;
  return UriUtils.joinPath(UriUtils.dirname(document.uri), path).toString();
}

function addressesIn(document: LangiumDocument, leaf: CstNode): readonly DocumentLink[] {
  return [...leaf.text.matchAll(address)].map((found) => {
    const start = leaf.offset + found.index;
    const text = document.textDocument;
    return { range: { start: text.positionAt(start), end: text.positionAt(start + found[0].length) }, target: found[0] };
  });
}
