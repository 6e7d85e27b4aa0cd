/** What automatic scaling adds to the survivors of a loss, and until when. */
import { type Fact, sourceOf } from '../../model/fact.js';
import type { Component } from '../../model/model.js';
import { explained, factReason, knownFigure, unknownFigure } from '../explained-figure.js';
import type { Figure } from '../figure.js';
import type { Survivors } from './survivors.js';

/** Instances at the upper end of scaling, and how long scaling takes. */
export interface Scaled {
  readonly count: number;
  /** Absent: not stated. */
  readonly within: Fact<number> | undefined;
}

/**
 * `scales to M` is of each site: every region where something still serves may grow to M. Undefined where the component does not scale.
 */
export function scaledInstances(component: Component, survivors: Survivors): Scaled | undefined {
  const scales = component.deployment.scales;
  if (scales === undefined) return undefined;
  const left = new Map<string, number>();
  for (const { region } of survivors.instances) left.set(region, (left.get(region) ?? 0) + 1);
  let count = 0;
  for (const here of left.values()) count += Math.max(here, scales.max.value);
  return { count, within: scales.within };
}

/** Until the load is carried: at once where the survivors carry it, after scaling where that reaches it, never otherwise. */
export function catchingUp(
  label: string,
  utilisation: Figure,
  scaled: Figure | undefined,
  within: Fact<number> | undefined,
): Figure {
  if (utilisation.verdict?.met === true)
    return knownFigure('seconds', 0, { label, formula: 'the survivors carry the load at once' });
  if (utilisation.status === 'unknown') return unknownFigure('seconds', utilisation.missing, { label });
  if (scaled === undefined) {
    return explained(
      'seconds',
      { status: 'never', because: 'the survivors do not carry the load and nothing scales' },
      { label },
    );
  }
  if (scaled.verdict?.met !== true) {
    return explained(
      'seconds',
      { status: 'never', because: 'the load is more than the survivors carry at their most' },
      { label },
    );
  }
  if (within === undefined) return unknownFigure('seconds', ['within of scales'], { label });
  const source = sourceOf(within);
  return knownFigure('seconds', within.value, {
    label,
    formula: 'scaling reaches the load within',
    children: [factReason('scales within', within, 'seconds')],
    terms: [{ name: 'scale', seconds: within.value, ...(source === undefined ? {} : { source }) }],
  });
}
