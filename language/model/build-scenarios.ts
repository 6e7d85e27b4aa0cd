/** Lowering of scenarios and drills. Targets that did not resolve are left out; the checks report them. */
import type { AstNode } from 'langium';
import {
  type Bound as BoundNode,
  type Drill as DrillNode,
  type Expect,
  type FailTarget,
  isComponent,
  isCorrupts,
  isDeletes,
  isEnvironment,
  isExpect,
  isFails,
  isMeasured,
  isRegion,
  type Scenario as ScenarioNode,
} from '../generated/ast.js';
import { maximumInstances } from '../syntax/quantity.js';
import { buildAcceptances } from './build-acceptances.js';
import { nameUse } from './build-edges.js';
import { countFact, type Layered, Layers, nameSourceAt, propertySourceAt, quantityFact, sourceAt } from './build-facts.js';
import { buildRunbook } from './build-promises.js';
import { sitePath } from './build-sites.js';
import type { Fact } from './fact.js';
import { optional } from './optional.js';
import type { Bound, Deletion, Drill, Expectation, FailedTarget, Failing, Measurement, Scenario } from './scenario.js';

/** A scenario with all that it switches off and expects. */
export function buildScenario(node: ScenarioNode, documentation: string | undefined): Scenario {
  const layers = new Layers([{ statements: node.statements, from: undefined }]);
  return {
    name: node.name,
    ...optional('title', node.title),
    ...optional('documentation', documentation),
    source: sourceAt(node),
    nameSource: nameSourceAt(node),
    fails: layers.all(isFails, 'Fails').flatMap((layered): readonly Failing[] => {
      const targets = layered.node.targets.flatMap((target) => failedTarget(layered, target) ?? []);
      if (targets.length === 0) return [];
      return [
        {
          targets,
          ...optional('duration', quantityFact(layered, layered.node.duration, 'duration')),
          source: sourceAt(layered.node),
        },
      ];
    }),
    corrupts: layers.all(isCorrupts, 'Corrupts').flatMap(({ node: { target } }) => {
      const use = target === undefined ? undefined : nameUse(target, false);
      return use?.resolved === true ? [use] : [];
    }),
    deletes: layers.all(isDeletes, 'Deletes').flatMap((layered) => deletion(layered.node) ?? []),
    expects: layers.all(isExpect, 'Expect').flatMap((layered) => expectation(layered) ?? []),
    ...optional('owner', layers.text('owner')),
    ...optional('runbook', buildRunbook(layers)),
    accepts: buildAcceptances(layers),
  };
}

/** What one target of `fails` names: a site, a link between two, a group that shares a fate, or instances of a component. */
function failedTarget(layered: Layered<ScenarioNode['statements'][number]>, node: FailTarget): FailedTarget | undefined {
  const source = sourceAt(node);
  const { group, value } = node;
  if (group === 'provider' || group === 'account' || group === 'building')
    return value === undefined ? undefined : { kind: group, name: value, source };
  const target = node.target?.ref;
  if (isRegion(target)) {
    const site = sitePath(target.name, node.zone?.ref?.name);
    // `cn-north.z` of a zone that does not exist is not the whole region.
    if (node.zone !== undefined && node.zone.ref === undefined) return undefined;
    if (node.other === undefined) return { kind: 'site', site, source };
    const other = node.other.region?.ref?.name;
    return other === undefined ? undefined : { kind: 'link', a: site, b: sitePath(other, node.other.zone?.ref?.name), source };
  }
  if (!isComponent(target)) return undefined;
  const region = node.site?.region?.ref?.name;
  if (node.site !== undefined && region === undefined) return undefined;
  return {
    kind: 'component',
    component: target.name,
    ...optional('count', countFact(layered, node.count, 1, maximumInstances)),
    ...optional('site', region === undefined ? undefined : sitePath(region, node.site?.zone?.ref?.name)),
    source,
  };
}

function deletion(node: Extract<ScenarioNode['statements'][number], { $type: 'Deletes' }>): Deletion | undefined {
  const source = sourceAt(node);
  if (node.account !== undefined) return { kind: 'account', account: node.account, source };
  const component = node.target === undefined ? undefined : nameUse(node.target, false);
  return component?.resolved === true ? { kind: 'component', component, source } : undefined;
}

function expectation(layered: Layered<Expect>): Expectation | undefined {
  const { node } = layered;
  const target = node.target === undefined ? undefined : nameUse(node.target, true);
  if (target?.resolved !== true) return undefined;
  const { state } = node;
  return {
    target,
    ...(state === 'up' || state === 'degraded' || state === 'down' ? { state: stated(state, node) } : {}),
    bounds: node.bounds.flatMap((bound) => boundOf(bound) ?? []),
    source: sourceAt(node),
  };
}

/** A word as a fact. */
function stated<T extends string>(value: T, node: AstNode): Fact<T> {
  return { value, origin: { kind: 'stated', at: sourceAt(node) } };
}

function boundOf(node: BoundNode): Bound | undefined {
  const { measure, operator } = node;
  if (measure !== 'rto' && measure !== 'rpo' && measure !== 'availability') return undefined;
  if (operator !== '<=' && operator !== '>=' && operator !== '<' && operator !== '>') return undefined;
  const dimension = measure === 'availability' ? 'probability' : 'duration';
  const value = quantityFact({ node, from: undefined }, node.value, dimension);
  return value === undefined ? undefined : { measure, comparison: operator, value };
}

/** A drill; undefined where its scenario does not exist. */
export function buildDrill(node: DrillNode): Drill | undefined {
  const scenario = node.scenario?.ref?.name;
  if (scenario === undefined) return undefined;
  const layers = new Layers([{ statements: node.statements, from: undefined }]);
  const environment = layers.nearest(isEnvironment, 'Environment');
  const place = environment?.node.environment;
  return {
    scenario,
    date: node.date,
    source: sourceAt(node),
    scenarioSource: propertySourceAt(node, 'scenario'),
    ...(environment !== undefined && (place === 'production' || place === 'staging')
      ? { environment: stated(place, environment.node) }
      : {}),
    ...optional('traffic', layers.quantity('traffic', 'share')),
    ...optional('lasts', layers.quantity('lasts', 'duration')),
    ...optional('stopsWhen', layers.text('stops')),
    measured: layers.all(isMeasured, 'Measured').flatMap((layered): readonly Measurement[] => {
      const target = layered.node.target === undefined ? undefined : nameUse(layered.node.target, true);
      if (target?.resolved === false) return [];
      return [
        {
          ...optional('target', target),
          ...optional('rto', quantityFact(layered, layered.node.rto, 'duration')),
          ...optional('rpo', quantityFact(layered, layered.node.rpo, 'duration')),
          source: sourceAt(layered.node),
        },
      ];
    }),
    accepts: buildAcceptances(layers),
  };
}
