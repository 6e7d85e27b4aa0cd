/** What-ifs of random models against the enumeration of what is written: what is down, why, and what hurts most. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../../../language/analysis/analysis.js';
import { analyze } from '../../../../language/analysis/analyze.js';
import { timeText } from '../../../../language/analysis/figure-text.js';
import { buildGraph } from '../../../../language/diagram/graph.js';
import { summaryText } from '../../../../language/diagram/header.js';
import { plainLayout } from '../../../../language/diagram/layout.js';
import { renderPlacement } from '../../../../language/diagram/placement.js';
import type { NodeState } from '../../../../language/diagram/states.js';
import { renderSvg } from '../../../../language/diagram/svg.js';
import { statesAt } from '../../../../language/diagram/what-if/recovery-timeline.js';
import { type Switch, switchText } from '../../../../language/diagram/what-if/switches.js';
import { type WhatIf, whatIf } from '../../../../language/diagram/what-if/what-if.js';
import { worstLosses } from '../../../../language/diagram/what-if/worst-losses.js';
import type { Model } from '../../../../language/model/model.js';
import { matrixOf } from '../../../../language/report/matrix/matrix.js';
import { built } from '../../analysis/enumeration/built.js';
import { sketches } from '../../analysis/enumeration/random-sketch.js';
import { Reading } from '../../analysis/enumeration/reading.js';
import { type Sketch, type SketchTarget, textOf } from '../../analysis/enumeration/sketch.js';
import { counts, isHard, placesOf } from '../../analysis/enumeration/statements.js';

const events = 13;

interface Tried {
  readonly sketch: Sketch;
  readonly model: Model;
  readonly analysis: Analysis;
  readonly reading: Reading;
}

/** Judges random models; what is wrong is told with the text of the model. */
async function forAll(runs: number, seed: number, judge: (tried: Tried) => void): Promise<void> {
  await fc.assert(
    fc.asyncProperty(sketches(events), async (drawn) => {
      const sketch: Sketch = { ...drawn, fails: [] };
      const { model } = await built(textOf(sketch));
      try {
        judge({ sketch, model, analysis: analyze(model, { asOf: '2026-11-01' }), reading: new Reading(sketch) });
      } catch (error) {
        throw new Error(`${error instanceof Error ? error.message : error}\n${textOf(sketch)}`);
      }
    }),
    { numRuns: runs, seed },
  );
}

/** Everything of a sketch that one click can switch off: places, components, the instances of one cell. */
function clicks(sketch: Sketch): readonly Switch[] {
  const sites = sketch.regions.flatMap(({ name, zones }) => [name, ...zones.map((zone) => `${name}.${zone.name}`)]);
  return [
    ...sites.map((site): Switch => ({ kind: 'site', site })),
    ...sketch.components.flatMap((component): readonly Switch[] => {
      const places = placesOf(sketch, component).map(({ site }) => site);
      return [
        { kind: 'component', component: component.name },
        ...[...new Set(places)].map((site): Switch => {
          const count = places.filter((each) => each === site).length;
          return { kind: 'replica', component: component.name, site, count };
        }),
      ];
    }),
  ];
}

function targetOf(each: Switch): SketchTarget {
  switch (each.kind) {
    case 'site':
      return { kind: 'site', site: each.site };
    case 'component':
      return { kind: 'component', name: each.component };
    case 'replica':
      return { kind: 'component', name: each.component, site: each.site, count: each.count };
    case 'dependency':
      throw new Error('A cut dependency is no event.');
  }
}

/** The state of the enumeration in which just that has happened. */
function stateOf(reading: Reading, off: readonly Switch[]): number {
  let state = 0;
  for (const event of reading.taken(off.map(targetOf))) state |= 1 << event;
  return state;
}

function answer({ model, analysis }: Tried, off: readonly Switch[]): WhatIf {
  const found = whatIf(model, analysis, { off });
  if (found === undefined) throw new Error(`Nothing is off: ${off.map(switchText).join(', ')}`);
  return found;
}

/** One click, and pairs of them. */
function wishes(sketch: Sketch): readonly (readonly Switch[])[] {
  const all = clicks(sketch);
  const pairs = all.map((each, index) => [each, all[(index * 7 + 3) % all.length] ?? each]);
  return [...all.map((each) => [each]), ...pairs.filter(([a, b]) => a !== b)];
}

/** What something requires: a component directly; a journey directly, or for itself through what it requires. */
function requiredBy(sketch: Sketch, name: string): ReadonlySet<string> {
  const edgesOf = new Map([...sketch.components, ...sketch.journeys].map((each) => [each.name, each.edges]));
  const targets = (of: string): readonly string[] =>
    (edgesOf.get(of) ?? []).flatMap((edge) => (isHard(edge) && counts(edge, name) ? edge.targets : []));
  const found = new Set(targets(name));
  if (sketch.journeys.some((journey) => journey.name === name))
    for (const each of found) for (const next of targets(each)) found.add(next);
  return found;
}

const isDown = (node: NodeState | undefined): boolean => node?.state === 'down' || node?.state === 'lost';

describe('a what-if of any model', () => {
  test('says of everything whether it is up, whole, and down by itself', async () => {
    await forAll(200, 20261301, (tried) => {
      const { sketch, reading } = tried;
      const alone = new Reading({ ...sketch, components: sketch.components.map((each) => ({ ...each, edges: [] })) });
      const named = new Map(sketch.components.map((component) => [component.name, component]));
      for (const off of wishes(sketch)) {
        const found = answer(tried, off);
        const said = off.map(switchText).join(', ');
        const nodes = new Map(found.states.nodes.map((node) => [node.id, node]));
        const state = stateOf(reading, off);
        expect([said, [...nodes.keys()].sort()]).toEqual([
          said,
          [...sketch.components, ...sketch.journeys].map(({ name }) => name).sort(),
        ]);
        for (const [name, node] of nodes) {
          const down = reading.space.has(reading.down(name), state);
          expect([said, name, isDown(node), node.reason]).toEqual([said, name, down, node.reason]);
          if (!down && reading.space.has(reading.degraded(name), state))
            expect([said, name, node.state]).toEqual([said, name, 'degraded']);
          const component = named.get(name);
          if (component === undefined || !down) continue;
          if (alone.space.has(alone.down(name), stateOf(alone, off)))
            expect([said, name, node.role]).toEqual([said, name, 'cause']);
          else if (!component.edges.some((edge) => edge.sameRegion))
            expect([said, name, node.role]).toEqual([said, name, 'consequence']);
        }
        for (const { name, up } of found.journeys) expect([said, name, up]).toEqual([said, name, !isDown(nodes.get(name))]);
        // What is missing in one region only is down nowhere as a whole, and cannot be named.
        if (sketch.components.some(({ edges }) => edges.some(({ sameRegion }) => sameRegion))) continue;
        // Whoever is down because of another leads to one that is down by itself, over requirements that are written.
        for (const [name, node] of nodes) {
          if (node.role !== 'consequence' || node.state !== 'down') continue;
          const seen = new Set<string>();
          let here: NodeState | undefined = node;
          while (here?.role === 'consequence' && !seen.has(here.id)) {
            seen.add(here.id);
            const next = /^needs (\S+)$/.exec(here.reason ?? '')?.[1] ?? '';
            expect([said, here.id, next, requiredBy(sketch, here.id).has(next)]).toEqual([said, here.id, next, true]);
            here = nodes.get(next);
            expect([said, name, next, isDown(here)]).toEqual([said, name, next, true]);
          }
          expect([said, name, here?.role]).toEqual([said, name, 'cause']);
        }
      }
    });
  }, 120_000);

  test('is the same in both pictures, in the header, aloud, and in the table of journeys', async () => {
    await forAll(60, 20261302, (tried) => {
      const { sketch, model, analysis } = tried;
      const graph = buildGraph(model, analysis);
      const layout = plainLayout(graph);
      for (const off of wishes(sketch).slice(0, 12)) {
        const found = answer(tried, off);
        const options = { theme: 'light', standalone: true, idPrefix: '', states: found.states } as const;
        const titles = (svg: string): ReadonlyMap<string, string> =>
          new Map(
            [...svg.matchAll(/data-node="([^"]*)"[^>]*><title>([^<]*)</g)].map(([, name = '', title = '']) => [name, title]),
          );
        const flow = titles(renderSvg(graph, layout, options));
        const places = titles(renderPlacement(graph, options));
        expect([...flow.keys()].sort()).toEqual(found.states.nodes.map(({ id }) => id).sort());
        for (const [name, title] of places) expect(title).toBe(flow.get(name));
        const words = { down: 'DOWN', lost: 'LOST', degraded: 'DEGRADED', 'at-risk': 'AT RISK', ok: 'OK' } as const;
        for (const { id, state } of found.states.nodes)
          expect(flow.get(id)).toMatch(new RegExp(`^\\w+ ${id}: ${words[state]}[.,]`));
        const components = new Set(sketch.components.map(({ name }) => name));
        for (const [state, word] of [
          ['down', 'down'],
          ['degraded', 'degraded'],
          ['at-risk', 'at risk'],
        ] as const) {
          const count = found.states.nodes.filter((node) => components.has(node.id) && node.state === state).length;
          for (const told of [summaryText(graph, found.states), found.says]) {
            const counted = new RegExp(`(^|[ ,])(\\d+) ${word}[,. ]`).exec(`${told} `)?.[2];
            expect([told, word, Number(counted ?? 0)]).toEqual([told, word, count]);
          }
        }
      }
    });
  }, 60_000);

  test('of a place tells the recovery that the matrix is the worst of', async () => {
    await forAll(120, 20261303, (tried) => {
      const { sketch, model, analysis } = tried;
      const matrix = matrixOf(model, analysis);
      for (const disruption of ['zone-loss', 'region-loss'] as const) {
        const sites = sketch.regions.flatMap(({ name, zones }) =>
          disruption === 'region-loss' ? [name] : zones.map((zone) => `${name}.${zone.name}`),
        );
        const answers = new Map(sites.map((site) => [site, answer(tried, [{ kind: 'site', site }])]));
        for (const row of matrix.rows) {
          const cell = row.cells.find((each) => each.disruption === disruption);
          const perSite = analysis.recovery(row.name).get(disruption)?.perSite ?? new Map();
          for (const [site, recovery] of perSite) {
            const outcome = answers.get(site)?.journeys.find(({ name }) => name === row.name);
            if (outcome === undefined) continue;
            expect([row.name, site, outcome.rto, outcome.rpo]).toEqual([
              row.name,
              site,
              timeText(recovery.rto),
              timeText(recovery.rpo),
            ]);
          }
          if (cell?.survives === undefined) continue;
          const standing = [...answers].map(
            ([site, { states }]) => [site, states.nodes.find(({ id }) => id === row.name)] as const,
          );
          const down = standing.filter(([, node]) => isDown(node)).map(([site]) => site);
          expect([row.name, disruption, cell.outcome, down]).toEqual([
            row.name,
            disruption,
            cell.outcome,
            cell.survives ? [] : expect.anything(),
          ]);
          if (!cell.survives && cell.outcome !== 'data lost') expect([row.name, down.length > 0]).toEqual([row.name, true]);
        }
      }
    });
  }, 60_000);

  test('plays a recovery that ends when the pill says', async () => {
    await forAll(150, 20261304, (tried) => {
      for (const off of wishes(tried.sketch).slice(0, 14)) {
        const found = answer(tried, off);
        const said = off.map(switchText).join(', ');
        const { timeline, states } = found;
        for (const { id, backAt, steps } of timeline.subjects) {
          const chip = states.nodes.find((node) => node.id === id)?.chips?.find(({ text }) => text.startsWith('RTO'))?.text;
          const end = steps.at(-1)?.to ?? 0;
          if (backAt === null) continue;
          expect([said, id, steps.length === 0 || Math.abs(end - backAt) < 1e-6, end, backAt]).toEqual([
            said,
            id,
            true,
            end,
            backAt,
          ]);
          for (const [index, step] of steps.entries()) expect(step.from).toBe(steps[index - 1]?.to ?? 0);
          if (chip !== undefined) {
            const figure = { status: 'known', value: backAt, unit: 'seconds', terms: [], assumptions: [] } as const;
            expect([said, id, chip]).toEqual([said, id, `RTO ${timeText(figure)}`]);
          }
        }
        const ends = timeline.subjects.flatMap(({ backAt }) => backAt ?? []);
        expect([said, timeline.seconds]).toEqual([said, Math.max(0, ...ends)]);
        const last = statesAt(found, timeline.seconds, []).nodes;
        const never = new Set(timeline.subjects.flatMap(({ id, backAt }) => (backAt === null ? [id] : [])));
        for (const node of last) {
          if (isDown(node))
            expect([said, node.id, never.has(node.id) || !timeline.subjects.some(({ id }) => id === node.id)]).toEqual([
              said,
              node.id,
              true,
            ]);
        }
      }
    });
  }, 60_000);
});

describe('the worst losses of any model', () => {
  test('take down what they say, alone or only together, and none is missing', async () => {
    await forAll(250, 20261305, (tried) => {
      const { sketch, model, analysis, reading } = tried;
      const losses = worstLosses(model, analysis);
      const all = sketch.journeys.map(({ name }) => name);
      const downOf = (off: readonly Switch[]): readonly string[] =>
        all.filter((name) => reading.space.has(reading.down(name), stateOf(reading, off)));
      const never = downOf([]);
      for (const { switches, journeys, text } of losses.single) {
        expect([text, journeys]).toEqual([text, downOf(switches.off).filter((name) => !never.includes(name))]);
        const found = answer(tried, switches.off);
        expect([text, found.journeys.filter(({ up }) => !up).map(({ name }) => name)]).toEqual([text, downOf(switches.off)]);
      }
      for (const { switches, journeys, text } of losses.pairs) {
        for (const name of journeys) {
          expect([text, name, downOf(switches.off).includes(name)]).toEqual([text, name, true]);
          expect([text, name, answer(tried, switches.off).journeys.find((each) => each.name === name)?.up]).toEqual([
            text,
            name,
            false,
          ]);
          if (switches.off.length > 1)
            for (const one of switches.off) expect([text, name, downOf([one]).includes(name)]).toEqual([text, name, false]);
        }
      }
      if (losses.single.length < 10) {
        const listed = new Set(losses.single.map(({ text }) => text));
        const sites = clicks(sketch).filter((each) => each.kind === 'site');
        for (const site of sites) {
          const takes = downOf([site]).some((name) => !never.includes(name));
          expect([switchText(site), listed.has(switchText(site))]).toEqual([switchText(site), takes]);
        }
      }
    });
  }, 60_000);
});
