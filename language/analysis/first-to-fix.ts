/** What a subject's outages come to, and where to begin with them: the same sentences for command line and hover. */
import type { Analysis, Contribution, CutSet, FailureEvent } from './analysis.js';
import { eventName } from './explain.js';
import { yearAndMonth } from './explain-downtime.js';
import { downtimeText, durationText, frequencyText, ninesText, shareText } from './figure-text.js';

const secondsPerYear = 365 * 86_400;

/** A share of the outage below which an event or a pair says nothing: one in a hundred. */
const worthNaming = 0.01;

/** How a subject is down, in words. */
export interface OutageSummary {
  /** `47.4 min/yr` */
  readonly perYear: string;
  /** `3 min 54 s`, of 30 days. */
  readonly perMonth: string;
  /** `4.27 a year`, `once in 15 years`. */
  readonly outages: string;
  /** Mean length of an outage, switches included; undefined where one of the two figures is not known. */
  readonly each: string | undefined;
  /** Up, but without something wanted; undefined where that never happens. */
  readonly degraded: string | undefined;
}

/** One thing to fix, and what that gains. */
export interface Fix {
  /** `orders together`, `region cn-north` */
  readonly event: string;
  /** Availability now, and if the event never happened. The time that switching takes is left as it is, so the gain is at least this. */
  readonly now: string;
  readonly without: string;
  /** Downtime that goes with it: `40.6 min/yr`. */
  readonly gain: string;
  /** Share of the outage, `86%`. */
  readonly share: string;
}

/** Two events that take a subject down together. */
export interface Pair {
  readonly events: string;
  readonly share: string;
}

/** The outages of a component or journey; undefined for unknown names, and where nothing is known of them. */
export function outageSummary(analysis: Analysis, subject: string): OutageSummary | undefined {
  const figures = analysis.availability(subject);
  const often = analysis.outages(subject)?.perYear;
  if (figures === undefined || often === undefined) return undefined;
  const { unavailability, degraded } = figures;
  if (unavailability.status !== 'known' && unavailability.status !== 'bounded') return undefined;
  const [perYear, perMonth] = yearAndMonth(unavailability);
  const each =
    unavailability.status === 'known' && often.status === 'known' && often.value > 0
      ? durationText((unavailability.value * secondsPerYear) / often.value)
      : undefined;
  const without = degraded.status === 'known' && degraded.value === 0 ? undefined : yearAndMonth(degraded)[0];
  return { perYear, perMonth, outages: frequencyText(often), each, degraded: without };
}

/** What to fix first: the events that go with at least a hundredth of the outage, the largest gain first. Empty where there is no exact figure. */
export function firstToFix(analysis: Analysis, subject: string): readonly Fix[] {
  const whole = analysis.availability(subject)?.unavailability;
  if (whole?.status !== 'known' || whole.value <= 0) return [];
  const total = whole.value;
  return analysis
    .contributions(subject)
    .filter(({ gain }) => gain >= worthNaming * total)
    .map(
      ({ event, gain }: Contribution): Fix => ({
        event: faultName(event),
        now: ninesText(total),
        without: ninesText(Math.max(0, total - gain)),
        gain: downtimeText(gain),
        share: shareText(gain / total),
      }),
    );
}

/** The pairs of events behind at least a hundredth of the outage, the likeliest first: single points that nobody sees. */
export function worstPairs(analysis: Analysis, subject: string): readonly Pair[] {
  const pairs = (analysis.cutSets(subject)?.smallest ?? []).filter(({ events }) => events.length === 2);
  const worth = ({ share }: CutSet): boolean => share !== undefined && share >= worthNaming;
  return pairs
    .filter(worth)
    .sort((a, b) => b.probability - a.probability)
    .map(({ events, share }) => ({ events: events.map(faultName).join(' + '), share: shareText(share ?? 0) }));
}

/** The event as something that goes wrong: of a failover, that it does not work. */
function faultName(event: FailureEvent): string {
  const name = eventName(event);
  return event.kind === 'shared-fate' && name.startsWith('failover ') ? `failed ${name}` : name;
}
