import type { Analysis } from '../../analysis/analysis.js';
import { moneyText } from '../../analysis/figure-text.js';
import type { Model } from '../../model/model.js';
import { type Block, type Cell, code, paragraph, type Section } from '../document.js';
import { byText } from '../report-input.js';
import { subjectsOf, subjectText } from '../subjects.js';

/** What the design costs to have, and what failures are expected to cost; undefined where the model states no price. */
export function money(model: Model, analysis: Analysis): Section | undefined {
  const whole = analysis.costs();
  const losses = subjectsOf(model).flatMap((subject) => {
    const cost = analysis.cost(subject.name);
    if (cost === undefined || cost.classes.size === 0) return [];
    const text = (figure: Parameters<typeof moneyText>[0]): string => moneyText(figure, cost.currency);
    const classes = [...cost.classes.values()].map((each): readonly Cell[] => [
      subjectText(subject),
      each.disruption,
      text(each.outagePerIncident),
      text(each.lossPerIncident),
      text(each.outagePerYear),
      text(each.lossPerYear),
    ]);
    return [[subjectText(subject), 'all downtime', '', '', text(cost.downtime), ''], ...classes];
  });
  if (losses.length === 0 && whole.items.length === 0) return undefined;
  const standing: readonly Block[] =
    whole.items.length === 0
      ? [paragraph('No component states what it costs to have.')]
      : [
          {
            kind: 'table',
            caption: 'Standing cost',
            header: ['What', 'A year'],
            rows: [
              ...whole.items.map(({ name, perYear }): readonly Cell[] => [code(name), moneyText(perYear, whole.currency)]),
              ['In all', moneyText(whole.standing, whole.currency)],
            ],
          },
          ...(whole.unstated.length === 0 ? [] : [paragraph(`Without a price: ${[...whole.unstated].sort(byText).join(', ')}.`)]),
        ];
  const expected: readonly Block[] =
    losses.length === 0
      ? [paragraph('No price of an outage or of lost data is stated.')]
      : [
          paragraph(
            'Expected: how often a year, times the price, times how long. An incident is one of the class at its worst place. A class counts every incident with its whole RTO, even where others serve on; all downtime is what availability says. The rows are not to be added up.',
          ),
          {
            kind: 'table',
            caption: 'Expected losses',
            header: ['Of', 'After', 'One outage', 'Its lost data', 'Outages a year', 'Lost data a year'],
            rows: losses,
          },
        ];
  return { id: 'cost', title: 'Cost', blocks: [...standing, ...expected] };
}
