/**
 * Ways to survive the loss of a region, side by side: the same model with nothing changed but how a component stands by, asked the same
 * questions. All components are compared in one model that holds their alternatives beside them.
 */
import type { Component, Model } from '../../model/model.js';
import { componentsByName } from '../../model/queries.js';
import { Availabilities } from '../availability/availabilities.js';
import { leafProbabilities } from '../availability/leaf-probabilities.js';
import { register } from '../explanations.js';
import type { Figure } from '../figure.js';
import { reworded } from '../recovery/chained-figure.js';
import { Recovery } from '../recovery/recovery.js';
import { Structure } from '../structure/evaluate.js';
import { type Amount, amountOfFigure, figureOf, missingAmount, sum } from './amount.js';
import type { Strategy } from './cost-figures.js';
import { currencyOf } from './currency.js';
import { explainAmount } from './explain-cost.js';
import { Losses } from './losses.js';
import { standingOf } from './standing.js';
import { type Alternative, alternativesOf, changingOthers, comparable, withAlternatives } from './standing-by.js';

/** What answers for alternatives: the analyses of one model that holds them. */
interface Compared {
  readonly recovery: Recovery;
  readonly availabilities: Availabilities;
  readonly losses: Losses;
}

/** The strategies of the components of a model. */
export class Strategies {
  private readonly currency: string | undefined;
  private readonly alternatives = new Map<string, readonly Alternative[]>();
  /** Alternatives that stand beside each other in one model. */
  private readonly beside: ReadonlyMap<string, readonly Alternative[]>;
  private readonly kept = new Map<string, readonly Strategy[]>();
  private shared: Compared | undefined;

  constructor(private readonly model: Model) {
    this.currency = currencyOf(model);
    const alone = changingOthers(model);
    const { compared } = comparable(model, alone);
    const beside = new Map<string, readonly Alternative[]>();
    for (const component of model.components) {
      const found = alternativesOf(component);
      if (found.length === 0) continue;
      this.alternatives.set(component.name, found);
      if (compared.has(component.name) && !alone.has(component.name)) beside.set(component.name, found);
    }
    this.beside = beside;
  }

  /** Of a component that has instances in two regions; empty otherwise. */
  of(name: string): readonly Strategy[] {
    const kept = this.kept.get(name);
    if (kept !== undefined) return kept;
    const found = withBest((this.alternatives.get(name) ?? []).map((each) => this.strategyOf(name, each)));
    this.kept.set(name, found);
    return found;
  }

  private strategyOf(subject: string, alternative: Alternative): Strategy {
    const { component, strategy, role, current, fewest, most } = alternative;
    const { recovery, availabilities, losses } = this.comparedWith(subject, alternative);
    const name = this.beside.has(subject) ? component.name : subject;
    const asked = { ...component, name };
    const loss = recovery.ofClass(name, 'region-loss');
    const say = (text: string): string => text.replaceAll(component.name, subject);
    const told = (figure: Figure | undefined): Figure =>
      figure === undefined
        ? figureOf(missingAmount(`region-loss of ${subject}`), 'seconds')
        : reworded(figure, figure.verdict, undefined, say);
    const found = availabilities.of(name);
    const unknown = figureOf(missingAmount(`availability of ${subject}`), 'probability');
    const placed = component.placements.reduce(
      (total, { region, zones }) => total + (region === alternative.region ? zones.length : 0),
      0,
    );
    const standing = betweenBoth(
      standingOf(component, this.currency, fewest - placed),
      standingOf(component, this.currency, most - placed),
    );
    const struck =
      loss === undefined ? undefined : losses.of(asked, new Map([['region-loss', loss]]), this.currency).get('region-loss');
    const lost =
      struck === undefined
        ? missingAmount(`outage costs of ${subject}`)
        : sum([struck.outagePerYear, struck.lossPerYear].map((figure) => amountOfFigure(figure)));
    const together = sum([standing, lost]);
    const money = (label: string, amount: Amount, parts: readonly (readonly [string, Amount])[]): Figure => {
      const figure = figureOf({ ...amount, missing: amount.missing.map(say) }, 'money-per-year');
      register(figure, () => explainAmount(`${subject} as ${strategy} ${label}`, figure, this.currency, parts));
      return figure;
    };
    const figures = {
      rto: told(loss?.rto),
      rpo: told(loss?.rpo),
      availability: found?.availability ?? unknown,
      unavailability: found?.unavailability ?? unknown,
    };
    return {
      name: strategy,
      role,
      current,
      ...figures,
      standing: money('standing cost', standing, []),
      losses: money('losses of a region', lost, []),
      total: money('a year', together, [
        ['standing cost', standing],
        ['losses of a region', lost],
      ]),
      meets: verdictOf(Object.values(figures)),
      best: false,
    };
  }

  /** Whoever changes what it waits for is analysed in a model in which it is changed, as is what is not compared unasked. */
  private comparedWith(subject: string, { component }: Alternative): Compared {
    if (this.beside.has(subject)) {
      this.shared ??= compared(withAlternatives(this.model, this.beside), imaginedIn(this.beside));
      return this.shared;
    }
    return compared({
      ...this.model,
      components: this.model.components.map(
        (each): Component => (each.name === subject ? { ...component, name: subject } : each),
      ),
    });
  }
}

/** The names of alternatives that are not what is modelled, with the component that each would be instead of. */
function imaginedIn(alternatives: ReadonlyMap<string, readonly Alternative[]>): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  for (const [name, list] of alternatives)
    for (const { current, component } of list) if (!current) result.set(component.name, name);
  return result;
}

function compared(model: Model, insteadOf?: ReadonlyMap<string, string>): Compared {
  const structure = new Structure(model);
  const recovery = new Recovery(structure, insteadOf);
  const byName = componentsByName(model);
  return {
    recovery,
    availabilities: new Availabilities(structure, leafProbabilities(model, structure.compiled)),
    losses: new Losses(model, recovery, (name) => byName.get(name)),
  };
}

/** Broken where one objective is, kept where all are; undefined where it depends, or nothing is promised. */
function verdictOf(figures: readonly Figure[]): boolean | undefined {
  const verdicts = figures.flatMap(({ verdict }) => (verdict === undefined ? [] : [verdict.met]));
  if (verdicts.includes(false)) return false;
  return verdicts.length === 0 || verdicts.includes(undefined) ? undefined : true;
}

/**
 * Marks the cheapest of those that keep the objectives: by the total where it is known of all of them, else by the standing cost. Of
 * bounded amounts the upper counts, then the lower.
 */
function withBest(strategies: readonly Strategy[]): readonly Strategy[] {
  const keeping = strategies.filter(({ meets }) => meets === true);
  const costOf = keeping.every(({ total }) => hasLimits(total))
    ? ({ total }: Strategy) => amountOfFigure(total)
    : ({ standing }: Strategy) => amountOfFigure(standing);
  const priced = keeping.filter((each) => hasLimits(each.standing));
  const [best] = [...priced].sort((a, b) => {
    const [left, right] = [costOf(a), costOf(b)];
    return left.upper - right.upper || left.lower - right.lower;
  });
  return strategies.map((each) => (each === best ? { ...each, best: true } : each));
}

function hasLimits(figure: Figure): boolean {
  return figure.status === 'known' || figure.status === 'bounded';
}

function betweenBoth(fewest: Amount, most: Amount): Amount {
  return { ...fewest, upper: most.upper };
}
