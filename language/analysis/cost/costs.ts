/** Money of a model: what it costs to have, and what its failures cost. Each amount is computed when first asked for. */
import type { Component, Edge, Journey, Model } from '../../model/model.js';
import { componentsByName } from '../../model/queries.js';
import type { Analysis } from '../analysis.js';
import { register } from '../explanations.js';
import type { Recovery } from '../recovery/recovery.js';
import { type Amount, amountOf, amountOfFigure, figureOf, missingAmount, product, sum } from './amount.js';
import type { CostFigures, ModelCosts } from './cost-figures.js';
import { currencyOf, year } from './currency.js';
import { explainAmount, explainClass } from './explain-cost.js';
import { Losses, priceOf } from './losses.js';
import { linkCost, linkName, standingOf } from './standing.js';

/** Money of one model. */
export class Costs {
  /** The one currency of the model; undefined where there is none, or several. */
  readonly currency: string | undefined;
  private readonly components: ReadonlyMap<string, Component>;
  private readonly journeys: ReadonlyMap<string, Journey>;
  private readonly losses: Losses;
  private readonly subjects = new Map<string, CostFigures | undefined>();
  private whole: ModelCosts | undefined;

  constructor(
    private readonly model: Model,
    private readonly analysis: Pick<Analysis, 'availability' | 'recovery'>,
    recovery: Recovery,
  ) {
    this.currency = currencyOf(model);
    this.components = componentsByName(model);
    this.journeys = new Map(model.journeys.map((journey) => [journey.name, journey]));
    this.losses = new Losses(model, recovery, (name) => this.components.get(name));
  }

  /** What a component or journey costs; undefined for unknown names. */
  of(subject: string): CostFigures | undefined {
    if (!this.subjects.has(subject)) this.subjects.set(subject, this.compute(subject));
    return this.subjects.get(subject);
  }

  /** What the whole model costs to have. */
  ofModel(): ModelCosts {
    this.whole ??= this.computeWhole();
    return this.whole;
  }

  private compute(subject: string): CostFigures | undefined {
    const priced = this.components.get(subject) ?? this.journeys.get(subject);
    const availability = this.analysis.availability(subject);
    if (priced === undefined || availability === undefined) return undefined;
    const { currency } = this;
    const component = this.components.get(subject);
    const parts: readonly (readonly [string, Amount])[] = (
      component === undefined ? [...this.closureOf(subject)].flatMap((name) => this.components.get(name) ?? []) : [component]
    ).map((each) => [each.name, standingOf(each, currency)]);
    const standing = figureOf(sum(parts.map(([, amount]) => amount)), 'money-per-year');
    register(standing, () => explainAmount(`${subject} standing cost`, standing, currency, parts));
    const rate = product(priceOf(priced, 'outage', currency), amountOf(year));
    const downtime = figureOf(product(rate, amountOfFigure(availability.unavailability)), 'money-per-year');
    register(downtime, () =>
      explainAmount(
        `${subject} downtime cost`,
        downtime,
        currency,
        [['a whole year down', rate]],
        'unavailability × outage costs',
      ),
    );
    const worst = this.analysis.recovery(subject);
    const classes = this.losses.of(priced, worst, currency);
    for (const each of classes.values()) {
      for (const figure of [each.outagePerIncident, each.lossPerIncident, each.outagePerYear, each.lossPerYear, each.frequency]) {
        register(figure, () => explainClass(subject, each, worst.get(each.disruption), currency));
      }
    }
    return { currency, standing, downtime, classes };
  }

  private computeWhole(): ModelCosts {
    const { currency, model } = this;
    // By name, so that the order of declaration changes nothing, not even the last digit of the sum.
    const stated = model.components
      .filter(({ costs }) => costs.some(({ kind }) => kind === 'standing'))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const parts: readonly (readonly [string, Amount])[] = [
      ...stated.map((component) => [component.name, standingOf(component, currency)] as const),
      ...model.links.flatMap((link) =>
        link.costs.length === 0 ? [] : [[linkName(link), linkCost(model, link, currency)] as const],
      ),
    ];
    const total = parts.length === 0 ? missingAmount('cost of any component') : sum(parts.map(([, amount]) => amount));
    const standing = figureOf(total, 'money-per-year');
    register(standing, () => explainAmount('standing cost', standing, currency, parts));
    return {
      currency,
      standing,
      items: parts.map(([name, amount]) => {
        const perYear = figureOf(amount, 'money-per-year');
        register(perYear, () => explainAmount(`${name} standing cost`, perYear, currency, []));
        return { name, perYear };
      }),
      unstated: model.components
        .filter((component) => !stated.includes(component))
        .map(({ name }) => name)
        .sort(),
    };
  }

  /** The subject and everything it is reached through, alternatives and data sources included. */
  private closureOf(subject: string): ReadonlySet<string> {
    const seen = new Set([subject]);
    for (const name of seen) {
      const component = this.components.get(name);
      const edges: readonly Edge[] = component?.edges ?? this.journeys.get(name)?.edges ?? [];
      const targets = [
        ...edges.flatMap((edge) =>
          edge.journeys.length === 0 || edge.journeys.some((journey) => seen.has(journey.name)) ? edge.targets : [],
        ),
        ...(component?.recoversAfter ?? []).flatMap((requirement) => requirement.targets),
        ...(component?.rebuildsFrom?.targets ?? []),
      ];
      for (const target of targets) if (target.resolved) seen.add(target.name);
    }
    return seen;
  }
}
