/** Names become names of Kubernetes resources, files and anchors, so they are kebab-case of plain letters. */
import type { AstNode } from 'langium';
import { type Block, zonesOf } from './blocks.js';
import { excerpt } from './phrases.js';
import { type Report, spanOfProperty } from './problem.js';
import type { Surroundings } from './surroundings.js';

/** What a DNS label, and with it most names in Kubernetes, may be long. */
const longest = 63;
/** Kubernetes allows names of ports this many characters. */
const longestPortName = 15;
const kebabCase = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Reports names in a block's head and in its statements that are not kebab-case or too long. */
export function checkNames(block: Block, around: Surroundings, report: Report): void {
  if (block.node === block.top && block.top.$type !== 'Import') {
    if ('name' in block.top) checkName(block.top, block.top.name, 'name', longest, around, report);
    if (block.top.$type === 'Region') {
      for (const zone of zonesOf(block.top.statements)) checkName(zone, zone.name, 'name', longest, around, report);
    }
  }
  for (const statement of block.statements) {
    if (statement.$type === 'Backup') checkName(statement, statement.name, 'name', longest, around, report);
    else if (statement.$type === 'Port') checkName(statement, statement.name, 'name', longestPortName, around, report);
    else if (statement.$type === 'Text' && statement.key === 'namespace')
      checkName(statement, statement.value, 'value', longest, around, report);
  }
}

function checkName(
  node: AstNode,
  name: string | undefined,
  property: string,
  most: number,
  around: Surroundings,
  report: Report,
): void {
  if (name === undefined) return;
  const at = (): { start: number; end: number } => spanOfProperty(node, property);
  if (!kebabCase.test(name)) {
    const better = corrected(name, most);
    const hint = better === undefined ? '' : ` Write \`${better}\`.`;
    // Renaming the declaration alone would break what refers to it; then the editor's rename is the way.
    const fixable = better !== undefined && !around.isReferredTo(node);
    report({
      severity: 'error',
      code: 'syntax/name',
      message: `\`${excerpt(name)}\` cannot be a name: names are lower-case letters a to z, digits and single hyphens, and start with a letter.${hint}`,
      at: at(),
      ...(fixable ? { fix: { title: `Change to "${better}"`, ...at(), text: better } } : {}),
    });
  } else if (name.length > most) {
    const shorter = corrected(name, most);
    report({
      severity: 'error',
      code: 'syntax/name-length',
      message: `\`${excerpt(name)}\` has ${name.length} characters; Kubernetes allows ${most}.`,
      at: at(),
      ...(shorter !== undefined && !around.isReferredTo(node)
        ? { fix: { title: `Shorten to "${excerpt(shorter)}"`, ...at(), text: shorter } }
        : {}),
    });
  }
}

/** `OrdersDB` → `orders-db`, `Bücher_2` → `bucher-2`; undefined where nothing of it can stay. */
export function corrected(name: string, most: number = longest): string | undefined {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
  const kept = plain
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+/, '')
    .slice(0, most)
    .replace(/-+$/, '');
  return kebabCase.test(kept) ? kept : undefined;
}
