/** Lowering of what is promised and done about failure: objectives, failover, costs, runbooks. */
import {
  type ClassObjective as ClassObjectiveNode,
  type Cost as CostNode,
  type Fact as FactNode,
  type Failover as FailoverNode,
  isClassObjective,
  isCost,
  isDecide,
  isExpects,
  isFailover,
  isObjective,
  isRunbook,
  isSwitch,
} from '../generated/ast.js';
import { innerAcceptances } from './build-acceptances.js';
import { scopeOf } from './build-edges.js';
import { type Layered, Layers, originOf, positiveTime, quantityFact, quantityOf, writtenAt } from './build-facts.js';
import { sitePath } from './build-sites.js';
import type { Fact } from './fact.js';
import {
  type ClassObjective,
  type Cost,
  disruptionClasses,
  type Failover,
  type Money,
  type Objective,
  type Runbook,
} from './model.js';
import { optional } from './optional.js';

/** Mean seconds from one disruption of a class to the next, of the nearest layer that says so. */
export function buildExpected(
  layers: Layers,
  disruption: 'provider-loss' | 'account-loss' | 'corruption',
): Fact<number> | undefined {
  for (const layered of layers.all(isExpects, 'Expects')) {
    const every = layered.node.disruption === disruption ? positiveTime(layered, layered.node.every) : undefined;
    if (every !== undefined) return every;
  }
  return undefined;
}

/** The objective, merged item by item: what is nearer wins, what it leaves out comes from the policy or the defaults. */
export function buildObjective(layers: Layers): Objective | undefined {
  const blocks = layers.all(isObjective, 'Objective');
  const first = blocks[0];
  if (first === undefined) return undefined;
  const merged = new Layers(blocks.map(({ node, from }) => ({ statements: node.details, from })));
  const classes = new Map<string, ClassObjective>();
  const blocksOfClasses = merged.all(isClassObjective, 'ClassObjective');
  const ofClasses = new Layers(blocksOfClasses.map(({ node, from }) => ({ statements: node.accepts, from })));
  const budget = merged.nearestFact('budget');
  for (const layered of blocksOfClasses) {
    const promise = classObjective(layered);
    if (promise === undefined) continue;
    const nearer = classes.get(promise.disruption);
    classes.set(promise.disruption, nearer === undefined ? promise : { ...promise, ...nearer });
  }
  return {
    ...writtenAt(first),
    ...optional('availability', merged.quantity('availability', 'probability')),
    ...optional('latency', merged.quantity('latency', 'duration')),
    ...optional('retention', merged.quantity('retention', 'duration')),
    ...optional('budget', budget === undefined ? undefined : money(budget)),
    classes: [...classes.values()],
    ...innerAcceptances(merged, ofClasses),
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
    ...writtenAt(layered),
  };
}

/** Failover blocks, merged item by item among those of the same scope and site. */
export function buildFailovers(layers: Layers): readonly Failover[] {
  const groups = new Map<string, Layered<FailoverNode>[]>();
  for (const layered of layers.all(isFailover, 'Failover')) {
    const site = layered.node.site;
    const key = `${layered.node.scope ?? ''} ${sitePath(site?.region?.$refText ?? '', site?.zone?.$refText)}`;
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
  const zone = first.node.site?.zone?.ref?.name;
  const decide = merged.nearest(isDecide, 'Decide');
  const switching = merged.nearest(isSwitch, 'Switch');
  const duration = (key: string): Fact<number> | undefined => merged.quantity(key, 'duration');
  return {
    ...optional('scope', scopeOf(first.node.scope)),
    ...optional('region', region),
    ...optional('zone', region === undefined || zone === undefined ? undefined : sitePath(region, zone)),
    ...writtenAt(first),
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
    ...innerAcceptances(merged),
  };
}

function switchMeans(word: string): 'dns' | 'mesh' | 'address' {
  return word === 'mesh' || word === 'address' ? word : 'dns';
}

/** `cost` of the nearest layer that has any, since it may repeat; `outage costs` and `loss costs` of the nearest that has one. */
export function buildCosts(layers: Layers): readonly Cost[] {
  const all = layers.all(isCost, 'Cost');
  return (['standing', 'outage', 'loss'] as const).flatMap((kind) => {
    const ofKind = all.filter(({ node }) => costKind(node.key) === kind);
    return ofKind
      .filter((layered) => layered.from === ofKind[0]?.from)
      .flatMap((layered): readonly Cost[] => {
        const amount = money(layered);
        return amount === undefined ? [] : [{ kind, ...amount, each: layered.node.each }];
      });
  });
}

function costKind(key: string): Cost['kind'] {
  return key === 'outage' || key === 'loss' ? key : 'standing';
}

function money(layered: Layered<FactNode | CostNode>): Money | undefined {
  const amount = quantityFact(layered, layered.node.value, 'money');
  const quantity = quantityOf(layered.node.value, 'money');
  if (amount === undefined || quantity?.currency === undefined) return undefined;
  return { amount, currency: quantity.currency, ...optional('per', quantity.per) };
}

/** `runbook "…" reviewed DATE`. */
export function buildRunbook(layers: Layers): Runbook | undefined {
  const layered = layers.nearest(isRunbook, 'Runbook');
  return layered === undefined
    ? undefined
    : { url: layered.node.url, ...optional('reviewed', layered.node.reviewed), ...writtenAt(layered) };
}
