/** What each number inside a statement may be. Statements of one number are in the key table; these have several. */
import { type Dimension, maximumInstances } from '../quantity.js';

/** The numbers that a quantity may be, in SI units. */
export interface Limit {
  readonly dimension: Dimension;
  readonly minimum?: number;
  /** The minimum itself is refused. */
  readonly aboveMinimum?: boolean;
  readonly maximum?: number;
  /** What a message calls it, where that is not the first word of the statement. */
  readonly phrase?: string;
  readonly example: string;
}

const instances = { dimension: 'count', minimum: 1, maximum: maximumInstances } as const;
const port = { dimension: 'count', minimum: 1, maximum: 65_535, phrase: 'port', example: 'port http 8080' } as const;
const positive = { dimension: 'duration', minimum: 0, aboveMinimum: true } as const;
const notNegative = { dimension: 'duration', minimum: 0 } as const;
/** The tier in the head of a component or journey. */
export const tierLimit: Limit = { dimension: 'count', minimum: 0, maximum: 9, phrase: 'tier', example: 'tier 0' } as const;
const takes = { ...notNegative, phrase: 'takes', example: 'takes 10m' } as const;
const setCount = { ...instances, phrase: 'N of', example: 'requires 2 of a, b, c' } as const;
const objectives = {
  rto: { ...notNegative, phrase: 'rto', example: 'rto 15m' },
  rpo: { ...notNegative, phrase: 'rpo', example: 'rpo 1m' },
} as const;

/** Type of a statement → property → limit. */
export const limits: Readonly<Record<string, Readonly<Record<string, Limit>>>> = {
  Runs: { count: { ...instances, example: 'runs 3 in REGION' } },
  Needs: { count: { ...instances, example: 'needs 2' } },
  Repairs: { count: { ...instances, example: 'repairs 1 at once' } },
  Port: { number: port, target: { ...port, example: 'port 80 to 8080' } },
  Probe: {
    every: { ...positive, phrase: 'every', example: 'every 5s' },
    failures: { dimension: 'count', minimum: 1, maximum: 1000, phrase: 'failures', example: 'failures 3' },
    timeout: { ...positive, phrase: 'timeout', example: 'timeout 1s' },
  },
  Scales: {
    min: { ...instances, minimum: 0, phrase: 'scales from', example: 'scales from 3 to 12 at 60% cpu' },
    max: { ...instances, phrase: 'scales to', example: 'scales to 12 at 60% cpu' },
    utilisation: { dimension: 'share', minimum: 0, aboveMinimum: true, phrase: 'at', example: 'at 60% cpu' },
    within: { ...positive, phrase: 'within', example: 'within 3m' },
  },
  Edge: { count: setCount },
  Recovers: { count: { ...setCount, example: 'recovers after 2 of a, b, c' } },
  Rebuilds: { takes },
  Replicates: {
    quorum: { ...instances, phrase: 'quorum', example: 'quorum 2' },
    shrinksTo: { ...instances, phrase: 'shrinks to', example: 'shrinks to 1 after 30s' },
    shrinksAfter: { ...notNegative, phrase: 'after', example: 'shrinks to 1 after 30s' },
    lag: { ...notNegative, phrase: 'lag', example: 'lag 5s' },
    degradesAfter: { ...notNegative, phrase: 'degrades after', example: 'degrades after 10s' },
  },
  Load: {
    value: { dimension: 'rate', minimum: 0, example: 'load 900rps' },
    peak: { dimension: 'rate', minimum: 0, phrase: 'peak', example: 'load 900rps peak 1400rps' },
  },
  Cost: { value: { dimension: 'money', minimum: 0, example: 'cost 120 USD/month' } },
  Retries: {
    count: { dimension: 'count', minimum: 0, maximum: 100, example: 'retries 2' },
    each: { ...positive, phrase: 'each', example: 'each 300ms' },
    backoff: { ...notNegative, phrase: 'backoff', example: 'backoff 50ms' },
  },
  Breaker: {
    errors: { dimension: 'count', minimum: 1, phrase: 'errors', example: 'errors 5' },
    within: { ...positive, phrase: 'within', example: 'within 10s' },
    ejects: { ...positive, phrase: 'ejects', example: 'ejects 30s' },
    connections: { dimension: 'count', minimum: 1, phrase: 'connections', example: 'connections 100' },
  },
  Decide: { delay: { ...notNegative, example: 'decide manual 20m' } },
  Switch: { ttl: { ...notNegative, phrase: 'ttl', example: 'ttl 60s' } },
  Series: {
    every: { ...positive, phrase: 'every', example: 'every 1d' },
    takes,
    lags: { ...notNegative, phrase: 'lags', example: 'lags 30s' },
  },
  Repeats: { every: { ...positive, phrase: 'every', example: 'repeats every 1d' }, takes },
  Tracing: { sampling: { dimension: 'share', minimum: 0, maximum: 1, phrase: 'at', example: 'tracing otel at 1%' } },
  Expects: { every: { ...positive, phrase: 'every', example: 'expects corruption every 10y' } },
  Disk: {
    mtbf: { ...positive, phrase: 'disk mtbf', example: 'disk mtbf 1000000h rebuild 24h' },
    rebuild: { ...positive, phrase: 'rebuild', example: 'rebuild 24h' },
  },
  Tolerates: { count: { dimension: 'count', minimum: 0, maximum: 1000, example: 'tolerates 1 failed runs' } },
  CopiesTo: { takes },
  Tested: { took: { ...notNegative, phrase: 'took', example: 'took 50m' } },
  Fails: { duration: { ...positive, phrase: 'for', example: 'for 2h' } },
  FailTarget: { count: { ...instances, phrase: 'N of', example: 'fails 2 of orders' } },
  Measured: objectives,
};

/** The bounds of `expect`, by what is measured. */
export const boundLimits: Readonly<Record<string, Limit>> = {
  ...objectives,
  availability: { dimension: 'probability', minimum: 0, maximum: 1, phrase: 'availability', example: 'availability >= 99%' },
};

/** What a quota counts, by resource; other resources are counted in whole numbers. */
export const quotaLimits: Readonly<Record<string, Limit>> = {
  cpu: { dimension: 'cpu', minimum: 0, phrase: 'quota cpu', example: 'quota cpu 400' },
  memory: { dimension: 'size', minimum: 0, phrase: 'quota memory', example: 'quota memory 800GiB' },
  storage: { dimension: 'size', minimum: 0, phrase: 'quota storage', example: 'quota storage 20TiB' },
};

/** Beyond these no system is: a slip of the finger, which would drown every figure. With how a message writes the bound. */
export const absurd: Readonly<Record<Dimension, { readonly above: number; readonly written: string }>> = {
  probability: { above: 1, written: '100%' },
  share: { above: 1, written: '100%' },
  duration: { above: 10_000 * 31_536_000, written: '10000y' },
  count: { above: 1e9, written: '1000000000' },
  size: { above: 1e6 * 2 ** 50, written: '1000000PiB' },
  throughput: { above: 2 ** 50, written: '1PiB/s' },
  rate: { above: 1e12, written: '1000000000000rps' },
  cpu: { above: 1e6, written: '1000000' },
  money: { above: 1e15, written: '1000000000000000' },
  version: { above: Number.POSITIVE_INFINITY, written: '' },
};
