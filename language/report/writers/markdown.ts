/** A document as GitHub-flavoured Markdown. Texts are escaped: none of them can become a heading, a tag, a link or the end of a cell. */
import { plainText } from '../../diagram/plain-text.js';
import {
  type Block,
  type Cell,
  type Document,
  glyphOf,
  linesOf,
  type Section,
  type Span,
  spansOf,
  type Table,
  type Text,
} from '../document.js';

/** The document, ending with a line end. Same document, same bytes. */
export function markdownOf(document: Document): string {
  const parts = [
    `# ${escaped(document.title)}`,
    ownLine(document.subtitle),
    ...document.front.map(blockOf),
    ...document.sections.flatMap((section, index) => [`## ${index + 1}. ${escaped(section.title)}`, ...bodyOf(section)]),
    '---',
    ownLine(document.footer),
  ];
  return `${parts.join('\n\n')}\n`;
}

function bodyOf(section: Section): readonly string[] {
  return section.blocks.map(blockOf);
}

function blockOf(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return ownLine(block.text);
    case 'note':
      return `> ${ownLine(block.text)}`;
    case 'heading':
      return `### ${escaped(block.text)}`;
    case 'list':
      return block.items.map((item) => `- ${ownLine(item)}`).join('\n');
    case 'facts':
      return grid(
        ['', ''],
        block.rows.map(([label, text]) => [emphasised(escaped(label).trim()), line(text)]),
      );
    case 'tally':
      return block.items
        .map(({ count, label, tone }) => `${tone === 'neutral' ? '' : `${glyphOf(tone)} `}**${count}** ${escaped(label)}`)
        .join(' · ');
    case 'signatures':
      return grid(
        ['', 'Name', 'Date', 'Signature'],
        block.roles.map(({ role, name }) => [escaped(role), escaped(name), '', '']),
      );
    case 'table':
      return tableOf(block);
  }
}

function tableOf({ caption, header, rows }: Table): string {
  const body = grid(
    header.map(escaped),
    rows.map((cells) => cells.map(cellOf)),
  );
  return `${emphasised(escaped(caption).trim())}\n\n${body}`;
}

function grid(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`.replace(/ {2}(?=\|)/g, ' ');
  return [row(header), `|${header.map(() => ' --- |').join('')}`, ...rows.map(row)].join('\n');
}

function cellOf(cell: Cell): string {
  return linesOf(cell).map(line).join('<br>');
}

function line(text: Text): string {
  return spansOf(text).map(spanOf).join('').trim();
}

/** A line of its own, outside of tables: what would begin a list or a heading there is escaped. */
function ownLine(text: Text): string {
  return line(text)
    .replace(/^([-+#=])/, '\\$1')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2');
}

function spanOf(span: Span): string {
  if (typeof span === 'string') return escaped(span);
  switch (span.kind) {
    case 'strong':
      // A blank inside of the stars would make them stars.
      return emphasised(escaped(span.text).trim());
    case 'code':
      return codeOf(span.text);
    case 'status':
      return `${glyphOf(span.tone)} ${escaped(span.word)}`;
  }
}

function emphasised(text: string): string {
  return text === '' ? '' : `**${text}**`;
}

/** A text in code type. Nothing but the fence and the borders of cells has a meaning in there; a text that holds them is written plainly. */
function codeOf(text: string): string {
  const clean = plainText(text);
  return clean === '' || /[`|\\]/.test(clean) ? escaped(text) : `\`${clean}\``;
}

/** Punctuation with a meaning gets a backslash, and addresses are no links. */
function escaped(text: string): string {
  return plainText(text)
    .replace(/[\\`*_[\]<>|~&$]/g, '\\$&')
    .replace(/:\/\//g, ':\\/\\/')
    .replace(/\b(www)\./gi, '$1\\.')
    .replace(/(\w)@(?=\w)/g, '$1\\@');
}
