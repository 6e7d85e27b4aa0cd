/** The matrix of disaster recovery: what each class of disruption does to every journey and component, beside what was promised. */
import type { Analysis, ClassRecovery } from '../../analysis/analysis.js';
import type { Figure } from '../../analysis/figure.js';
import { durationText, reasonText } from '../../analysis/figure-text.js';
import type { ObjectiveState, SourceRange } from '../../diagram/diagram-graph.js';
import { displayName } from '../../diagram/display-name.js';
import { type ComponentKind, type DisruptionClass, disruptionClasses, type Model } from '../../model/model.js';
import { locate } from '../../model/queries.js';
import { effectiveTiers } from '../../rules/tier.js';
import { estimateText } from '../promises.js';
import { survival } from '../sections/class-matrix.js';

/** A time beside what was promised. */
export interface MatrixTime {
  /** `12 min`, `not known`, `never`. */
  readonly text: string;
  /** Seconds for sorting; what is not known, and what never ends, comes after all numbers. */
  readonly rank: number;
  readonly target?: string;
  readonly met?: boolean;
  /** Why it never ends, or what to state so that it is known. */
  readonly because?: string;
}

/** One subject in one class. */
export interface MatrixCell {
  readonly disruption: DisruptionClass;
  /** Undefined: the class cannot hit it. */
  readonly survives?: boolean;
  /** `survives`, `down until recovered`, `does not come back`, `data lost`, `not affected`. */
  readonly outcome: string;
  /** The worst place: `cn-north`. */
  readonly scope?: string;
  readonly rto: MatrixTime;
  readonly rpo: MatrixTime;
  /** Of the promises for the class, where there are any. */
  readonly verdict?: ObjectiveState;
}

export interface MatrixRow {
  readonly name: string;
  readonly title?: string;
  readonly kind: 'journey' | ComponentKind;
  readonly tier?: number;
  readonly source: SourceRange;
  /** In the order of {@link Matrix.classes}. */
  readonly cells: readonly MatrixCell[];
}

export interface Matrix {
  readonly model: string;
  /** Classes that can hit anything. */
  readonly classes: readonly DisruptionClass[];
  /** Journeys, then components, in order of declaration. */
  readonly rows: readonly MatrixRow[];
}

/** The matrix of a model. Never throws. */
export function matrixOf(model: Model, analysis: Analysis): Matrix {
  const subjects = [...model.journeys.map((journey) => ({ ...journey, kind: 'journey' as const })), ...model.components];
  const classes = disruptionClasses.filter((disruption) =>
    subjects.some(({ name }) => analysis.recovery(name).get(disruption)?.survives !== undefined),
  );
  const tiers = effectiveTiers(model);
  const rows = subjects.map((subject): MatrixRow => {
    const { name, title, kind, nameSource } = subject;
    const tier = tiers.get(name);
    return {
      name,
      ...(title === undefined ? {} : { title: displayName(subject) }),
      kind,
      ...(tier === undefined ? {} : { tier }),
      source: {
        uri: nameSource.uri,
        start: locate(model, nameSource.uri, nameSource.start),
        end: locate(model, nameSource.uri, nameSource.end),
      },
      cells: classes.map((disruption) => cellOf(disruption, analysis.recovery(name).get(disruption))),
    };
  });
  return { model: displayName(model), classes, rows };
}

function cellOf(disruption: DisruptionClass, found: ClassRecovery | undefined): MatrixCell {
  const nothing: MatrixTime = { text: '–', rank: -1 };
  if (found?.survives === undefined) return { disruption, outcome: 'not affected', rto: nothing, rpo: nothing };
  const verdicts = [found.rto.verdict, found.rpo.verdict].flatMap((verdict) => verdict ?? []);
  const verdict: ObjectiveState | undefined =
    verdicts.length === 0
      ? undefined
      : verdicts.some(({ met }) => met === false)
        ? 'missed'
        : verdicts.some(({ met }) => met === undefined)
          ? 'unknown'
          : 'met';
  return {
    disruption,
    survives: found.survives,
    outcome: survival(found),
    ...(found.scope === undefined ? {} : { scope: found.scope }),
    rto: timeOf(found.rto),
    rpo: timeOf(found.rpo),
    ...(verdict === undefined ? {} : { verdict }),
  };
}

function timeOf(figure: Figure): MatrixTime {
  const { verdict } = figure;
  const because = reasonText(figure);
  return {
    text: estimateText(figure),
    rank: rankOf(figure),
    ...(verdict === undefined ? {} : { target: durationText(verdict.target) }),
    ...(verdict?.met === undefined ? {} : { met: verdict.met }),
    ...(because === undefined ? {} : { because }),
  };
}

/** JSON has no infinity. */
const beyondNumbers = { unknown: 1e15, unbounded: 2e15, never: 3e15 } as const;

function rankOf(figure: Figure): number {
  if (figure.status === 'known') return figure.value;
  return figure.status === 'bounded' ? figure.upper : beyondNumbers[figure.status];
}
