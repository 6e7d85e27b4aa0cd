/** What becomes of a sight in a file: which graph, which states, which layouts. */
import { describe, expect, it } from 'vitest';
import { analyze } from '../../language/analysis/analyze.js';
import { buildGraph } from '../../language/diagram/graph.js';
import { type Layout, plainLayout } from '../../language/diagram/layout.js';
import { viewOf } from '../../language/diagram/views.js';
import { nothingOff } from '../../language/diagram/what-if/switches.js';
import { exportedOf, pageStartOf, type Sight } from '../../media/preview/sight.js';
import { boutique } from '../language/diagram/boutique.js';

const whole = buildGraph(boutique, analyze(boutique, { asOf: '2026-11-01' }));
const data = viewOf(whole, { kind: 'data' });
const lanes = viewOf(whole, { kind: 'regions' });
const states = { title: 'What if?', summary: [], nodes: [], sites: [] };
const part = { ...states, title: 'What if? · data' };

function sightOf(more: Partial<Sight>, layouts: readonly Layout[] = []): Sight {
  return {
    whole,
    view: { kind: 'data' },
    open: [],
    panes: 'flow',
    states,
    shown: { graph: data, layout: plainLayout(data), states: part },
    layouts: new Map(layouts.map((layout) => [layout.structure, layout])),
    ...more,
  };
}

describe('a file', () => {
  it('shows the picture, also where the table of places stands beside it', () => {
    for (const panes of ['flow', 'both'] as const) {
      const sight = sightOf({ panes });
      expect(exportedOf(sight, nothingOff)).toEqual({ name: `${boutique.name}-data`, ...sight.shown });
    }
  });

  it('shows the table where it stands alone: of the same part, with the same states', () => {
    const exported = exportedOf(sightOf({ panes: 'placement' }), nothingOff);
    expect(exported).toEqual({ name: `${boutique.name}-data-placement`, graph: data, states: part });
  });

  it('shows the table of the whole model in the place of lanes, which have each component several times', () => {
    const shown = { graph: lanes, layout: plainLayout(lanes), states: part };
    const exported = exportedOf(sightOf({ panes: 'placement', view: { kind: 'regions' }, shown }), nothingOff);
    expect(exported).toEqual({ name: `${boutique.name}-regions-placement`, graph: whole, states });
  });
});

describe('a page', () => {
  const layout = plainLayout(whole);

  it('has the layout that is shown, and that of the whole system where it is known', () => {
    const alone = sightOf({});
    expect(pageStartOf(alone, nothingOff).layouts).toEqual([alone.shown.layout]);
    const known = sightOf({}, [layout, plainLayout(lanes)]);
    expect(pageStartOf(known, nothingOff).layouts).toEqual([known.shown.layout, layout]);
    const shown = { graph: whole, layout, states };
    expect(pageStartOf(sightOf({ view: { kind: 'system' }, shown }, [layout]), nothingOff).layouts).toEqual([layout]);
  });

  it('has the panes and the open boxes', () => {
    expect(pageStartOf(sightOf({ panes: 'both', open: ['group-1'] }), nothingOff)).toMatchObject({
      panes: 'both',
      open: ['group-1'],
    });
  });
});
