/** The contexts of what modules read: many figures depend on the same sites, and theirs are enumerated once. */
import { type Contexts, enumerateContexts, groupsRead, haveManyStates, type SharedGroup } from './contexts.js';
import type { SharedReading } from './module-table.js';

export class ReadContexts {
  private readonly known = new Map<string, Contexts>();

  constructor(private readonly groups: readonly SharedGroup[]) {}

  /** Where the states are many, those that all of `readings` read alike are counted together. */
  of(readings: ReadonlySet<SharedReading>): Contexts {
    const groups = groupsRead(this.groups, new Set([...readings].flatMap((reading) => reading.shared)));
    const labelOf = haveManyStates(groups) ? jointLabels(readings) : undefined;
    const key = groups
      .map(({ parent, children }) => [parent?.gate, ...children.map(({ gate }) => `${gate} ${labelOf?.(gate) ?? ''}`)].join(' '))
      .join(';');
    let contexts = this.known.get(key);
    if (contexts === undefined) {
      contexts = enumerateContexts(groups, labelOf);
      this.known.set(key, contexts);
    }
    return contexts;
  }
}

/** What is read alike by all has the same label. */
function jointLabels(readings: ReadonlySet<SharedReading>): (gate: number) => string {
  const labels = new Map<number, string>();
  return (gate) => {
    let label = labels.get(gate);
    if (label === undefined) {
      label = [...readings].map((reading) => reading.labelOf(gate) ?? '').join(',');
      labels.set(gate, label);
    }
    return label;
  };
}
