/** What asynchronous replication asks of a link, and how long it takes to catch up once the link is back. */
import { sourceOf } from '../../model/fact.js';
import type { Component, Link, Model, Replication } from '../../model/model.js';
import { activePlacements, regionOf } from '../../model/queries.js';
import { explained, factReason, knownFigure, reason, unknownFigure } from '../explained-figure.js';
import type { Explanation } from '../figure.js';
import { durationText, quantityText } from '../figure-text.js';
import type { ReplicationBacklog } from './capacity-figures.js';

/** What replication asks of the links of a model; who crosses which is read once. */
export class ReplicationBacklogs {
  private sharing: ReadonlyMap<Link, readonly Component[]> | undefined;

  constructor(private readonly model: Model) {}

  /** One for each link that an asynchronous replication of the store crosses, in order of declaration. */
  of(store: Component): readonly ReplicationBacklog[] {
    const links = crossings(this.model, store);
    if (links.length === 0) return [];
    this.sharing ??= sharingOf(this.model);
    const all = this.sharing;
    return links.map((link) => backlogOver(store, link, all.get(link) ?? [store]));
  }
}

function sharingOf(model: Model): ReadonlyMap<Link, readonly Component[]> {
  const result = new Map<Link, Component[]>();
  for (const component of model.components) {
    for (const link of crossings(model, component)) {
      const list = result.get(link);
      if (list === undefined) result.set(link, [component]);
      else list.push(component);
    }
  }
  return result;
}

function crossings(model: Model, store: Component): readonly Link[] {
  const statements = store.data.replication.filter(({ mode }) => mode === 'async');
  if (statements.length === 0) return [];
  const from = new Set(activePlacements(store).map(({ region }) => region));
  const to = new Set(statements.flatMap((statement) => regionsOf(store, statement)).filter((region) => !from.has(region)));
  return model.links.filter((link) => {
    const [a, b] = [regionOf(link.a), regionOf(link.b)];
    return (from.has(a) && to.has(b)) || (from.has(b) && to.has(a));
  });
}

function regionsOf(store: Component, statement: Replication): readonly string[] {
  if (statement.region !== undefined) return [regionOf(statement.region)];
  return store.placements.filter(({ role }) => role !== 'witness').map(({ region }) => region);
}

function backlogOver(store: Component, link: Link, sharing: readonly Component[]): ReplicationBacklog {
  const name = `${link.a} <-> ${link.b}`;
  const missing = [
    ...sharing.flatMap((each) => (each.data.changes === undefined ? [`changes of ${each.name}`] : [])),
    ...(link.bandwidth === undefined ? [`bandwidth of the link ${name}`] : []),
  ];
  const { changes } = store.data;
  const { bandwidth } = link;
  const useLabel = `${store.name} replication over ${name}`;
  const label = `${store.name} replication catches up over ${name}`;
  if (missing.length > 0 || changes === undefined || bandwidth === undefined) {
    return {
      link: name,
      use: unknownFigure('share', missing, { label: useLabel }),
      catchesUp: unknownFigure('seconds', missing, { label }),
    };
  }
  const all = sharing.reduce((sum, each) => sum + (each.data.changes?.value ?? 0), 0);
  const children: readonly Explanation[] = [
    ...sharing.map((each) => reason(`changes of ${each.name}`, rate(each.data.changes?.value ?? 0))),
    reason('bandwidth', rate(bandwidth.value), sourceOf(bandwidth)),
  ];
  const source = sourceOf(bandwidth);
  const use = knownFigure('share', all / bandwidth.value, {
    label: useLabel,
    formula: 'changes of all stores that replicate over it / bandwidth',
    children,
    verdict: { target: 1, met: all <= bandwidth.value, ...(source === undefined ? {} : { source }) },
  });
  const away = link.failure?.mttr;
  if (all >= bandwidth.value) {
    return {
      link: name,
      use,
      catchesUp: explained('seconds', { status: 'never', because: `changes fill the link ${name}` }, { label, children }),
    };
  }
  if (away === undefined || away.origin.kind === 'assumed') {
    return { link: name, use, catchesUp: unknownFigure('seconds', [`mttr of the link ${name}`], { label, children }) };
  }
  // All stores fell behind together, and catch up together on what the link has left.
  const catchesUp = knownFigure('seconds', (all * away.value) / (bandwidth.value - all), {
    label,
    formula: `${rate(all)} × ${durationText(away.value)} / (${rate(bandwidth.value)} − ${rate(all)})`,
    children: [...children, factReason('the link is down for', away, 'seconds')],
  });
  return { link: name, use, catchesUp };
}

function rate(bytesPerSecond: number): string {
  return `${quantityText(bytesPerSecond, 'bytes')}/s`;
}
