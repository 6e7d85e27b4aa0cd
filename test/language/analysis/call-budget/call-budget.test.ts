/** Timeouts, retries and round trips with numbers by hand. */
import { describe, expect, test } from 'vitest';
import { CallBudgets } from '../../../../language/analysis/call-budget/call-budget.js';
import type { CallBudgetFigures, CallFigures } from '../../../../language/analysis/call-budget/call-budget-figures.js';
import { explain } from '../../../../language/analysis/explanations.js';
import type { Figure } from '../../../../language/analysis/figure.js';
import { Structure } from '../../../../language/analysis/structure/evaluate.js';
import { modelOf } from '../../model-of.js';

async function budget(text: string, name: string): Promise<CallBudgetFigures> {
  const model = await modelOf(text);
  const found = new CallBudgets(model, new Structure(model).compiled).of(name);
  if (found === undefined) throw new Error(`no budget of ${name}`);
  return found;
}

async function call(text: string, name: string, target: string): Promise<CallFigures> {
  const found = (await budget(text, name)).calls.find((each) => each.target === target);
  if (found === undefined) throw new Error(`no call of ${target}`);
  return found;
}

function value(figure: Figure): number | string {
  return figure.status === 'known' ? figure.value : figure.status;
}

describe('retries multiply', () => {
  test.each([
    { retries: 3, layers: 3, attempts: 64 },
    { retries: 2, layers: 3, attempts: 27 },
    { retries: 2, layers: 4, attempts: 81 },
    { retries: 2, layers: 2, attempts: 9 },
  ])('$retries retries in $layers layers', async ({ retries, layers, attempts }) => {
    const chain = Array.from({ length: layers }, (_, at) => `service s${at} { requires s${at + 1} { retries ${retries} } }`);
    const figures = await budget(`model m { }\n${chain.join('\n')}\nservice s${layers} { }`, 's0');
    expect(value(figures.attempts)).toBe(attempts);
    expect(figures.attemptsPath).toEqual(Array.from({ length: layers + 1 }, (_, at) => `s${at}`));
    expect(explain(figures.attempts)?.children).toHaveLength(layers);
  });

  test('the worst path counts, not the sum', async () => {
    const figures = await budget(
      `model m { }
service a { requires b { retries 1 }  wants c { retries 4 } }
service b { requires d { retries 2 } }
service c { }
service d { }`,
      'a',
    );
    expect(value(figures.attempts)).toBe(6);
    expect(figures.attemptsPath).toEqual(['a', 'b', 'd']);
  });

  test('a circle with retries has no bound, one without has', async () => {
    const text = (retries: string): string => `model m { }
service entry { requires a { retries 1 } }
service a { requires b ${retries}  requires leaf { retries 2 } }
service b { requires a }
service leaf { }`;
    const growing = await budget(text('{ retries 1 }'), 'entry');
    expect(growing.attempts.status).toBe('unbounded');
    expect(growing.attemptsPath).toEqual(['entry', 'a', 'b']);
    expect(value((await budget(text(''), 'entry')).attempts)).toBe(6);
    expect(value((await budget(text(''), 'b')).attempts)).toBe(3);
  });

  test('Istio tries twice more between services where nothing is stated, and that is an assumption', async () => {
    const text = (mesh: string): string => `model m { ${mesh} }
journey j { requires a }
service a { requires b  requires db }
service b { requires db { retries 0 } }
database db { }`;
    const figures = await budget(text('mesh istio "1.28"'), 'j');
    expect(value(figures.attempts)).toBe(3);
    expect(figures.attempts.assumptions).toHaveLength(1);
    expect(value((await budget(text(''), 'j')).attempts)).toBe(1);
  });

  test('an edge for one journey counts for that journey', async () => {
    const text = `model m { }
service a { requires b { retries 1 } for pay  requires c }
service b { }
service c { }
journey pay { requires a }
journey look { requires a }`.replace('{ retries 1 } for pay', 'for pay { retries 1 }');
    expect(value((await budget(text, 'pay')).attempts)).toBe(2);
    expect(value((await budget(text, 'look')).attempts)).toBe(1);
  });
});

describe('the budget of one call', () => {
  const text = (options: string): string =>
    `model m { }\nservice a { requires b { ${options} } }\nservice b { requires c { timeout 200ms }  requires d { timeout 150ms } }\nservice c { }\nservice d { }`;

  test('tries and pauses fit the timeout, or not', async () => {
    const fits = await call(text('timeout 800ms  retries 1 each 300ms backoff 50ms'), 'a', 'b');
    expect(value(fits.spent)).toBeCloseTo(0.65, 12);
    expect(fits.spent.verdict).toMatchObject({ target: 0.8, met: true });
    const over = await call(text('timeout 800ms  retries 2 each 300ms backoff 50ms'), 'a', 'b');
    expect(value(over.spent)).toBeCloseTo(1, 12);
    expect(over.spent.verdict).toMatchObject({ target: 0.8, met: false });
    const exact = await call(text('timeout 300ms  retries 2 each 100ms'), 'a', 'b');
    expect(exact.spent.verdict?.met).toBe(true);
  });

  test('the time of one try is not invented', async () => {
    expect((await call(text('timeout 800ms  retries 1'), 'a', 'b')).spent).toMatchObject({
      status: 'unknown',
      missing: ['each of retries'],
    });
    expect((await call(text('idempotent'), 'a', 'b')).spent).toMatchObject({ status: 'unknown', missing: ['timeout'] });
  });

  test.each([
    { timeout: '200ms', met: false },
    { timeout: '300ms', met: undefined },
    { timeout: '350ms', met: undefined },
    { timeout: '400ms', met: true },
  ])('the callee waits 200 to 350 ms: within $timeout, $met', async ({ timeout, met }) => {
    const { below } = await call(text(`timeout ${timeout}`), 'a', 'b');
    expect(below).toMatchObject({ status: 'bounded', lower: 0.2, upper: 0.35 });
    expect(below.verdict?.met).toBe(met);
  });

  test('one try is what the callee must fit into', async () => {
    const { below } = await call(text('timeout 800ms  retries 1 each 180ms'), 'a', 'b');
    expect(below.verdict).toMatchObject({ target: 0.18, met: false });
  });

  test('a call below that nothing ends is named', async () => {
    const open = text('timeout 1s').replace('requires d { timeout 150ms }', 'requires d');
    expect((await call(open, 'a', 'b')).below).toMatchObject({ status: 'unknown', missing: ['timeout of b → d'] });
  });

  test('work goes on below after the caller gave up', async () => {
    const chain = `model m { }
service a { requires b { timeout 1s } }
service b { requires c { timeout 800ms } }
service c { requires d { timeout 500ms } }
service d { }`;
    const { workBelow } = await call(chain, 'a', 'b');
    expect(value(workBelow)).toBeCloseTo(1.3, 12);
    expect(workBelow.verdict).toMatchObject({ target: 1, met: false });
    expect(workBelow.terms.map((term) => term.name)).toEqual(['b → c', 'c → d']);
    expect(value((await budget(chain, 'a')).longestWork)).toBeCloseTo(2.3, 12);
  });

  test('a circle of timeouts has no bound', async () => {
    const circle = 'model m { }\nservice a { requires b { timeout 1s } }\nservice b { requires a { timeout 1s } }';
    expect((await budget(circle, 'a')).longestWork.status).toBe('unbounded');
  });
});

describe('round trips between regions', () => {
  const sites = `model m { }
region n { zones a }
region s { zones a }
region e { zones a }
link n <-> s { rtt 40ms }
link n <-> e { rtt 10ms }
`;
  test('trips × rtt, to the nearest place, along the path', async () => {
    const text = `${sites}service web { runs 1 in n  requires api { trips 3  timeout 100ms } }
service api { runs 1 in s  runs 1 in e  requires db }
database db { runs 1 in e }
link s <-> e { rtt 50ms }
journey j { requires web  objective { latency 20ms } }`;
    // web in n reaches api in e in 3 × 10 ms; db stands beside it there.
    const figures = await budget(text, 'j');
    expect(value(figures.roundTrips)).toBeCloseTo(0.03, 12);
    expect(figures.roundTrips.verdict).toMatchObject({ target: 0.02, met: false });
    // From s, api reaches its database in 50 ms.
    expect(value((await budget(text, 'api')).roundTrips)).toBeCloseTo(0.05, 12);
  });

  test('a call that the distance alone uses up', async () => {
    const text = `${sites}service web { runs 1 in n  requires api { trips 3  timeout 120ms } }\nservice api { runs 1 in s }`;
    const found = await call(text, 'web', 'api');
    expect(value(found.roundTrips)).toBeCloseTo(0.12, 12);
    expect(found.roundTrips.verdict?.met).toBe(false);
  });

  test('any of two is as near as the nearer one', async () => {
    const text = `${sites}service web { runs 1 in n  requires any of far, near }\nservice far { runs 1 in s }\nservice near { runs 1 in e }`;
    expect(value((await budget(text, 'web')).roundTrips)).toBeCloseTo(0.01, 12);
  });

  test('a distance that is not stated is named', async () => {
    const text = `${sites}service web { runs 1 in s  requires api }\nservice api { runs 1 in e }`;
    expect((await budget(text, 'web')).roundTrips).toMatchObject({ status: 'unknown', missing: ['rtt of the link e <-> s'] });
  });
});

test('unknown names have none', async () => {
  const model = await modelOf('model m { }\nservice a { }');
  expect(new CallBudgets(model, new Structure(model).compiled).of('b')).toBeUndefined();
});

test('a chain whose retries multiply past every number is no circle', async () => {
  const layers = 1100;
  const chain = Array.from({ length: layers }, (_, at) => `service s${at} { requires s${at + 1} { retries 1 } }`);
  const { attempts, attemptsPath } = await budget(`model m { }\n${chain.join('\n')}\nservice s${layers} { }`, 's0');
  expect(attempts).toMatchObject({ status: 'unbounded', because: 'retries multiply past what can be counted' });
  expect(attemptsPath).toHaveLength(layers + 1);
  expect(explain(attempts)?.formula).toMatch(/ along s0 → s1 → .* → s1100$/);
});
