import type { Analysis } from '../../analysis/analysis.js';
import type { Figure } from '../../analysis/figure.js';
import { assumptions } from '../../model/assumptions.js';
import type { Model } from '../../model/model.js';
import { type Block, type Cell, paragraph, type Section } from '../document.js';
import { byText, shortList } from '../report-input.js';
import { subjectsOf } from '../subjects.js';

/** Everything that was taken for granted where the model says nothing, who rests on it, and where it comes from. */
export function usedAssumptions(model: Model, analysis: Analysis): Section {
  const users = new Map<string, Set<string>>();
  for (const { name } of subjectsOf(model)) {
    for (const figure of figuresOf(name, analysis)) {
      for (const sentence of figure.assumptions) {
        const names = users.get(sentence);
        if (names === undefined) users.set(sentence, new Set([name]));
        else names.add(name);
      }
    }
  }
  const known = new Map(Object.values(assumptions).map(({ sentence, source }) => [sentence, source]));
  const rows = [...users]
    .sort(([a], [b]) => byText(a, b))
    .map(([sentence, names]): readonly Cell[] => [sentence, shortList(names), known.get(sentence) ?? 'stated with the figure']);
  const blocks: readonly Block[] =
    rows.length === 0
      ? [paragraph('No figure of this report rests on an assumption: everything it needs is stated.')]
      : [
          paragraph('What is not stated in the model was taken from this table. Stating it replaces the assumption.'),
          { kind: 'table', caption: 'Assumptions', header: ['Assumption', 'Used for', 'Source'], rows },
        ];
  return { id: 'assumptions', title: 'Assumptions', blocks };
}

function figuresOf(name: string, analysis: Analysis): readonly Figure[] {
  const availability = analysis.availability(name);
  const capacity = analysis.capacity(name);
  return [
    ...(availability === undefined ? [] : [availability.unavailability]),
    ...[...analysis.recovery(name).values()].flatMap(({ survives, rto, rpo }) => (survives === undefined ? [] : [rto, rpo])),
    ...(capacity?.kind === 'component'
      ? [capacity.utilisationAtPeak, ...capacity.losses.map(({ utilisation }) => utilisation)]
      : []),
  ];
}
