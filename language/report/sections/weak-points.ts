import type { Analysis, SinglePoint } from '../../analysis/analysis.js';
import { eventName } from '../../analysis/explain.js';
import { shareText } from '../../analysis/figure-text.js';
import type { Model } from '../../model/model.js';
import { type Cell, paragraph, type Section } from '../document.js';
import { byText } from '../report-input.js';
import { subjectsOf, subjectText } from '../subjects.js';

/** What takes each journey and component down alone. */
export function weakPoints(model: Model, analysis: Analysis): Section {
  const found = subjectsOf(model).map((subject) => ({
    subject,
    points: analysis.singlePoints(subject.name),
    fate: analysis.sharedFate(subject.name),
  }));
  const weak = found.filter(({ points, fate }) => points.length + fate.length > 0);
  const rows = weak.map(({ subject, points, fate }): readonly Cell[] => [
    subjectText(subject),
    pointsText(points),
    pointsText(fate),
  ]);
  const untouched = found.filter((each) => each.points.length + each.fate.length === 0).map(({ subject }) => subject.name);
  return {
    id: 'single-points',
    title: 'Single points of failure and shared fate',
    blocks: [
      paragraph(
        'A single point of failure takes what stands in its row down alone. Shared fate is what takes all copies at once, such as a bad release: another copy does not remove it. The share is that of the outage of a year.',
      ),
      ...(rows.length === 0
        ? []
        : ([
            {
              kind: 'table',
              caption: 'Single points and shared fate',
              header: ['Of', 'Single points of failure', 'Shared fate'],
              rows,
            },
          ] as const)),
      ...(untouched.length === 0
        ? []
        : [paragraph(`Nothing alone takes these down: ${[...untouched].sort(byText).join(', ')}.`)]),
    ],
  };
}

function pointsText(points: readonly SinglePoint[]): string {
  if (points.length === 0) return 'none';
  return points
    .map(({ event, share, unavailability }) => {
      const weight = unavailability === 0 ? 'no failure data' : share === undefined ? undefined : shareText(share);
      return weight === undefined ? eventName(event) : `${eventName(event)} (${weight})`;
    })
    .join(', ');
}
