/** Promises of an objective that are no availability and no time after a disruption: how far back data goes, and what it may cost. */
import type { Analysis } from '../analysis/analysis.js';
import { currencyOf, perSecond, year } from '../analysis/cost/currency.js';
import { durationText, moneyText, quantityText } from '../analysis/figure-text.js';
import { losesData } from '../analysis/recovery/data-loss.js';
import type { Component, Model, Money } from '../model/model.js';
import { componentsByName } from '../model/queries.js';
import { byText } from './report-input.js';

/** What is promised, what the model yields, and whether that is enough. */
export interface Judgement {
  readonly target: string;
  readonly estimate: string;
  readonly met: boolean | undefined;
  readonly missing: readonly string[];
  readonly because: string | undefined;
}

/**
 * How far back data can be recovered: the least of all stores behind a subject, of each the longest that one of its backups is kept,
 * or that a queue or bucket keeps what it holds. Replicas keep no past.
 */
export function retentionOf(model: Model, analysis: Analysis, subject: string, promised: number): Judgement {
  const components = componentsByName(model);
  const names = new Set([...analysis.hardClosure(subject), subject]);
  const stores = [...names].sort(byText).flatMap((name) => {
    const store = components.get(name);
    return store !== undefined && losesData(store) ? [store] : [];
  });
  const target = `${durationText(promised)} back`;
  if (stores.length === 0) {
    return { target, estimate: 'no data of its own', met: true, missing: [], because: undefined };
  }
  const kept = stores.map((store) => ({ store, longest: longestKept(store) }));
  const known = kept.flatMap(({ longest }) => longest ?? []);
  const least = known.length === 0 ? undefined : Math.min(...known);
  const short = kept.filter(({ longest }) => longest !== undefined && longest < promised).map(({ store }) => store.name);
  const missing = kept.filter(({ longest }) => longest === undefined).map(({ store }) => `keeps of the backups of ${store.name}`);
  if (short.length > 0 && least !== undefined) {
    const estimate = least === 0 ? 'nothing is kept' : `${durationText(least)} back`;
    return { target, estimate, met: false, missing, because: `because of ${short.join(', ')}` };
  }
  if (missing.length > 0 || least === undefined)
    return { target, estimate: 'not known', met: undefined, missing, because: undefined };
  return { target, estimate: `${durationText(least)} back`, met: true, missing, because: undefined };
}

/** Seconds; 0 where nothing keeps the past, undefined where it is not said for how long. */
function longestKept({ data }: Component): number | undefined {
  if (data.backups.length === 0) return data.keeps?.value ?? 0;
  const known = [data.keeps, ...data.backups.map(({ keeps }) => keeps)].flatMap((fact) => fact?.value ?? []);
  return known.length === 0 ? undefined : Math.max(...known);
}

/** What it costs to have in a year, against what it may cost. */
export function budgetOf(model: Model, analysis: Analysis, subject: string, promised: Money): Judgement {
  const currency = currencyOf(model);
  const perTime = perSecond(promised, currency, `budget of ${subject}`);
  const most = perTime.upper * year;
  const standing = analysis.cost(subject)?.standing;
  const target = `${quantityText(promised.amount.value, 'money')} ${promised.currency}${promised.per === undefined ? '' : `/${promised.per}`}`;
  const missing = [...perTime.missing, ...(standing?.status === 'unknown' ? standing.missing : [])].sort(byText);
  const estimate = standing === undefined ? 'not known' : moneyText(standing, currency);
  const comparable = perTime.missing.length === 0 && standing !== undefined;
  const met =
    !comparable || standing.status === 'unknown'
      ? undefined
      : standing.status === 'known'
        ? standing.value <= most
        : standing.status === 'bounded' && standing.upper <= most
          ? true
          : standing.status === 'bounded' && standing.lower <= most
            ? undefined
            : false;
  return { target, estimate, met, missing, because: undefined };
}
