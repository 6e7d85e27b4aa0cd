/** Quantities of Kubernetes and Istio in the words of the language. */

const binary: Readonly<Record<string, string>> = { Ki: 'KiB', Mi: 'MiB', Gi: 'GiB', Ti: 'TiB', Pi: 'PiB' };
const decimal: Readonly<Record<string, string>> = { '': 'B', k: 'kB', M: 'MB', G: 'GB', T: 'TB', P: 'PB' };

/** `512Mi` → `512MiB`; undefined for what is no amount of bytes. */
export function sizeOf(quantity: string): string | undefined {
  const match = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|Ti|Pi|k|M|G|T|P|)$/.exec(quantity);
  const unit = match?.[2] === undefined ? undefined : (binary[match[2]] ?? decimal[match[2]]);
  return match?.[1] === undefined || unit === undefined || Number(match[1]) === 0 ? undefined : `${match[1]}${unit}`;
}

/** `250m` and `0.5` are written alike in both; undefined for what is no amount of CPU, or none at all. */
export function cpuOf(quantity: string): string | undefined {
  return /^\d+(?:\.\d+)?m?$/.test(quantity) && Number.parseFloat(quantity) > 0 ? quantity : undefined;
}

/** Seconds in the largest unit that holds them without a fraction: 90 → `90s`, 120 → `2m`, 0.25 → `250ms`. */
export function durationOf(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  for (const [unit, size] of [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
  ] as const) {
    if (milliseconds >= size && milliseconds % size === 0) return `${milliseconds / size}${unit}`;
  }
  return `${milliseconds}ms`;
}

/** Seconds of a duration as Go and Istio write it: `1m30s`, `0.25s`, `720h0m0s`; undefined for anything else. */
export function secondsOf(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:h|m|s|ms))+$/.test(text)) return undefined;
  let seconds = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)) {
    const size = unit === 'h' ? 3600 : unit === 'm' ? 60 : unit === 's' ? 1 : 0.001;
    seconds += Number(amount) * size;
  }
  return seconds;
}

const hour = 3600;

/** A schedule as interval and time of day. */
export interface Repetition {
  /** Seconds. */
  readonly every: number;
  /** `02:00` */
  readonly at?: string;
}

/** The interval of a cron line with five fields or a name; undefined where runs do not follow each other evenly. */
export function repetitionOf(cron: string): Repetition | undefined {
  const named: Readonly<Record<string, string>> = {
    '@hourly': '0 * * * *',
    '@daily': '0 0 * * *',
    '@midnight': '0 0 * * *',
    '@weekly': '0 0 * * 0',
  };
  const each = /^@every (\S+)$/.exec(cron.trim());
  if (each?.[1] !== undefined) {
    const every = secondsOf(each[1]);
    return every === undefined || every <= 0 ? undefined : { every };
  }
  const line = (named[cron.trim()] ?? cron.trim()).replace(/^(?:CRON_)?TZ=\S+\s+/, '');
  const fields = line.split(/\s+/);
  // Operators of Go write six fields, of which the first counts seconds.
  const [minute, hours, day, month, weekday] = fields.length === 6 ? fields.slice(1) : fields;
  if (minute === undefined || hours === undefined || weekday === undefined || month !== '*') return undefined;
  const whole = (field: string, most: number): number | undefined =>
    /^\d{1,2}$/.test(field) && Number(field) <= most ? Number(field) : undefined;
  if (day !== '*') return undefined;
  const minutes = steppedIn(minute, 60);
  if (minutes !== undefined && hours === '*' && weekday === '*') return { every: minutes.step * 60 };
  const atMinute = whole(minute, 59);
  if (atMinute === undefined) return undefined;
  const two = (value: number): string => String(value).padStart(2, '0');
  if (hours === '*' && weekday === '*') return { every: hour };
  const stepped = steppedIn(hours, 24);
  if (stepped !== undefined && weekday === '*')
    return { every: stepped.step * hour, at: `${two(stepped.from)}:${two(atMinute)}` };
  const atHour = whole(hours, 23);
  if (atHour === undefined) return undefined;
  const at = `${two(atHour)}:${two(atMinute)}`;
  if (weekday === '*') return { every: 24 * hour, at };
  return /^[0-7]$/.test(weekday) ? { every: 7 * 24 * hour, at } : undefined;
}

/** A field that names values one step apart, round the whole hour or day: `*`, `3-59/15`, `0,6,12,18`. */
function steppedIn(field: string, values: number): { readonly from: number; readonly step: number } | undefined {
  if (field === '*') return { from: 0, step: 1 };
  const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)\/(\d{1,2})$/.exec(field);
  if (match !== null) {
    const from = Number(match[1] ?? 0);
    const step = Number(match[3]);
    const last = Number(match[2] ?? values - 1);
    return step > 0 && values % step === 0 && from < step && last > values - step + from - 1 && last < values
      ? { from, step }
      : undefined;
  }
  const list = field.split(',').map(Number);
  const [from = -1, second] = list;
  const step = list.length === 1 ? undefined : (second ?? 0) - from;
  if (step === undefined || !list.every((value, index) => value === from + index * step)) return undefined;
  return from >= 0 && from < step && list.length * step === values ? { from, step } : undefined;
}
