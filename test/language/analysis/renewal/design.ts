/** A random design of several systems that lean on each other a little, as data that edits change, and its text. */

/** What stands in the design; numbers are read modulo what is possible. */
export interface Part {
  readonly name: string;
  readonly kind: 'service' | 'database' | 'bucket' | 'external';
  readonly instances: number;
  readonly standby: boolean;
  readonly mtbf: number;
  readonly edges: readonly Line[];
  /** Statements of its own. */
  readonly more: readonly string[];
}

/** An edge: the word, what it leads to, and what stands behind. */
export interface Line {
  readonly word: 'requires' | 'wants';
  readonly to: readonly string[];
  readonly any: boolean;
  readonly behind: string;
}

export interface Design {
  readonly heading: string;
  /** The `model` block; nothing where there is none. */
  readonly settings: string;
  readonly zones: readonly string[];
  readonly policyMttr: number;
  /** What stands in the link beside its round trip. */
  readonly link: string;
  readonly parts: readonly Part[];
  readonly journeys: readonly { readonly name: string; readonly to: string; readonly promise: string }[];
}

/** The text of a design. */
export function textOf({ heading, settings, zones, policyMttr, link, parts, journeys }: Design): string {
  return [
    heading,
    ...(settings === '' ? [] : [settings]),
    `region north {\n  mtbf 3y  mttr 4h\n  zones ${zones.join(', ')}\n}`,
    'region south {\n  mtbf 2y  mttr 5h\n  zones x, y\n}',
    `link north <-> south { rtt 30ms ${link} }`,
    `policy gold { mttr ${policyMttr}m  failover { detect 25s } }`,
    ...parts.map(partText),
    ...journeys.map(
      ({ name, to, promise }) => `journey ${name} tier 1 {\n  requires ${to}\n  objective { availability 99.9%  ${promise} }\n}`,
    ),
    'scenario without-north {\n  fails north.a\n  expect j0 up rto <= 2m\n}',
    'drill without-north on 2025-09-14 { measured j0 rto 3m rpo 6s }',
  ].join('\n\n');
}

function partText({ name, kind, instances, standby, mtbf, edges, more }: Part): string {
  const head = `${kind} ${name}${kind === 'bucket' ? ' in south' : ''}`;
  const runs =
    kind === 'service' || kind === 'database'
      ? [`runs ${instances} in north`, ...(standby ? [`runs ${instances} in south as hot standby`] : [])]
      : [];
  const failure = [`mtbf ${mtbf}d`, ...(more.includes('follows gold') ? [] : ['mttr 7m'])];
  const lines = [
    ...runs,
    failure.join('  '),
    ...edges.map(({ word, to, any, behind }) => `${word} ${any && to.length > 1 ? 'any of ' : ''}${to.join(', ')}${behind}`),
    ...more,
  ];
  return `${head} {\n${lines.map((line) => `  ${line}`).join('\n')}\n}`;
}

const systems = 4;
const membersOfSystem = 5;

/** What a model block says, where there is one. */
export function settingsOf(next: (below: number) => number): string {
  return ['model test { namespace test }', 'model test { namespace test  owner "team-m" }', ''][next(3)] ?? '';
}

/** What stands in the link: what it carries, and who moves over it. */
export function linkOf(next: (below: number) => number): string {
  const failover = 'failover { detect 20s  decide automatic  switch dns ttl 60s }';
  return [failover, `bandwidth 50MiB/s ${failover}`, 'bandwidth 50MiB/s', 'bandwidth 20MiB/s', ''][next(5)] ?? '';
}

/** A design made of numbers, which `next` gives below a limit. */
export function designOf(next: (below: number) => number): Design {
  const parts: Part[] = [];
  for (let system = 0; system < systems; system++) {
    for (let index = 0; index < membersOfSystem; index++) parts.push(partOf(system, index, next));
  }
  return {
    heading: '// a design',
    zones: ['a', 'b', 'c'],
    policyMttr: 5,
    settings: settingsOf(next),
    link: linkOf(next),
    parts,
    journeys: Array.from({ length: systems }, (_, system) => ({
      name: `j${system}`,
      to: `s${system}-${next(2)}`,
      promise: next(2) === 0 ? 'zone-loss { rto 1m rpo 1m }' : 'region-loss { rto 15m rpo 1m }',
    })),
  };
}

function partOf(system: number, index: number, next: (below: number) => number): Part {
  const name = `s${system}-${index}`;
  const kind = index === 3 ? 'database' : index === 4 ? ((['bucket', 'external'] as const)[next(2)] ?? 'bucket') : 'service';
  const edges: Line[] = [];
  if (index < 3 && next(4) > 0) edges.push(edgeOf(system, index, next));
  if (index < 3 && next(3) === 0) edges.push(edgeOf(system, index, next));
  return {
    name,
    kind,
    instances: 1 + next(3),
    standby: next(2) === 0,
    mtbf: 10 + next(90),
    edges,
    more: [
      ...(index < 3 && next(3) === 0 ? ['follows gold'] : []),
      ...(kind === 'service' && next(3) === 0 ? ['failover { detect 30s  warmup 10s }'] : []),
      ...(kind === 'database'
        ? [
            `size ${1 + next(50)}0GiB`,
            `backup b${system} { full every 1d takes 20m  copies to s${next(systems)}-4 takes 10m  restores at ${1 + next(9)}0MiB/s }`,
          ]
        : []),
      ...(kind === 'bucket' && next(2) === 0 ? ['bandwidth 60MiB/s'] : []),
      ...(kind === 'database' && next(2) === 0 ? ['replicates async to south lag 5s'] : []),
    ],
  };
}

/** An edge to a later member of the system, or rarely to the system after it. */
export function edgeOf(system: number, index: number, next: (below: number) => number): Line {
  const far = next(6) === 0 && system + 1 < systems;
  const to = far ? `s${system + 1}-${next(3)}` : `s${system}-${index + 1 + next(3 - Math.min(2, index))}`;
  const other = `s${system}-${Math.min(3, index + 2)}`;
  const behind =
    ['', '', ' { timeout 100ms  breaker errors 5 within 10s }', ' { reads }', ' { timeout 200ms  retries 2 each 50ms }'][
      next(5)
    ] ?? '';
  return {
    word: next(4) === 0 ? 'wants' : 'requires',
    to: next(3) === 0 && other !== to ? [to, other] : [to],
    any: next(2) === 0,
    behind,
  };
}
