/** What a picture shows when something is switched off: model, figures and switches → states, times and the words for them. */
import type { Analysis, SubjectStanding, WhatIfFigures } from '../../analysis/analysis.js';
import { analyze } from '../../analysis/analyze.js';
import type { Figure } from '../../analysis/figure.js';
import { timeText } from '../../analysis/figure-text.js';
import type { Model } from '../../model/model.js';
import { oncePer } from '../../model/once-per.js';
import { componentsByName, keepsData } from '../../model/queries.js';
import type { DiagramEdge, ObjectiveState } from '../diagram-graph.js';
import { displayName } from '../display-name.js';
import { buildEdges } from '../graph-edges.js';
import { partStates, stateNames } from '../state-marks.js';
import type { DiagramStates, NodeState } from '../states.js';
import { edgeStates } from './edge-states.js';
import { nodeStates, takesTime } from './node-states.js';
import { cellStates, replicationStates, siteStates } from './part-states.js';
import { recoveryTimeline, type Timeline } from './recovery-timeline.js';
import { type Switches, switchText } from './switches.js';
import { type TriedScenario, triedScenario } from './tried-scenario.js';

/** What became of one journey. */
export interface JourneyOutcome {
  readonly name: string;
  readonly up: boolean;
  /** `12 min`, `not known`, `never`; a journey that nothing reaches has `0 s`. */
  readonly rto: string;
  readonly rpo: string;
  readonly verdict?: ObjectiveState;
}

/** An expectation of the scenario that does not hold. */
export interface BrokenExpectation {
  readonly text: string;
  readonly estimate: string;
}

/** The answer to a what-if, as plain data for any surface. */
export interface WhatIf {
  /** What of the wish the model has. */
  readonly switches: Switches;
  readonly states: DiagramStates;
  readonly journeys: readonly JourneyOutcome[];
  readonly broken: readonly BrokenExpectation[];
  readonly timeline: Timeline;
  /** For screen readers, all in one. */
  readonly says: string;
}

/** Undefined where nothing of what was switched off is in the model (any more). Never throws. */
export function whatIf(model: Model, analysis: Analysis, wish: Switches): WhatIf | undefined {
  const tried = triedScenario(model, wish);
  const { switches } = tried;
  if (switches.off.length === 0 && switches.scenario === undefined) return undefined;
  const own = tried.model === model ? analysis : analyze(tried.model, { asOf: analysis.asOf });
  const figures = withMending(own.whatIf(tried.scenario), tried);
  const nodes = nodeStates(figures, tried);
  const states: DiagramStates = {
    title: titleOf(model, switches),
    summary: summaryOf(figures, nodes, tried),
    nodes,
    sites: siteStates(model, figures),
    cells: cellStates(model, figures),
    edges: edgeStates(linesOf(model), nodes, switches),
    replications: replicationStates(model, figures),
  };
  const journeys = journeyOutcomes(model, figures, nodes);
  const broken = figures.expectations.filter(({ met }) => met === false).map(({ text, estimate }) => ({ text, estimate }));
  const timeline = recoveryTimeline(figures, new Set(tried.cuts.keys()), model);
  return { switches, states, journeys, broken, timeline, says: saysOf(states, journeys, broken) };
}

/** Whoever waits for a line that is cut waits until somebody mends it, and nobody says how long that takes. */
function withMending(figures: WhatIfFigures, { cuts }: TriedScenario): WhatIfFigures {
  if (cuts.size === 0) return figures;
  const mended = (figure: Figure | undefined): Figure | undefined => {
    if (figure?.status !== 'never' && figure?.status !== 'unbounded') return figure;
    const cut = [...cuts].find(([name]) => figure.because.includes(name))?.[1];
    if (cut === undefined) return figure;
    const { unit, terms, assumptions, verdict } = figure;
    const judged = verdict === undefined ? {} : { verdict: { ...verdict, met: undefined } };
    return { status: 'unknown', missing: [`when ${cut.from} reaches ${cut.to} again`], unit, terms, assumptions, ...judged };
  };
  return { ...figures, standings: figures.standings.map((each) => ({ ...each, rto: mended(each.rto), rpo: mended(each.rpo) })) };
}

const nowhere = { uri: '', start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Whoever tries one thing tries others on the same model. */
const linesOf = oncePer((model: Model): readonly DiagramEdge[] => {
  const ids = new Set([...model.components, ...model.journeys].map(({ name }) => name));
  return buildEdges(model, ids, () => nowhere);
});

/** `What if cn-north.a is lost?` */
function titleOf(model: Model, { scenario, off }: Switches): string {
  const found = model.scenarios.find((each) => each.name === scenario);
  const [only] = off;
  if (found === undefined && off.length === 1 && only?.kind === 'dependency') {
    return `What if ${only.from} cannot reach ${only.to}?`;
  }
  const named = off.map(switchText);
  const shown = named.length <= 3 ? named : [...named.slice(0, 2), `${named.length - 2} more`];
  const list = shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
  if (found === undefined) return `What if ${list} ${off.length === 1 ? 'is' : 'are'} lost?`;
  return off.length === 0 ? `Scenario: ${displayName(found)}` : `Scenario: ${displayName(found)}, with ${list} lost as well`;
}

/** So many names are said one by one. */
const mostNames = 3;

function named(names: readonly string[]): string {
  return names.length <= mostNames
    ? names.join(', ')
    : `${names.slice(0, mostNames - 1).join(', ')} and ${names.length - mostNames + 1} more`;
}

function summaryOf(figures: WhatIfFigures, nodes: readonly NodeState[], tried: TriedScenario): DiagramStates['summary'] {
  const journeys = new Set(tried.model.journeys.map(({ name }) => name));
  const causes = nodes
    .filter((node) => node.role === 'cause' && (node.state === 'down' || node.state === 'lost'))
    .map(({ id }) => id);
  const missed = nodes.filter(({ id, verdict }) => journeys.has(id) && verdict === 'missed').map(({ id }) => id);
  const stopped = nodes.filter(({ id, state }) => journeys.has(id) && state === 'down').map(({ id }) => id);
  const lost = figures.lost.map(({ name }) => name);
  const stores = figures.standings.filter(
    ({ name, rto, instances }) =>
      !lost.includes(name) &&
      instances > 0 &&
      rto !== undefined &&
      rto.status !== 'never' &&
      takesTime(rto) &&
      isStore(tried, name),
  );
  const broken = figures.expectations.filter(({ met }) => met === false).length;
  const none = causes.length === 0 && stopped.length === 0 && missed.length === 0;
  return [
    ...(none ? [{ text: 'No journey breaks' }] : []),
    ...(causes.length === 0
      ? []
      : [{ text: `${causes.length === 1 ? 'Root cause' : 'Root causes'}: ${named(causes)}`, strong: true }]),
    ...(stopped.length === 0 ? [] : [{ text: `Journeys down: ${named(stopped)}` }]),
    ...(missed.length === 0 ? [] : [{ text: `objectives missed: ${named(missed)}` }]),
    ...(broken === 0 ? [] : [{ text: `${broken} of ${figures.expectations.length} expectations missed` }]),
    ...(lost.length === 0 ? [] : [{ text: `all data lost: ${named(lost)}` }]),
    ...stores.slice(0, 2).map((standing) => ({ text: storeText(standing) })),
  ];
}

function isStore(tried: TriedScenario, name: string): boolean {
  const component = componentsByName(tried.model).get(name);
  return component !== undefined && keepsData(component);
}

function storeText({ name, rto, rpo }: SubjectStanding): string {
  const loss = rpo === undefined ? '' : `RPO ${timeText(rpo)}, `;
  return `${name}: ${loss}RTO ${rto === undefined ? '0 s' : timeText(rto)}`;
}

function journeyOutcomes(model: Model, figures: WhatIfFigures, nodes: readonly NodeState[]): readonly JourneyOutcome[] {
  const standings = new Map(figures.standings.map((standing) => [standing.name, standing]));
  const verdicts = new Map(nodes.map(({ id, verdict }) => [id, verdict]));
  return model.journeys.flatMap(({ name }) => {
    const standing = standings.get(name);
    if (standing === undefined) return [];
    const { up, rto, rpo } = standing;
    const verdict = verdicts.get(name);
    return [
      {
        name,
        up,
        rto: rto === undefined ? '0 s' : timeText(rto),
        rpo: rpo === undefined ? '0 s' : timeText(rpo),
        ...(verdict === undefined ? {} : { verdict }),
      },
    ];
  });
}

/** So many sentences are listened to. */
const mostHeard = 5;

function heard(parts: readonly string[]): string {
  const more = parts.length - mostHeard;
  return more <= 1 ? parts.join('; ') : [...parts.slice(0, mostHeard), `… and ${more} more`].join('; ');
}

function saysOf(states: DiagramStates, journeys: readonly JourneyOutcome[], broken: readonly BrokenExpectation[]): string {
  // As the header counts: components, and the journeys by name.
  const named = new Set(journeys.map(({ name }) => name));
  const counts = partStates.flatMap((state) => {
    const count = states.nodes.filter((node) => node.state === state && !named.has(node.id)).length;
    return count === 0 || state === 'ok' ? [] : [`${count} ${stateNames[state]}`];
  });
  const stopped = journeys.filter(({ up }) => !up).map(({ name, rto, rpo }) => `${name}: RTO ${rto}, RPO ${rpo}`);
  return [
    states.title,
    ...(counts.length === 0 ? [] : [`${counts.join(', ')}.`]),
    ...(states.nodes.every(({ state }) => state === 'ok') ? ['Everything works.'] : []),
    ...(stopped.length === 0 ? ['All journeys work.'] : [`Journeys down: ${heard(stopped)}.`]),
    ...(broken.length === 0
      ? []
      : [`Expectations missed: ${heard(broken.map(({ text, estimate }) => `${text} (${estimate})`))}.`]),
  ].join(' ');
}
