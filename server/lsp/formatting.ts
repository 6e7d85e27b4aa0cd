import type { LangiumDocument } from 'langium';
import type { Formatter } from 'langium/lsp';
import type {
  DocumentFormattingParams,
  DocumentOnTypeFormattingOptions,
  DocumentOnTypeFormattingParams,
  DocumentRangeFormattingParams,
  FormattingOptions,
  TextEdit,
} from 'vscode-languageserver';
import { type FormatEdit, type FormatOptions, formatDocument, formatRange } from '../../language/syntax/format.js';
import { formatClosedBlock, formatLeftLine } from '../../language/syntax/format-typing.js';

/** Hands the document to the language's own formatter and its changes to the client. Declarations with syntax errors are left as they are. */
export class Formatting implements Formatter {
  get formatOnTypeOptions(): DocumentOnTypeFormattingOptions {
    return { firstTriggerCharacter: '}', moreTriggerCharacter: ['\n'] };
  }

  formatDocument(document: LangiumDocument, { options }: DocumentFormattingParams): TextEdit[] {
    if (!isWhole(document)) return [];
    const text = document.textDocument.getText();
    return textEdits(document, formatDocument(text, document.parseResult, layoutOptions(options)));
  }

  formatDocumentRange(document: LangiumDocument, { options, range }: DocumentRangeFormattingParams): TextEdit[] {
    if (!isWhole(document)) return [];
    const { textDocument, parseResult } = document;
    const offsets = { start: textDocument.offsetAt(range.start), end: textDocument.offsetAt(range.end) };
    return textEdits(document, formatRange(textDocument.getText(), parseResult, offsets, layoutOptions(options)));
  }

  formatDocumentOnType(document: LangiumDocument, { ch, options, position }: DocumentOnTypeFormattingParams): TextEdit[] {
    const text = document.textDocument.getText();
    const offset = document.textDocument.offsetAt(position);
    const format = ch === '}' ? formatClosedBlock : formatLeftLine;
    return textEdits(document, format(text, offset, layoutOptions(options)));
  }
}

/** What was not read whole (over the size limit) is not laid out. */
function isWhole({ parseResult, textDocument }: LangiumDocument): boolean {
  return parseResult.value.$cstNode?.root.fullText === textDocument.getText();
}

/** What the client asks for, as the formatter knows it. */
function layoutOptions({ insertSpaces, tabSize }: FormattingOptions): FormatOptions {
  // A client that sends nonsense gets what the language uses by itself.
  if (!Number.isInteger(tabSize) || tabSize < 1 || tabSize > 16) return {};
  return { indent: insertSpaces ? ' '.repeat(tabSize) : '\t', tabWidth: tabSize };
}

function textEdits({ textDocument }: LangiumDocument, edits: readonly FormatEdit[]): TextEdit[] {
  return edits.map(({ start, end, newText }) => ({
    range: { start: textDocument.positionAt(start), end: textDocument.positionAt(end) },
    newText,
  }));
}
