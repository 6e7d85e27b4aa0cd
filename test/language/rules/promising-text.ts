/** Random models that promise something, so that rules have something to say: drawn sketches with tiers, objectives and timeouts. */
import fc from 'fast-check';
import { sketches } from '../analysis/enumeration/random-sketch.js';
import { type Sketch, textOf } from '../analysis/enumeration/sketch.js';

interface Promised {
  readonly tier: string;
  readonly objective: string;
}

/** What is promised, by the numbers of journeys and components; used in turn. */
export interface Promises {
  /** Of a journey, what stands in its head before the block and what in it. */
  readonly journeys: readonly Promised[];
  /** Of a component, likewise. */
  readonly components: readonly Promised[];
  /** What stands in the block of a requirement. */
  readonly edges: readonly string[];
}

export interface Promising {
  readonly sketch: Sketch;
  readonly promises: Promises;
}

const objectives = [
  '',
  'objective { availability 99.9% }',
  'objective { zone-loss { rto 1m rpo 0s } }',
  'objective { availability 99.99%  region-loss { rto 15m rpo 1m } }',
  'objective { corruption { rto 4h rpo 1h } }',
];

const promises: fc.Arbitrary<Promises> = fc.record({
  journeys: fc.array(
    fc.record({ tier: fc.constantFrom('tier 0 ', 'tier 1 ', 'tier 2 ', ''), objective: fc.constantFrom(...objectives) }),
    {
      minLength: 1,
      maxLength: 3,
    },
  ),
  components: fc.array(
    fc.record({ tier: fc.constantFrom('', '', 'tier 0 ', 'tier 3 '), objective: fc.constantFrom('', '', '', ...objectives) }),
    { minLength: 1, maxLength: 4 },
  ),
  edges: fc.array(fc.constantFrom('', ' { timeout 100ms }', ' { timeout 300ms  retries 3 each 90ms }', ' { retries 8 }'), {
    minLength: 1,
    maxLength: 4,
  }),
});

export const promising: fc.Arbitrary<Promising> = fc.record({ sketch: sketches(16), promises });

const kinds = 'service|database|cache|queue|coordinator|gateway';

/** The text of a sketch with what is promised. */
export function promisingText({ sketch, promises }: Promising): string {
  const next = <T>(list: readonly T[], none: T): (() => T) => {
    let turn = 0;
    return () => list[turn++ % list.length] ?? none;
  };
  const nothing: Promised = { tier: '', objective: '' };
  const ofJourney = next(promises.journeys, nothing);
  const ofComponent = next(promises.components, nothing);
  const ofEdge = next(promises.edges, '');
  const headed = (head: string, { tier, objective }: Promised, place = ''): string => `${head}${tier}${place}{\n  ${objective}`;
  return textOf(sketch)
    .replace(/^(journey \w+ )\{/gm, (_, head: string) => headed(head, ofJourney()))
    .replace(new RegExp(`^((?:${kinds}) \\w+ )([^{\\n]*)\\{`, 'gm'), (_, head: string, place: string) =>
      headed(head, ofComponent(), place),
    )
    .replace(/^ {2}requires .*$/gm, (line) => (line.includes('{') ? line : `${line}${ofEdge()}`));
}
