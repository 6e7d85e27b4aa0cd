/** Trees about events: which of them take a subject down together, how often, and which matter most. */
import type { Analysis, CutSet } from './analysis.js';
import { eventName } from './explain.js';
import { reason } from './explained-figure.js';
import type { Explanation } from './figure.js';
import { availabilityText, frequencyText, shareText } from './figure-text.js';

/** All minimal cut sets; where they are more than can be written out, how many, those of one and two events, and the likeliest. */
export function explainCutSets(analysis: Analysis, subject: string): Explanation | undefined {
  const sets = analysis.cutSets(subject);
  if (sets === undefined) return undefined;
  const label = `${subject} cut sets`;
  if (sets.count === undefined) return { label, value: 'too many to count: over the budget', children: [] };
  const larger = sets.likeliest.filter(({ events }) => events.length > 2);
  return {
    label,
    value: sets.count === '1' ? '1 minimal set of events takes it down' : `${sets.count} minimal sets of events take it down`,
    children:
      sets.every === undefined
        ? [
            ...[...sets.smallest, ...larger].map(ofSet),
            reason(
              'listed',
              `${sets.smallest.length} of the smallest, ${larger.length} of the likeliest; all are too many to write out`,
            ),
          ]
        : sets.every.map(ofSet),
  };
}

function ofSet({ events, probability, share }: CutSet): Explanation {
  const size = events.length === 1 ? 'alone' : events.length === 2 ? 'two together' : `${events.length} together`;
  const chance =
    probability === 0
      ? 'no failure data'
      : `${probability.toExponential(3)}${share === undefined ? '' : `, ${shareText(share)} of the outage`}`;
  const source = events[0]?.source;
  return {
    label: size,
    value: `${events.map(eventName).join(' + ')}: ${chance}`,
    ...(source === undefined ? {} : { source }),
    children: [],
  };
}

/** How often a subject goes down in a year, switches to a standby apart. */
export function explainOutages(analysis: Analysis, subject: string): Explanation | undefined {
  const outages = analysis.outages(subject);
  if (outages === undefined) return undefined;
  const { perYear, structural, switches } = outages;
  return {
    label: `${subject} outages`,
    value: frequencyText(perYear),
    formula: 'Σ failures of each event × how much it matters (Birnbaum)',
    children: [
      { label: 'down until repaired', value: frequencyText(structural), children: [] },
      ...(switches.status === 'known' && switches.value === 0
        ? []
        : [{ label: 'down until switched to a standby', value: frequencyText(switches), children: [] }]),
      ...perYear.assumptions.map((sentence) => ({ label: 'assumed', value: sentence, children: [] })),
    ],
  };
}

/** What a subject would gain if each event never happened, the largest gain first; switching is left out. */
export function explainContributions(analysis: Analysis, subject: string): Explanation | undefined {
  const figures = analysis.availability(subject);
  if (figures === undefined) return undefined;
  const structural = figures.structuralUnavailability;
  const whole = structural.status === 'known' ? structural.value : undefined;
  const all = analysis.contributions(subject);
  return {
    label: `${subject} contributions`,
    value: whole === undefined ? 'not known: there is no exact figure' : `${availabilityText(whole)} without switching`,
    formula: 'gain = importance (Birnbaum) × unavailability of the event',
    children: [
      ...all.map(({ event, unavailability, importance, gain, criticality }) => ({
        label: `without ${eventName(event)}`,
        value: `${availabilityText(Math.max(0, (whole ?? 0) - gain))}${criticality === undefined ? '' : `, ${shareText(criticality)} of the outage`}`,
        formula: `${gain.toExponential(3)} = ${importance.toPrecision(4)} × ${unavailability.toExponential(3)}`,
        source: event.source,
        children: [],
      })),
    ],
  };
}
