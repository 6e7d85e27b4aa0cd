/** Published fault trees as texts of models: basic events are externals, gates are journeys. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface FaultTree {
  readonly name: string;
  readonly top: string;
  readonly events: readonly { readonly id: string; readonly p: number }[];
  readonly gates: readonly {
    readonly id: string;
    readonly type: string;
    readonly min?: number;
    readonly k?: number;
    readonly inputs: readonly string[];
  }[];
  readonly expected: { readonly probability: number | null; readonly mcsCount: string | null };
}

/** The trees of a folder, by name; none where it does not stand. */
export function faultTreesIn(folder: string): readonly FaultTree[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((file): FaultTree => JSON.parse(readFileSync(join(folder, file), 'utf8')));
}

/** What fails when k of n fail is up while n − k + 1 are. */
export function textOf(tree: FaultTree): string {
  const events = tree.events.map(({ id, p }) => `external ${nameOf(id)} { unavailability ${p} }`);
  const gates = tree.gates.map(({ id, type, min, k, inputs }) => {
    const failing = type === 'and' ? inputs.length : type === 'or' ? 1 : (min ?? k ?? 0);
    const need = inputs.length - failing + 1;
    const quantifier = need === inputs.length ? '' : need === 1 ? 'any of ' : `${need} of `;
    return `journey ${nameOf(id)} { requires ${quantifier}${inputs.map(nameOf).join(', ')} }`;
  });
  return ['model tree { }', ...events, ...gates].join('\n');
}

/** The name that an event or gate has in the text. */
export function nameOf(id: string): string {
  return `n-${id.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
}
