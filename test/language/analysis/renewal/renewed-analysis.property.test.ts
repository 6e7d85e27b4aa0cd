/** After each edit of a random design, in the editor's server, all figures and findings are those of an analysis from nothing. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ServerInProcess } from '../../../server/lsp/edits/server-in-process.js';
import { allFigures, difference } from './all-figures.js';
import { type Design, designOf, edgeOf, linkOf, type Part, settingsOf, textOf } from './design.js';

type Next = (below: number) => number;

/** One edit of a design; numbers come from `next`. */
type Edit = (design: Design, next: Next) => Design;

function changed(design: Design, next: Next, change: (part: Part) => Part): Design {
  const at = next(design.parts.length);
  return { ...design, parts: design.parts.map((part, index) => (index === at ? change(part) : part)) };
}

const edits: Readonly<Record<string, Edit>> = {
  'a figure': (design, next) => changed(design, next, (part) => ({ ...part, mtbf: 10 + next(90) })),
  'an instance': (design, next) => changed(design, next, (part) => ({ ...part, instances: 1 + next(4) })),
  'a standby': (design, next) => changed(design, next, (part) => ({ ...part, standby: !part.standby })),
  'an edge': (design, next) => {
    const at = next(design.parts.length);
    const [system = 0, index = 0] = (design.parts[at]?.name.slice(1).split('-') ?? []).map(Number);
    if (index > 2) return design;
    const change = (part: Part): Part =>
      part.edges.length > 0 && next(2) === 0
        ? { ...part, edges: part.edges.slice(1) }
        : { ...part, edges: [...part.edges, edgeOf(system, index, next)] };
    return { ...design, parts: design.parts.map((part, each) => (each === at ? change(part) : part)) };
  },
  'a statement': (design, next) => {
    const statement = [
      'needs 1',
      'common cause 5%',
      'account backup',
      'provider elsewhere',
      'probe readiness { every 5s  failures 2  timeout 1s }',
      'together { mtbf 1y  mttr 2h }',
      'requires s0-3 for j0',
      'requires s1-3 in same region',
      'objective { availability 99.99%  instance-loss { rto 10s rpo 1s } }',
      'recovers after s0-3',
      'load 100rps  capacity 60rps',
      'size 20GiB',
      'corruption found within 2d',
      'tier 0',
      'tier 3',
      'storage zonal',
      'rollout { waves 1  unavailable 50% }',
      'requires s1-3 { timeout 150ms  retries 3 each 40ms on "5xx"  writes }',
      'requires s2-3 { lock }',
      'failover { detect 1m  decide manual 5m  switch dns ttl 10m }',
      'accepts DR001 until 2999-01-01 by "a" because "b"',
      'owner "team-a"',
      'failover { detect 20s  decide automatic  switch mesh  failback 1h }',
      'failover { detect 20s  decide automatic  switch mesh }',
      'requires any of s2-2, s3-2',
      'objective { availability 99% }',
    ][next(26)] as string;
    return changed(design, next, (part) => ({
      ...part,
      more: part.more.includes(statement) ? part.more.filter((each) => each !== statement) : [...part.more, statement],
    }));
  },
  'a component more': (design, next) => {
    const copy = design.parts[next(design.parts.length)];
    const at = next(design.parts.length);
    if (copy === undefined) return design;
    const fresh = { ...copy, name: `extra${next(3)}`, edges: copy.edges.slice(0, 1) };
    return { ...design, parts: [...design.parts.slice(0, at), fresh, ...design.parts.slice(at)] };
  },
  'a component less': (design, next) => {
    const at = next(design.parts.length);
    return { ...design, parts: design.parts.filter((_, index) => index !== at) };
  },
  'another name': (design, next) =>
    changed(design, next, (part) => ({ ...part, name: `${part.name}${next(2) === 0 ? 'x' : ''}` })),
  'another order': (design, next) => {
    const at = next(design.parts.length);
    return { ...design, parts: [...design.parts.slice(at), ...design.parts.slice(0, at)] };
  },
  'text above': (design, next) => ({ ...design, heading: `// a design${'\n'.repeat(1 + next(5))}` }),
  'a zone': (design, next) => ({ ...design, zones: ['a', 'b', 'c', 'd'].slice(0, 2 + next(3)) }),
  'a link': (design, next) => ({ ...design, link: linkOf(next) }),
  'the settings': (design, next) => ({ ...design, settings: settingsOf(next) }),
  'a policy': (design, next) => ({ ...design, policyMttr: 3 + next(4) }),
};

it('after any edits all figures and findings are those of an analysis from nothing', { timeout: 600_000 }, async () => {
  const names = Object.keys(edits);
  let [renewed, all] = [0, 0];
  const codes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 1 << 20 }), { minLength: 300, maxLength: 300 }),
      fc.array(
        fc.tuple(fc.constantFrom(...names), fc.array(fc.integer({ min: 0, max: 1 << 20 }), { minLength: 12, maxLength: 12 })),
        {
          minLength: 3,
          maxLength: 6,
        },
      ),
      async (seed, steps) => {
        const server = new ServerInProcess();
        let design = designOf(following(seed));
        await server.rebuild(new Map([['main.drml', textOf(design)]]));
        for (const [name, numbers] of steps) {
          design = edits[name]?.(design, following(numbers)) ?? design;
          server.edit('main.drml', 0, server.textOf('main.drml').length, textOf(design));
          await server.build(['main.drml']);
          for (const { found, expected, findings, expectedFindings } of server.analyses()) {
            all++;
            if (found.constructor !== expected.constructor) renewed++;
            const judged = expectedFindings();
            for (const { code } of judged) codes.add(code);
            expect(difference(plain(findings), plain(judged)), `${name}\n${textOf(design)}`).toBeUndefined();
            expect(difference(allFigures(found), allFigures(expected)), `${name}\n${textOf(design)}`).toBeUndefined();
            // What is let go at rest is made anew by whoever asks next.
            if ((numbers[0] ?? 0) % 4 === 0) found.rest();
          }
        }
      },
    ),
    { numRuns: Number(process.env.RENEWAL_RUNS ?? 15), endOnFailure: true },
  );
  // Many of them take over what is known: a path that is never taken would pass too. It is nearly half of them; in as few as are drawn
  // here, chance alone makes it less than a third now and then.
  expect(renewed).toBeGreaterThan(all / 6);
  // And many rules have something to say, so that what they keep is seen.
  expect(codes.size).toBeGreaterThan(12);
});

/** As data: places are compared by what they are. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** Reads numbers one after the other, again from the start when they are used up. */
function following(numbers: readonly number[]): Next {
  let at = 0;
  return (below) => (numbers[at++ % numbers.length] ?? 0) % below;
}
