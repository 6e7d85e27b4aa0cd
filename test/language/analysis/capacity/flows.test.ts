/** What waits in queues, what replication asks of links, what a drain leaves: numbers by hand. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../../language/analysis/analyze.js';
import type { ComponentCapacity } from '../../../../language/analysis/capacity/capacity-figures.js';
import { explainCapacity } from '../../../../language/analysis/capacity/explain-capacity.js';
import type { Figure } from '../../../../language/analysis/figure.js';
import { modelOf } from '../../model-of.js';

async function component(text: string, name: string): Promise<ComponentCapacity> {
  const figures = analyze(await modelOf(text), { asOf: '2026-11-21' }).capacity(name);
  if (figures?.kind !== 'component') throw new Error(`no capacity of ${name}`);
  return figures;
}

function value(figure: Figure | undefined): unknown {
  if (figure?.status === 'known') return figure.value;
  return figure?.status === 'unknown' ? figure.missing : figure?.status;
}

const hour = 3600;

describe('a queue', () => {
  const text = (queue: string, consumer = 'capacity 50rps', payload = '{ payload 10KiB }') => `model m { }
region r1 { zones a, b }
region r2 { zones a, b }
queue q in r1, r2 { ${queue}  failover { detect 0s  decide automatic  promote 0s  switch mesh } }
service shop { runs 2 in r1  publishes to q ${payload} }
service worker {
  runs 2 in r1  runs 2 in r2 as hot standby  ${consumer}  consumes from q
  probe readiness "/" every 10s failures 3 timeout 0s
  failover { detect 30m  decide automatic  promote 0s  switch dns ttl 30m }
}`;

  test('holds what comes in the longest recovery of its consumer', async () => {
    // An hour to fail over; 60 messages a second of 10 KiB each; two instances work off 100 a second, so that 40 are left for the backlog.
    const [found, ...others] = (await component(text('load 60rps  keeps 2h  holds 1GiB'), 'q')).backlogs;
    expect(others).toEqual([]);
    expect(found?.consumer).toBe('worker');
    expect(value(found?.waits)).toBe(hour);
    expect(found?.waits.verdict).toMatchObject({ target: 2 * hour, met: true });
    expect(value(found?.messages)).toBe(60 * hour);
    expect(value(found?.bytes)).toBe(60 * hour * 10 * 1024);
    expect(found?.bytes.verdict).toMatchObject({ target: 2 ** 30, met: false });
    expect(value(found?.drainsIn)).toBe((hour * 60) / 40);
  });

  test.each([
    ['load 60rps  keeps 30m', 'capacity 50rps', 'waits', hour, false],
    ['load 100rps', 'capacity 50rps', 'drainsIn', 'never', undefined],
    ['load 60rps', '', 'drainsIn', ['capacity of worker'], undefined],
    ['', 'capacity 50rps', 'messages', ['load of q'], undefined],
  ] as const)('%s, %s: %s', async (queue, consumer, which, expected, met) => {
    const [found] = (await component(text(queue, consumer), 'q')).backlogs;
    expect(value(found?.[which])).toEqual(expected);
    expect(found?.[which].verdict?.met).toBe(met);
  });

  test('of messages whose size nobody stated the data is not known', async () => {
    const [found] = (await component(text('load 60rps', 'capacity 50rps', ''), 'q')).backlogs;
    expect(value(found?.bytes)).toEqual(['payload of publishes to q']);
  });

  test('what never comes back fills every queue', async () => {
    const alone = text('load 60rps  keeps 2h').replace('runs 2 in r2 as hot standby', '');
    const [found] = (await component(alone, 'q')).backlogs;
    expect(value(found?.messages)).toBe('unbounded');
    expect(found?.waits.verdict?.met).toBe(false);
  });
});

describe('replication over a link', () => {
  const text = (link: string, more = '') => `model m { }
region r1 { zones a }
region r2 { zones a }
link r1 <-> r2 { ${link} }
database one { runs 1 in r1  runs 1 in r2 as hot standby  replicates async to r2 lag 5s  changes 10MiB/s }
${more}`;

  test('catches up on what the link has left', async () => {
    // 10 MiB/s for an hour, at 40 − 10 MiB/s: 20 minutes.
    const [found] = (await component(text('bandwidth 40MiB/s  mttr 1h  mtbf 1y'), 'one')).replication;
    expect(found?.link).toBe('r1 <-> r2');
    expect(value(found?.use)).toBe(0.25);
    expect(value(found?.catchesUp)).toBe(1200);
  });

  test('with everybody else who crosses it', async () => {
    const two = 'database two { runs 1 in r2  runs 1 in r1 as hot standby  replicates async to r1 lag 5s  changes 10MiB/s }';
    const [found] = (await component(text('bandwidth 40MiB/s  mttr 1h  mtbf 1y', two), 'one')).replication;
    expect(value(found?.use)).toBe(0.5);
    expect(value(found?.catchesUp)).toBe(hour);
  });

  test.each([
    ['bandwidth 10MiB/s  mttr 1h  mtbf 1y', '', 'never'],
    ['bandwidth 40MiB/s', '', ['mttr of the link r1 <-> r2']],
    ['rtt 5ms', '', ['bandwidth of the link r1 <-> r2']],
    [
      'bandwidth 40MiB/s  mttr 1h  mtbf 1y',
      'database two { runs 1 in r1  runs 1 in r2 as hot standby  replicates async to r2 lag 5s }',
      ['changes of two'],
    ],
  ])('%s %s', async (link, more, expected) => {
    const [found] = (await component(text(link, more), 'one')).replication;
    expect(value(found?.catchesUp)).toEqual(expected);
  });

  test('nothing crosses without a link, or to a witness', async () => {
    const alone = text('rtt 5ms').replace(/link .*/, '');
    expect((await component(alone, 'one')).replication).toEqual([]);
  });
});

describe('a drain', () => {
  const drained = async (more: string) => {
    const found = await component(
      `model m { }
region r1 { zones a, b, c }
region r2 { zones a, b, c }
${more}`,
      'x',
    );
    return found.losses
      .filter(({ kind }) => kind === 'drain')
      .map(({ survivors, utilisation }) => [survivors, value(utilisation)]);
  };

  test.each([
    // Six run, four are needed: two may be gone, in every cluster together.
    ['service x { runs 6 in r1  needs 4  load 300rps  capacity 100rps }', [[4, 0.75]]],
    // One is said to be enough for a load that takes three.
    ['service x { runs 6 in r1  needs 1  load 300rps  capacity 100rps }', [[1, 3]]],
    // Nothing to spare: no budget, and no drain that would stop.
    ['service x { runs 3 in r1  needs 3  load 300rps  capacity 100rps }', []],
    // A quorum gives up one in each region.
    ['coordinator x { runs 5 in r1  load 300rps  capacity 100rps }', [[4, 0.75]]],
    ['database x { runs 3 in r1  managed by provider  load 30rps  capacity 100rps }', []],
  ])('%s', async (text, expected) => {
    expect(await drained(text)).toEqual(expected);
  });
});

test('all of it is explained', async () => {
  const found = await component(
    `model m { }
region r1 { zones a }
queue q in r1 { load 10rps  keeps 1h }
service w { runs 2 in r1  consumes from q  capacity 50rps  probe readiness "/" every 10s failures 3 timeout 0s }`,
    'q',
  );
  const labels = explainCapacity(found).children.map(({ label }) => label);
  expect(labels).toContain('q while w is away, oldest message');
  expect(labels).toContain('q while w is away, worked off in');
});
