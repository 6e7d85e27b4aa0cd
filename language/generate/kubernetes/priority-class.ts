/** Priority classes, one per tier in use. */
import type { Component } from '../../model/model.js';
import { traced, type YamlObject } from '../yaml.js';

/** Far below the system's own classes, which start at 2,000,000,000, and above the default of 0. */
const highest = 1_000_000;
const step = 1_000;

/** The class of a tier. */
export function priorityClassName(tier: number): string {
  return `drml-tier-${tier}`;
}

/**
 * The class of a tier: lower tiers make room for it when a site is lost. It belongs to the cluster, so it carries no label of one
 * model: two models write the same object.
 */
export function priorityClass(tier: number, first: Component): YamlObject {
  return {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: priorityClassName(tier), labels: { 'app.kubernetes.io/managed-by': 'drml' } },
    value: traced(Math.max(1, highest - step * tier), first.nameSource, `tier ${tier}`),
    globalDefault: false,
    description: `Components of tier ${tier}; tier 0 is the most important.`,
  };
}
