/**
 * What only the whole model can tell of its sites: regions in which nothing stands, providers, accounts and buildings that nothing
 * has. Told of models of one file: in others, an edit inside an element of one file would change what is said of another.
 */
import type { Component, FailTarget, Region, Scenario, TopLevel } from '../../generated/ast.js';
import { nearest } from '../nearest.js';
import { type BlockStatement, keyOf } from './blocks.js';
import { excerpt } from './phrases.js';
import { type Report, removal, type Span, spanOfProperty } from './problem.js';
import type { Surroundings } from './surroundings.js';

/** Reports, in a file with a `model` block and without imports, regions that host nothing and scenarios that take away what nothing has. */
export function checkHosting(around: Surroundings, report: Report): void {
  const { elements } = around.file;
  if (!elements.some(({ $type }) => $type === 'ModelBlock') || elements.some(({ $type }) => $type === 'Import')) return;
  const regions = elements.filter((element): element is Region => element.$type === 'Region' && element.name !== undefined);
  if (regions.length > 0) checkRegions(regions, around, report);
  const scenarios = elements.filter((element): element is Scenario => element.$type === 'Scenario');
  if (scenarios.length > 0) checkScenarios(scenarios, around, report);
}

function checkRegions(regions: readonly Region[], around: Surroundings, report: Report): void {
  const empty = new Map(regions.map((region) => [region.name, region]));
  let placed = false;
  for (const element of around.file.elements) {
    // Mostly the first few components stand in all there are.
    if (empty.size === 0) return;
    if (element.$type !== 'Component') continue;
    for (const name of regionsOf(element)) {
      placed = true;
      empty.delete(name);
    }
  }
  // A model that has not placed anything yet is being written.
  if (!placed) return;
  for (const region of empty.values()) {
    // A link to it, or a scenario that takes it away: it is there to be filled.
    if (speaksOf(around, region)) continue;
    report({
      severity: 'warning',
      code: 'syntax/empty-region',
      message: `Nothing runs in region \`${excerpt(region.name)}\`, and nothing refers to it. Run something there, \`runs 1 in ${excerpt(region.name)}\`, or leave it out.`,
      at: spanOfProperty(region, 'name'),
      fix: removal(region, 'Remove this region'),
      unnecessary: true,
    });
  }
}

function speaksOf({ document }: Surroundings, region: Region): boolean {
  return document.references.some(
    (reference) => 'ref' in reference && reference.$refText === region.name && reference.ref === region,
  );
}

function regionsOf({ sites, statements }: Component): readonly string[] {
  const runs = statements.flatMap((statement) => (statement.$type === 'Runs' ? (statement.site?.region?.$refText ?? []) : []));
  return [...sites.flatMap((site) => site.region?.$refText ?? []), ...runs];
}

/** What shares a fate by name: everything of one provider, of one account, in one building. */
type Group = 'provider' | 'account' | 'building';
type Groups = Readonly<Record<Group, ReadonlySet<string>>>;

function checkScenarios(scenarios: readonly Scenario[], around: Surroundings, report: Report): void {
  let groups: Groups | undefined;
  const check = (group: Group, name: string | undefined, at: () => Span): void => {
    if (name === undefined) return;
    groups ??= groupsOf(around.file.elements);
    if (groups[group].has(name)) return;
    const meant = nearest(name, groups[group]);
    const text = meant !== undefined && /^[A-Za-z][A-Za-z0-9-]*$/.test(meant) ? meant : `"${meant}"`;
    report({
      severity: 'warning',
      code: 'syntax/unknown-group',
      message: `Nothing in this model says \`${group} ${excerpt(name)}\`, so nothing fails with it.${meant === undefined ? ` Write it where it belongs, in a region, zone or component.` : ` Did you mean \`${excerpt(meant)}\`?`}`,
      at: at(),
      ...(meant === undefined ? {} : { fix: { title: `Change to ${text}`, ...at(), text } }),
    });
  };
  for (const { statements } of scenarios) {
    for (const statement of statements) {
      if (statement.$type === 'Deletes') check('account', statement.account, () => spanOfProperty(statement, 'account'));
      if (statement.$type !== 'Fails') continue;
      for (const target of statement.targets) {
        const group = groupOf(target);
        if (group !== undefined) check(group, target.value, () => spanOfProperty(target, 'value'));
      }
    }
  }
}

function groupOf({ group }: FailTarget): Group | undefined {
  return group === 'provider' || group === 'account' || group === 'building' ? group : undefined;
}

function groupsOf(elements: readonly TopLevel[]): Groups {
  const groups = { provider: new Set<string>(), account: new Set<string>(), building: new Set<string>() };
  const take = (statements: readonly BlockStatement[]): void => {
    for (const statement of statements) {
      if (statement.$type === 'Zone') take(statement.details);
      if (statement.$type !== 'Words') continue;
      const key = keyOf(statement);
      if (key === 'provider' || key === 'account' || key === 'building')
        for (const value of statement.values) groups[key].add(value);
    }
  };
  for (const element of elements) if ('statements' in element) take(element.statements);
  return groups;
}
