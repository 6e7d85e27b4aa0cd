/** What is said twice in one block: statements that count once, names, members of a list. */
import type { AstNode } from 'langium';
import type { Component, Link, NameReference, SiteReference, TopLevel } from '../../generated/ast.js';
import { keyIn } from '../keys.js';
import { type Block, type BlockStatement, keyOf, zonesOf } from './blocks.js';
import { excerpt } from './phrases.js';
import { memberRemoval, type ProblemFix, type Report, removal, type Span, spanOf, spanOfKey, spanOfProperty } from './problem.js';

type ZoneOfRegion = ReturnType<typeof zonesOf>[number];

/** Reports what a block says twice. */
export function checkDuplicates(block: Block, report: Report): void {
  const first = new Map<string, BlockStatement>();
  for (const statement of block.statements) {
    const key = keyOf(statement);
    if (key === undefined) continue;
    checkLists(statement, report);
    const same = sameKey(block, statement, key);
    if (same === undefined) continue;
    const before = first.get(same);
    if (before === undefined) first.set(same, statement);
    else
      report({
        severity: 'error',
        code: 'syntax/duplicate-statement',
        message: `\`${same}\` is stated twice in ${block.label}; only the first one counts. Remove one of them.`,
        at: spanOfKey(statement, key),
        fix: removal(statement, `Remove this \`${same}\``),
        related: { node: before, at: spanOfKey(before, key), message: 'The first one, which counts.' },
      });
  }
  if (block.node === block.top) checkTop(block.top, report);
}

/** What makes two statements of a block the same one, or undefined where a key may be repeated freely. */
function sameKey(block: Block, statement: BlockStatement, key: string): string | undefined {
  switch (statement.$type) {
    case 'Needs':
      return statement.site === undefined ? 'needs' : `needs … in ${site(statement.site)}`;
    case 'Host':
      return statement.site === undefined ? 'host' : `host … in ${site(statement.site)}`;
    case 'Failover':
      return statement.site === undefined ? 'failover' : `failover ${statement.scope ?? ''} ${site(statement.site)}`;
    case 'Probe':
      return `probe ${statement.probe}`;
    case 'Port':
      return `port ${statement.number}`;
    case 'Backup':
      return `backup ${statement.name}`;
    case 'Quota':
      return `quota ${statement.resource}`;
    case 'SoftwareVersion':
      return `version ${statement.name}`;
    default: {
      const entry = keyIn(block.place, key);
      return entry === undefined || entry.repeats ? undefined : entry.phrase;
    }
  }
}

function site(reference: SiteReference): string {
  const zone = reference.zone?.$refText;
  const region = reference.region?.$refText ?? '';
  return zone === undefined ? region : `${region}.${zone}`;
}

function checkTop(top: TopLevel, report: Report): void {
  if (top.$type === 'Component') checkMembers(top, 'sites', (top as Component).sites.map(site), report);
  if (top.$type !== 'Region') return;
  const zones = new Map<string, AstNode>();
  for (const zone of zonesOf(top.statements)) {
    if (zone.name === undefined) continue;
    const before = zones.get(zone.name);
    if (before === undefined) zones.set(zone.name, zone);
    else
      report({
        severity: 'error',
        code: 'syntax/duplicate-zone',
        message: `Region \`${top.name}\` declares zone \`${zone.name}\` twice; only the first one counts.`,
        at: spanOfProperty(zone, 'name'),
        ...zoneFix(zone),
        related: { node: before, at: spanOfProperty(before, 'name'), message: 'The first one, which counts.' },
      });
  }
}

function zoneFix(zone: ZoneOfRegion): { readonly fix?: ProblemFix } {
  const title = `Remove this \`${excerpt(zone.name)}\``;
  const fix = zone.$type === 'Zone' ? removal(zone, title) : memberRemoval(zone, title);
  return fix === undefined ? {} : { fix };
}

function checkLists(statement: BlockStatement, report: Report): void {
  switch (statement.$type) {
    case 'Edge':
      if (statement.targets.length > 1) checkMembers(statement, 'targets', names(statement.targets), report);
      if (statement.journeys.length > 1) checkMembers(statement, 'journeys', names(statement.journeys), report);
      break;
    case 'Recovers':
    case 'Rebuilds':
    case 'Agrees':
      if (statement.targets.length > 1) checkMembers(statement, 'targets', names(statement.targets), report);
      break;
    case 'Follows':
      checkMembers(
        statement,
        'policies',
        statement.policies.map((use) => use.policy?.$refText ?? ''),
        report,
      );
      break;
    case 'Runs':
      checkMembers(
        statement,
        'zones',
        statement.zones.map((use) => use.zone?.$refText ?? ''),
        report,
      );
      break;
    case 'Mounts':
      checkMembers(
        statement,
        'mounts',
        statement.mounts.map((mount) => `${mount.kind} ${mount.name}`),
        report,
      );
      break;
    case 'Fails':
      checkMembers(
        statement,
        'targets',
        statement.targets.map((target) => (target.$cstNode?.text ?? '').replaceAll(/\s+/g, ' ').replaceAll(/ ?\. ?/g, '.')),
        report,
      );
      break;
    case 'Routes':
      checkMembers(
        statement,
        'routes',
        statement.routes.map((route) => `"${route.path}"`),
        report,
      );
      break;
    default:
      break;
  }
}

function names(references: readonly NameReference[]): readonly string[] {
  return references.map((reference) => reference.target?.$refText ?? '');
}

/** Members of one list that are reported at once. */
const mostOfOneList = 20;

function checkMembers(node: AstNode, property: string, members: readonly string[], report: Report): void {
  if (members.length < 2) return;
  const seen = new Set<string>();
  let reported = 0;
  for (const [index, member] of members.entries()) {
    if (member === '' || !seen.has(member)) {
      seen.add(member);
      continue;
    }
    // Finding the place of a member walks the list, and nobody mends more at a time.
    if (++reported > mostOfOneList) return;
    const at = spanOfProperty(node, property, index);
    const before = spanOfProperty(node, property, index - 1);
    report({
      severity: 'error',
      code: 'syntax/duplicate-member',
      message: `\`${excerpt(member)}\` stands twice in this list; once is enough.`,
      at,
      fix: { title: `Remove this \`${excerpt(member)}\``, start: before.end, end: at.end, text: '' },
    });
  }
}

/** Reports second `model` blocks and second links between the same two sites. */
export function checkFileDuplicates(elements: readonly TopLevel[], report: Report): void {
  const links = new Map<string, Link>();
  let model: TopLevel | undefined;
  for (const element of elements) {
    if (element.$type === 'ModelBlock') {
      if (model === undefined) model = element;
      else
        report({
          severity: 'error',
          code: 'syntax/duplicate-model',
          message: 'A file has one `model` block; only the first one counts. Move these statements there.',
          at: spanOfKey(element, 'model'),
          ...(element.statements.length === 0 ? { fix: removal(element, 'Remove this `model` block') } : {}),
          related: { node: model, at: spanOfKey(model, 'model'), message: 'The first one, which counts.' },
        });
    } else if (element.$type === 'Link' && element.a !== undefined && element.b !== undefined) {
      const ends = [site(element.a), site(element.b)].sort();
      const pair = ends.join(' <-> ');
      const before = links.get(pair);
      if (before === undefined) links.set(pair, element);
      else
        report({
          severity: 'error',
          code: 'syntax/duplicate-link',
          message: `There is already a link between \`${ends[0]}\` and \`${ends[1]}\`; only the first one counts.`,
          at: headOfLink(element),
          fix: removal(element, 'Remove this link'),
          related: { node: before, at: headOfLink(before), message: 'The first one, which counts.' },
        });
    }
  }
}

function headOfLink(link: Link): Span {
  return { start: spanOf(link).start, end: spanOf(link.b).end };
}
