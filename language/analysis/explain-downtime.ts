/** Trees about the parts of an outage: what the structure costs, what switching costs, what being degraded means, what it is a year and a month. */
import { isHard } from '../model/queries.js';
import type { Analysis, AvailabilityFigures } from './analysis.js';
import type { PairSwitching } from './availability/switching.js';
import { edgesOf, ownAndRequired, singleEvents } from './explain.js';
import { reason } from './explained-figure.js';
import type { Explanation, Figure } from './figure.js';
import { downtimeText, durationText, figureText, frequencyText, unavailabilityText } from './figure-text.js';

const secondsPerYear = 365 * 86_400;
const secondsPerMonth = 30 * 86_400;

/** What the structure alone costs: everything but the time that switching takes. */
export function explainStructural(
  analysis: Analysis,
  subject: string,
  { structuralUnavailability }: AvailabilityFigures,
): Explanation {
  return {
    label: `${subject} structural`,
    value: figureText(structuralUnavailability),
    formula: `unavailability = ${unavailabilityText(structuralUnavailability)}, switching left out: exact, shared zones and regions counted once`,
    children: [...ownAndRequired(analysis, subject), ...singleEvents(analysis, subject), ...assumed(structuralUnavailability)],
  };
}

/** What switching to standbys costs: the sum over the failovers behind a subject. */
export function explainSwitching(
  analysis: Analysis,
  subject: string,
  { switchingUnavailability }: AvailabilityFigures,
): Explanation {
  const pairs = analysis.switches(subject);
  return {
    label: `${subject} switching`,
    value: switchingText(switchingUnavailability),
    formula:
      pairs.length === 0
        ? 'nothing of it fails over'
        : `unavailability = ${unavailabilityText(switchingUnavailability)} = Σ failures a year × time of the switch, as far as it is shorter than the repair`,
    children: [
      ...pairs.map(ofPair),
      ...(switchingUnavailability.status === 'unknown'
        ? switchingUnavailability.missing.map((what) => reason('missing', what))
        : []),
      ...assumed(switchingUnavailability),
    ],
  };
}

function ofPair({ pair, unavailability, seconds, perYear }: PairSwitching): Explanation {
  const each = perYear > 0 ? (unavailability * secondsPerYear) / perYear : 0;
  return {
    label: `failover ${pair.replace(' -> ', ' → ')}`,
    value: `${seconds === undefined ? 'at most ' : ''}${downtimeText(unavailability)}`,
    formula: `${unavailability.toExponential(3)} = ${Number(perYear.toPrecision(4))} a year × ${durationText(each)} on average`,
    children: [
      reason(
        'the switch takes',
        seconds === undefined ? 'not known' : `${durationText(seconds)} at most; what is repaired sooner gains nothing by it`,
      ),
    ],
  };
}

/** How long it works without something wanted. */
export function explainDegraded(analysis: Analysis, subject: string, { degraded }: AvailabilityFigures): Explanation {
  const edges = edgesOf(analysis.model, subject);
  const wanted = edges.filter((edge) => !isHard(edge)).flatMap((edge) => edge.targets.map((target) => ({ edge, target })));
  const required = edges.filter(isHard).flatMap((edge) => edge.targets.map((target) => ({ edge, target })));
  return {
    label: `${subject} degraded`,
    value: degraded.status === 'known' ? downtimeText(degraded.value) : `${unavailabilityText(degraded)} of the time`,
    formula: `${unavailabilityText(degraded)} of the time = P(something wanted is missing, here or in what it requires) − P(down)`,
    children: [
      ...wanted.flatMap(({ edge, target }) => {
        const found = analysis.availability(target.name);
        const verb = edge.kind === 'publishes' ? 'publishes to' : edge.kind;
        return found === undefined ? [] : [reason(`${verb} ${target.name}`, figureText(found.unavailability), edge.source)];
      }),
      ...required.flatMap(({ edge, target }) => {
        const found = analysis.availability(target.name)?.degraded;
        if (found === undefined || (found.status === 'known' && found.value === 0)) return [];
        const value = found.status === 'known' ? downtimeText(found.value) : unavailabilityText(found);
        return [reason(`requires ${target.name}, degraded`, value, edge.source)];
      }),
      ...assumed(degraded),
    ],
  };
}

/** The outage of a year and of a month, its two terms, how often it comes, and its price. */
export function explainDowntime(analysis: Analysis, subject: string, figures: AvailabilityFigures): Explanation {
  const { unavailability, structuralUnavailability, switchingUnavailability } = figures;
  const outages = analysis.outages(subject)?.perYear;
  const [value, month] = yearAndMonth(unavailability);
  const often = outages?.status === 'known' && outages.value > 0 ? outages.value : undefined;
  return {
    label: `${subject} downtime`,
    value,
    formula: `${unavailabilityText(unavailability)} × 365 d`,
    children: [
      { ...reason('a month', month), formula: `${unavailabilityText(unavailability)} × 30 d` },
      reason('down until repaired', yearAndMonth(structuralUnavailability)[0]),
      ...(switchingUnavailability.status === 'known' && switchingUnavailability.value === 0
        ? []
        : [reason('switching to the standby', switchingText(switchingUnavailability))]),
      ...(often === undefined || unavailability.status !== 'known'
        ? []
        : [
            {
              ...reason('one outage, on average', durationText((unavailability.value * secondsPerYear) / often)),
              formula: `${value.replace('/yr', '')} / ${frequencyText({ ...unavailability, unit: 'per-year', value: often })}`,
            },
          ]),
      ...assumed(unavailability),
    ],
  };
}

/** What alone takes a subject down, and what its replicas share. */
export function explainSinglePoints(analysis: Analysis, subject: string): Explanation | undefined {
  if (analysis.availability(subject) === undefined) return undefined;
  const points = analysis.singlePoints(subject);
  return {
    label: `${subject} single points`,
    value: points.length === 0 ? 'none' : String(points.length),
    children: singleEvents(analysis, subject),
  };
}

/** What is down while a region or zone is; undefined for what is no site. */
export function explainLossOfSite(analysis: Analysis, site: string): Explanation | undefined {
  const sites = analysis.model.regions.flatMap((region) => [region.name, ...region.zones.map(({ path }) => path)]);
  if (!sites.includes(site)) return undefined;
  const down = [...analysis.downWithout(site)].sort();
  return {
    label: `without ${site}`,
    value: down.length === 0 ? 'everything stays up' : `${down.length} down`,
    children: down.map((name) => reason('down', name)),
  };
}

/** `47.4 min/yr` and `3.9 min a month of 30 days`; intervals where the figure is one. */
export function yearAndMonth(unavailability: Figure): readonly [year: string, month: string] {
  const month = (value: number): string => durationText(value * secondsPerMonth);
  switch (unavailability.status) {
    case 'known':
      return [downtimeText(unavailability.value), month(unavailability.value)];
    case 'bounded':
      return [
        `${downtimeText(unavailability.lower)} to ${downtimeText(unavailability.upper)}`,
        `${month(unavailability.lower)} to ${month(unavailability.upper)}`,
      ];
    case 'unknown':
    case 'unbounded':
    case 'never':
      return ['not known', 'not known'];
  }
}

function switchingText(figure: Figure): string {
  return figure.status === 'unknown' ? `not known: ${figure.missing.join(', ')} not stated` : yearAndMonth(figure)[0];
}

function assumed(figure: Figure): readonly Explanation[] {
  return figure.assumptions.map((sentence) => reason('assumed', sentence));
}
