/** What a component says of sites in which it does not run, or not in that way. */
import type { Component, Runs, SiteReference } from '../../generated/ast.js';
import { maximumInstances } from '../quantity.js';
import { countOf } from './amounts.js';
import type { Block, BlockStatement } from './blocks.js';
import { counted, listed } from './phrases.js';
import { type ProblemFix, type Report, removal, type Span, spanOf, spanOfProperty, textAround } from './problem.js';

/** Kinds whose instances hold no data that a witness could vote on. */
const withoutData: ReadonlySet<string> = new Set(['service', 'gateway', 'job']);

/** Reports statements of a component that the places of its instances contradict. */
export function checkPlacements(block: Block, report: Report): void {
  if (block.node !== block.top || block.top.$type !== 'Component') return;
  const component = block.top;
  // Most components run, and most of them in one way.
  if (!component.statements.some(({ $type }) => $type === 'Runs')) return;
  const placements = component.statements.filter((statement): statement is Runs => statement.$type === 'Runs');
  for (const placement of placements) {
    checkZones(placement, report);
    checkWitness(component, placement, report);
  }
  checkActive(component, placements, report);
  let regions: ReadonlySet<string> | undefined;
  for (const statement of component.statements) {
    if ((statement.$type === 'Failover' || statement.$type === 'Replicates') && statement.site !== undefined) {
      regions ??= new Set(placements.flatMap((placement) => placement.site?.region?.$refText ?? []));
      checkSite(component, statement, placements, regions, report);
    } else if (statement.$type === 'Needs') checkNeeds(statement, placements, report);
    else if (statement.$type === 'Scales') checkScaling(statement, placements, report);
  }
}

type Sited = Extract<BlockStatement, { $type: 'Failover' | 'Replicates' }>;

function checkSite(
  component: Component,
  statement: Sited,
  placements: readonly Runs[],
  regions: ReadonlySet<string>,
  report: Report,
): void {
  const region = statement.site?.region?.ref;
  // Within a region a stated quorum has its own message.
  if (statement.site === undefined || region?.$type !== 'Region' || regions.has(region.name)) return;
  if (statement.$type === 'Replicates' && statement.scope === 'within' && statement.quorum !== undefined) return;
  const standbys = new Set(
    placements.filter(({ role }) => role !== undefined && role !== 'active').flatMap(({ site }) => site?.region?.$refText ?? []),
  );
  const what = statement.$type === 'Failover' ? 'nothing can fail over there' : 'no copy of its data lies there';
  report({
    severity: 'warning',
    code: 'syntax/site-unused',
    message: `\`${component.name}\` does not run in \`${region.name}\`: ${what}. It runs in ${listed([...regions], 'and')}.`,
    at: spanOf(statement.site),
    ...optionalFix(
      statement.scope === 'to' && standbys.size === 1 ? changeSite(statement.site, [...standbys][0] ?? '') : undefined,
    ),
    ...(placements[0] === undefined
      ? {}
      : { related: { node: placements[0], at: spanOf(placements[0]), message: 'Instances are placed here.' } }),
  });
}

function changeSite(site: SiteReference, region: string): ProblemFix {
  return { title: `Change to \`${region}\``, ...spanOf(site), text: region };
}

function optionalFix(fix: ProblemFix | undefined): { readonly fix?: ProblemFix } {
  return fix === undefined ? {} : { fix };
}

/** `needs N in SITE` is about the standby there: what is active counts together, over all its sites. */
function checkNeeds(needs: Extract<BlockStatement, { $type: 'Needs' }>, placements: readonly Runs[], report: Report): void {
  const { $type, name: region } = needs.site?.region?.ref ?? {};
  if ($type !== 'Region' || region === undefined || needs.site === undefined) return;
  const there = placements.filter(({ site }) => site?.region?.$refText === region);
  if (there.length === 0 || there.some(({ role }) => role !== undefined && role !== 'active')) return;
  report({
    severity: 'warning',
    code: 'syntax/needs-site',
    message: `\`needs ${needs.count} in ${region}\` is for a standby, and the instances in \`${region}\` are active: they count with those of all active sites. Leave \`in ${region}\` out.`,
    at: spanOf(needs.site),
    fix: { title: `Remove \`in ${region}\``, start: spanOfProperty(needs, 'count').end, end: spanOf(needs).end, text: '' },
  });
}

/** Instances are spread in order of the zones: with fewer of them than zones, the last zones stay empty. */
function checkZones(placement: Runs, report: Report): void {
  if (placement.zones.length < 2) return;
  const count = countOf(placement.count);
  const zones = new Set(placement.zones.flatMap(({ zone }) => zone?.ref?.name ?? []));
  if (count === undefined || count < 1 || count >= zones.size || zones.size !== placement.zones.length) return;
  const at = spanOfProperty(placement, 'count');
  report({
    severity: 'warning',
    code: 'syntax/empty-zones',
    message: `${counted(count, 'instance')} cannot stand in ${zones.size} zones: ${listed([...zones].slice(count), 'and')} would stay empty. Run ${zones.size} or more, or name fewer zones.`,
    at,
    fix: { title: `Change to \`runs ${zones.size}\``, ...at, text: String(zones.size) },
  });
}

function checkWitness(component: Component, placement: Runs, report: Report): void {
  if (placement.role !== 'witness' || !withoutData.has(component.kind)) return;
  report({
    severity: 'error',
    code: 'syntax/witness',
    message: `A witness votes on data and serves nobody; \`${component.name}\` is a ${component.kind} and has no data to vote on. Leave it out.`,
    at: roleOf(placement).at,
    fix: removal(placement, 'Remove the witness'),
  });
}

function checkActive(component: Component, placements: readonly Runs[], report: Report): void {
  const standby = placements.find(({ role }) => role !== undefined && role !== 'active' && role !== 'witness');
  if (standby === undefined || placements.some(({ role }) => role === undefined || role === 'active')) return;
  const { at, withBlank } = roleOf(standby);
  report({
    severity: 'warning',
    code: 'syntax/no-active',
    message: `No instance of \`${component.name}\` is active: there is nothing to stand by for. Leave the \`as …\` of one \`runs\` out, or add one.`,
    at,
    ...optionalFix(placements.length === 1 ? { title: 'Make it active', ...withBlank, text: '' } : undefined),
  });
}

/** The `as …` of a placement, with the blank before it and without. */
function roleOf(placement: Runs): { readonly at: Span; readonly withBlank: Span } {
  const start = spanOf(placement.zones.at(-1) ?? placement.site ?? placement).end;
  const { end } = spanOf(placement);
  const blank = /^\s*/.exec(textAround(placement).slice(start, end))?.[0].length ?? 0;
  return { at: { start: start + blank, end }, withBlank: { start, end } };
}

function checkScaling(scales: Extract<BlockStatement, { $type: 'Scales' }>, placements: readonly Runs[], report: Report): void {
  const most = countOf(scales.max);
  if (most === undefined || most < 1) return;
  // More than there can be is another message's matter.
  const above = placements.find(({ count }) => (countOf(count) ?? 0) > most && (countOf(count) ?? 0) <= maximumInstances);
  if (above === undefined) return;
  const at = spanOfProperty(scales, 'max');
  report({
    severity: 'error',
    code: 'syntax/scales',
    message: `Scaling ends at ${most} for each site, and ${above.count} run in \`${above.site?.region?.$refText ?? ''}\` already. Scale to ${above.count} or more.`,
    at,
    fix: { title: `Change to \`scales to ${above.count}\``, ...at, text: above.count },
    related: { node: above, at: spanOf(above), message: 'So many run already.' },
  });
}
