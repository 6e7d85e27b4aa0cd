/** Models at the edges: nothing throws, nothing hangs, no figure is a number that is none, and what is not exact says so. */
import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../../language/analysis/analysis.js';
import { analyze } from '../../../language/analysis/analyze.js';
import type { Figure } from '../../../language/analysis/figure.js';
import { modelOf } from '../model-of.js';

function list(count: number, text: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => text(index)).join('\n');
}

const zones = (count: number, u = '1e-3'): string => list(count, (index) => `zone z${index} { unavailability ${u} }`);
const switching = 'failover { detect 10s  decide automatic  switch mesh  success 90% }';
const regions = (count: number): string => list(count, (index) => `region r${index} { unavailability 1e-3\n${zones(3)} }`);

interface Case {
  readonly name: string;
  readonly text: string;
  /** Subject, and its unavailability. */
  readonly known?: Readonly<Record<string, number>>;
}

const cases: readonly Case[] = [
  {
    name: 'nothing ever fails',
    text: `region r { unavailability 0  zone a { unavailability 0 } }
service s { runs 2 in r  unavailability 0  together { unavailability 0 } }
external e { unavailability 0 }
journey j { requires any of e, s }
scenario x { fails r  expect s availability >= 0%  expect j up }`,
    known: { s: 0, e: 0, j: 0 },
  },
  {
    name: 'everything is always down',
    text: `region r { unavailability 1  zone a { unavailability 1 } }
region r2 { unavailability 1 }
service s { runs 2 in r  unavailability 1  together { unavailability 1 } }
service t { runs 1 in r  runs 1 in r2 as hot standby  unavailability 1  ${switching} }
external e { unavailability 1 }
journey j { requires any of e, s, t }
scenario x { fails r  expect s availability >= 0%  expect j down }`,
    known: { s: 1, e: 1, j: 1, t: 1 },
  },
  {
    name: 'as good as nothing ever fails',
    text: `region r { unavailability 1e-300  zone a { unavailability 1e-300 } }
region r2 { unavailability 1e-300 }
service s { runs 1 in r  unavailability 1e-300 }
service t { runs 1 in r  runs 1 in r2 as hot standby  unavailability 1e-300  ${switching} }
external e { unavailability 1e-300 }
journey j { requires any of e, s }`,
    known: { s: 3e-300, e: 1e-300, j: 0 },
  },
  {
    name: 'a zone that is always down',
    text: `region r { zone a { unavailability 1 }  zone b { unavailability 0.1 } }
service s { runs 2 in r  unavailability 0  common cause 0% }
scenario x { fails r.b  expect s availability >= 0% }`,
    known: { s: 0.1 },
  },
  {
    name: 'repairs that take no time, and lives that never end',
    text: `external e { mtbf 1000000000y  mttr 0s }
external f { mtbf 1e12y  mttr 1s }
region r { mtbf 1y  mttr 0s }
region r2 { }
service s { runs 1 in r  runs 1 in r2 as hot standby  mtbf 1d  mttr 0s  ${switching} }
journey j { requires e, f, s }`,
  },
  {
    name: 'more is needed than there is',
    text: `region r { zones a }
region r2 { }
service s { runs 2 in r  needs 5 }
service t { runs 1 in r  needs 3  runs 2 in r2 as hot standby  needs 9 in r2  ${switching} }
database d { runs 1 in r  replicates sync within r quorum 4 }
service u { runs 1 in r  load 900rps  capacity 1rps }
journey j { requires any of s, t, d, u }`,
    known: { s: 1, t: 1, d: 1, u: 1, j: 1 },
  },
  {
    name: 'nothing is placed',
    text: `region r { zones a }
region r2 { }
service s { runs 0 in r }
service t { runs 0 in r  runs 1 in r2 as hot standby  requires s in same region }
database d { runs 0 in r  replicates sync  size 1GiB  backup b { full every 1d } }
coordinator c { runs 0 in r }
service e { }
journey j { requires s, t, d, c }
journey nothing { }`,
    known: { s: 1, t: 1, nothing: 0 },
  },
  {
    name: 'only standbys',
    text: `region r { zones a }
service s { runs 2 in r as hot standby  ${switching} }
service t { runs 2 in r as cold standby }
database d { runs 2 in r as witness }
journey j { requires s, t, d }`,
  },
  {
    name: 'a thousand instances and as many on standby',
    text: `region r { ${zones(3)} }
region r2 { zones a }
service s { runs 1000 in r  runs 1000 in r2 as hot standby  needs 500  ${switching} }`,
  },
  {
    name: 'two hundred zones',
    text: `region r { ${zones(200)} }\nservice s { runs 200 in r  needs 100 }`,
  },
  {
    name: 'fifty regions',
    text: `${regions(50)}
service s { ${list(50, (index) => `runs 3 in r${index}`)}\n needs 75 }
service t { ${list(50, (index) => `runs 1 in r${index}`)}\n requires s in same region }`,
  },
  {
    name: 'fifty regions, all but one on standby',
    text: `${regions(50)}
service s { runs 3 in r0\n ${list(49, (index) => `runs 3 in r${index + 1} as hot standby`)}\n needs 2  ${switching} }`,
  },
  {
    name: 'journeys of journeys, three thousand deep',
    text: `${list(3000, (index) => `journey j${index} { requires ${index < 2999 ? `j${index + 1}` : 'e'} }`)}
external e { unavailability 0.1 }`,
    known: { j0: 0.1, j2999: 0.1 },
  },
  {
    name: 'journeys that double on every rung',
    text: `${list(200, (index) => `journey a${index} { requires a${index + 1}, b${index + 1} }\njourney b${index} { requires any of a${index + 1}, b${index + 1} }`)}
journey a200 { requires e }
journey b200 { requires f }
external e { unavailability 0.1 }
external f { unavailability 0.2 }`,
    // All and any of the same two, again and again: the next rung of both is down with both, or with either.
    known: { a0: 1 - 0.9 * 0.8 },
  },
  {
    name: 'journeys that require each other, and themselves',
    text: `journey a { requires b }\njourney b { requires a, e }\njourney c { requires c }\nexternal e { unavailability 0.1 }`,
    known: { a: 0.1, b: 0.1 },
  },
  {
    name: 'a circle of a thousand services in the same region',
    text: `region r { zones a, b }
${list(1000, (index) => `service s${index} { runs 2 in r  requires s${(index + 1) % 1000} in same region }`)}`,
  },
  {
    name: 'one name for several things',
    text: `region x { zones x, x }
service x { runs 1 in x.x }
service y { runs 1 in x  requires y, x, x, nobody }
service y { runs 2 in x }
journey y { requires x, y }
journey x { requires x for x }
scenario x { fails x, x.x, nobody  expect x up  expect y up }`,
  },
];

/** Whatever the analysis answers, gone through to the last number. */
function judge(value: unknown, path: string): void {
  if (typeof value === 'number' && Number.isNaN(value)) throw new Error(`${path} is no number`);
  if (typeof value !== 'object' || value === null) return;
  if ('status' in value && 'unit' in value) judgeFigure(value as Figure, path);
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  for (const [key, each] of entries) judge(each, `${path}.${String(key)}`);
}

function judgeFigure(figure: Figure, path: string): void {
  const most = figure.unit === 'probability' ? 1 : Number.POSITIVE_INFINITY;
  const within = (value: number): boolean => value >= 0 && value <= most;
  if (figure.unit !== 'probability') return;
  if (figure.status === 'known' && !within(figure.value)) throw new Error(`${path}: ${figure.value}`);
  if (figure.status === 'bounded' && !(within(figure.lower) && within(figure.upper) && figure.lower <= figure.upper))
    throw new Error(`${path}: ${figure.lower} to ${figure.upper}`);
}

function askEverything(analysis: Analysis): void {
  const { model } = analysis;
  const components = model.components.map(({ name }) => name);
  for (const name of [...components, ...model.journeys.map((each) => each.name)].slice(0, 20)) {
    judge(analysis.availability(name), `${name} availability`);
    judge(analysis.outages(name), `${name} outages`);
    judge(analysis.contributions(name), `${name} contributions`);
    judge(analysis.cutSets(name), `${name} cut sets`);
    judge(analysis.singlePoints(name), `${name} single points`);
    judge(analysis.sharedFate(name), `${name} shared fate`);
    judge(analysis.recovery(name), `${name} recovery`);
    judge(analysis.cost(name), `${name} cost`);
    judge(analysis.capacity(name), `${name} capacity`);
    judge(analysis.callBudget(name), `${name} calls`);
    judge(analysis.durability(name), `${name} durability`);
  }
  for (const { name } of model.scenarios) judge(analysis.scenario(name), `scenario ${name}`);
}

describe('a model where', () => {
  test.each(cases)('$name', { timeout: 60_000 }, async ({ text, known }) => {
    const analysis = analyze(await modelOf(`model m { }\n${text}`), { asOf: '2026-11-01' });
    askEverything(analysis);
    for (const [subject, wanted] of Object.entries(known ?? {})) {
      const figure = analysis.availability(subject)?.structuralUnavailability;
      const value = figure?.status === 'known' ? figure.value : figure?.status;
      if (typeof value !== 'number') throw new Error(`${subject} is ${value ?? 'absent'}`);
      expect(Math.abs(value - wanted), `${subject}: ${value}`).toBeLessThanOrEqual(1e-12 * wanted);
    }
  });
});
