/** Names that are declared twice, in one file or across the files that it sees, and `defaults` that clash. */
import type { AstNode, LangiumDocument } from 'langium';
import type { Defaults, TopLevel } from '../../generated/ast.js';
import { fileOf, importClosure, importsOf } from '../imports.js';
import { keyIn } from '../keys.js';
import { type BlockStatement, keyOf } from './blocks.js';
import { capitalised, excerpt } from './phrases.js';
import { type Report, removal, type Span, spanOf, spanOfProperty } from './problem.js';
import { importPath, type Surroundings } from './surroundings.js';

/** Something that may be declared once: a name in its name space, or a key in the `defaults` of a kind. */
interface Declared {
  readonly document: LangiumDocument;
  readonly node: AstNode;
  readonly at: () => Span;
  /** For defaults: what is stated; the same text twice does not clash. */
  readonly text?: string;
  /** How messages call it. */
  readonly what: string;
}

/** Reports clashes between declarations of this file and of the files it sees, in the later file of the two. */
export function checkDeclarations(around: Surroundings, report: Report): void {
  // All that a file sees is compared only where two of it have a name in common: in a chain of files each sees all before it.
  if (!mayClash(around)) return;
  const first = new Map<string, Declared>();
  for (const document of around.closure()) {
    for (const element of fileOf(document)?.elements ?? []) {
      for (const [key, declared] of declaredBy(document, element)) {
        const before = first.get(key);
        if (before === undefined) first.set(key, declared);
        else if (declared.text === undefined || declared.text !== before.text) clash(around, before, declared, report);
      }
    }
  }
}

/** Whether of the declarations that a file sees, its own included, any two may have one name or concern the same defaults. */
function mayClash({ document, file, names }: Surroundings): boolean {
  const own = new Set<string>();
  for (const element of file.elements) {
    const key = element.$type === 'Defaults' ? 'Defaults' : nameKey(element);
    if (key === undefined) continue;
    if (own.has(key)) return true;
    own.add(key);
  }
  const { graph, shared } = names();
  return shared.some((declarers) => {
    let seen = 0;
    return declarers.some((declarer) => graph.reaches(document, declarer) && ++seen > 1);
  });
}

function nameKey(element: TopLevel): string | undefined {
  switch (element.$type) {
    case 'Region':
    case 'Component':
    case 'Journey':
      return `named ${element.name}`;
    case 'Policy':
    case 'Scenario':
      return `${element.$type} ${element.name}`;
    default:
      return undefined;
  }
}

function declaredBy(document: LangiumDocument, element: TopLevel): readonly (readonly [string, Declared])[] {
  const name = (
    space: string,
    node: AstNode & { readonly name: string },
    kind: string,
  ): readonly (readonly [string, Declared])[] =>
    node.name === undefined
      ? []
      : [[`${space} ${node.name}`, { document, node, at: () => spanOfProperty(node, 'name'), what: `${kind} \`${node.name}\`` }]];
  switch (element.$type) {
    case 'Region':
      return name('named', element, 'region');
    case 'Component':
      return name('named', element, element.kind);
    case 'Journey':
      return name('named', element, 'journey');
    case 'Policy':
      return name('policy', element, 'policy');
    case 'Scenario':
      return name('scenario', element, 'scenario');
    case 'Defaults':
      return defaultsOf(document, element);
    default:
      return [];
  }
}

/** The statements of a `defaults` block that count once, and the items of its blocks. */
function defaultsOf(document: LangiumDocument, node: Defaults): readonly (readonly [string, Declared])[] {
  const block = `defaults${node.kind === undefined ? '' : ` ${node.kind}`}`;
  const found: (readonly [string, Declared])[] = [];
  const add = (path: string, statement: BlockStatement): void => {
    const text = (statement.$cstNode?.text ?? '').replaceAll(/\s+/g, ' ');
    found.push([`${block} ${path}`, { document, node: statement, at: () => spanOf(statement), text, what: `\`${block}\`` }]);
  };
  for (const statement of node.statements) {
    const key = keyOf(statement);
    switch (statement.$type) {
      case 'Objective':
      case 'Rollout':
      case 'Together':
        for (const detail of statement.details) add(`${key} ${keyOf(detail)}`, detail);
        break;
      case 'Failover':
        for (const detail of statement.details)
          add(`${key} ${statement.scope ?? ''} ${statement.site?.region?.$refText ?? ''} ${keyOf(detail)}`, detail);
        break;
      case 'Probe':
        add(`${key} ${statement.probe}`, statement);
        break;
      default:
        if (keyIn('defaults', key)?.repeats === false) add(key, statement);
    }
  }
  return found;
}

function clash(around: Surroundings, before: Declared, later: Declared, report: Report): void {
  const here = around.document.uri.toString();
  const elsewhere = before.document.uri.toString() === here ? '' : ` in ${importPath(around.document, before.document)}`;
  const related = { node: before.node, at: before.at(), message: 'The other one.' };
  if (later.document.uri.toString() === here) {
    // Two of one block are the duplicates' matter.
    if (later.text !== undefined && blockOf(later.node) === blockOf(before.node)) return;
    const message =
      later.text === undefined
        ? `${capitalised(later.what)} is declared twice: ${before.what} stands${elsewhere === '' ? ' above' : elsewhere}. Rename one of them.`
        : `Two ${later.what} clash: \`${excerpt(later.text)}\` here, \`${excerpt(before.text ?? '')}\`${elsewhere === '' ? ' above' : elsewhere}. Keep one of them.`;
    const code = later.text === undefined ? 'syntax/duplicate-name' : 'syntax/clashing-defaults';
    const keep = later.text === undefined ? {} : { fix: removal(later.node, `Remove \`${excerpt(later.text)}\` here`) };
    report({ severity: 'error', code, message, at: later.at(), ...keep, related });
    return;
  }
  reportAtImport(around, before, later, report);
}

/** Neither of the two files sees the other: it is this file that brings them together, unless one of its imports already does. */
function reportAtImport(around: Surroundings, before: Declared, later: Declared, report: Report): void {
  for (const { node, uri } of importsOf(around.document)) {
    const target = uri === undefined ? undefined : around.documents.getDocument(uri);
    if (target === undefined || uri === undefined) continue;
    const sees = new Set(importClosure(around.documents, target).map((document) => document.uri.toString()));
    // In a circle of imports everybody sees everything, so nobody else would say it.
    if (sees.has(around.document.uri.toString())) continue;
    const [one, other] = [sees.has(before.document.uri.toString()), sees.has(later.document.uri.toString())];
    if (one && other) return;
    if (!other) continue;
    const [left, right] = [importPath(around.document, before.document), importPath(around.document, later.document)];
    const message =
      later.text === undefined
        ? `${capitalised(before.what)} of ${left} and ${later.what} of ${right} have the same name. Rename one of them.`
        : `Two ${later.what} clash: \`${excerpt(before.text ?? '')}\` in ${left}, \`${excerpt(later.text)}\` in ${right}. Keep one of them.`;
    const code = later.text === undefined ? 'syntax/duplicate-name' : 'syntax/clashing-defaults';
    report({
      severity: 'error',
      code,
      message,
      at: spanOfProperty(node, 'path'),
      related: { node: later.node, at: later.at(), message: 'The second one.' },
    });
    return;
  }
}

/** The block around a statement of a `defaults`: its failover, say, or the `defaults` itself. */
function blockOf(node: AstNode): AstNode | undefined {
  return node.$container;
}
