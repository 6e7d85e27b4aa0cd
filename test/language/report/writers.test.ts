import { describe, expect, it } from 'vitest';
import { code, type Document, note, paragraph, status, strong } from '../../../language/report/document.js';
import { htmlOf } from '../../../language/report/writers/html.js';
import { markdownOf } from '../../../language/report/writers/markdown.js';
import { reportStyle } from '../../../language/report/writers/style.js';

/** Texts that would do harm where they were not escaped. */
const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'a | b',
  '`code` and ``more``',
  '[link](javascript:alert(1))',
  '![picture](https://example.com/x.png)',
  'https://example.com/a and www.example.com',
  '# heading\n## another',
  '- item',
  '1. item',
  '&lt;b&gt; &amp;',
  '**bold** _slanted_ ~~struck~~',
  '\u202Etxet denrut\u202C \u200Bhidden',
  '\u001B[31mred',
  '\\| \\` \\<',
  '$x$ </style> --> ]]>',
];

/** A document that holds a text in every place that a text can stand in. */
function everywhere(text: string): Document {
  return {
    title: text,
    subtitle: text,
    front: [
      { kind: 'facts', rows: [[text, text]] },
      { kind: 'signatures', roles: [{ role: text, name: text }] },
    ],
    sections: [
      {
        id: 'one',
        title: text,
        blocks: [
          paragraph(text),
          note(text),
          { kind: 'heading', text },
          { kind: 'list', items: [text, [code(text), strong(text), status('good', text)]] },
          { kind: 'tally', items: [{ count: 1, tone: 'bad', label: text }] },
          { kind: 'table', caption: text, header: [text, text], rows: [[text, { lines: [text, code(text)] }]] },
        ],
      },
    ],
    footer: text,
  };
}

/** Tags in the order they stand in, without their attributes. */
function tagsOf(html: string): readonly string[] {
  return [...html.matchAll(/<(\/?[a-z][a-z0-9]*)\b/gi)].map(([, tag]) => tag ?? '');
}

describe('HTML', () => {
  it.each(hostile)('%j adds no tag, attribute or address', (text) => {
    const html = htmlOf(everywhere(text));
    expect(tagsOf(html)).toEqual(tagsOf(htmlOf(everywhere('plain'))));
    expect(html).not.toMatch(/<[^>]*(onerror|javascript|src=)/);
    expect(['\u202E', '\u200B', '\u001B'].filter((letter) => html.includes(letter))).toEqual([]);
  });

  it('says the text, and not its escapes', () => {
    expect(htmlOf(everywhere('a < b & "c"'))).toContain('<p>a &lt; b &amp; &quot;c&quot;</p>');
  });

  it('stands alone: no script, nothing from elsewhere', () => {
    const html = htmlOf(everywhere('plain'));
    expect(html).not.toMatch(/<(script|link|iframe|object|embed|img)\b|url\(|@import|https?:/);
    expect(html).toContain(`default-src 'none'`);
  });

  it('can be read aloud: language, one first heading, heads with a scope, glyphs aside', () => {
    const html = htmlOf(everywhere('plain'));
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html.match(/<h1>/g)).toHaveLength(1);
    expect(html.match(/<th(?! scope="(row|col)")[ >]/g)).toBeNull();
    expect(html).toContain('<span class="status good"><span aria-hidden="true">✓ </span>plain</span>');
  });
});

describe('Markdown', () => {
  /** Cells of a line of a table: borders that no backslash stands before. */
  const cells = (line: string): number => line.split(/(?<!\\)\|/).length - 2;

  it.each(hostile)('%j stays in its place', (text) => {
    const [shown, plain] = [markdownOf(everywhere(text)).split('\n'), markdownOf(everywhere('plain')).split('\n')];
    // As many lines, each of the same kind, and in tables as many cells.
    expect(shown.length).toBe(plain.length);
    shown.forEach((line, index) => {
      const other = plain[index] ?? '';
      const kind = /^(#+ |- |> |\||---$)?/;
      expect([index, line.match(kind)?.[0]]).toEqual([index, other.match(kind)?.[0]]);
      if (line.startsWith('|')) expect([index, cells(line)]).toEqual([index, cells(other)]);
    });
  });

  it.each(hostile)('%j has no punctuation left with a meaning', (text) => {
    const paragraphLine =
      markdownOf(everywhere(text))
        .split('\n')
        .find((_line, index, all) => all[index - 2]?.startsWith('## ')) ?? '';
    expect(paragraphLine.replace(/\\[!-/:-@[-`{-~]/g, '')).not.toMatch(/[\\`*_[\]<>|~&$]|:\/\/|\bwww\.|^(#|- |\d+\. )/);
  });

  it('a name stands in code type', () => {
    expect(markdownOf(everywhere('place-order'))).toContain('- `place-order`**place-order**✓ place-order');
  });
});

describe('the style', () => {
  /** Relative luminance, WCAG 2.2. */
  function luminance(colour: string): number {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function contrast(a: string, b: string): number {
    const [x, y] = [luminance(a), luminance(b)];
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
  }

  const [light = '', dark = ''] = [...reportStyle.matchAll(/:root \{([^}]*)\}/g)].map(([, body]) => body ?? '');
  const coloursOf = (body: string): Readonly<Record<string, string>> =>
    Object.fromEntries([...body.matchAll(/--([a-z-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]));
  const pairs = [
    ['text', 'ground'],
    ['text', 'head'],
    ['quiet', 'ground'],
    ['accent', 'ground'],
    ['good', 'ground'],
    ['bad', 'ground'],
    ['open', 'ground'],
    ['good', 'good-ground'],
    ['bad', 'bad-ground'],
    ['open', 'open-ground'],
  ] as const;

  it.each([
    ['light', light],
    ['dark', dark],
  ])('%s: text can be read on its ground', (_name, body) => {
    const colours = coloursOf(body);
    for (const [text, ground] of pairs) {
      expect([text, ground, contrast(colours[text] ?? '', colours[ground] ?? '') >= 4.5]).toEqual([text, ground, true]);
    }
  });

  it('prints on A4 with table heads on every page', () => {
    expect(reportStyle).toMatch(/@page \{ size: A4;/);
    expect(reportStyle).toContain('thead { display: table-header-group; }');
    expect(reportStyle).toMatch(/break-after: page/);
  });
});
