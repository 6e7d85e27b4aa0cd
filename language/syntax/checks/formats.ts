/** Texts that other systems read: images, hosts, versions, time zones, codes of rules. They have a form, and a wrong one is refused there. */
import type { AstNode } from 'langium';
import type { Block, BlockStatement } from './blocks.js';
import { excerpt } from './phrases.js';
import { type Report, spanOfProperty } from './problem.js';

interface Format {
  readonly code: `syntax/${string}`;
  readonly form: RegExp;
  /** What was expected, with an example. */
  readonly expected: string;
  /** The text that was certainly meant, where there is one. */
  readonly mend: (text: string) => string | undefined;
}

const pathPart = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
/** Longer than any image reference or host that works. */
const longestText = 600;

const image: Format = {
  code: 'syntax/image',
  form: new RegExp(
    `^(?:${label}(?:\\.${label})*(?::\\d{1,5})?/)?${pathPart}(?:/${pathPart})*(?::\\w[\\w.-]{0,127})?(?:@[a-z0-9]+:[0-9a-f]{32,128})?$`,
  ),
  expected: 'an image such as `registry.example.com/shop/orders:2.3.1`: lower-case path, then its tag or digest',
  mend: (text) => text.replace(/^(https?|docker):\/\//i, '').trim(),
};

const host: Format = {
  code: 'syntax/host',
  form: new RegExp(`^(?:\\*\\.)?${label}(?:\\.${label})*$`),
  expected: 'a host name such as `shop.example.com`, without scheme, port and path',
  mend: (text) =>
    text
      .trim()
      .replace(/^[a-z]+:\/\//i, '')
      .replace(/[/?#].*$/, '')
      .replace(/:\d+$/, ''),
};

/** Whether a text is good as an image, or as the name of a host. */
export function isWritable(what: 'image' | 'host', text: string): boolean {
  return text.length <= longestText && { image, host }[what].form.test(text);
}

const objectName: Format = {
  code: 'syntax/object-name',
  form: /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
  expected: 'the name of an object of Kubernetes, such as `shop-tls`: small letters, digits, dashes and dots',
  mend: (text) =>
    text
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_]+/g, '-'),
};

const timezone: Format = {
  code: 'syntax/timezone',
  form: /^(?:UTC|GMT|[A-Z][A-Za-z]+(?:\/[A-Z][A-Za-z0-9_+-]+){1,2})$/,
  expected: 'a time zone such as `Asia/Shanghai` or `UTC`',
  mend: (text) =>
    /^(utc|gmt|z)$/i.test(text)
      ? 'UTC'
      : text
          .trim()
          .replaceAll(' ', '_')
          .replaceAll(/(^|[/_])([a-z])/g, (_, before: string, letter: string) => `${before}${letter.toUpperCase()}`),
};

const kubernetes: Format = {
  code: 'syntax/version',
  form: /^\d+\.\d+(?:\.\d+)?$/,
  expected: 'a version such as `1.33`',
  mend: (text) => text.trim().replace(/^v/i, ''),
};

const rule: Format = {
  code: 'syntax/rule-code',
  form: /^DR\d{3}$/,
  expected: 'the code of a rule such as `DR007`',
  mend: (text) => text.replace(/^dr[-_]?(\d{1,3})$/i, (_, digits: string) => `DR${digits.padStart(3, '0')}`),
};

const formatsOfTexts: ReadonlyMap<string, Format> = new Map([
  ['image', image],
  ['timezone', timezone],
  ['kubernetes', kubernetes],
]);

/** Reports texts of a block that do not have the form which their readers ask for. */
export function checkFormats(block: Block, report: Report): void {
  for (const statement of block.statements) checkStatement(statement, report);
}

function checkStatement(statement: BlockStatement, report: Report): void {
  if (statement.$type === 'Accepts') check(statement, 'rule', statement.rule, rule, report);
  if (statement.$type === 'Entry') check(statement, 'entryClass', statement.entryClass, objectName, report);
  if (statement.$type === 'Storage') check(statement, 'storageClass', statement.storageClass, objectName, report);
  if (statement.$type === 'Words' && statement.key === 'certificate')
    check(statement, 'values', statement.values[0], objectName, report);
  if (statement.$type === 'Host') check(statement, 'host', statement.host, host, report);
  if (statement.$type !== 'Text') return;
  const format = formatsOfTexts.get(statement.key);
  // Empty texts have their own message.
  if (format !== undefined && statement.value?.trim() !== '') check(statement, 'value', statement.value, format, report);
}

function check(node: AstNode, property: string, text: string | undefined, format: Format, report: Report): void {
  if (text === undefined || (text.length <= longestText && format.form.test(text))) return;
  const meant = text.length > longestText ? undefined : format.mend(text);
  const fixable = meant !== undefined && meant !== text && format.form.test(meant);
  const at = spanOfProperty(node, property);
  const written = property === 'rule' ? meant : `"${meant}"`;
  report({
    severity: 'error',
    code: format.code,
    message: `Expected ${format.expected}; found \`${excerpt(text)}\`.`,
    at,
    ...(fixable && written !== undefined ? { fix: { title: `Change to ${written}`, ...at, text: written } } : {}),
  });
}
