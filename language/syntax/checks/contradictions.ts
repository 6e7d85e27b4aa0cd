/** Statements of one block that cannot all be true. */
import type { AstNode } from 'langium';
import type { Component, Edge, Failover, Needs, Replicates, Runs } from '../../generated/ast.js';
import { amountOf, countOf, secondsOf } from './amounts.js';
import type { Block, BlockStatement } from './blocks.js';
import { counted } from './phrases.js';
import { type ProblemFix, type Report, removal, type Span, spanOf, spanOfKey, spanOfProperty, textAround } from './problem.js';

type Fact = Extract<BlockStatement, { $type: 'Fact' }>;

/** Stated unavailability may differ by this share from what mtbf and mttr give: rounding, not contradiction. */
const tolerated = 0.01;

/** Reports contradictions within a block. */
export function checkContradictions(block: Block, report: Report): void {
  checkFailureData(block, report);
  if (block.top === block.node && block.top.$type === 'Component') checkInstances(block.top, report);
  if (block.place === 'failover' && block.node.$type === 'Failover') checkFailover(block.node as Failover, report);
  for (const statement of block.statements) {
    if (statement.$type === 'Fact' && statement.upper !== undefined) checkOrder(statement, 'value', 'upper', report);
    else if (statement.$type === 'Load') checkOrder(statement, 'value', 'peak', report);
    else if (statement.$type === 'Scales') checkOrder(statement, 'min', 'max', report);
    else if (statement.$type === 'Replicates') checkShrinking(statement, report);
  }
  if (block.place === 'rollout') checkRollout(block.statements, report);
  if (block.place === 'edge') checkEdge(block.node as Edge, report);
}

function checkFailureData(block: Block, report: Report): void {
  let availability: Fact | undefined;
  let unavailability: Fact | undefined;
  let mtbf: Fact | undefined;
  let mttr: Fact | undefined;
  for (const statement of block.statements) {
    if (statement.$type !== 'Fact') continue;
    if (statement.key === 'availability') availability ??= statement;
    else if (statement.key === 'unavailability') unavailability ??= statement;
    else if (statement.key === 'mtbf') mtbf ??= statement;
    else if (statement.key === 'mttr') mttr ??= statement;
  }
  if (availability !== undefined && unavailability !== undefined) {
    report({
      severity: 'error',
      code: 'syntax/availability-twice',
      message: '`availability` and `unavailability` say the same thing twice. Leave one of the two out.',
      at: spanOfKey(unavailability, 'unavailability'),
      fix: removal(unavailability, 'Remove `unavailability`'),
      related: { node: availability, at: spanOf(availability), message: 'The availability.' },
    });
    return;
  }
  const stated = availability ?? unavailability;
  if (stated === undefined || mtbf === undefined || mttr === undefined) return;
  const [share, up, down] = [amountOf(stated.value, 'probability'), secondsOf(mtbf.value), secondsOf(mttr.value)];
  if (share === undefined || up === undefined || down === undefined || up <= 0 || down <= 0) return;
  const derived = down / (up + down);
  const claimed = stated === availability ? 1 - share : share;
  if (Math.abs(claimed - derived) <= tolerated * Math.max(derived, claimed)) return;
  const shown = stated === availability ? percent(1 - derived) : derived.toPrecision(3);
  report({
    severity: 'error',
    code: 'syntax/failure-data',
    message: `\`mtbf ${mtbf.value}\` and \`mttr ${mttr.value}\` give \`${stated.key} ${shown}\`, not \`${stated.value}\`. Leave one of the three out.`,
    at: spanOf(stated),
    fix: removal(stated, `Remove \`${stated.key} ${stated.value}\``),
    related: { node: mtbf, at: spanOf(mtbf), message: 'The mean time between failures.' },
  });
}

function checkInstances(component: Component, report: Report): void {
  const placements = component.statements.filter((statement): statement is Runs => statement.$type === 'Runs');
  if (placements.length === 0) return;
  const scales = component.statements.find((statement) => statement.$type === 'Scales');
  const ceiling = scales?.$type === 'Scales' ? (countOf(scales.max) ?? 0) : 0;
  for (const statement of component.statements) {
    if (statement.$type === 'Needs') checkNeeds(statement, placements, ceiling, report);
    else if (statement.$type === 'Replicates') checkQuorum(statement, placements, report);
  }
}

/** Scaling may bring more than `runs` says, at each site. */
function instances(placements: readonly Runs[], ceiling: number): number {
  return placements.reduce((sum, placement) => sum + Math.max(countOf(placement.count) ?? 0, ceiling), 0);
}

function checkNeeds(needs: Needs, placements: readonly Runs[], ceiling: number, report: Report): void {
  const count = countOf(needs.count);
  if (count === undefined) return;
  const site = needs.site?.region?.$refText;
  const counting = placements.filter((placement) =>
    site === undefined ? (placement.role ?? 'active') === 'active' : placement.site?.region?.$refText === site,
  );
  const placed = instances(counting, ceiling);
  if (count <= placed) return;
  const where = site === undefined ? 'active' : `in \`${site}\``;
  report({
    severity: 'error',
    code: 'syntax/needs',
    message: `It needs ${count}, but only ${counted(placed, 'instance')} ${placed === 1 ? 'is' : 'are'} ${where}: it would always be down. Run ${count} or more, or need fewer.`,
    at: spanOfProperty(needs, 'count'),
    ...lowered(needs, 'count', placed, 'needs'),
    ...(counting[0] === undefined
      ? {}
      : { related: { node: counting[0], at: spanOf(counting[0]), message: 'Instances are placed here.' } }),
  });
}

function checkQuorum(replicates: Replicates, placements: readonly Runs[], report: Report): void {
  const quorum = countOf(replicates.quorum);
  if (quorum === undefined) return;
  const region = replicates.scope === 'within' ? replicates.site?.region?.$refText : undefined;
  const copies = instances(
    placements.filter(
      (placement) => placement.role !== 'witness' && (region === undefined || placement.site?.region?.$refText === region),
    ),
    0,
  );
  if (quorum <= copies) return;
  const where = region === undefined ? '' : ` in \`${region}\``;
  report({
    severity: 'error',
    code: 'syntax/quorum',
    message: `A quorum of ${quorum} cannot be reached with ${copies === 1 ? '1 copy' : `${copies} copies`}${where}; witnesses hold no data. Run more, or lower the quorum.`,
    at: spanOfProperty(replicates, 'quorum'),
    ...lowered(replicates, 'quorum', copies, 'quorum'),
  });
}

function checkShrinking(replicates: Replicates, report: Report): void {
  const [quorum, shrunk] = [countOf(replicates.quorum), countOf(replicates.shrinksTo)];
  if (quorum === undefined || shrunk === undefined || shrunk < quorum) return;
  report({
    severity: 'error',
    code: 'syntax/quorum',
    message: `A quorum of ${quorum} cannot shrink to ${shrunk}; write fewer than ${quorum}.`,
    at: spanOfProperty(replicates, 'shrinksTo'),
    ...lowered(replicates, 'shrinksTo', quorum - 1, 'shrinks to'),
  });
}

function checkFailover(failover: Failover, report: Report): void {
  for (const detail of failover.details) {
    if (detail.$type === 'Switch' && detail.ttl !== undefined && detail.means !== 'dns') {
      report({
        severity: 'error',
        code: 'syntax/ttl',
        message: `\`ttl\` is how long names are cached: it belongs to \`switch dns\`, not to \`switch ${detail.means}\`.`,
        at: spanOfProperty(detail, 'ttl'),
        fix: {
          title: `Remove \`ttl ${detail.ttl}\``,
          start: spanOfProperty(detail, 'means').end,
          end: spanOfProperty(detail, 'ttl').end,
          text: '',
        },
      });
    } else if (detail.$type === 'Decide' && detail.delay !== undefined && detail.mode === 'automatic') {
      report({
        severity: 'error',
        code: 'syntax/decide',
        message: `\`decide automatic\` takes no time. Write \`decide manual ${detail.delay}\`, or \`hold ${detail.delay}\` for a wait.`,
        at: spanOfProperty(detail, 'delay'),
        fix: { title: `Change to \`decide manual ${detail.delay}\``, ...spanOfProperty(detail, 'mode'), text: 'manual' },
      });
    }
  }
}

/** Kubernetes refuses a rollout that may neither add an instance nor take one away. */
function checkRollout(details: readonly BlockStatement[], report: Report): void {
  const share = (key: string): Fact | undefined =>
    details.find((detail): detail is Fact => detail.$type === 'Fact' && detail.key === key);
  const [surge, unavailable] = [share('surge'), share('unavailable')];
  if (surge === undefined || amountOf(surge.value, 'share') !== 0 || amountOf(unavailable?.value, 'share') !== 0) return;
  const at = spanOfProperty(surge, 'value');
  report({
    severity: 'error',
    code: 'syntax/rollout',
    message:
      '`surge 0` and `unavailable 0` together replace nothing: Kubernetes refuses them. Allow one of the two, such as `surge 25%`.',
    at,
    fix: { title: 'Change to `surge 25%`', ...at, text: '25%' },
  });
}

/** The fix that asks for no more than there is. */
function lowered(node: AstNode, property: string, count: number, phrase: string): { readonly fix?: ProblemFix } {
  if (count < 1) return {};
  return { fix: { title: `Change to \`${phrase} ${count}\``, ...spanOfProperty(node, property), text: String(count) } };
}

/** A call that both only reads and writes. */
function checkEdge(edge: Edge, report: Report): void {
  const mark = (key: string): BlockStatement | undefined =>
    edge.options.find((option) => option.$type === 'Mark' && option.key === key);
  const [reads, writes] = [mark('reads'), mark('writes')];
  if (reads === undefined || writes === undefined) return;
  report({
    severity: 'error',
    code: 'syntax/reads-and-writes',
    message: '`reads` says that the call only reads, `writes` that it writes. Leave one of the two out.',
    at: spanOf(reads),
    fix: removal(reads, 'Remove `reads`'),
    related: { node: writes, at: spanOf(writes), message: 'It writes.' },
  });
}

type Ordered = Extract<BlockStatement, { $type: 'Fact' | 'Load' | 'Scales' }>;

/** The second of two numbers must not be below the first. */
function checkOrder(node: Ordered, low: string, high: string, report: Report): void {
  const [first, second]: readonly unknown[] = [Reflect.get(node, low), Reflect.get(node, high)];
  if (typeof first !== 'string' || typeof second !== 'string') return;
  const dimension = node.$type === 'Load' ? 'rate' : node.$type === 'Scales' ? 'count' : node.key === 'cpu' ? 'cpu' : 'size';
  const [from, to] = [amountOf(first, dimension), amountOf(second, dimension)];
  if (from === undefined || to === undefined || to >= from) return;
  const at: Span = spanOfProperty(node, high);
  const what = node.$type === 'Load' ? `The peak of \`${second}\`` : `The limit of \`${second}\``;
  const message = `${what} is below \`${first}\`; ${node.$type === 'Load' ? 'the peak is the highest load of the day' : 'the second number is the higher one'}.`;
  const start = spanOfProperty(node, low);
  const between = textAround(node).slice(start.end, at.start);
  const fix = { title: 'Swap the two', start: start.start, end: at.end, text: `${second}${between}${first}` };
  report({ severity: 'error', code: 'syntax/order', message, at, fix });
}

/** Availability with as many digits as tell it from 100 %. */
function percent(share: number): string {
  const digits = Math.min(12, Math.max(2, Math.ceil(-Math.log10(1 - share)) + 1));
  return `${(share * 100).toFixed(digits)}%`;
}
