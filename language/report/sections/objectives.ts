import { type Block, type Cell, paragraph, type Section, verdict } from '../document.js';
import type { PromiseMade } from '../promises.js';
import { subjectText } from '../subjects.js';

/** Each promise beside what the model yields, journeys and components apart. */
export function objectives(promises: readonly PromiseMade[]): Section {
  const ofJourneys = promises.filter(({ subject }) => subject.kind === 'journey');
  const ofComponents = promises.filter(({ subject }) => subject.kind !== 'journey');
  const blocks: readonly Block[] =
    promises.length === 0
      ? [paragraph('No journey and no component states an objective.')]
      : [
          paragraph(
            'A promise is what an objective says; an estimate is what the model yields. Estimates of a class of disruption are those of its worst place.',
          ),
          ...tableOf('Promises of journeys', ofJourneys),
          ...tableOf('Promises of components', ofComponents),
        ];
  return { id: 'objectives', title: 'Objectives, estimates and verdicts', blocks };
}

function tableOf(caption: string, promises: readonly PromiseMade[]): readonly Block[] {
  if (promises.length === 0) return [];
  return [
    {
      kind: 'table',
      caption,
      header: ['Of', 'Figure', 'Promised', 'Estimate', 'Verdict'],
      rows: promises.map((promise) => [
        subjectText(promise.subject),
        promise.disruption === undefined ? promise.measure : `${promise.measure} after ${promise.disruption}`,
        promise.target,
        estimateOf(promise),
        verdict(promise.met),
      ]),
    },
  ];
}

function estimateOf({ estimate, because, missing, measured }: PromiseMade): Cell {
  return {
    lines: [
      estimate,
      ...(because === undefined ? [] : [because]),
      ...(measured === undefined ? [] : [`measured: ${measured}`]),
      ...(missing.length === 0 ? [] : [`missing: ${missing.join(', ')}`]),
    ],
  };
}
