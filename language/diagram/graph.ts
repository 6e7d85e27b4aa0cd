/** Model and figures → what a picture shows. */
import type { Analysis } from '../analysis/analysis.js';
import { durationText, figureText } from '../analysis/figure-text.js';
import type { Source } from '../model/fact.js';
import type { Component, Journey, Model } from '../model/model.js';
import { keepsData, locate, regionOf } from '../model/queries.js';
import type {
  CardMeasure,
  Chip,
  DiagramGraph,
  DiagramNode,
  NodeShape,
  RegionRow,
  SourceRange,
  SummaryPart,
} from './diagram-graph.js';
import { displayName } from './display-name.js';
import { componentChips, objectiveChips, objectiveState } from './graph-chips.js';
import { buildEdges } from './graph-edges.js';
import { buildPlaces } from './graph-places.js';
import { commonRegions, regionRows } from './graph-rows.js';
import { cardHeight, cardPadding, fittingChips, fixedSize, measureCards, widthForName } from './sizes.js';
import { structureOf } from './structure.js';

export type {
  CardMeasure,
  Chip,
  DiagramEdge,
  DiagramGraph,
  DiagramNode,
  NodeShape,
  ObjectiveState,
  Pip,
  Place,
  RegionRow,
  Relation,
  SourceRange,
  SummaryPart,
  TextPosition,
  ZoneCell,
} from './diagram-graph.js';

/** What the journeys say about the components: who is needed by which, and what takes one down alone. */
interface Criticality {
  /** Numbers of journeys, from 1, by component. */
  readonly journeys: ReadonlyMap<string, readonly number[]>;
  readonly singleComponents: ReadonlySet<string>;
  readonly singleSites: ReadonlySet<string>;
  /** Components whose single loss breaks a journey, third parties apart. */
  readonly needed: ReadonlySet<string>;
}

/** The picture of a model, without positions. The same model and figures give the same bytes. */
export function buildGraph(model: Model, analysis: Analysis): DiagramGraph {
  const range = (source: Source): SourceRange => ({
    uri: source.uri,
    start: locate(model, source.uri, source.start),
    end: locate(model, source.uri, source.end),
  });
  const criticality = criticalityOf(model, analysis);
  const common = commonRegions(model);
  const rows = new Map(model.components.map((component) => [component.name, regionRows(model, component, common)]));
  const names = model.components.map((component) => {
    const numbers = criticality.journeys.get(component.name)?.length ?? 0;
    return shapeOf(component) === 'card' ? widthForName(displayName(component), numbers) : 0;
  });
  const card = measureCards([...rows.values()].flat(), Math.max(0, ...names));
  const badged = badges(model, criticality);
  const journeys = model.journeys.map((journey, index) => journeyNode(analysis, journey, index + 1, range));
  // All as wide as the widest: a row of them is calm, and two that lead to the same can change places.
  const width = Math.max(0, ...journeys.map((node) => node.width));
  const nodes: DiagramNode[] = [
    ...journeys.map((node) => ({ ...node, width, chips: fittingChips(node.chips, 3, width - 32) })),
    ...model.components.map((component) => {
      const journeys = criticality.journeys.get(component.name) ?? [];
      const badge = badged.has(component.name);
      return componentNode({ model, analysis, component, rows: rows.get(component.name) ?? [], card, journeys, badge, range });
    }),
  ];
  const edges = buildEdges(model, new Set(nodes.map((node) => node.id)), range);
  const places = buildPlaces(model, criticality.singleSites, range);
  return {
    name: model.name,
    title: displayName(model),
    summary: summaryOf(model, nodes, criticality),
    card,
    nodes,
    edges,
    places,
    structure: structureOf(nodes, edges, places),
  };
}

function journeyNode(analysis: Analysis, journey: Journey, number: number, range: (source: Source) => SourceRange): DiagramNode {
  const all = objectiveChips(analysis, journey.name, journey.objective);
  const none: Chip = { text: 'no objective', tone: 'fact', says: 'Nobody stated what this journey promises.' };
  const chips =
    all.length === 0
      ? [none]
      : [
          ...all.filter((chip) => chip.text.startsWith('≥')).slice(0, 1),
          ...all.filter((chip) => chip.text.startsWith('RTO')).slice(0, 1),
          ...all.filter((chip) => chip.text.startsWith('RPO')).slice(0, 1),
        ];
  const figures = analysis.availability(journey.name);
  const subtitle = figures === undefined ? 'availability not known' : figureText(figures.unavailability);
  const verdict = objectiveState(analysis, journey.name, journey.objective);
  const size = fixedSize('journey', { name: displayName(journey), subtitle, chips });
  return {
    id: journey.name,
    kind: 'journey',
    shape: 'journey',
    name: journey.name,
    ...(journey.title === undefined ? {} : { title: journey.title }),
    source: range(journey.nameSource),
    ...size,
    subtitle,
    rows: [],
    chips,
    journeys: [number],
    ...(verdict === undefined ? {} : { verdict }),
    says: [`Availability ${subtitle}.`, ...all.map((chip) => chip.says)],
  };
}

interface ComponentParts {
  readonly model: Model;
  readonly analysis: Analysis;
  readonly component: Component;
  readonly rows: readonly RegionRow[];
  readonly card: CardMeasure;
  readonly journeys: readonly number[];
  readonly badge: boolean;
  readonly range: (source: Source) => SourceRange;
}

function componentNode(parts: ComponentParts): DiagramNode {
  const { model, analysis, component, rows, card, journeys, badge, range } = parts;
  const shape = shapeOf(component);
  const chips = shape === 'card' ? componentChips(analysis, component, card.width - 2 * cardPadding) : bucketChips(component);
  const subtitle = subtitleOf(model, component, shape);
  const size =
    shape === 'card'
      ? { width: card.width, height: cardHeight(rows) }
      : fixedSize(shape, { name: displayName(component), subtitle, chips });
  const site =
    shape === 'bucket' ? (component.placements[0]?.region ?? component.hosts.find((host) => host.resolved)?.name) : undefined;
  const figures = analysis.availability(component.name);
  const verdict = objectiveState(analysis, component.name, component.objective);
  return {
    id: component.name,
    kind: component.kind,
    shape,
    name: component.name,
    ...(component.title === undefined ? {} : { title: component.title }),
    source: range(component.nameSource),
    ...size,
    ...(subtitle === '' ? {} : { subtitle }),
    rows: shape === 'card' ? rows : [],
    ...(site === undefined ? {} : { region: regionOf(site) }),
    chips,
    journeys,
    ...(verdict === undefined ? {} : { verdict }),
    ...(badge ? { badge: 'SPOF' as const } : {}),
    says: [
      ...(figures === undefined ? [] : [`Availability ${figureText(figures.unavailability)}.`]),
      ...(badge ? ['Single point of failure: its loss alone takes a journey down.'] : []),
      ...chips.map((chip) => chip.says),
    ],
  };
}

function shapeOf(component: Component): Exclude<NodeShape, 'journey' | 'group'> {
  const placed = component.placements.length > 0 || component.hosts.some((host) => host.resolved);
  switch (component.kind) {
    case 'gateway':
      return placed ? 'card' : 'hexagon';
    case 'bucket':
      return 'bucket';
    case 'external':
      return placed ? 'card' : 'third-party';
    case 'service':
    case 'database':
    case 'cache':
    case 'queue':
    case 'coordinator':
    case 'job':
      return 'card';
  }
}

function subtitleOf(model: Model, component: Component, shape: NodeShape): string {
  switch (shape) {
    case 'third-party':
      return 'third party';
    case 'hexagon': {
      const ttl = component.failovers.map((failover) => failover.switch?.value.ttl).find((value) => value !== undefined);
      return ttl === undefined ? 'gateway' : `DNS TTL ${durationText(ttl)}`;
    }
    case 'bucket': {
      const sites = [...component.placements.map((placement) => placement.region), ...component.hosts.map((host) => host.name)];
      const copies = model.components.flatMap((store) =>
        store.data.backups.filter((backup) => backup.copies.some((copy) => copy.bucket.name === component.name)),
      );
      const intervals = copies.flatMap((backup) => backup.series.map((series) => series.every.value));
      const every = intervals.length === 0 ? [] : [`every ${durationText(Math.min(...intervals))}`];
      return [...(sites.length === 0 ? [] : [`in ${[...new Set(sites)].join(', ')}`]), ...every].join(' · ');
    }
    case 'card':
    case 'journey':
    case 'group':
      return '';
  }
}

function bucketChips(component: Component): DiagramNode['chips'] {
  if (component.kind !== 'bucket') return [];
  const { locked, keeps, offline } = component.data;
  const chips: DiagramNode['chips'] = [
    ...(locked === undefined
      ? []
      : [{ text: `locked ${durationText(locked.value)}`, tone: 'fact' as const, says: 'Nobody can delete a copy before that.' }]),
    ...(keeps === undefined
      ? []
      : [{ text: `keeps ${durationText(keeps.value)}`, tone: 'fact' as const, says: 'Copies are deleted after that.' }]),
    ...(offline === undefined
      ? []
      : [{ text: 'offline', tone: 'fact' as const, says: 'Out of reach for whoever holds the account.' }]),
  ];
  return fittingChips(chips, 2, 300 - 40);
}

function criticalityOf(model: Model, analysis: Analysis): Criticality {
  const journeys = new Map<string, number[]>();
  const singleComponents = new Set<string>();
  const singleSites = new Set<string>();
  const important = model.journeys.filter((journey) => (journey.tier?.value ?? 0) <= 1);
  const judged = new Set(important.length > 0 ? important : model.journeys);
  model.journeys.forEach((journey, index) => {
    for (const name of analysis.hardClosure(journey.name)) {
      const numbers = journeys.get(name);
      if (numbers === undefined) journeys.set(name, [index + 1]);
      else numbers.push(index + 1);
    }
    if (!judged.has(journey)) return;
    for (const { event } of analysis.singlePoints(journey.name)) {
      if (event.kind === 'component') singleComponents.add(event.name);
      else if (event.kind !== 'shared-fate') singleSites.add(event.name);
    }
  });
  const own = model.components.filter((component) => component.kind !== 'external');
  const needed = new Set(own.filter((component) => journeys.has(component.name)).map((component) => component.name));
  return { journeys, singleComponents, singleSites, needed };
}

/** Where nearly everything is a single point of failure the badge says nothing: then only what keeps data wears it. */
function badges(model: Model, criticality: Criticality): ReadonlySet<string> {
  const { singleComponents, needed } = criticality;
  const singles = [...needed].filter((name) => singleComponents.has(name));
  if (singles.length < 4 || singles.length < needed.size) return singleComponents;
  const stores = model.components.filter(keepsData).map((component) => component.name);
  return new Set(stores.filter((name) => singleComponents.has(name)));
}

function summaryOf(model: Model, nodes: readonly DiagramNode[], criticality: Criticality): readonly SummaryPart[] {
  const parts: SummaryPart[] = [];
  for (const state of ['met', 'missed', 'unknown'] as const) {
    const count = nodes.filter((node) => node.kind === 'journey' && node.verdict === state).length;
    if (count > 0) parts.push({ text: `${count} ${state}`, mark: state });
  }
  if (model.regions.length > 0) parts.push({ text: counted(model.regions.length, 'region') });
  parts.push({ text: counted(model.components.length, 'component') });
  if (model.journeys.length > 0) parts.push({ text: counted(model.journeys.length, 'journey') });
  const singles = [...criticality.needed].filter((name) => criticality.singleComponents.has(name)).length;
  if (singles > 0) parts.push({ text: `${singles} of ${criticality.needed.size} single` });
  return parts;
}

function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}
