/**
 * The recovery over time, from the terms of the recovery times: when each thing is back, and along which steps (detect, decide,
 * restore, promote, switch) the slowest journey waits.
 */
import type { WhatIfFigures } from '../../analysis/analysis.js';
import type { Figure } from '../../analysis/figure.js';
import type { Model } from '../../model/model.js';
import type { DiagramEdge } from '../diagram-graph.js';
import type { DiagramStates, NodeState } from '../states.js';
import { edgeStates } from './edge-states.js';
import { recoverySteps, type TimelineStep } from './recovery-steps.js';
import type { Switches } from './switches.js';

/** When something is back, in seconds after the failure; null where nobody knows, or where it never is. */
export interface TimelineSubject {
  readonly id: string;
  readonly backAt: number | null;
  readonly steps: readonly TimelineStep[];
}

export interface Timeline {
  /** When the last thing with a known time is back. */
  readonly seconds: number;
  /** The journey, or else the component, with the longest known time: its steps are the critical path. */
  readonly critical: string | undefined;
  readonly steps: readonly TimelineStep[];
  /** Everything that takes time to come back. */
  readonly subjects: readonly TimelineSubject[];
}

/** The recovery of everything that the figures reach; what is only `imagined` is left out. */
export function recoveryTimeline(figures: WhatIfFigures, imagined: ReadonlySet<string>, model: Model): Timeline {
  const components = new Set(model.components.map(({ name }) => name));
  const subjects = figures.standings.flatMap(({ name, rto }): readonly TimelineSubject[] => {
    if (imagined.has(name) || rto === undefined) return [];
    const backAt = endOf(rto);
    return backAt === 0 ? [] : [{ id: name, backAt, steps: recoverySteps(name, rto, components) }];
  });
  const journeys = new Set(model.journeys.map(({ name }) => name));
  const known = subjects.filter(({ backAt }) => backAt !== null);
  const candidates = known.some(({ id }) => journeys.has(id)) ? known.filter(({ id }) => journeys.has(id)) : known;
  let slowest: TimelineSubject | undefined;
  for (const each of candidates) if (slowest === undefined || (each.backAt ?? 0) > (slowest.backAt ?? 0)) slowest = each;
  return {
    seconds: Math.max(0, ...known.map(({ backAt }) => backAt ?? 0)),
    critical: slowest?.id,
    steps: slowest?.steps ?? [],
    subjects,
  };
}

/** Of an interval its upper end: until then nobody can promise it. */
function endOf(figure: Figure): number | null {
  if (figure.status === 'known') return figure.value;
  return figure.status === 'bounded' ? figure.upper : null;
}

/** The states at a moment of the recovery: what is not back yet is down and says which step it waits for. `edges`: the lines of the picture. */
export function statesAt(
  { states, timeline, switches }: { readonly states: DiagramStates; readonly timeline: Timeline; readonly switches: Switches },
  seconds: number,
  edges: readonly DiagramEdge[],
): DiagramStates {
  const subjects = new Map(timeline.subjects.map((subject) => [subject.id, subject]));
  const nodes = states.nodes.map((node): NodeState => {
    const subject = subjects.get(node.id);
    if (subject === undefined) return node;
    const { backAt } = subject;
    if (backAt !== null && seconds >= backAt) {
      if (node.state !== 'down' && node.state !== 'lost') return node;
      const { role: _, reason: __, ...rest } = node;
      return { ...rest, state: 'at-risk', reason: 'restored' };
    }
    const step = subject.steps.find(({ from, to }) => seconds >= from && seconds < to);
    const state = node.state === 'lost' ? 'lost' : 'down';
    const waits = step === undefined ? node.reason : step.owner === node.id ? step.name : `${step.owner}: ${step.name}`;
    return { ...node, state, ...(waits === undefined ? {} : { reason: waits }) };
  });
  return { ...states, nodes, edges: edgeStates(edges, nodes, switches) };
}
