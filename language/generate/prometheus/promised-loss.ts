/** What may be lost of a store, by whoever promises anything that rests on it. */
import type { Analysis } from '../../analysis/analysis.js';
import type { Component, DisruptionClass, Model } from '../../model/model.js';

/** A promise of data loss that a store has to keep. */
export interface PromisedLoss {
  readonly subject: string;
  readonly disruption: DisruptionClass;
  readonly seconds: number;
}

/**
 * The strictest promise for a class of disruptions that rests on a store, its own or that of what cannot do without it; undefined where
 * nobody promises anything. A promise to lose nothing rests on no copy that trails, so it is none here.
 */
export function strictestLoss(
  model: Model,
  store: Component,
  disruption: DisruptionClass,
  analysis: () => Analysis,
): PromisedLoss | undefined {
  let found: PromisedLoss | undefined;
  for (const subject of [...model.components, ...model.journeys].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const rpo = subject.objective?.classes.find((each) => each.disruption === disruption)?.rpo?.value;
    if (rpo === undefined || rpo === 0 || (found !== undefined && found.seconds <= rpo)) continue;
    if (subject.name === store.name || analysis().hardClosure(subject.name).has(store.name))
      found = { subject: subject.name, disruption, seconds: rpo };
  }
  return found;
}
