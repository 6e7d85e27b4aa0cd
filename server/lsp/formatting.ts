import type { LangiumDocument } from 'langium';
import type { Formatter } from 'langium/lsp';
import type { DocumentFormattingParams, DocumentRangeFormattingParams, TextEdit } from 'vscode-languageserver';
import { formatDocument } from '../../language/syntax/format.js';

/** Hands the document to the language's own formatter and its changes to the client. A file with syntax errors is left as it is. */
export class Formatting implements Formatter {
  formatDocument(document: LangiumDocument, _params: DocumentFormattingParams): TextEdit[] {
    return this.edits(document, undefined);
  }

  formatDocumentRange(document: LangiumDocument, params: DocumentRangeFormattingParams): TextEdit[] {
    return this.edits(document, params.range);
  }

  formatDocumentOnType(): TextEdit[] {
    return [];
  }

  get formatOnTypeOptions(): undefined {
    return undefined;
  }

  private edits(document: LangiumDocument, range: DocumentRangeFormattingParams['range'] | undefined): TextEdit[] {
    const text = document.textDocument;
    const first = range === undefined ? 0 : text.offsetAt({ line: range.start.line, character: 0 });
    const last = range === undefined ? text.getText().length : text.offsetAt(range.end);
    // What was not read whole (over the size limit) is not laid out.
    if (document.parseResult.value.$cstNode?.root.fullText !== text.getText()) return [];
    return formatDocument(text.getText(), document.parseResult)
      .filter((edit) => edit.start <= last && edit.end >= first)
      .map((edit) => ({ range: { start: text.positionAt(edit.start), end: text.positionAt(edit.end) }, newText: edit.newText }));
  }
}
