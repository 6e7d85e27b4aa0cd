/** Money and durability as plain data, of whatever states a price or what its data lies on. */

import type { Analysis } from '../analysis.js';
import type { DurabilityFigures } from '../durability/durability.js';
import type { Figure } from '../figure.js';
import type { ClassCost, StandingCost, Strategy } from './cost-figures.js';
import { comparable } from './standing-by.js';

export interface SubjectCostReport {
  /** Per year. */
  readonly standing: Figure;
  /** Outage price × unavailability, per year. */
  readonly downtime: Figure;
  readonly classes: { readonly [disruption: string]: ClassCost };
  /** Only of components that run in two regions; of thousands the first by name. */
  readonly strategies: readonly Strategy[];
}

export interface CostReport {
  /** Absent where no price is stated, or prices are in several currencies. */
  readonly currency?: string;
  /** The sum of what is stated, per year. */
  readonly standing: Figure;
  /** By name, links last. */
  readonly items: readonly StandingCost[];
  /** Components without a `cost`: the sum says nothing about them. */
  readonly unstated: readonly string[];
  /** Journeys and components with a price. */
  readonly subjects: { readonly [name: string]: SubjectCostReport };
}

/** Costs of everything with a price; undefined where the model states none. */
export function costReport(analysis: Analysis): CostReport | undefined {
  const { model } = analysis;
  const priced = [...model.journeys, ...model.components].filter(({ costs }) => costs.length > 0).sort(byName);
  const { currency, ...whole } = analysis.costs();
  if (priced.length === 0 && whole.items.length === 0) return undefined;
  const { compared } = comparable(model);
  const subjects = priced.flatMap(({ name }): (readonly [string, SubjectCostReport])[] => {
    const cost = analysis.cost(name);
    if (cost === undefined) return [];
    const { standing, downtime, classes } = cost;
    return [
      [
        name,
        {
          standing,
          downtime,
          classes: Object.fromEntries(classes),
          strategies: compared.has(name) ? analysis.strategies(name) : [],
        },
      ],
    ];
  });
  return { ...(currency === undefined ? {} : { currency }), ...whole, subjects: Object.fromEntries(subjects) };
}

/** Durability of every store that says what its data lies on. */
export function durabilityReport(analysis: Analysis): { readonly [store: string]: DurabilityFigures } {
  return Object.fromEntries(
    [...analysis.model.components].sort(byName).flatMap(({ name, data }): (readonly [string, DurabilityFigures])[] => {
      const found = data.storage === undefined ? undefined : analysis.durability(name);
      return found === undefined ? [] : [[name, found]];
    }),
  );
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
