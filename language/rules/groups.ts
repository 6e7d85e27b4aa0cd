/** What rules are about, by their codes: how the index of their pages is laid out. */

/** In the order of the index. */
export const ruleGroups = [
  'Redundancy',
  'Placement',
  'Capacity',
  'Dependencies',
  'Data',
  'Backups',
  'Failover',
  'Drills',
  'Kubernetes and mesh',
  'Cost',
  'Model',
] as const;

export type RuleGroup = (typeof ruleGroups)[number];

/** The last number of each group: numbers go up with the groups, but for what came later. */
const lastNumbers: readonly (readonly [last: number, group: RuleGroup])[] = [
  [9, 'Redundancy'],
  [14, 'Placement'],
  [19, 'Capacity'],
  [29, 'Dependencies'],
  [41, 'Data'],
  [51, 'Backups'],
  [62, 'Failover'],
  [69, 'Drills'],
  [90, 'Kubernetes and mesh'],
  [95, 'Cost'],
  // A journey that leaves its gateway out was found after the other dependencies had their numbers.
  [96, 'Dependencies'],
  [100, 'Model'],
  // What a model lacks for its manifests, and where it and the user's own manifests part, came with them.
  [104, 'Kubernetes and mesh'],
];

/** The group of a rule, from the number in its code; what is about the model itself has the highest numbers. */
export function groupOf(code: string): RuleGroup {
  const number = Number(code.slice('DR'.length));
  return lastNumbers.find(([last]) => number <= last)?.[1] ?? 'Model';
}
