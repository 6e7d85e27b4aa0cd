/** Lowering of what is promised and done about failure: objectives, failover, acceptances, costs, runbooks. */
import {
  type ClassObjective as ClassObjectiveNode,
  type Failover as FailoverNode,
  isAccepts,
  isClassObjective,
  isCost,
  isDecide,
  isFailover,
  isObjective,
  isRunbook,
  isSwitch,
} from '../generated/ast.js';
import { optional, scopeOf } from './build-edges.js';
import { type Layered, Layers, originOf, quantityFact, quantityOf, sourceAt } from './build-facts.js';
import type { Fact } from './fact.js';
import {
  type Acceptance,
  type ClassObjective,
  type Cost,
  disruptionClasses,
  type Failover,
  type Objective,
  type Runbook,
} from './model.js';

/** The objective, merged item by item: what is nearer wins, what it leaves out comes from the policy or the defaults. */
export function buildObjective(layers: Layers): Objective | undefined {
  const blocks = layers.all(isObjective, 'Objective');
  const first = blocks[0];
  if (first === undefined) return undefined;
  const merged = new Layers(blocks.map(({ node, from }) => ({ statements: node.details, from })));
  const classes = new Map<string, ClassObjective>();
  for (const layered of merged.all(isClassObjective, 'ClassObjective')) {
    const promise = classObjective(layered);
    if (promise === undefined) continue;
    const nearer = classes.get(promise.disruption);
    classes.set(promise.disruption, nearer === undefined ? promise : { ...promise, ...nearer });
  }
  return {
    source: sourceAt(first.node),
    ...optional('availability', merged.quantity('availability', 'probability')),
    ...optional('latency', merged.quantity('latency', 'duration')),
    classes: [...classes.values()],
  };
}

function classObjective(layered: Layered<ClassObjectiveNode>): ClassObjective | undefined {
  const disruption = disruptionClasses.find((name) => name === layered.node.disruption);
  if (disruption === undefined) return undefined;
  const promises = new Layers([{ statements: layered.node.promises, from: layered.from }]);
  return {
    disruption,
    ...optional('rto', promises.quantity('rto', 'duration')),
    ...optional('rpo', promises.quantity('rpo', 'duration')),
    source: sourceAt(layered.node),
  };
}

/** Failover blocks, merged item by item among those of the same scope and site. */
export function buildFailovers(layers: Layers): readonly Failover[] {
  const groups = new Map<string, Layered<FailoverNode>[]>();
  for (const layered of layers.all(isFailover, 'Failover')) {
    const key = `${layered.node.scope ?? ''} ${layered.node.site?.region?.$refText ?? ''}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [layered]);
    else group.push(layered);
  }
  return [...groups.values()].flatMap((group) => failover(group) ?? []);
}

function failover(group: readonly Layered<FailoverNode>[]): Failover | undefined {
  const first = group[0];
  if (first === undefined) return undefined;
  const merged = new Layers(group.map(({ node, from }) => ({ statements: node.details, from })));
  const region = first.node.site?.region?.ref?.name;
  const decide = merged.nearest(isDecide, 'Decide');
  const switching = merged.nearest(isSwitch, 'Switch');
  const duration = (key: string): Fact<number> | undefined => merged.quantity(key, 'duration');
  return {
    ...optional('scope', scopeOf(first.node.scope)),
    ...optional('region', region),
    source: sourceAt(first.node),
    ...optional('detect', duration('detect')),
    ...(decide === undefined
      ? {}
      : {
          decide: {
            value: {
              mode: decide.node.mode === 'manual' ? ('manual' as const) : ('automatic' as const),
              ...optional('delay', quantityOf(decide.node.delay, 'duration')?.value),
            },
            origin: originOf(decide),
          },
        }),
    ...optional('provision', duration('provision')),
    ...optional('promote', duration('promote')),
    ...optional('warmup', duration('warmup')),
    ...(switching === undefined
      ? {}
      : {
          switch: {
            value: {
              means: switchMeans(switching.node.means),
              ...optional('ttl', quantityOf(switching.node.ttl, 'duration')?.value),
            },
            origin: originOf(switching),
          },
        }),
    ...optional('verify', duration('verify')),
    ...optional('success', merged.quantity('success', 'probability')),
    ...optional('hold', duration('hold')),
    ...optional('failback', duration('failback')),
    ...optional('fenced', merged.mark('fenced')),
  };
}

function switchMeans(word: string): 'dns' | 'mesh' | 'address' {
  return word === 'mesh' || word === 'address' ? word : 'dns';
}

/** `accepts RULE …` of a block. */
export function buildAcceptances(layers: Layers): readonly Acceptance[] {
  return layers.all(isAccepts, 'Accepts').map(({ node }) => ({
    rule: node.rule,
    ...optional('until', node.until),
    ...optional('owner', node.owner),
    ...optional('reason', node.reason),
    source: sourceAt(node),
  }));
}

/** `cost`, `outage costs`, `loss costs`. */
export function buildCosts(layers: Layers): readonly Cost[] {
  return layers.all(isCost, 'Cost').flatMap((layered) => {
    const amount = quantityFact(layered, layered.node.value, 'money');
    const money = quantityOf(layered.node.value, 'money');
    if (amount === undefined || money?.currency === undefined) return [];
    const kind = layered.node.key === 'outage' ? 'outage' : layered.node.key === 'loss' ? 'loss' : 'standing';
    return [{ kind, amount, currency: money.currency, ...optional('per', money.per), each: layered.node.each } as const];
  });
}

/** `runbook "…" reviewed DATE`. */
export function buildRunbook(layers: Layers): Runbook | undefined {
  const node = layers.nearest(isRunbook, 'Runbook')?.node;
  return node === undefined ? undefined : { url: node.url, ...optional('reviewed', node.reviewed), source: sourceAt(node) };
}
