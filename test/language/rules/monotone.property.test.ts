/**
 * More redundancy is never worse: an instance more, the others staying, in a new zone with its own building, of a region that the component
 * uses already, adds no error about redundancy, placement and capacity (DR001 to DR019).
 *
 * An error is new where it is about something that no such error was about before: one loss may be told by a more exact rule once part of
 * a component stands elsewhere (all in one zone: DR010; most in one zone: DR012 or DR015), and that is the same error. What an error is
 * about: its subject, the components that its causes name, and the sites of these causes.
 *
 * Four cases are left out, and are no gaps of the rules. What is down with nothing lost has nothing to lose: an instance more may let it
 * stand for the first time, and only then is there a loss that takes it down; rules of losses have no earlier point to speak at. And a
 * member that makes the number of votes even raises the majority: two of two votes stand the loss of none (DR031). And where `needs` says
 * that less must stand than the load takes, a part that is left keeps a standby from taking over, which would carry the load: before, all of
 * it was lost, and the standby had its time (DR015, DR052). Where a caller requires it `in same region`, or where it stands by, so many must
 * stand there as are needed, at most all that there are: as long as they are fewer, each one more is one more that must stand.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyze } from '../../../language/analysis/analyze.js';
import { Structure } from '../../../language/analysis/structure/evaluate.js';
import { votesOf } from '../../../language/analysis/structure/sides.js';
import type { Component } from '../../../language/model/model.js';
import { requiredInstances } from '../../../language/model/queries.js';
import { checkModel } from '../../../language/rules/check.js';
import type { Finding } from '../../../language/rules/rule.js';
import { built } from '../analysis/enumeration/built.js';
import type { Sketch, SketchRuns } from '../analysis/enumeration/sketch.js';
import { testDay } from './judged.js';
import { type Promising, promising, promisingText } from './promising-text.js';

/** Where a statement without zones puts its instances, said with zones. */
function pinned(sketch: Sketch, runs: SketchRuns): SketchRuns {
  const zones = runs.zones ?? sketch.regions.find(({ name }) => name === runs.region)?.zones.map(({ name }) => name);
  return zones === undefined || zones.length === 0 ? runs : { ...runs, zones };
}

interface Grown {
  readonly name: string;
  readonly home: SketchRuns;
  readonly before: Sketch;
  readonly after: Sketch;
}

/** The sketch with its instances where they are, and the same with one more of a component, in a zone of its own, in the role of one there. */
function grown(sketch: Sketch, turn: number): Grown | undefined {
  const before = {
    ...sketch,
    components: sketch.components.map((each) => ({ ...each, runs: each.runs.map((runs) => pinned(sketch, runs)) })),
  };
  const homes = before.components.flatMap((component) =>
    component.runs
      .filter(({ role, zones }) => role !== 'witness' && zones !== undefined)
      .map((home) => ({ name: component.name, home })),
  );
  const chosen = homes[turn % Math.max(1, homes.length)];
  if (chosen === undefined) return undefined;
  const { name, home } = chosen;
  const added: SketchRuns = { count: 1, region: home.region, zones: ['fresh'], role: home.role };
  const after = {
    ...before,
    regions: before.regions.map((region) =>
      region.name === home.region ? { ...region, zones: [...region.zones, { name: 'fresh' }] } : region,
    ),
    components: before.components.map((each) => (each.name === name ? { ...each, runs: [...each.runs, added] } : each)),
  };
  return { name, home, before, after };
}

/** The text of a drawn model, its zones in buildings drawn for them; the fresh zone stands in its own. */
function textOf(drawn: Promising, buildings: readonly number[]): string {
  let turn = 0;
  return promisingText(drawn).replace(/^ {2}zone (\w+) \{/gm, (line, name: string) => {
    if (name === 'fresh') return line;
    const building = buildings[turn++ % Math.max(1, buildings.length)] ?? 0;
    return building === 0 ? line : `${line} building "b${building}" `;
  });
}

interface Seen {
  readonly text: string;
  readonly errors: readonly Finding[];
  readonly component: Component | undefined;
  /** Whether it is up with nothing lost, what it requires included. */
  readonly isUp: boolean;
  readonly isSound: boolean;
}

async function seen(text: string, name: string): Promise<Seen> {
  const { model, errors: refused } = await built(text, true);
  const findings = checkModel(model, analyze(model, { asOf: testDay }));
  const errors = findings.filter(({ code, severity }) => severity === 'error' && code < 'DR020');
  return {
    text,
    errors,
    component: model.components.find((component) => component.name === name),
    isUp: new Structure(model).evaluate({}).up(name),
    isSound: refused.length === 0,
  };
}

/** What a finding is about: its subject, and the components that its causes name. */
function about({ subject, causes }: Finding): readonly string[] {
  return [subject, ...causes.flatMap((cause) => /^(?:component|place|spare|standby):([^@]+)/.exec(cause)?.[1] ?? [])];
}

/** The sites that the causes of a finding name. */
function sitesOf({ causes }: Finding): readonly string[] {
  return causes.flatMap((cause) => /^(?:site:|place:[^@]+@)(.+)/.exec(cause)?.[1] ?? []);
}

function hasEvenVotes(component: Component): boolean {
  const votes = votesOf(component);
  return votes !== undefined && votes.members.length % 2 === 0;
}

/** Whether all instances of a region must stand, since there are fewer of them than are needed and the region has to do alone. */
function isNeededWhole({ after, name, home }: Grown, component: Component): boolean {
  const alone =
    home.role !== 'active' ||
    after.components.some(({ edges }) => edges.some((edge) => edge.sameRegion && edge.targets.includes(name)));
  const there = component.placements.filter(({ role, region }) => role === home.role && region === home.region);
  return alone && there.reduce((sum, { zones }) => sum + zones.length, 0) <= requiredInstances(component).count;
}

/** Whether fewer must stand than the load takes, and a standby waits that takes over when none of these stands. */
function leavesStandbysOut({ needs, needsIn, demand, placements }: Component): boolean {
  const load = (demand.peak ?? demand.load)?.value ?? 0;
  const stated = [...(needs === undefined ? [] : [needs]), ...needsIn.map(({ count }) => count)];
  const { capacity } = demand;
  const isShort = capacity !== undefined && stated.some(({ value }) => value * capacity.value < load);
  return isShort && placements.some(({ role }) => role !== 'active' && role !== 'witness');
}

test('one more instance in a zone of its own brings no error about redundancy, placement and capacity', async () => {
  let judged = 0;
  await fc.assert(
    fc.asyncProperty(
      promising,
      fc.nat(10),
      fc.array(fc.constantFrom(0, 0, 1, 2), { minLength: 1, maxLength: 5 }),
      async (drawn, turn, buildings) => {
        const sketches = grown(drawn.sketch, turn);
        if (sketches === undefined) return;
        const of = (sketch: Sketch) => seen(textOf({ ...drawn, sketch }, buildings), sketches.name);
        const before = await of(sketches.before);
        if (!before.isSound || !before.isUp) return;
        const after = await of(sketches.after);
        if (!after.isSound || after.component === undefined) return;
        if (hasEvenVotes(after.component) || leavesStandbysOut(after.component)) return;
        if (isNeededWhole(sketches, after.component)) return;
        judged += 1;
        const known = new Set(before.errors.flatMap((finding) => [...about(finding), ...sitesOf(finding)]));
        const fresh = after.errors.filter((finding) => !about(finding).some((name) => known.has(name)));
        expect(
          fresh.map(({ code, message }) => `${code} ${message}`),
          after.text,
        ).toEqual([]);
      },
    ),
    { seed: 8, numRuns: 400 },
  );
  // Most drawings need more than they run; of those that stand enough must be left.
  expect(judged).toBeGreaterThan(60);
});
