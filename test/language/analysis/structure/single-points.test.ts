import { describe, expect, it } from 'vitest';
import type { FailureEvent } from '../../../../language/analysis/analysis.js';
import { Structure } from '../../../../language/analysis/structure/evaluate.js';
import { SinglePoints } from '../../../../language/analysis/structure/single-points.js';
import { modelOf } from '../../model-of.js';

function named(events: readonly FailureEvent[] | undefined): readonly string[] {
  return (events ?? []).map((event) =>
    event.kind === 'component' && event.instance !== undefined ? `${event.name}@${event.instance}` : event.name,
  );
}

const cases: readonly {
  readonly name: string;
  readonly text: string;
  readonly points: Readonly<Record<string, readonly string[]>>;
  readonly sharedFate?: Readonly<Record<string, readonly string[]>>;
}[] = [
  {
    name: 'the zone with the majority',
    text: `defaults { common cause 0% }
region r { zones a, b }
coordinator locks { runs 3 in r }`,
    points: { locks: ['r', 'r.a'] },
  },
  {
    name: 'active-active without headroom: each region',
    text: `defaults { common cause 0% }
region r1 { zones a, b, c }
region r2 { zones a, b, c }
service four { runs 3 in r1  runs 3 in r2  needs 4 }
service three { runs 3 in r1  runs 3 in r2  needs 3 }`,
    points: { four: ['r1', 'r2'], three: [] },
  },
  {
    name: 'together and common cause are shared fate, not single points',
    text: `region r { zones a, b }
service api { runs 2 in r  together { mtbf 180d  mttr 20m } }`,
    points: { api: ['r'] },
    sharedFate: { api: ['api common cause in r', 'api together'] },
  },
  {
    name: 'everything a journey cannot do without, once',
    text: `region r { zones a, b }
external pay { }
external ship { }
external mail { }
service web { runs 2 in r  requires shop, pay  wants mail }
service shop { runs 1 in r.a  requires pay  requires ship for buy }
journey look { requires web }
journey buy { requires web }`,
    points: { look: ['r', 'r.a', 'pay', 'shop@r.a'], buy: ['r', 'r.a', 'pay', 'ship', 'shop@r.a'], ship: ['ship'] },
    sharedFate: { look: ['web common cause in r'] },
  },
];

describe('single points of failure', () => {
  it.each(cases)('$name', async ({ text, points, sharedFate }) => {
    const found = new SinglePoints(new Structure(await modelOf(`model m { }\n${text}`)));
    for (const [subject, wanted] of Object.entries(points)) expect(named(found.of(subject)?.points), subject).toEqual(wanted);
    for (const [subject, wanted] of Object.entries(sharedFate ?? {}))
      expect(named(found.of(subject)?.sharedFate), subject).toEqual(wanted);
  });

  it('has none where the subject is down with everything up, and knows no unknown names', async () => {
    const found = new SinglePoints(new Structure(await modelOf('region r { zones a }\nservice api { runs 2 in r  needs 3 }')));
    expect(found.of('api')?.points).toEqual([]);
    expect(found.of('nobody')).toBeUndefined();
  });

  it('tells what a subject cannot do without, siblings and itself apart', async () => {
    const text = `region r { zones a, b }
service web { runs 2 in r  requires shop  requires any of mail, post }
service shop { runs 2 in r  requires store }
database store { runs 2 in r }
external mail { }
external post { requires mail }
journey j { requires web }`;
    const found = new SinglePoints(new Structure(await modelOf(text)));
    // Without mail, post is down as well: of the two, mail is the one that matters.
    expect([...found.hardClosure('j')].sort()).toEqual(['mail', 'shop', 'store', 'web']);
    expect([...found.hardClosure('shop')]).toEqual(['store']);
    expect([...found.downWithout('r')].sort()).toEqual(['j', 'shop', 'store', 'web']);
    expect(found.downWithout('r.a').size).toBe(0);
  });
});
