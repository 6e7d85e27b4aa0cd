import type { Analysis } from '../../../language/analysis/analysis.js';
import type { ComponentCapacity, LossKind } from '../../../language/analysis/capacity/capacity-figures.js';
import type { Figure } from '../../../language/analysis/figure.js';
import { amountText } from '../../../language/analysis/figure-text.js';
import { type Output, printable } from '../console.js';
import { table } from '../table.js';

/** The sections of `drml analyze` about load and quotas; nothing where no component states both load and capacity, and no region a quota. */
export function printCapacity(analysis: Analysis, output: Output): void {
  const { model } = analysis;
  const rows = model.components.flatMap((component) => {
    if (component.demand.load === undefined || component.demand.capacity === undefined) return [];
    const found = analysis.capacity(component.name);
    if (found?.kind !== 'component') return [];
    return [
      [
        printable(found.name),
        `${found.serving} (${amountText(found.neededAtPeak)} needed)`,
        amountText(found.utilisationAtPeak),
        worst(found, 'instance'),
        worst(found, 'zone'),
        worst(found, 'region'),
      ],
    ];
  });
  if (rows.length > 0) {
    output.out(`\n${table(['Use at peak', 'instances', 'now', 'without one', 'without a zone', 'without a region'], rows)}`);
  }
  const quotas = model.regions.flatMap((region) => {
    const found = analysis.capacity(region.name);
    if (found?.kind !== 'region') return [];
    return found.quotas.flatMap(({ resource, standing, afterLoss }) => [
      [`${printable(region.name)} ${printable(resource)}`, 'all is well', ...use(standing)],
      ...afterLoss.map((loss) => ['', `without ${printable(loss.region)}`, ...use(loss.use)]),
    ]);
  });
  if (quotas.length > 0) output.out(`\n${table(['Quota', 'when', 'asked for', 'of'], quotas)}`);
  printFlows(analysis, output);
}

/** What waits in queues whose load is stated, and what replication asks of links whose bandwidth is. */
function printFlows(analysis: Analysis, output: Output): void {
  const waiting: string[][] = [];
  const copied: string[][] = [];
  for (const { name } of analysis.model.components) {
    const found = analysis.capacity(name);
    if (found?.kind !== 'component') continue;
    for (const { consumer, waits, messages, bytes, drainsIn } of found.backlogs) {
      if (messages.status === 'unknown') continue;
      waiting.push([
        printable(name),
        printable(consumer),
        marked(waits),
        amountText(messages),
        marked(bytes, 'too much'),
        amountText(drainsIn),
      ]);
    }
    for (const { link, use: share, catchesUp } of found.replication) {
      if (share.status !== 'unknown')
        copied.push([printable(name), printable(link), marked(share, 'too much'), amountText(catchesUp)]);
    }
  }
  if (waiting.length > 0)
    output.out(`\n${table(['Queues', 'without', 'oldest message', 'messages', 'data', 'worked off in'], waiting)}`);
  if (copied.length > 0) output.out(`\n${table(['Replication', 'over', 'use', 'catches up in'], copied)}`);
}

/** The section about calls: those with a timeout or retries, and how the tries multiply. Nothing where none is stated. */
export function printCalls(analysis: Analysis, output: Output): void {
  const subjects = [...analysis.model.components, ...analysis.model.journeys];
  const rows = subjects.flatMap(({ name, edges }) => {
    if (edges.every((edge) => edge.timeout === undefined && edge.retries === undefined)) return [];
    const budget = analysis.callBudget(name);
    if (budget === undefined) return [];
    const stated = budget.calls.filter((call) => call.spent.verdict !== undefined || call.tries > 1);
    return stated.map((call) => [
      `${printable(name)} → ${printable(call.target)}`,
      call.spent.verdict === undefined
        ? 'none'
        : amountText({ ...call.spent, status: 'known', value: call.spent.verdict.target }),
      `${call.tries} in ${marked(call.spent)}`,
      marked(call.below),
      marked(call.workBelow),
    ]);
  });
  if (rows.length > 0) output.out(`\n${table(['Calls', 'timeout', 'tries', 'callee waits', 'work below'], rows)}`);
  const multiplied = subjects.flatMap(({ name }) => {
    const budget = analysis.callBudget(name);
    if (budget === undefined || (budget.attempts.status === 'known' && budget.attempts.value === 1)) return [];
    return [[printable(name), amountText(budget.attempts), printable(budget.attemptsPath.join(' → '))]];
  });
  if (multiplied.length > 0) output.out(`\n${table(['Retries multiply', 'attempts', 'along'], multiplied)}`);
}

/** The worst loss of a kind: losses of a kind stand worst first. */
function worst(found: ComponentCapacity, kind: LossKind): string {
  const loss = found.losses.find((each) => each.kind === kind);
  if (loss === undefined) return '-';
  const { utilisation, catchesUp, site } = loss;
  const where = site === undefined || utilisation.verdict?.met === true ? '' : ` (${site})`;
  if (utilisation.status === 'unbounded') return `nothing left${where}`;
  const later = catchesUp.status === 'known' && catchesUp.value > 0 ? `, carried after ${amountText(catchesUp)}` : '';
  return `${amountText(utilisation)}${where}${later}`;
}

function use(figure: Figure): readonly string[] {
  const target = figure.verdict?.target;
  return [
    `${amountText(figure)}${figure.verdict?.met === false ? ' (too much)' : ''}`,
    target === undefined ? '-' : amountText({ ...figure, status: 'known', value: target }),
  ];
}

function marked(figure: Figure, what = 'too long'): string {
  return `${amountText(figure)}${figure.verdict?.met === false ? ` (${what})` : ''}`;
}
