/** What names refer to: that it is of a kind that can stand there. Names that mean nothing at all are in linking.ts. */
import type { AstNode } from 'langium';
import type { Component, Edge, FailTarget, Journey, NameReference, Region, SiteReference } from '../../generated/ast.js';
import { type Block, type BlockStatement, zonesOf } from './blocks.js';
import { joined, listed, withArticle } from './phrases.js';
import { memberRemoval, type Report, spanOf, spanOfProperty } from './problem.js';

type Named = Region | Component | Journey;

/** Kinds of component whose data can go bad or be copied. */
const dataKinds: ReadonlySet<string> = new Set(['database', 'cache', 'queue', 'bucket', 'coordinator', 'external']);

/** Reports references of a block to things of the wrong kind, and to itself. */
export function checkReferences(block: Block, report: Report): void {
  if (block.node === block.top) checkHead(block, report);
  for (const statement of block.statements) checkStatement(block, statement, report);
}

function checkHead({ top }: Block, report: Report): void {
  if (top.$type === 'Component') for (const site of top.sites) checkSite(site, report);
  if (top.$type !== 'Link') return;
  checkSite(top.a, report);
  checkSite(top.b, report);
  const [a, b] = [siteText(top.a), siteText(top.b)];
  const sameRegion = top.a?.region?.$refText === top.b?.region?.$refText;
  const within = sameRegion && (top.a?.zone === undefined) !== (top.b?.zone === undefined);
  if (a === undefined || b === undefined || (a !== b && !within)) return;
  const [inner, outer] = a.length > b.length ? [a, b] : [b, a];
  report({
    severity: 'error',
    code: 'syntax/self-link',
    message: `A link joins two sites; ${within ? `\`${inner}\` lies in \`${outer}\`` : `both ends of this one are \`${a}\``}.`,
    at: spanOf(top.b),
  });
}

function checkStatement(block: Block, statement: BlockStatement, report: Report): void {
  switch (statement.$type) {
    case 'Runs':
      checkSite(statement.site, report);
      if (statement.site?.zone !== undefined && statement.zones.length > 0) {
        report({
          severity: 'error',
          code: 'syntax/zone-twice',
          message: `This says twice in which zones it runs: \`${siteText(statement.site) ?? ''}\` and \`zones …\`. Leave one of the two out.`,
          at: spanOf(statement.site),
        });
      }
      break;
    case 'Needs':
    case 'Host':
    case 'Replicates':
    case 'Failover':
      checkSite(statement.site, report);
      break;
    case 'Edge':
      checkEdge(block, statement, report);
      break;
    case 'Recovers':
      checkSet(statement, report);
      for (const target of statement.targets) checkComponent(block, target, 'something to recover after', report);
      break;
    case 'Rebuilds':
      for (const target of statement.targets) checkComponent(block, target, 'a source to rebuild from', report);
      break;
    case 'Agrees':
      for (const target of statement.targets) checkKinds(block, target, dataKinds, 'a store to agree with', 'database', report);
      break;
    case 'DeadLetters':
      checkKinds(block, statement.target, new Set(['queue']), 'the target of dead letters', 'queue', report);
      break;
    case 'CopiesTo':
      checkKinds(block, statement.target, new Set(['bucket']), 'the target of copies', 'bucket', report);
      break;
    case 'Encrypted':
      if (statement.key !== undefined) checkComponent(block, statement.key, 'the keeper of a key', report);
      break;
    case 'Routes':
      for (const route of statement.routes) checkRoute(block, route.target?.ref, route, report);
      break;
    case 'Corrupts':
      checkKinds(block, statement.target, dataKinds, 'what goes bad', 'database', report);
      break;
    case 'Deletes':
      if (statement.target !== undefined) checkComponent(block, statement.target, 'what is deleted', report);
      break;
    case 'Expect':
    case 'Measured':
      if (statement.target !== undefined) refuse(statement.target, ['Component', 'Journey'], 'an expectation', report);
      break;
    case 'Fails':
      for (const target of statement.targets) checkFailTarget(target, report);
      break;
    default:
      break;
  }
}

function checkEdge(block: Block, edge: Edge, report: Report): void {
  checkSet(edge, report);
  const { top } = block;
  const journeysToo = top.$type === 'Journey' || top.$type === 'Policy';
  for (const target of edge.targets) {
    const to = target.target?.ref;
    if (edge.kind === 'publishes' || edge.kind === 'consumes')
      checkKinds(block, target, new Set(['queue']), `the target of \`${edge.kind}\``, 'queue', report);
    else refuse(target, journeysToo ? ['Component', 'Journey'] : ['Component'], 'a requirement', report);
    if (to !== undefined && to === top)
      reportSelf(target, `\`${to.name}\` cannot depend on itself. Remove it from this \`${edge.kind}\`.`, report);
  }
  for (const journey of edge.journeys) refuse(journey, ['Journey'], '`for`', report);
}

/** `4 of a, b, c` asks for more than there are. */
function checkSet(node: AstNode & { readonly count?: string; readonly targets: readonly NameReference[] }, report: Report): void {
  const count = Number(node.count);
  const size = new Set(node.targets.map((target) => target.target?.$refText)).size;
  if (node.count === undefined || !Number.isInteger(count) || count <= size) return;
  const at = spanOfProperty(node, 'count');
  report({
    severity: 'error',
    code: 'syntax/set-size',
    message: `This asks for ${count} of ${size}: name more, or ask for ${size} or fewer.`,
    at,
    fix: { title: `Change to \`${size} of\``, ...at, text: String(size) },
  });
}

function checkComponent(block: Block, reference: NameReference, what: string, report: Report): void {
  refuse(reference, ['Component'], what, report);
  const to = reference.target?.ref;
  if (to !== undefined && to === block.top)
    reportSelf(reference, `\`${to.name}\` cannot name itself here: ${what} is another component.`, report);
}

/** Refuses everything but components of some kinds. */
function checkKinds(
  block: Block,
  reference: NameReference,
  kinds: ReadonlySet<string>,
  what: string,
  example: string,
  report: Report,
): void {
  const to = reference?.target?.ref;
  if (to === undefined) return;
  if (to.$type !== 'Component' || !kinds.has(to.kind)) {
    const allowed = kinds.size === 1 ? withArticle(example) : `a component with data, such as ${withArticle(example)}`;
    report({
      severity: 'error',
      code: 'syntax/target-kind',
      message: `\`${to.name}\` is ${withArticle(kindOf(to))}; ${what} is ${allowed}.`,
      at: spanOf(reference),
      related: { node: to, at: spanOfProperty(to, 'name'), message: `\`${to.name}\` is declared here.` },
    });
  } else if (to === block.top)
    reportSelf(reference, `\`${to.name}\` cannot name itself here: ${what} is another component.`, report);
}

/** Refuses references to anything but these types of declarations. */
function refuse(reference: NameReference, types: readonly Named['$type'][], what: string, report: Report): void {
  const to: Named | undefined = reference?.target?.ref;
  if (to === undefined || types.includes(to.$type)) return;
  report({
    severity: 'error',
    code: 'syntax/target-kind',
    message: `\`${to.name}\` is ${withArticle(kindOf(to))}; ${what} names ${joined(types.map((type) => withArticle(type.toLowerCase())))}.`,
    at: spanOf(reference),
    related: { node: to, at: spanOfProperty(to, 'name'), message: `\`${to.name}\` is declared here.` },
  });
}

function checkSite(site: SiteReference | undefined, report: Report): void {
  const to = declarationOf(site);
  if (site === undefined || to === undefined || to.$type === 'Region') return;
  report({
    severity: 'error',
    code: 'syntax/not-a-site',
    message: `\`${to.name}\` is ${withArticle(kindOf(to))}; here stands a region, or a zone as \`REGION.ZONE\`.`,
    at: spanOfProperty(site, 'region'),
    related: { node: to, at: spanOfProperty(to, 'name'), message: `\`${to.name}\` is declared here.` },
  });
}

/** What stands where a region belongs: the scope holds all names, so that a name of the wrong kind gets a message of its own. */
function declarationOf(site: SiteReference | undefined): Named | undefined {
  return site?.region?.ref;
}

function checkRoute(block: Block, to: Named | undefined, route: AstNode, report: Report): void {
  if (to === undefined || (to.$type === 'Component' && to !== block.top)) return;
  const what = to.$type === 'Component' ? 'is this gateway itself' : `is ${withArticle(kindOf(to))}`;
  const message = `\`${to.name}\` ${what}; a route leads to a component that answers.`;
  report({ severity: 'error', code: 'syntax/target-kind', message, at: spanOfProperty(route, 'target') });
}

function checkFailTarget(target: FailTarget, report: Report): void {
  checkSite(target.site, report);
  checkSite(target.other, report);
  const to = target.target?.ref;
  if (to === undefined) return;
  const wrong = (message: string): void => {
    report({ severity: 'error', code: 'syntax/target-kind', message, at: spanOfProperty(target, 'target') });
  };
  if (to.$type === 'Journey')
    wrong(`\`${to.name}\` is a journey; what fails is a site, a component, a link, a provider, an account or a building.`);
  else if (to.$type === 'Region' && target.count !== undefined)
    wrong(`\`${to.name}\` is a region; \`N of\` counts the instances of a component.`);
  else if (to.$type === 'Component' && target.other !== undefined)
    wrong(`\`${to.name}\` is ${withArticle(to.kind)}; a link that fails joins two regions.`);
}

function reportSelf(reference: NameReference, message: string, report: Report): void {
  const fix = memberRemoval(reference, `Remove this \`${reference.target?.$refText ?? ''}\``);
  report({
    severity: 'error',
    code: 'syntax/self-reference',
    message,
    at: spanOf(reference),
    ...(fix === undefined ? {} : { fix }),
  });
}

/** The word for a declaration: `region`, `journey`, or the kind of the component. */
export function kindOf(node: Named): string {
  return node.$type === 'Component' ? node.kind : node.$type.toLowerCase();
}

/** The zones of a region in words. */
export function zonesInWords(region: Region): string {
  const zones = zonesOf(region.statements).flatMap((zone) => zone.name ?? []);
  return zones.length === 0 ? 'it declares none' : `its zones are ${listed(zones, 'and')}`;
}

function siteText(site: SiteReference | undefined): string | undefined {
  const region = site?.region?.$refText;
  const zone = site?.zone?.$refText;
  return region === undefined || zone === undefined ? region : `${region}.${zone}`;
}
