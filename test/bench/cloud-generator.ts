/** Clouds of services for the benchmark of the figures: who requires whom is drawn from a fixed seed, so that every run has the same. */

/** Where the instances of each service run. */
export type Deployment = 'three-over-two-regions' | 'three-in-each-region' | 'three-and-a-hot-standby';

const placements: Readonly<Record<Deployment, string>> = {
  'three-over-two-regions': 'runs 2 in north  runs 1 in south',
  'three-in-each-region': 'runs 3 in north  runs 3 in south',
  'three-and-a-hot-standby':
    'runs 3 in north  runs 3 in south as hot standby  failover { detect 30s  decide automatic  switch dns ttl 60s }',
};

/**
 * `services` services over two regions of three zones. Each requires one to three of the `window` services before it, needs two of its
 * instances, and fails about once a month; a journey requires every tenth, counted from the last.
 */
export function cloudText(services: number, window: number, deployment: Deployment): string {
  const draw = drawFrom(7);
  const lines = ['model cloud { namespace cloud }', regionText('north'), regionText('south')];
  for (let index = 0; index < services; index++) {
    const required = new Set<number>();
    const count = 1 + Math.floor(draw() * 3);
    for (let each = 0; each < count && index > 0; each++) required.add(Math.max(0, index - 1 - Math.floor(draw() * window)));
    const requires = [...required].map((each) => `requires s${each}`).join('  ');
    const failing = `needs 2  mtbf ${20 + (index % 17)}d  mttr ${2 + (index % 5)}m`;
    lines.push(`service s${index} { ${placements[deployment]}  ${failing}  ${requires} }`);
  }
  for (let index = services - 1, journey = 0; index >= 0; index -= 10, journey++)
    lines.push(`journey j${journey} { requires s${index} }`);
  return `${lines.join('\n')}\n`;
}

function regionText(name: string): string {
  const zones = ['a', 'b', 'c'].map((zone) => `zone ${zone} { mtbf 1y  mttr 1h }`).join('  ');
  return `region ${name} { mtbf 3y  mttr 4h  ${zones} }`;
}

/** Numbers from 0 to 1, the same from the same seed: a linear congruential generator (constants of Numerical Recipes). */
function drawFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
