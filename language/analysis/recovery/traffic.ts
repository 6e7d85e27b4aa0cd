/** How long dead instances get traffic while the active side still has what it needs. Never 0 by silence. */
import { calculations } from '../../model/assumptions.js';
import { sourceOf } from '../../model/fact.js';
import type { Component, Probe } from '../../model/model.js';
import { regionOf } from '../../model/queries.js';
import type { Figure } from '../figure.js';
import { instancesOf } from '../structure/sides.js';
import { detectAndDecide, failoverWithin, promoteSteps, startSteps } from './failover.js';
import type { Situation } from './recovery-time.js';
import { assuming, inSequence, missingStep, type Steps, step, timeOf } from './time.js';

/** Seconds until a node that stopped answering is marked so (Kubernetes from 1.32). */
const nodeGrace = 50;

/** What Kubernetes does where a probe says nothing: every 10 s, 3 failures, timeout 1 s. */
const probeDefaults = { every: 10, failures: 3, timeout: 1 };

/**
 * A replicated store: its election. Everything else: the first modelled of readiness probe, outlier detection of its callers, node
 * grace; then whatever failover is stated. Unknown where nothing is.
 */
export function trafficLeaves(situation: Situation): Figure {
  const { component, scope } = situation;
  const elects = component.kind === 'database' || component.kind === 'coordinator' || component.data.replication.length > 0;
  const election = electionSteps(component, scope.instances.get(component.name));
  if (elects) return timeOf(election ?? missingStep('detect', `failover within of ${component.name}`));
  return timeOf(
    probeSteps(component) ??
      outlierSteps(situation) ??
      graceSteps(component) ??
      election ??
      missingStep(
        'detect',
        component.placements.length > 0 ? `probe readiness of ${component.name}` : `failover of ${component.name}`,
      ),
  );
}

function electionSteps(component: Component, gone: ReadonlySet<number> | undefined): Steps | undefined {
  const lost = instancesOf(component).find((instance) => gone?.has(instance.index) === true && instance.role === 'active');
  const facts = failoverWithin(component, lost === undefined ? undefined : regionOf(lost.zone));
  if (facts === undefined) return undefined;
  const data = component.kind === 'database' || component.data.replication.length > 0;
  return inSequence(detectAndDecide(component, facts), promoteSteps(component, facts, data), startSteps(component, facts, true));
}

/** Worst case F·P + τ. */
function probeSteps(component: Component): Steps | undefined {
  const probe = component.deployment.probes.find((each) => each.kind === 'readiness');
  if (probe === undefined) return undefined;
  const every = probe.every?.value ?? probeDefaults.every;
  const failures = probe.failures?.value ?? probeDefaults.failures;
  const timeout = probe.timeout?.value ?? probeDefaults.timeout;
  const note = `${failures} × ${every} s + ${timeout} s`;
  const steps = step('readiness probe', failures * every + timeout, probeSource(probe), note);
  const complete = probe.every !== undefined && probe.failures !== undefined && probe.timeout !== undefined;
  return complete ? steps : assuming(steps, calculations['probe-timing'].sentence);
}

function probeSource(probe: Probe): Probe['source'] {
  return (probe.every === undefined ? undefined : sourceOf(probe.every)) ?? probe.source;
}

/** The slowest caller that ejects bad instances. */
function outlierSteps({ callers }: Situation): Steps | undefined {
  const times = callers.flatMap((caller) => caller.breaker?.within?.value ?? []);
  return times.length === 0 ? undefined : step('outlier detection', Math.max(...times));
}

function graceSteps(component: Component): Steps | undefined {
  const { evictsAfter } = component;
  if (evictsAfter === undefined) return undefined;
  return assuming(step('node grace', nodeGrace, sourceOf(evictsAfter)), calculations['node-grace'].sentence);
}
