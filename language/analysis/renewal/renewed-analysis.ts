/**
 * The analysis of a model that was edited. Figures of subjects that lean on nothing that has changed are those of the model of before;
 * the others are worked out from the part of the new model that they lean on. What looks at the model as a whole is worked out anew.
 */
import type { Model } from '../../model/model.js';
import { subjectsByName } from '../../model/queries.js';
import type {
  Analysis,
  AnalysisOptions,
  AvailabilityFigures,
  ClassRecovery,
  Contribution,
  CutSetFigures,
  OutageFigures,
  SinglePoint,
} from '../analysis.js';
import { LazyAnalysis } from '../analyze.js';
import type { PairSwitching } from '../availability/switching.js';
import type { CallBudgetFigures } from '../call-budget/call-budget-figures.js';
import type { CapacityFigures } from '../capacity/capacity-figures.js';
import { restoresMeet } from '../recovery/shared-restores.js';
import { calledOtherwise, changedBetween } from './difference.js';
import { Leaning, leaningOf } from './leaning.js';
import { partOf } from './model-part.js';

export interface RenewalOptions extends AnalysisOptions {
  /** The analysis of the same design before the edit; its model shares with the new one what has not changed. */
  readonly previous: Analysis | undefined;
  /** Share of the model, 0..1, up to which it pays to work on a part. */
  readonly largestPart?: number;
}

/**
 * The analysis of a model, with what an earlier one knows. Answers what an analysis from nothing does. What it keeps alive is one
 * analysis of a whole model, however many edits lie between.
 */
export function analyzeAgain(model: Model, { asOf, previous, largestPart = 0.5 }: RenewalOptions): Analysis {
  const base = previous instanceof RenewedAnalysis ? previous.base : previous;
  if (!(base instanceof LazyAnalysis) || base.asOf !== asOf) return new LazyAnalysis(model, asOf);
  const changed = changedBetween(base.model, model);
  if (changed === undefined) return new LazyAnalysis(model, asOf);
  // The links of both are the same ones, else it would not come here.
  const leaning = new Leaning(model, leaningOf(base.model));
  const before = subjectsByName(base.model);
  const affected = leaning.affectedBy(changed, before);
  const part = partOf(model, leaning.neededBy(affected));
  if (part.components.length > largestPart * model.components.length) return new LazyAnalysis(model, asOf);
  const called = leaning.callersOf(calledOtherwise(changed, before, leaning.subjects));
  return new RenewedAnalysis(leaning, base, affected, new LazyAnalysis(part, asOf), called);
}

class RenewedAnalysis extends LazyAnalysis {
  /** Whether recoveries that nothing else connects hold each other up: then they are those of the whole model. */
  private readonly together: boolean;
  private readonly degraded: ReadonlySet<string>;
  private wishes: LazyAnalysis | undefined;
  private readonly composed = new Map<string, AvailabilityFigures>();

  constructor(
    private readonly leaning: Leaning,
    /** Of the whole model as it once was. */
    readonly base: LazyAnalysis,
    private readonly affected: ReadonlySet<string>,
    private readonly part: LazyAnalysis,
    /** Whose calls may go otherwise. */
    private readonly called: ReadonlySet<string>,
  ) {
    super(leaning.model, base.asOf);
    this.together = [leaning.model, base.model].some(
      (model) => model.settings.repairsAtOnce !== undefined || restoresMeet(model),
    );
    this.degraded = leaning.degradedBy(affected);
    base.latest = this;
    part.latest = this;
  }

  override availability(subject: string): AvailabilityFigures | undefined {
    const known = this.composed.get(subject);
    if (known !== undefined) return known;
    const figures = this.knowing(subject).availability(subject);
    if (figures === undefined || !this.degraded.has(subject)) return figures;
    // How often it is degraded depends on more than all the rest: it is worked out when somebody looks at it.
    const composed = { ...figures };
    const get = (): AvailabilityFigures['degraded'] => this.withWishes().availability(subject)?.degraded ?? figures.degraded;
    Object.defineProperty(composed, 'degraded', { get, enumerable: true, configurable: true });
    this.composed.set(subject, composed);
    return composed;
  }

  override singlePoints(subject: string): readonly SinglePoint[] {
    return this.knowing(subject).singlePoints(subject);
  }

  override sharedFate(subject: string): readonly SinglePoint[] {
    return this.knowing(subject).sharedFate(subject);
  }

  override outages(subject: string): OutageFigures | undefined {
    return this.knowing(subject).outages(subject);
  }

  override switches(subject: string): readonly PairSwitching[] {
    return this.knowing(subject).switches(subject);
  }

  override contributions(subject: string): readonly Contribution[] {
    return this.knowing(subject).contributions(subject);
  }

  override cutSets(subject: string): CutSetFigures | undefined {
    return this.knowing(subject).cutSets(subject);
  }

  override callBudget(subject: string): CallBudgetFigures | undefined {
    return this.called.has(subject) ? super.callBudget(subject) : this.base.callBudget(subject);
  }

  override capacity(subject: string): CapacityFigures | undefined {
    const component = this.leaning.subjects.get(subject);
    // Queues wait for their consumers, replication shares its links, quotas are of everybody: these follow who leans on nobody here.
    const followsWhatItNames =
      component !== undefined &&
      'placements' in component &&
      component.kind !== 'queue' &&
      component.data.replication.length === 0;
    return followsWhatItNames ? this.knowing(subject).capacity(subject) : super.capacity(subject);
  }

  override recovery(subject: string): ReadonlyMap<ClassRecovery['disruption'], ClassRecovery> {
    return this.together ? super.recovery(subject) : this.knowing(subject).recovery(subject);
  }

  override hardClosure(subject: string): ReadonlySet<string> {
    return this.knowing(subject).hardClosure(subject);
  }

  override downWithout(site: string): ReadonlySet<string> {
    const [before, now] = [this.base.downWithout(site), this.part.downWithout(site)];
    const names = [...this.model.components, ...this.model.journeys].map(({ name }) => name);
    return new Set(names.filter((name) => (this.affected.has(name) ? now : before).has(name)));
  }

  override rest(): void {
    super.rest();
    this.base.rest();
    this.part.rest();
    this.wishes = undefined;
  }

  private knowing(subject: string): LazyAnalysis {
    return this.affected.has(subject) ? this.part : this.base;
  }

  /** The part of the model that decides who is degraded how often. */
  private withWishes(): LazyAnalysis {
    if (this.wishes === undefined) {
      this.wishes = new LazyAnalysis(partOf(this.model, this.leaning.neededWithWishesOf(this.degraded)), this.asOf);
      this.wishes.latest = this;
    }
    return this.wishes;
  }
}
