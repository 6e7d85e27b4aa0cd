import { type LangiumDocument, UriUtils } from 'langium';
import type { DocumentLinkProvider, LangiumServices } from 'langium/lsp';
import type { DocumentLink } from 'vscode-languageserver';
import { folderOf, resolveImport } from '../../language/syntax/imports.js';
import type { RulePage } from './diagnostics.js';
import { meaning } from './on-demand.js';

/**
 * What may hold a link, in one expression: a comment, a text with the word before it, and the code of an accepted rule. The text is searched,
 * not the tree: links stand in comments as well, and a long file is read in one go.
 */
const piece =
  /\/\/[^\n\r]*|\/\*[\s\S]*?(?:\*\/|$)|(?:(?<![\w-])(import|manifest)\s+)?"((?:\\.|[^"\\\n\r])*)"|(?<![\w-])accepts\s+(DR\d+)(?![\w-])/g;

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

  async getDocumentLinks(document: LangiumDocument): Promise<DocumentLink[]> {
    const { describedRules } = await meaning();
    const isRule = (code: string): boolean => describedRules.some((rule) => rule.code === code);
    const text = document.textDocument;
    const links: DocumentLink[] = [];
    const add = (start: number, length: number, target: string | undefined, tooltip?: string): void => {
      if (target === undefined) return;
      const range = { start: text.positionAt(start), end: text.positionAt(start + length) };
      links.push(tooltip === undefined ? { range, target } : { range, target, tooltip });
    };
    for (const match of text.getText().matchAll(piece)) {
      const [whole, word, content = '', rule] = match;
      const end = match.index + whole.length;
      // The quotes belong to the link: that is what an editor underlines.
      const quoted = content.length + 2;
      if (word === 'import') add(end - quoted, quoted, this.importedFile(document, content), 'Open the imported file');
      else if (word === 'manifest') add(end - quoted, quoted, fileBeside(document, content), 'Open the manifest');
      else if (rule !== undefined) {
        if (isRule(rule)) add(end - rule.length, rule.length, this.rulePage()(rule), `What ${rule} says`);
      } else if (whole.includes('http')) {
        for (const found of whole.matchAll(address)) add(match.index + found.index, found[0].length, found[0]);
      }
    }
    return links;
  }

  /** Only files that are there: an editor would offer to create one out of a wrong path. */
  private importedFile(document: LangiumDocument, path: string): string | undefined {
    const uri = resolveImport(document.uri, path);
    return uri !== undefined && this.services.shared.workspace.LangiumDocuments.hasDocument(uri) ? uri.toString() : undefined;
  }
}

function fileBeside(document: LangiumDocument, path: string): string | undefined {
  if (path === '' || /^[/\\]|^[a-z]+:/i.test(path) || !path.isWellFormed()) return undefined;
  const folder = folderOf(document.uri);
  return folder === undefined ? undefined : UriUtils.joinPath(folder, path).toString();
}
