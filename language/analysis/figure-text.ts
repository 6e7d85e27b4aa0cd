/** Figures and quantities as people read them: short, with their unit, never truncated. Every surface prints them from here. */
import type { Figure } from './figure.js';

const secondsPerYear = 365 * 24 * 3600;
const day = 86_400;
const units: readonly (readonly [string, number])[] = [
  ['d', day],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
];

/** Seconds as `5 s`, `15 min`, `1 h 30 min`, `30 d`: at most two units, rounded to the smaller of them; below a second as `40 ms`. */
export function durationText(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'unbounded';
  if (seconds === 0) return '0 s';
  if (seconds < 1) return `${shortNumber(seconds * 1000)} ms`;
  // One and a half days say more as 36 h, and a whole day is a day.
  const first = units.findIndex(([, size]) => seconds >= size && (size < day || seconds >= 2 * day || seconds % day === 0));
  const [unit, size] = units[first] ?? ['s', 1];
  const next = units[first + 1];
  if (next === undefined) return `${shortNumber(seconds)} s`;
  const [smaller, smallerSize] = next;
  const inSmaller = Math.round(seconds / smallerSize);
  const perUnit = size / smallerSize;
  const whole = Math.floor(inSmaller / perUnit);
  const rest = inSmaller - whole * perUnit;
  return rest === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${smaller}`;
}

/** A number with at most three digits that matter: `53.7`, `120`, `0.5`. */
function shortNumber(value: number): string {
  if (value >= 100) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

/** An availability target or share as written: `99.95%`. */
export function percentText(share: number): string {
  return `${Number((share * 100).toPrecision(12))}%`;
}

/**
 * An unavailability as availability with the outage of a year: `99.9898% (53.7 min/yr)`. Three digits of what is
 * missing are kept, so that `99.9999988%` never becomes `100%`.
 */
export function availabilityText(unavailability: number): string {
  if (unavailability <= 0) return '100%';
  return `${nines(unavailability)}% (${downtimeText(unavailability)})`;
}

/** An availability alone: `99.9898%`. */
export function ninesText(unavailability: number): string {
  return unavailability <= 0 ? '100%' : `${nines(unavailability)}%`;
}

function nines(unavailability: number): string {
  const missing = Math.min(100, unavailability * 100);
  const decimals = Math.min(14, Math.max(0, 2 - Math.floor(Math.log10(missing))));
  const printed = Number((100 - missing).toFixed(decimals));
  return printed === 100 ? `>${(100 - 10 ** -decimals).toFixed(decimals)}` : String(printed);
}

/** An unavailability as a bare number: `8.925e-5`, `1.000e-6 to 2.000e-6`, `0`. */
export function unavailabilityText(figure: Figure): string {
  const scientific = (value: number): string => (value === 0 ? '0' : value.toExponential(3));
  if (figure.status === 'known') return scientific(figure.value);
  return figure.status === 'bounded' ? `${scientific(figure.lower)} to ${scientific(figure.upper)}` : 'not known';
}

/** An unavailability as the outage it means: `53.7 min/yr`. */
export function downtimeText(unavailability: number): string {
  const seconds = unavailability * secondsPerYear;
  if (seconds < 60) return `${shortNumber(seconds)} s/yr`;
  if (seconds < 7200) return `${shortNumber(seconds / 60)} min/yr`;
  if (seconds < 48 * 3600) return `${shortNumber(seconds / 3600)} h/yr`;
  return `${shortNumber(seconds / 86_400)} d/yr`;
}

/** The availability of a subject; `figure` is its unavailability. */
export function figureText(figure: Figure): string {
  switch (figure.status) {
    case 'known':
      return availabilityText(figure.value);
    case 'bounded':
      return `${nines(figure.upper)}% to ${nines(figure.lower)}%`;
    case 'unknown':
      return 'availability not known';
    case 'unbounded':
      return 'no bound on availability';
    case 'never':
      return 'never available';
  }
}

/** A recovery time or data loss: `15 min`, or the word for what is no number. */
export function timeText(figure: Figure): string {
  switch (figure.status) {
    case 'known':
      return durationText(figure.value);
    case 'bounded':
      return `${durationText(figure.lower)} to ${durationText(figure.upper)}`;
    case 'unknown':
      return 'not known';
    case 'unbounded':
      return 'unbounded';
    case 'never':
      return 'never';
  }
}

/** A figure of any unit as people read it: `3`, `66.7%`, `900 rps`, `1.5 cores`, `512 MiB`; times and probabilities as everywhere else. */
export function amountText(figure: Figure): string {
  switch (figure.status) {
    case 'known':
      return quantityText(figure.value, figure.unit);
    case 'bounded':
      return `${quantityText(figure.lower, figure.unit)} to ${quantityText(figure.upper, figure.unit)}`;
    case 'unknown':
      return 'not known';
    case 'unbounded':
      return 'unbounded';
    case 'never':
      return 'never';
  }
}

/** A number in the unit of a figure. */
export function quantityText(value: number, unit: Figure['unit']): string {
  switch (unit) {
    case 'seconds':
      return durationText(value);
    case 'probability':
      return percentText(value);
    case 'share':
      return `${Number((value * 100).toPrecision(3))}%`;
    case 'count':
      return String(value);
    case 'per-second':
      return `${significant(value)} rps`;
    case 'per-year':
      return `${significant(value)} a year`;
    case 'cores':
      return `${significant(value)} cores`;
    case 'bytes':
      return bytesText(value);
    case 'money':
      return priceText(value);
    case 'money-per-year':
      return `${priceText(value)} a year`;
  }
}

/** An amount of money, or any figure beside one: `12,400 USD a year`, `1.5 a year`, or the word for what is no number. */
export function moneyText(figure: Figure, currency: string | undefined): string {
  const isMoney = figure.unit === 'money' || figure.unit === 'money-per-year';
  const unit = `${currency === undefined ? '' : ` ${currency}`}${figure.unit === 'money' ? '' : ' a year'}`;
  const text = (value: number): string => (isMoney ? `${priceText(value)}${unit}` : quantityText(value, figure.unit));
  if (figure.status === 'known') return text(figure.value);
  if (figure.status !== 'bounded') return timeText(figure);
  return `${isMoney ? priceText(figure.lower) : text(figure.lower)} to ${text(figure.upper)}`;
}

/** Whole units from a hundred on, with their thousands apart; below that two places, and never nothing for something. */
function priceText(value: number): string {
  if (value >= 100) return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
  return String(value >= 1 ? Number(value.toFixed(2)) : Number(value.toPrecision(2)));
}

function bytesText(bytes: number): string {
  const sizes = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  const step = Math.min(sizes.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, Math.abs(bytes))) / 10)));
  return `${significant(bytes / 1024 ** step)} ${sizes[step]}`;
}

/** Six digits that matter: enough for every rate and size that people write. */
function significant(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** How often something happens: `2.1 a year`, `once in 15 years`. */
export function frequencyText(figure: Figure): string {
  if (figure.status !== 'known') return 'not known';
  const { value } = figure;
  if (value <= 0) return 'never';
  return value >= 0.5 ? `${shortNumber(value)} a year` : `once in ${shortNumber(1 / value)} years`;
}

/** A share of a whole: `69%`, `0.4%`, `less than 0.1%`. */
export function shareText(share: number): string {
  if (share > 0 && share < 0.001) return 'less than 0.1%';
  return `${share < 0.1 ? Number((share * 100).toPrecision(2)) : Math.round(share * 100)}%`;
}

/** The chance that something happens within a year: `0.0012%`, `at most 2.5%`. */
export function chanceText(figure: Figure): string {
  const text = (value: number): string => `${Number((value * 100).toPrecision(3))}%`;
  if (figure.status === 'known') return text(figure.value);
  return figure.status === 'bounded' ? `at most ${text(figure.upper)}` : 'not known';
}

/** Why a figure has no value: what keeps it from one, or what nobody has stated; undefined where it has one. */
export function reasonText(figure: Figure): string | undefined {
  switch (figure.status) {
    case 'never':
    case 'unbounded':
      return figure.because;
    case 'unknown':
      return `not stated: ${figure.missing.join(', ')}`;
    case 'known':
    case 'bounded':
      return undefined;
  }
}
