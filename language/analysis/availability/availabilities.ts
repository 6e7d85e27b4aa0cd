/** Availability, outages and what contributes to them, for each component and journey. */
import { assumptions } from '../../model/assumptions.js';
import type { AssumptionCode } from '../../model/fact.js';
import type { Objective } from '../../model/model.js';
import type { AvailabilityFigures, Contribution, FailureEvent, OutageFigures } from '../analysis.js';
import type { Figure, Verdict } from '../figure.js';
import type { StructureNode } from '../structure/compile.js';
import type { Structure } from '../structure/evaluate.js';
import { eventId, roundedChance } from '../structure/event-id.js';
import { failureEvents } from '../structure/failure-leaves.js';
import type { NodeGates } from '../structure/gates.js';
import { Engine, type Interval } from './engine.js';
import type { LeafProbabilities } from './leaf-probabilities.js';
import { frequencyOf, secondsPerMonth, secondsPerYear } from './outages.js';
import { type PairSwitching, SwitchingSums } from './switching.js';
import { statedSwitchingTime } from './switching-moves.js';
import { UsedAssumptions } from './used-assumptions.js';

/** What is made when the first figure is asked for. */
interface Parts {
  readonly engine: Engine;
  /** The same as if nobody waited for repair crews, where waiting is not exactly known. */
  readonly atBest: Engine | undefined;
  readonly switching: SwitchingSums;
  readonly assumed: UsedAssumptions;
}

export class Availabilities {
  private made: Parts | undefined;
  private events: ReadonlyMap<number, FailureEvent> | undefined;

  constructor(
    private readonly structure: Structure,
    private readonly leaves: LeafProbabilities,
  ) {}

  /** Availability of a subject; undefined for unknown names. */
  of(subject: string): AvailabilityFigures | undefined {
    const found = this.find(subject);
    if (found === undefined) return undefined;
    const { node, gates } = found;
    const { switching: sums } = this.parts();
    const structural = this.intervalOf(gates.up);
    const clean = this.intervalOf(gates.clean);
    const switching = sums.of(node);
    const used = this.assumptionsOf(node, switching.assumesRepair, true);
    const still = this.assumptionsOf(node, false);
    const lower = Math.min(1, structural.lower + (switching.unavailability ?? 0));
    const upper = Math.min(1, structural.upper + (switching.unavailability ?? switching.ceiling));
    const interval: Interval = { lower, upper };
    const verdict = verdictOf(node.component?.objective ?? node.journey?.objective, interval);
    return {
      availability: { ...figure({ lower: 1 - upper, upper: 1 - lower }, used), ...(verdict === undefined ? {} : { verdict }) },
      unavailability: figure(interval, used),
      structural: figure({ lower: 1 - structural.upper, upper: 1 - structural.lower }, still),
      structuralUnavailability: figure(structural, still),
      switchingUnavailability:
        switching.unavailability === undefined
          ? { status: 'unknown', missing: switching.missing, unit: 'probability', terms: [], assumptions: used }
          : figure({ lower: switching.unavailability, upper: switching.unavailability }, used),
      degraded: figure(
        { lower: Math.max(0, clean.lower - structural.upper), upper: Math.max(0, clean.upper - structural.lower) },
        this.sentencesOf([...this.parts().assumed.of(node.id), ...this.parts().assumed.ofWanted(node.id)]),
      ),
      downtimePerYear: downtime(interval, secondsPerYear, used),
      downtimePerMonth: downtime(interval, secondsPerMonth, used),
    };
  }

  /** How often a subject goes down; undefined for unknown names. */
  outages(subject: string): OutageFigures | undefined {
    const found = this.find(subject);
    if (found === undefined) return undefined;
    const importances = this.importancesOf(found.gates.up);
    const switches = this.parts().switching.switchesOf(found.node);
    const structural = importances === undefined ? undefined : frequencyOf(importances, this.leaves);
    const perYear = (value: number | undefined, assumesRepair: boolean): Figure => ({
      ...(value === undefined ? { status: 'unknown', missing: ['an exact availability'] } : { status: 'known', value }),
      unit: 'per-year',
      terms: [],
      assumptions: this.assumptionsOf(found.node, assumesRepair),
    });
    const assumes = structural?.assumesRepair === true;
    return {
      perYear: perYear(
        structural === undefined ? undefined : structural.perYear + switches.taken,
        assumes || switches.assumesRepair,
      ),
      structural: perYear(structural?.perYear, assumes),
      switches: perYear(switches.taken, switches.assumesRepair),
      activeFailures: perYear(switches.failures, switches.assumesRepair),
    };
  }

  /** The failovers that switching of a subject is the sum of; none for unknown names. */
  switches(subject: string): readonly PairSwitching[] {
    const found = this.find(subject);
    return found === undefined ? [] : this.parts().switching.pairsOf(found.node);
  }

  /** What each event that can fail by chance does to a subject, the largest gain first. */
  contributions(subject: string): readonly Contribution[] {
    const found = this.find(subject);
    if (found === undefined) return [];
    const { lower: whole } = this.intervalOf(found.gates.up);
    this.events ??= failureEvents(this.structure);
    const result: { readonly weight: number; readonly contribution: Contribution }[] = [];
    for (const [leaf, importance] of this.importancesOf(found.gates.up) ?? []) {
      const event = this.events.get(leaf);
      const unavailability = this.leaves.chance(leaf);
      if (event === undefined || unavailability <= 0) continue;
      const gain = importance * unavailability;
      const rest = whole - gain;
      const contribution = {
        event,
        unavailability,
        importance,
        gain,
        criticality: whole > 0 ? gain / whole : undefined,
        riskAchievement: whole > 0 ? (whole + (1 - unavailability) * importance) / whole : undefined,
        riskReduction: rest > whole * 1e-12 ? whole / rest : undefined,
      };
      result.push({ weight: roundedChance(gain), contribution });
    }
    return result
      .sort((a, b) => b.weight - a.weight || (eventId(a.contribution.event) < eventId(b.contribution.event) ? -1 : 1))
      .map(({ contribution }) => contribution);
  }

  private find(subject: string): { readonly node: StructureNode; readonly gates: NodeGates } | undefined {
    const { compiled } = this.structure;
    const node = compiled.nodeOf(subject);
    const gates = node === undefined ? undefined : compiled.gates[node.id];
    return node === undefined || gates === undefined ? undefined : { node, gates };
  }

  private intervalOf(gate: number): Interval {
    const { engine, atBest } = this.parts();
    const { lower, upper } = engine.unavailability(gate);
    return { lower: Math.min(lower, atBest?.unavailability(gate).lower ?? lower), upper };
  }

  /** Importance of every event; undefined where the figure is between bounds. */
  private importancesOf(gate: number): ReadonlyMap<number, number> | undefined {
    const { lower, upper } = this.intervalOf(gate);
    return lower === upper ? this.parts().engine.importances(gate) : undefined;
  }

  private parts(): Parts {
    if (this.made === undefined) {
      const { compiled, model } = this.structure;
      const time = statedSwitchingTime(model);
      const roots = compiled.gates.flatMap((each) => [each.up, each.clean]);
      const engine = new Engine(compiled.network, roots, this.leaves);
      const { atBest } = this.leaves;
      this.made = {
        engine,
        atBest: atBest === undefined ? undefined : new Engine(compiled.network, roots, atBest),
        switching: new SwitchingSums(engine, compiled, this.leaves, time),
        assumed: new UsedAssumptions(model, compiled, time),
      };
    }
    return this.made;
  }

  /** Sentences of the assumptions behind a subject's availability: those of every component it needs. */
  private assumptionsOf(node: StructureNode, assumesRepair: boolean, switches = false): readonly string[] {
    const { assumed } = this.parts();
    return this.sentencesOf([
      ...assumed.of(node.id),
      ...(switches ? assumed.ofSwitching(node.id) : []),
      ...(assumesRepair ? (['mean-time-to-repair'] as const) : []),
    ]);
  }

  private sentencesOf(codes: readonly AssumptionCode[]): readonly string[] {
    return [...new Set(codes)].sort().map((code) => assumptions[code].sentence);
  }
}

function figure(interval: Interval, used: readonly string[]): Figure {
  const shared = { unit: 'probability' as const, terms: [], assumptions: used };
  return interval.lower === interval.upper
    ? { status: 'known', value: interval.lower, ...shared }
    : { status: 'bounded', lower: interval.lower, upper: interval.upper, ...shared };
}

/** The part of a span that it is down, in seconds. */
function downtime({ lower, upper }: Interval, span: number, used: readonly string[]): Figure {
  return { ...figure({ lower: lower * span, upper: upper * span }, used), unit: 'seconds' };
}

/** Availability promised against unavailability reached; compared on the side of unavailability, with the rounding of one division allowed. */
function verdictOf(objective: Objective | undefined, unavailability: Interval): Verdict | undefined {
  const target = objective?.availability;
  if (target === undefined) return undefined;
  const allowed = 1 - target.value + 1e-15;
  const met = unavailability.upper <= allowed ? true : unavailability.lower > allowed ? false : undefined;
  return { target: target.value, met, ...(target.origin.kind === 'assumed' ? {} : { source: target.origin.at }) };
}
