/** What is to be done for each component that a case takes, in the order in which they can be ready. */
import type { ScenarioFigures } from '../../analysis/analysis.js';
import type { Figure } from '../../analysis/figure.js';
import { durationText, timeText } from '../../analysis/figure-text.js';
import type { Component, Failover } from '../../model/model.js';
import { keepsData } from '../../model/queries.js';
import type { BackupRun } from '../backup-runs.js';
import { clusterPath, kubeContext } from '../cluster-name.js';
import type { Context, Deployed } from '../context.js';
import { words } from '../markdown.js';
import type { Overlay } from '../overlays.js';
import { ends } from '../workload.js';
import type { RecoveryCase } from './recovery-case.js';
import { restoreCommands } from './restore-commands.js';

export interface RecoveryStep {
  readonly name: string;
  /** `ready after 2 min, losing at most 5 s` */
  readonly time: string;
  /** Sentences, in order. */
  readonly says: readonly string[];
  /** Rows of shell. */
  readonly commands: readonly string[];
}

type Recovered = ScenarioFigures['recovery'][number];

/** Steps of a case: what is ready first comes first, since what waits for it cannot start before. Journeys follow from components. */
export function recoverySteps(context: Context, found: RecoveryCase, runs: readonly BackupRun[]): readonly RecoveryStep[] {
  const touched = found.figures.recovery.filter(
    ({ name, rto, rpo, up }) => context.components.has(name) && (!up || !isNothing(rto) || !isNothing(rpo)),
  );
  const storeFirst = ({ name }: Recovered): number => {
    const component = context.components.get(name);
    return component !== undefined && keepsData(component) ? 0 : 1;
  };
  return [...touched]
    .sort((a, b) => order(a.rto) - order(b.rto) || storeFirst(a) - storeFirst(b) || (a.name < b.name ? -1 : 1))
    .flatMap((recovered) => {
      const component = context.components.get(recovered.name);
      return component === undefined ? [] : [stepOf(context, found, component, recovered, runs)];
    });
}

/** Stores of equal time come before what may wait for them; what has no time comes last. */
function order(figure: Figure): number {
  return figure.status === 'known' ? figure.value : figure.status === 'bounded' ? figure.upper : Number.MAX_VALUE;
}

function isNothing(figure: Figure): boolean {
  return figure.status === 'known' && figure.value === 0;
}

function stepOf(
  context: Context,
  found: RecoveryCase,
  component: Component,
  { rto, rpo }: Recovered,
  runs: readonly BackupRun[],
): RecoveryStep {
  const says: string[] = [];
  const commands: string[] = [];
  const lost = found.figures.lost.some(({ name }) => name === component.name);
  const moves = found.lostRegions.size > 0 && component.placements.some(({ region }) => found.lostRegions.has(region));
  const targets = targetsOf(context, found, component);
  const bad = isCorrupted(found, component);
  if (bad) says.push('Take a backup from before the data went bad.');
  if (lost || bad || isRestored(context, component, rpo) || (moves && needsRestore(component, found)))
    restore(context, found, component, runs, says, commands);
  else if (moves && targets.length > 0) takeOver(context, component, targets, says, commands);
  const why = reasonOf(rto);
  if (why !== undefined) says.push(why);
  for (const overlay of targets) {
    const deployed = context.deployed.get(component.name);
    if (deployed === undefined || ends(deployed.workload)) continue;
    commands.push(`${kubectl(context, overlay)} ${waiting(deployed)}`);
  }
  if (says.length === 0 && commands.length > 0) says.push('Comes back by itself; see that it does.');
  return { name: component.name, time: timeOf(rto, rpo), says, commands: [...new Set(commands)] };
}

/** What kubectl calls a workload. */
function resourceOf({ workload, name }: Deployed): string {
  return `${workload === 'Rollout' ? 'rollouts.argoproj.io' : workload.toLowerCase()}/${name}`;
}

/** What of kubectl waits until a workload runs as it should. It knows the rollouts of its own kinds only. */
function waiting(deployed: Deployed): string {
  return deployed.workload === 'Rollout'
    ? `wait --for=jsonpath='{.status.phase}'=Healthy --timeout=10m ${resourceOf(deployed)}`
    : `rollout status ${resourceOf(deployed)}`;
}

/** Whether its figure of data loss is that of a backup of its own: the age of what it goes back to. A note names whose term it is. */
function isRestored(context: Context, component: Component, rpo: Figure): boolean {
  return (
    keepsData(component) &&
    rpo.terms.some(({ name, note }) => name === 'interval' && !context.components.has(note?.split(':')[0] ?? ''))
  );
}

/** Data of which no running copy stands outside what is lost: a cold standby has to be filled first, and so has a new home. */
function needsRestore(component: Component, { lostRegions }: RecoveryCase): boolean {
  const elsewhere = component.placements.filter(({ region }) => !lostRegions.has(region));
  return keepsData(component) && elsewhere.every(({ role }) => role === 'cold-standby' || role === 'witness');
}

function isCorrupted({ scenario }: RecoveryCase, component: Component): boolean {
  return (
    scenario.corrupts.some(({ name }) => name === component.name) ||
    scenario.deletes.some((deletion) => deletion.kind === 'component' && deletion.component.name === component.name)
  );
}

function timeOf(rto: Figure, rpo: Figure): string {
  const ready = isNothing(rto)
    ? 'stays up'
    : rto.status === 'known'
      ? `ready after ${timeText(rto)}`
      : `ready after: ${timeText(rto)}`;
  return isNothing(rpo)
    ? ready
    : `${ready}, losing ${rpo.status === 'known' ? `at most ${timeText(rpo)}` : `data: ${timeText(rpo)}`}`;
}

/** Why a time is no number. */
function reasonOf(rto: Figure): string | undefined {
  switch (rto.status) {
    case 'known':
    case 'bounded':
      return undefined;
    case 'unknown':
      return `How long it takes is not known: the model lacks ${words(rto.missing.join(', '))}.`;
    case 'never':
    case 'unbounded':
      return `**Nothing brings it back by what the model says**: ${words(rto.because)}.`;
  }
}

/** Clusters of a component that are not lost; of what others run, those of its regions. */
function targetsOf(context: Context, { lostRegions }: RecoveryCase, component: Component): readonly Overlay[] {
  const regions = new Set(component.placements.map(({ region }) => region));
  const generated = context.deployed.has(component.name);
  return context.overlays.filter(
    ({ region, residents }) =>
      !lostRegions.has(region.name) && (generated ? residents.has(component.name) : regions.has(region.name)),
  );
}

function kubectl(context: Context, overlay: Overlay): string {
  return `kubectl --context ${kubeContext(overlay)} -n ${context.names.namespace}`;
}

/** Promote, scale, switch, as the failover to the standby says. */
function takeOver(context: Context, component: Component, targets: readonly Overlay[], says: string[], commands: string[]): void {
  const { failovers } = component;
  const failover =
    failovers.find(({ scope, region }) => scope === 'to' && targets.some((one) => one.region.name === region)) ??
    failovers.find(({ scope }) => scope !== 'within');
  const homes = homesOf(component, targets, failover);
  const to = homes.map(({ region }) => region.name).join(' and ');
  if (failover !== undefined) says.push(...decision(failover, to, homes.length > 1));
  if (keepsData(component)) says.push(...promotion(context, component, homes, failover, commands));
  for (const overlay of targets) {
    const residence = overlay.residents.get(component.name);
    const deployed = context.deployed.get(component.name);
    if (residence === undefined || deployed === undefined) continue;
    if (ends(deployed.workload)) {
      if (deployed.workload === 'CronJob' && residence.active === 0) {
        says.push(`In ${overlay.region.name} it waits: let it run.`);
        commands.push(`${kubectl(context, overlay)} patch ${resourceOf(deployed)} --patch '{"spec":{"suspend":false}}'`);
      }
      continue;
    }
    const placed = residence.placements.reduce((sum, placement) => sum + placement.zones.length, 0);
    if (placed > residence.replicas) {
      says.push(`In ${overlay.region.name} ${residence.replicas} of ${placed} run: start them all.`);
      commands.push(`${kubectl(context, overlay)} scale ${resourceOf(deployed)} --replicas=${placed}`);
    }
  }
  if (failover !== undefined) says.push(...switching(component, failover, to));
}

/** Clusters that can take over: where the failover leads, and never where only votes are. */
function homesOf(component: Component, targets: readonly Overlay[], failover: Failover | undefined): readonly Overlay[] {
  const serving = targets.filter(({ region }) =>
    component.placements.some((placement) => placement.region === region.name && placement.role !== 'witness'),
  );
  const stated = serving.filter(({ region }) => region.name === failover?.region);
  return stated.length > 0 ? stated : serving;
}

function decision({ decide, detect }: Failover, to: string, several: boolean): readonly string[] {
  const takes = several ? 'take' : 'takes';
  const seen = detect === undefined ? '' : ` It is noticed after ${durationText(detect.value)}.`;
  if (decide?.value.mode !== 'manual') return [`${to} ${takes} over by ${several ? 'themselves' : 'itself'}.${seen}`];
  const delay = decide.value.delay === undefined ? '' : `, within ${durationText(decide.value.delay)}`;
  return [`**Decide** whether ${to} ${takes} over${delay}: nothing does so by itself.${seen}`];
}

/** How a copy becomes the one that takes writes. */
function promotion(
  context: Context,
  component: Component,
  targets: readonly Overlay[],
  failover: Failover | undefined,
  commands: string[],
): readonly string[] {
  const manual = failover?.decide?.value.mode === 'manual';
  const { managedBy } = component.data;
  const fence = failover?.fenced === undefined ? ['See that the old primary takes no more writes before the copy does.'] : [];
  if (managedBy?.value.operator === 'cloudnative-pg') {
    const cluster = component.deployment.platformId?.value ?? context.names.component(component.name);
    for (const overlay of targets) {
      if (manual)
        commands.push(
          `${kubectl(context, overlay)} patch clusters.postgresql.cnpg.io ${cluster} --type merge -p '{"spec":{"replica":{"enabled":false}}}'`,
        );
      commands.push(`${kubectl(context, overlay)} get clusters.postgresql.cnpg.io ${cluster}`);
    }
    return fence;
  }
  const by = managedBy?.value.operator ?? (managedBy?.value.manager === 'provider' ? 'its provider' : undefined);
  return [
    ...fence,
    `Promote its copy${by === undefined ? ' by the means of its engine' : ` by the means of ${words(by)}`}${manual ? '' : ', where that does not happen by itself'}.`,
  ];
}

function switching(component: Component, failover: Failover, to: string): readonly string[] {
  const means = failover.switch?.value;
  switch (means?.means) {
    case 'dns': {
      const host = component.deployment.host?.value;
      const name = host === undefined ? 'Its name in DNS' : `Its name in DNS, ${words(host)},`;
      const ttl = means.ttl === undefined ? '' : `; callers follow within ${durationText(means.ttl)}`;
      return [`${name} has to lead to ${to}${ttl}.`];
    }
    case 'mesh':
      return ['The mesh leads callers there by itself.'];
    case 'address':
      return [`Callers have to be told its address in ${to}.`];
    case undefined:
      return [];
  }
}

function restore(
  context: Context,
  found: RecoveryCase,
  component: Component,
  runs: readonly BackupRun[],
  says: string[],
  commands: string[],
): void {
  const own = runs.filter(({ store }) => store.component === component);
  const [run] = own;
  const into = targetsOf(context, found, component)[0];
  if (run !== undefined && into !== undefined) {
    says.push(`Restore it from backup ${run.backup.name} in ${run.bucket.name}, into ${kubeContext(into)}.`);
    commands.push(...restoreCommands(context, run, into));
    return;
  }
  const [backup] = component.data.backups;
  if (backup === undefined) return;
  const from = backup.copies.map(({ bucket }) => bucket.name).join(', ');
  const by = component.data.managedBy?.value.operator ?? component.data.managedBy?.value.manager;
  if (into === undefined) says.push('The model gives it no other place: choose one, and write it into the model.');
  says.push(
    `Restore it from backup ${backup.name}${from === '' ? '' : ` in ${from}`}${by === undefined ? '' : ` by the means of ${words(by)}`}.`,
  );
  if (found.lostRegions.size > 0 && into !== undefined)
    commands.push(`${kubectl(context, into)} apply -k overlays/${clusterPath(into)}`);
}
