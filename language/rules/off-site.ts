import type { Component } from '../model/model.js';
import { claims } from './objectives.js';
import type { RuleContext } from './rule.js';

/**
 * How far a copy of a store has to lie away to be off its site: outside its region, or, where its objectives or those of who leans on it
 * name zone-loss and not region-loss, outside its building.
 */
export function offSite(
  stores: readonly Component[],
  { model, analysis }: RuleContext,
): (store: Component) => 'region' | 'building' {
  const always = (): boolean => true;
  const zoneLoss = claims(model, analysis, 'zone-loss', stores, always);
  const regionLoss = claims(model, analysis, 'region-loss', stores, always);
  return ({ name }) => (zoneLoss.has(name) && !regionLoss.has(name) ? 'building' : 'region');
}
