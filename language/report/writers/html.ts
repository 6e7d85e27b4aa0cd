/** A document as one HTML file: no script, nothing loaded from elsewhere, made for A4 and for screens. Every text is escaped. */
import { escapeText } from '../../diagram/markup.js';
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
import { reportStyle } from './style.js';

/** The document as a page of its own. Same document, same bytes. */
export function htmlOf(document: Document): string {
  const { title, subtitle, front, sections, footer } = document;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>
${reportStyle}</style>
</head>
<body>
<header class="front">
<p class="kind">${escaped(subtitle)}</p>
<h1>${escaped(title)}</h1>
${front.map(blockOf).join('')}${contentsOf(sections)}</header>
<main>
${sections.map(sectionOf).join('')}</main>
<footer>${escaped(footer)}</footer>
</body>
</html>
`;
}

function contentsOf(sections: readonly Section[]): string {
  const items = sections.map(({ id, title }) => `<li><a href="#${id}">${escaped(title)}</a></li>\n`).join('');
  return `<nav aria-labelledby="contents">\n<h2 id="contents">Contents</h2>\n<ol>\n${items}</ol>\n</nav>\n`;
}

function sectionOf({ id, title, blocks }: Section, index: number): string {
  return `<section id="${id}" aria-labelledby="${id}-title">\n<h2 id="${id}-title">${index + 1}. ${escaped(title)}</h2>\n${blocks.map(blockOf).join('')}</section>\n`;
}

function blockOf(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${line(block.text)}</p>\n`;
    case 'note':
      return `<p class="note">${line(block.text)}</p>\n`;
    case 'heading':
      return `<h3>${escaped(block.text)}</h3>\n`;
    case 'list':
      return `<ul>\n${block.items.map((item) => `<li>${line(item)}</li>\n`).join('')}</ul>\n`;
    case 'facts':
      return `<table class="facts">\n<tbody>\n${block.rows
        .map(([label, text]) => `<tr><th scope="row">${escaped(label)}</th><td>${line(text)}</td></tr>\n`)
        .join('')}</tbody>\n</table>\n`;
    case 'tally':
      return `<ul class="tally">\n${block.items
        .map(
          ({ count, tone, label }) =>
            `<li class="${tone}"><span class="count">${tone === 'neutral' ? '' : `<span aria-hidden="true">${glyphOf(tone)} </span>`}${count}</span> ${escaped(label)}</li>\n`,
        )
        .join('')}</ul>\n`;
    case 'signatures':
      return `<table class="signatures">\n<caption>Signatures</caption>\n<thead>\n<tr><td></td><th scope="col">Name</th><th scope="col">Date</th><th scope="col">Signature</th></tr>\n</thead>\n<tbody>\n${block.roles
        .map(({ role, name }) => `<tr><th scope="row">${escaped(role)}</th><td>${escaped(name)}</td><td></td><td></td></tr>\n`)
        .join('')}</tbody>\n</table>\n`;
    case 'table':
      return tableOf(block);
  }
}

function tableOf({ caption, header, rows, matrix }: Table): string {
  const head = header.map((title) => `<th scope="col">${escaped(title)}</th>`).join('');
  const body = rows
    .map((cells) => {
      const [first, ...rest] = cells.map(cellOf);
      return `<tr><th scope="row">${first ?? ''}</th>${rest.map((cell) => `<td>${cell}</td>`).join('')}</tr>\n`;
    })
    .join('');
  return `<table${matrix === true ? ' class="matrix"' : ''}>\n<caption>${escaped(caption)}</caption>\n<thead>\n<tr>${head}</tr>\n</thead>\n<tbody>\n${body}</tbody>\n</table>\n`;
}

function cellOf(cell: Cell): string {
  return linesOf(cell).map(line).join('<br>');
}

function line(text: Text): string {
  return spansOf(text).map(spanOf).join('');
}

function spanOf(span: Span): string {
  if (typeof span === 'string') return escaped(span);
  switch (span.kind) {
    case 'strong':
      return `<strong>${escaped(span.text)}</strong>`;
    case 'code':
      return `<code>${escaped(span.text)}</code>`;
    case 'status':
      return `<span class="status ${span.tone}"><span aria-hidden="true">${glyphOf(span.tone)} </span>${escaped(span.word)}</span>`;
  }
}

function escaped(text: string): string {
  return escapeText(plainText(text));
}
