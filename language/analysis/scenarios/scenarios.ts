/**
 * Scenarios: the one structure of the model with what a scenario takes switched off. What is down, degraded and lost, how it recovers,
 * and whether it is as the author expects.
 */
import type { Model, Scenario } from '../../model/model.js';
import type { AffectedSubject, ScenarioFigures, SubjectStanding, WhatIfFigures } from '../analysis.js';
import { Availabilities } from '../availability/availabilities.js';
import { type LeafProbabilities, leafProbabilities } from '../availability/leaf-probabilities.js';
import type { Figure } from '../figure.js';
import { dataLoss, losesData } from '../recovery/data-loss.js';
import type { Recovery } from '../recovery/recovery.js';
import { type Scope, touchedBy } from '../recovery/scope.js';
import { judged, noTime, withoutOwner } from '../recovery/time.js';
import { type State, Structure } from '../structure/evaluate.js';
import type { StructureNode } from '../structure/nodes.js';
import { conditionedOn } from './conditioned.js';
import { boundsOfCutLinks, withCutLinks } from './cut-links.js';
import { judgeExpectation } from './expectations.js';
import { overCapacityIn } from './over-capacity.js';
import type { Beside } from './reach-bounds.js';
import { type CutLink, scopeOfScenario } from './scenario-scope.js';
import { standingIn } from './standing.js';

/** The scenarios of one model, each worked out when first asked for. */
export class Scenarios {
  private readonly known = new Map<string, ScenarioFigures | undefined>();
  /** With nothing off. */
  private usual: State | undefined;

  constructor(
    private readonly structure: Structure,
    private readonly leaves: LeafProbabilities,
    private readonly recovery: Recovery,
  ) {}

  /** Figures of the scenario of this name; undefined for unknown names. Never throws. */
  of(name: string): ScenarioFigures | undefined {
    if (!this.known.has(name)) {
      const scenario = this.structure.model.scenarios.find((each) => each.name === name);
      this.known.set(name, scenario === undefined ? undefined : this.compute(scenario));
    }
    return this.known.get(name);
  }

  /** Figures of a scenario that need not stand in a file, with how everything stands in it. Never throws. */
  tried(scenario: Scenario): WhatIfFigures {
    const { structure } = this;
    const { scope: taken, links } = scopeOfScenario(structure.model, scenario);
    const scope = withCutLinks(structure, taken, links);
    const state = structure.evaluate(scope.off);
    this.usual ??= structure.evaluate({});
    const { usual } = this;
    const figures = this.figuresIn(scenario, taken, links, scope, state);
    const recoveries = new Map(figures.recovery.map((recovery) => [recovery.name, recovery]));
    const standings = structure.compiled.nodes
      .filter((node) => node.context === undefined)
      .flatMap((node): readonly SubjectStanding[] => {
        const standing = standingIn(structure, state, usual, node);
        if (standing === undefined) return [];
        const recovery = recoveries.get(node.name);
        const promise = (node.component?.objective ?? node.journey?.objective)?.classes.find(
          (each) => each.disruption === scope.disruption,
        );
        const told = (of: 'rto' | 'rpo'): Figure | undefined =>
          recovery === undefined ? undefined : judged(recovery[of], promise?.[of]);
        return [{ ...standing, rto: told('rto'), rpo: told('rpo') }];
      });
    return {
      ...figures,
      disruption: scope.disruption,
      sites: [...(scope.off.sites ?? [])],
      standings,
    };
  }

  private compute(scenario: Scenario): ScenarioFigures {
    const { structure } = this;
    const { scope: taken, links } = scopeOfScenario(structure.model, scenario);
    const scope = withCutLinks(structure, taken, links);
    return this.figuresIn(scenario, taken, links, scope, structure.evaluate(scope.off));
  }

  private figuresIn(scenario: Scenario, taken: Scope, links: readonly CutLink[], scope: Scope, state: State): ScenarioFigures {
    const { structure } = this;
    // By name, so that the order of declaration changes nothing.
    const nodes = structure.compiled.nodes
      .filter((node) => node.context === undefined)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const time = (name: string, of: 'rto' | 'rpo'): Figure => {
      const outcome = this.recovery.inScope(name, scope);
      return outcome === undefined ? noTime('not affected') : withoutOwner(outcome[of], name);
    };
    let conditioned: { readonly best: Availabilities; readonly worst: Availabilities } | undefined;
    const unavailability = (name: string): Figure => {
      conditioned ??= this.conditioned(taken, links);
      const best = conditioned.best.of(name)?.unavailability;
      const worst = conditioned.worst.of(name)?.unavailability;
      if (best === undefined || worst === undefined)
        return { status: 'unknown', missing: [name], unit: 'probability', terms: [], assumptions: [] };
      return best === worst ? best : betweenFigures(best, worst);
    };
    return {
      name: scenario.name,
      source: scenario.nameSource,
      down: nodes.flatMap((node) => affected(node, downReason(state, node))),
      degraded: nodes.flatMap((node) => affected(node, degradedReason(structure, state, node))),
      overCapacity: overCapacityIn(structure, structure.model, state),
      lost: lostIn(structure.model, scope),
      recovery: nodes.flatMap((node) => {
        const outcome = this.recovery.inScope(node.name, scope);
        if (outcome === undefined) return [];
        return [{ name: node.name, up: outcome.up, rto: time(node.name, 'rto'), rpo: time(node.name, 'rpo') }];
      }),
      expectations: scenario.expects.flatMap((expectation) => {
        const { name } = expectation.target;
        const found = state.of(name);
        if (found === undefined) return [];
        return judgeExpectation(expectation, {
          state: found,
          rto: () => time(name, 'rto'),
          rpo: () => time(name, 'rpo'),
          unavailability: () => unavailability(name),
        });
      }),
    };
  }

  /** Availabilities given what is off, at best and at worst; one where no link is cut. */
  private conditioned(
    taken: Scope,
    links: readonly CutLink[],
  ): { readonly best: Availabilities; readonly worst: Availabilities } {
    const { structure } = this;
    if (links.length === 0) {
      const only = new Availabilities(structure, conditionedOn(this.leaves, new Set(structure.leavesOf(taken.off))));
      return { best: only, worst: only };
    }
    const given = ({ model, off }: Beside): Availabilities => {
      const same = model === structure.model;
      const beside = same ? structure : new Structure(model);
      const leaves = same ? this.leaves : leafProbabilities(model, beside.compiled);
      return new Availabilities(beside, conditionedOn(leaves, new Set(beside.leavesOf(off))));
    };
    const { best, worst } = boundsOfCutLinks(structure, taken, links);
    return { best: given(best), worst: given(worst) };
  }
}

/** Between two figures of chance; the first where they are equal. */
function betweenFigures(best: Figure, worst: Figure): Figure {
  const [least, most] = [limitsOf(best), limitsOf(worst)];
  if (least === undefined || most === undefined) return least === undefined ? best : worst;
  if (least.lower === most.upper) return best;
  const { unit, terms } = best;
  const assumptions = [...new Set([...best.assumptions, ...worst.assumptions])];
  return { status: 'bounded', lower: least.lower, upper: most.upper, unit, terms, assumptions };
}

function limitsOf(figure: Figure): { readonly lower: number; readonly upper: number } | undefined {
  if (figure.status === 'known') return { lower: figure.value, upper: figure.value };
  return figure.status === 'bounded' ? figure : undefined;
}

function affected({ name }: StructureNode, because: string | undefined): readonly AffectedSubject[] {
  return because === undefined ? [] : [{ name, because }];
}

function downReason(state: State, node: StructureNode): string | undefined {
  return state.of(node.name)?.reason?.text;
}

/** The nearest thing wanted that is missing, its own before what comes through a requirement. */
function degradedReason(structure: Structure, state: State, node: StructureNode): string | undefined {
  if (state.of(node.name)?.degraded !== true) return undefined;
  const { nodes } = structure.compiled;
  for (const { edge, targets, need } of node.soft) {
    const missing = targets.flatMap((id) => (nodes[id] !== undefined && !state.upNode(nodes[id]) ? [nodes[id].name] : []));
    if (targets.length - missing.length >= need) continue;
    const verb = edge.kind === 'publishes' ? 'publishes to' : edge.kind;
    return `${verb} ${missing.join(', ')}, which ${missing.length === 1 ? 'is' : 'are'} down`;
  }
  const through = node.hard
    .flatMap((entry) => entry.targets)
    .flatMap((id) => nodes[id] ?? [])
    .find((target) => state.of(target.name)?.degraded === true);
  return through === undefined ? 'something it requires is degraded' : `requires ${through.name}, which is degraded`;
}

/** Stores of which no copy is left. */
function lostIn(model: Model, scope: Scope): readonly AffectedSubject[] {
  const touched = new Set(touchedBy(scope));
  const byName = new Map(model.components.map((component) => [component.name, component]));
  return model.components.flatMap((component) => {
    if (!touched.has(component.name) || !losesData(component)) return [];
    const { lost, rpo } = dataLoss(model, component, scope, (name) => byName.get(name));
    if (!lost) return [];
    return [{ name: component.name, because: rpo.status === 'never' ? rpo.because : 'no copy survives' }];
  });
}
