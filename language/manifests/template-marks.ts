/**
 * Helm templates that nobody has rendered. What stands between `{{` and `}}` is covered by marks of the same length, so that the
 * rest can be read and every place stays what it was.
 */

/** Stands for a covered letter: of a private area, so that no manifest has it. */
const mark = '\uE000';

/** What only Helm writes: Prometheus and notification templates use the same braces within strings. Bounded, so that it is linear. */
const helmWords =
  /\{\{-?[ \t]{0,20}(?:[^{}\r\n]{0,300}[ \t(.])?(?:\.?(?:Values|Release|Chart|Capabilities|Files|Template)\b|include\s"|template\s"|define\s"|toYaml\b|tpl\s)/;

/** Blanks and templates beside each other are looked at this far. */
const longestMargin = 200;

export interface CoveredTemplates {
  /** As long as what it was made of. */
  readonly text: string;
  /** Where the first template stands; undefined where there is none. */
  readonly first?: { readonly start: number; readonly end: number };
}

/** Covers the templates of a Helm chart; any other text comes back as it is. */
export function coveredTemplates(text: string): CoveredTemplates {
  if (!text.includes('{{') || !helmWords.test(text)) return { text };
  let first: { readonly start: number; readonly end: number } | undefined;
  const parts: string[] = [];
  let done = 0;
  for (let start = text.indexOf('{{'); start >= 0; start = text.indexOf('{{', done)) {
    const close = text.indexOf('}}', start + 2);
    // An opening without an end: whatever follows cannot be told from the template.
    if (close < 0) break;
    const end = close + 2;
    first ??= { start, end };
    parts.push(text.slice(done, start), coverOf(text, start, end));
    done = end;
  }
  parts.push(text.slice(done));
  return { text: parts.join(''), ...(first === undefined ? {} : { first }) };
}

/** Whether a scalar is or holds a covered template. */
export function isTemplate(written: string): boolean {
  return written.includes(mark);
}

/** A text of people: a covered template is three dots in it. */
export function uncovered(text: string): string {
  return text.replaceAll(/\uE000+/g, '...');
}

/** A template that has its lines to itself says what comes next, not a value: it leaves blanks. */
function coverOf(text: string, start: number, end: number): string {
  const before = text.slice(Math.max(0, start - longestMargin), start);
  const after = text.slice(end, end + longestMargin);
  const isAlone = /(?:^|[\r\n])[ \t]*$/.test(before) && /^[ \t]*(?:[\r\n]|$)/.test(after);
  // A value stays on one line: breaks within it would need the indentation of its block.
  return text.slice(start, end).replace(isAlone ? /[^\r\n]/g : /[\s\S]/g, isAlone ? ' ' : mark);
}
