/** What must hold whatever the model: changes of a random text that may not change its figures, or only in one direction. */
import fc from 'fast-check';
import { describe, test } from 'vitest';
import type { Analysis } from '../../../language/analysis/analysis.js';
import { analyze } from '../../../language/analysis/analyze.js';
import type { Figure } from '../../../language/analysis/figure.js';
import { built } from './enumeration/built.js';
import { sketches } from './enumeration/random-sketch.js';
import {
  type Failing,
  type Sketch,
  type SketchComponent,
  type SketchEdge,
  type SketchFailover,
  type SketchRegion,
  textOf,
} from './enumeration/sketch.js';

const runs = 1000;

async function analysisOf(text: string): Promise<Analysis> {
  return analyze((await built(text)).model, { asOf: '2026-11-01' });
}

/** A number for a known figure, the word for any other. */
function plain(figure: Figure | undefined): number | string {
  return figure?.status === 'known' ? figure.value : (figure?.status ?? 'absent');
}

function known(figure: Figure | undefined): number {
  const value = plain(figure);
  if (typeof value === 'string') throw new Error(`The figure is ${value}.`);
  return value;
}

const structural = (analysis: Analysis, subject: string): number =>
  known(analysis.availability(subject)?.structuralUnavailability);

type Measured = Readonly<Record<string, number | string>>;

/** Everything of one subject that is a number. */
function measured(analysis: Analysis, subject: string): Measured {
  const figures = analysis.availability(subject);
  const outages = analysis.outages(subject);
  const shares = analysis.contributions(subject).map(({ gain }) => gain);
  return {
    structural: plain(figures?.structuralUnavailability),
    unavailability: plain(figures?.unavailability),
    switching: plain(figures?.switchingUnavailability),
    degraded: plain(figures?.degraded),
    outages: plain(outages?.perYear),
    activeFailures: plain(outages?.activeFailures),
    cuts: analysis.cutSets(subject)?.count ?? 'none',
    points: analysis.singlePoints(subject).length,
    gains: shares.reduce((sum, each) => sum + each, 0),
  };
}

function same(actual: Measured, wanted: Measured, what: string): void {
  for (const [name, value] of Object.entries(wanted)) {
    const found = actual[name];
    const close =
      typeof value === 'number' && typeof found === 'number'
        ? Math.abs(found - value) <= Math.max(1e-11 * Math.abs(value), 1e-14)
        : found === value;
    if (!close) throw new Error(`${what}, ${name}: ${found} instead of ${value}`);
  }
}

const subjectsOf = (sketch: Sketch): readonly string[] => [...sketch.components, ...sketch.journeys].map(({ name }) => name);

/** For random sketches, with a number to choose by: where, and how. */
async function holds(
  seed: number,
  judge: (sketch: Sketch, pick: <T>(of: readonly T[]) => T | undefined) => Promise<void>,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(sketches(9), fc.nat(1_000_000), async (sketch, number) => {
      let left = number;
      const pick = <T>(of: readonly T[]): T | undefined => {
        const chosen = of[left % Math.max(1, of.length)];
        left = Math.floor(left / Math.max(1, of.length)) + 7;
        return chosen;
      };
      try {
        await judge(sketch, pick);
      } catch (error) {
        throw new Error(`${error instanceof Error ? error.message : error}\n${textOf(sketch)}`);
      }
    }),
    { numRuns: runs, seed },
  );
}

function replaced(sketch: Sketch, component: SketchComponent): Sketch {
  return { ...sketch, components: sketch.components.map((each) => (each.name === component.name ? component : each)) };
}

/** The zones of a placement, each instance where it stands. */
function pinned(component: SketchComponent, region: SketchRegion): SketchComponent {
  const zones = region.zones.map(({ name }) => name);
  return {
    ...component,
    runs: component.runs.map((each) => (each.region === region.name && each.zones === undefined ? { ...each, zones } : each)),
  };
}

const plainEdge = (verb: SketchEdge['verb'], target: string): SketchEdge => ({
  verb,
  need: 'all',
  targets: [target],
  journeys: [],
  sameRegion: false,
  bestEffort: false,
});

describe('more of the same', () => {
  test('an instance in a new zone, the others staying, never lowers availability unless more are needed', async () => {
    await holds(20261301, async (sketch, pick) => {
      // A majority of more votes needs more of them, and so does a side of which as many are needed as are placed there.
      const component = pick(
        sketch.components.filter(
          ({ kind, runs: all }) => kind !== 'coordinator' && all.length > 0 && all.every(({ role }) => role !== 'witness'),
        ),
      );
      const where = component?.runs.find(({ role }) => role === 'active')?.region;
      const region = sketch.regions.find(({ name }) => name === where);
      if (component === undefined || region === undefined || region.zones.length === 0) return;
      const failing: Failing | undefined = pick([undefined, { u: 0.3 }, { u: 1 }, { u: 1e-9 }]);
      const more: Sketch = {
        ...sketch,
        regions: sketch.regions.map((each) =>
          each === region ? { ...each, zones: [...each.zones, { name: 'new', failing }] } : each,
        ),
        components: sketch.components.map((each) => {
          const stays = pinned(each, region);
          return each === component
            ? { ...stays, runs: [...stays.runs, { count: 1, region: region.name, zones: ['new'], role: 'active' }] }
            : stays;
        }),
      };
      const apart = sketch.components.every(({ edges }) => edges.every(({ sameRegion }) => !sameRegion));
      const [before, after] = [await analysisOf(textOf(sketch)), await analysisOf(textOf(more))];
      for (const subject of apart ? subjectsOf(sketch) : [])
        if (structural(after, subject) > structural(before, subject) + 1e-12) throw new Error(`${subject} is worse`);
    });
  });

  test('a copy in what fails never helps', async () => {
    await holds(20261302, async (sketch, pick) => {
      const component = pick(sketch.components.filter(({ kind, runs: all }) => kind !== 'coordinator' && all.length > 0));
      const placed = pick(component?.runs ?? []);
      if (component === undefined || placed === undefined || placed.role === 'witness') return;
      const failed: Sketch = { ...sketch, fails: [{ kind: 'site', site: placed.region }] };
      // How often the failover between two sites works depends on where the active ones are: they stay there.
      const more = replaced(failed, {
        ...component,
        needs: component.needs ?? (component.load === undefined ? 1 : undefined),
        runs: component.runs.map((each) => (each === placed ? { ...each, count: each.count + 1 } : each)),
      });
      const [before, after] = [await analysisOf(textOf(failed)), await analysisOf(textOf(more))];
      const given = (analysis: Analysis): readonly number[] =>
        analysis.scenario('s')?.expectations.map(({ checks }) => {
          const figure = checks.find(({ measure }) => measure === 'availability')?.figure;
          return figure?.status === 'known' ? figure.value : figure?.status === 'bounded' ? figure.lower : 1;
        }) ?? [];
      given(after).forEach((value, index) => {
        if (value < (given(before)[index] ?? 0) - 1e-12)
          throw new Error(`expectation ${index}: ${value} of ${given(before)[index]}`);
      });
    });
  });

  test('an event that is likelier makes nothing less likely down', async () => {
    await holds(20261303, async (sketch, pick) => {
      const component = pick(sketch.components);
      const region = pick(sketch.regions);
      const worse = (failing: Failing | undefined): Failing => ({ ...failing, u: 1 - (1 - (failing?.u ?? 0)) * 0.9 });
      const changed: Sketch | undefined = pick([
        component === undefined ? sketch : replaced(sketch, { ...component, failing: worse(component.failing) }),
        component?.together === undefined ? sketch : replaced(sketch, { ...component, together: worse(component.together) }),
        {
          ...sketch,
          regions: sketch.regions.map((each) => (each === region ? { ...each, failing: worse(each.failing) } : each)),
        },
        {
          ...sketch,
          regions: sketch.regions.map((each) =>
            each === region ? { ...each, zones: each.zones.map((zone) => ({ ...zone, failing: worse(zone.failing) })) } : each,
          ),
        },
      ]);
      if (changed === undefined) return;
      const [before, after] = [await analysisOf(textOf(sketch)), await analysisOf(textOf(changed))];
      for (const subject of subjectsOf(sketch))
        if (structural(after, subject) < structural(before, subject) - 1e-12) throw new Error(`${subject} is better`);
    });
  });
});

describe('what must not matter', () => {
  test('a soft edge changes no availability', async () => {
    await holds(20261304, async (sketch, pick) => {
      const owner = pick(sketch.components.filter(({ kind }) => kind !== 'external'));
      const target = pick(sketch.components.filter((each) => each !== owner));
      if (owner === undefined || target === undefined) return;
      const softer = replaced(sketch, { ...owner, edges: [...owner.edges, plainEdge('wants', target.name)] });
      const [before, after] = [await analysisOf(textOf(sketch)), await analysisOf(textOf(softer))];
      for (const subject of subjectsOf(sketch)) {
        const { degraded: was, ...wanted } = measured(before, subject);
        const { degraded: is, ...found } = measured(after, subject);
        same(found, wanted, subject);
        if (typeof is === 'number' && typeof was === 'number' && is < was - 1e-12) throw new Error(`${subject} is less degraded`);
      }
    });
  });

  test('the order of declarations', async () => {
    await holds(20261305, async (sketch) => {
      const turned: Sketch = {
        ...sketch,
        regions: [...sketch.regions].reverse(),
        components: [...sketch.components].reverse().map((each) => ({ ...each, edges: [...each.edges].reverse() })),
        journeys: [...sketch.journeys].reverse(),
      };
      await unchanged(sketch, turned);
    });
  });

  test('names', async () => {
    await holds(20261306, async (sketch) => {
      // Other names in another order.
      const renamed = (name: string): string =>
        `${{ c: 'a', j: 'm', r: 'z' }[name.slice(0, 1)]}-${'zyxwv'[Number(name.slice(1))] ?? 'u'}-new`;
      const text = textOf(sketch).replaceAll(/\b[cjr]\d\b/g, renamed);
      const [before, after] = [await analysisOf(textOf(sketch)), await analysisOf(text)];
      for (const subject of subjectsOf(sketch)) same(measured(after, renamed(subject)), measured(before, subject), subject);
    });
  });

  test('a component that nobody needs', async () => {
    await holds(20261307, async (sketch) => {
      const region = sketch.regions[0]?.name ?? '';
      const alone = `${textOf(sketch)}\nservice alone { runs 2 in ${region}  unavailability 0.4  together { unavailability 0.1 } }`;
      const [before, after] = [await analysisOf(textOf(sketch)), await analysisOf(alone)];
      for (const subject of subjectsOf(sketch)) same(measured(after, subject), measured(before, subject), subject);
    });
  });

  test('whether policies and defaults are written out', async () => {
    await holds(20261308, async (drawn) => {
      // How often a failover works says whose event it is: in the block of a component it is its own.
      const without = ({ success: _, ...rest }: SketchFailover): SketchFailover => rest;
      const sketch: Sketch = {
        ...drawn,
        policies: drawn.policies.map((policy) => ({ ...policy, failover: without(policy.failover) })),
        defaults: { ...drawn.defaults, failover: drawn.defaults.failover && without(drawn.defaults.failover) },
      };
      const written: Sketch = {
        ...sketch,
        policies: [],
        defaults: {},
        components: sketch.components.map((each) => {
          const policy = sketch.policies.find(({ name }) => name === each.follows)?.failover;
          const own = each.failovers.find(({ to }) => to === undefined);
          const all = { ...sketch.defaults.failover, ...policy, ...defined(own) };
          const to = each.failovers.filter((failover) => failover.to !== undefined);
          return {
            ...each,
            follows: undefined,
            commonCause: each.commonCause ?? sketch.defaults.commonCause,
            failovers: each.runs.length === 0 || Object.keys(all).length === 0 ? to : [...to, all],
          };
        }),
      };
      await unchanged(sketch, written);
    });
  });

  test('units', async () => {
    await holds(20261309, async (sketch) => {
      const text = textOf(sketch)
        .replaceAll(/mttr ([\d.]+)h/g, (_, hours: string) => `mttr ${Number(hours) * 3600}s`)
        .replaceAll(
          /(detect|manual|promote|warmup|ttl|verify) (\d+)s/g,
          (_, word: string, seconds: string) => `${word} ${Number(seconds) * 1000}ms`,
        );
      const [before, after] = [await analysisOf(textOf(sketch)), await analysisOf(text)];
      for (const subject of subjectsOf(sketch)) same(measured(after, subject), measured(before, subject), subject);
    });
  });
});

describe('what follows from requirements', () => {
  test('nothing is more available than what it requires, and a journey of one requirement is as available as that', async () => {
    await holds(20261310, async (sketch) => {
      const journeys = sketch.components.map(({ name }) => `journey only-${name} { requires ${name} }`);
      const analysis = await analysisOf([textOf(sketch), ...journeys].join('\n'));
      for (const { name, edges } of [...sketch.components, ...sketch.journeys]) {
        const isJourney = sketch.journeys.some((each) => each.name === name);
        for (const { verb, need, targets, journeys: only, sameRegion } of edges) {
          // What is required for one journey, or in one region, is not what everybody sees.
          if ((verb !== 'requires' && verb !== 'consumes from') || need !== 'all' || only.length > 0 || sameRegion) continue;
          for (const target of targets)
            if (structural(analysis, name) < structural(analysis, target) - 1e-12 && !(isJourney && hasOwnEdges(sketch)))
              throw new Error(`${name} is more available than ${target}`);
        }
      }
      for (const { name } of sketch.components) {
        const { degraded: _, ...wanted } = measured(analysis, name);
        same(measured(analysis, `only-${name}`), wanted, name);
      }
    });
  });
});

async function unchanged(sketch: Sketch, other: Sketch): Promise<void> {
  const [before, after] = [await analysisOf(textOf(sketch)), await analysisOf(textOf(other))];
  for (const subject of subjectsOf(sketch)) same(measured(after, subject), measured(before, subject), subject);
}

function hasOwnEdges(sketch: Sketch): boolean {
  return sketch.components.some(({ edges }) => edges.some(({ journeys }) => journeys.length > 0));
}

function defined<T extends object>(of: T | undefined): Partial<T> {
  return Object.fromEntries(Object.entries(of ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>;
}
