import type { Analysis } from '../../analysis/analysis.js';
import { eventName } from '../../analysis/explain.js';
import { availabilityText, downtimeText, figureText, shareText } from '../../analysis/figure-text.js';
import type { Model } from '../../model/model.js';
import { type Block, paragraph, type Section } from '../document.js';
import { rankedContributions } from '../ranked-contributions.js';
import { componentsOf, journeysOf, type Subject, subjectText } from '../subjects.js';

/** How many events are told of one journey. */
const mostEvents = 5;

/** Events below this share of an outage are left out, the largest one apart. */
const leastShare = 0.01;

/** Where mending gains the most, journey by journey; of models without journeys, of components with an objective. */
export function priorities(model: Model, analysis: Analysis): Section {
  const journeys = journeysOf(model);
  const subjects = journeys.length > 0 ? journeys : componentsOf(model).filter(({ objective }) => objective !== undefined);
  const rows = subjects.flatMap((subject) => rowsOf(subject, analysis));
  const blocks: readonly Block[] =
    rows.length === 0
      ? [paragraph('There is no journey, and no component with an objective, to weigh events for.')]
      : [
          paragraph(
            `What each event costs, the largest first: the outage that would be gone if it never happened. The ${mostEvents} largest are shown, each with 1% of the outage or more. The time that switching takes is left out.`,
          ),
          {
            kind: 'table',
            caption: 'Where mending gains the most',
            header: ['Of', 'Event', 'Outage it costs', 'Share', 'Without it'],
            rows,
          },
        ];
  return { id: 'fix-first', title: 'What to fix first', blocks };
}

function rowsOf(subject: Subject, analysis: Analysis): readonly (readonly Parameters<typeof paragraph>[0][])[] {
  const whole = analysis.availability(subject.name)?.structuralUnavailability;
  if (whole === undefined) return [];
  const ranked = rankedContributions(analysis, subject.name);
  if (whole.status !== 'known' || ranked.length === 0) {
    return [[subjectText(subject), 'no exact figure', '', '', figureText(whole)]];
  }
  return ranked
    .filter(({ criticality }, index) => index === 0 || (criticality ?? 1) >= leastShare)
    .slice(0, mostEvents)
    .map(({ event, gain, criticality }) => [
      subjectText(subject),
      eventName(event),
      downtimeText(gain),
      criticality === undefined ? '' : shareText(criticality),
      availabilityText(Math.max(0, whole.value - gain)),
    ]);
}
