import type { Analysis } from '../../../language/analysis/analysis.js';
import { comparable } from '../../../language/analysis/cost/standing-by.js';
import type { Figure } from '../../../language/analysis/figure.js';
import { chanceText, figureText, moneyText, timeText } from '../../../language/analysis/figure-text.js';
import { type Output, printable } from '../console.js';
import { table } from '../table.js';

/** The sections of `drml analyze` about money: what is paid, what failures cost, ways to stand by. Nothing where no price is stated. */
export function printCosts(analysis: Analysis, output: Output): void {
  const { model } = analysis;
  const whole = analysis.costs();
  if (whole.items.length > 0) {
    const rows = whole.items.map(({ name, perYear }) => [printable(name), moneyText(perYear, whole.currency)]);
    const total = [...rows, ['in all', moneyText(whole.standing, whole.currency)]];
    output.out(`\n${table(['Standing cost', 'a year'], rows.length === 1 ? rows : total)}`);
    if (whole.unstated.length > 0) output.out(`Without a cost: ${printable(whole.unstated.join(', '))}\n`);
  }
  const losses = [...model.journeys, ...model.components].flatMap(({ name }) => {
    const cost = analysis.cost(name);
    if (cost === undefined || cost.classes.size === 0) return [];
    const money = (figure: Figure): string => moneyText(figure, cost.currency);
    return [
      [printable(name), 'all downtime', '', '', money(cost.downtime), ''],
      ...[...cost.classes.values()].map((each) => [
        '',
        each.disruption,
        money(each.outagePerIncident),
        money(each.lossPerIncident),
        money(each.outagePerYear),
        money(each.lossPerYear),
      ]),
    ];
  });
  if (losses.length === 0) return;
  output.out(`\n${table(['Losses', 'after', 'one outage', 'its data', 'outages a year', 'data a year'], losses)}`);
  const { compared, left } = comparable(model);
  const ways = [...compared].flatMap((name) =>
    analysis
      .strategies(name)
      .map((strategy, index) => [
        index === 0 ? printable(name) : '',
        `${strategy.name}${strategy.current ? ' (now)' : ''}${strategy.best ? ' (best)' : ''}`,
        timeText(strategy.rto),
        timeText(strategy.rpo),
        figureText(strategy.unavailability),
        moneyText(strategy.standing, whole.currency),
        moneyText(strategy.losses, whole.currency),
        strategy.meets === undefined ? '' : strategy.meets ? 'kept' : 'missed',
      ]),
  );
  if (ways.length > 0)
    output.out(
      `\n${table(['Standing by', 'strategy', 'RTO', 'RPO', 'availability', 'a year', 'region losses', 'objectives'], ways)}`,
    );
  if (left.length > 0) output.out(`Not compared: ${printable(left.join(', '))}\n`);
}

/** The section about data that does not come back; nothing where no store says what its data lies on. */
export function printDurability(analysis: Analysis, output: Output): void {
  const rows = analysis.model.components.flatMap((component) => {
    const found = component.data.storage === undefined ? undefined : analysis.durability(component.name);
    if (found === undefined) return [];
    return [[printable(component.name), String(found.copies), chanceText(found.copiesLost), chanceText(found.everythingLost)]];
  });
  if (rows.length === 0) return;
  output.out(`\n${table(['Durability', 'copies', 'all copies lost in a year', 'with their backups'], rows)}`);
}
