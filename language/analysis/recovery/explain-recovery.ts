/** Why a recovery time, a data loss or the time to caught-up is what it is, with what drills measured of it. */
import { sourceOf } from '../../model/fact.js';
import type { DisruptionClass } from '../../model/model.js';
import type { ClassRecovery } from '../analysis.js';
import { explainTime } from '../explain.js';
import type { Explanation, Figure } from '../figure.js';
import { durationText, timeText } from '../figure-text.js';
import { type DrillFigures, lastMeasured } from './drills.js';

/** The terms of an RTO or RPO, then what was measured last; of an RTO also the way back, which is no part of it. */
export function explainRecovery(
  subject: string,
  recovery: ClassRecovery,
  measure: 'rto' | 'rpo',
  drills: readonly DrillFigures[],
): Explanation {
  const { disruption, failback } = recovery;
  const tree = explainTime(recovery[measure], `${subject} ${disruption} ${measure.toUpperCase()}`);
  const after = measure === 'rpo' || failback === undefined ? [] : [wayBack(failback)];
  return { ...tree, children: [...tree.children, ...after, ...measured(drills, subject, disruption, measure)] };
}

/** The terms of the time until the backlog is gone, in the worst scope or in one. */
export function explainCaughtUp(subject: string, disruption: DisruptionClass, scope: string, figure: Figure): Explanation {
  return explainTime(figure, `${subject} ${disruption} caught up${scope === '' ? '' : `, ${scope}`}`);
}

function wayBack(failback: Figure): Explanation {
  const source = failback.terms[0]?.source;
  const value = `${timeText(failback)}, afterwards and no part of it`;
  return { label: 'failback', value, ...(source === undefined ? {} : { source }), children: [] };
}

function measured(
  drills: readonly DrillFigures[],
  subject: string,
  disruption: DisruptionClass,
  measure: 'rto' | 'rpo',
): readonly Explanation[] {
  const last = lastMeasured(drills, subject, disruption, measure);
  if (last === undefined) return [];
  const { drill } = last;
  const age = drill.ageDays === 0 ? 'the same day' : `${drill.ageDays} d ago`;
  const source = sourceOf(last.measured);
  const value = `${durationText(last.measured.value)} (drill ${drill.scenario}, ${drill.date}, ${age})`;
  return [{ label: 'measured', value, ...(source === undefined ? {} : { source }), children: [] }];
}
