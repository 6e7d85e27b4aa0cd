import { expect, it } from 'vitest';
import { allDescribedRules as describedRules } from '../../../language/manifests/registry.js';
import { groupOf } from '../../../language/rules/groups.js';
import { rulePages } from '../../../language/rules/pages.js';

it.each([
  ['DR001', 'Redundancy'],
  ['DR009', 'Redundancy'],
  ['DR010', 'Placement'],
  ['DR015', 'Capacity'],
  ['DR020', 'Dependencies'],
  ['DR030', 'Data'],
  ['DR037', 'Data'],
  ['DR042', 'Backups'],
  ['DR052', 'Failover'],
  ['DR063', 'Drills'],
  ['DR096', 'Dependencies'],
  ['DR097', 'Model'],
  ['DR100', 'Model'],
  ['DR101', 'Kubernetes and mesh'],
  ['DR104', 'Kubernetes and mesh'],
])('%s is about %s', (code, group) => {
  expect(groupOf(code)).toBe(group);
});

it('the index has every rule once, below the heading of its group', () => {
  const index = rulePages(describedRules)['README.md'] ?? '';
  let heading = '';
  const listed = index.split('\n').flatMap((line) => {
    heading = /^## (.*)$/.exec(line)?.[1] ?? heading;
    const code = /^\| \[(DR\d{3})\]/.exec(line)?.[1];
    return code === undefined ? [] : [`${code} ${heading}`];
  });
  expect(listed.sort()).toEqual(describedRules.map(({ code }) => `${code} ${groupOf(code)}`).sort());
});
