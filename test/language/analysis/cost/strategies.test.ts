/** Ways to stand by: compared beside each other they answer as each does in a model in which it alone is changed. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../../language/analysis/analyze.js';
import { alternativesOf, changingOthers, comparable } from '../../../../language/analysis/cost/standing-by.js';
import { explanationAt } from '../../../../language/analysis/explain-path.js';
import type { Figure } from '../../../../language/analysis/figure.js';
import type { Model } from '../../../../language/model/model.js';
import { parseFiles } from '../../model-of.js';

const options = { asOf: '2026-11-21' };

async function strategiesIn(text: string, name: string) {
  const { model } = await parseFiles({ 'm.drml': text });
  return { model, found: analyze(model, options).strategies(name) };
}

/** A figure without what tells figures of the same outcome apart. */
function plain(figure: Figure | undefined): unknown {
  if (figure === undefined) return undefined;
  const { status, terms, verdict } = figure;
  const close = (value: number): number => Number(value.toPrecision(12));
  const names = terms.map(({ name, seconds, note }) => `${name} ${seconds} ${note}`);
  if (figure.status === 'known') return [status, close(figure.value), names, verdict?.met];
  if (figure.status === 'bounded') return [status, close(figure.lower), close(figure.upper), verdict?.met];
  return [status, figure.status === 'unknown' ? figure.missing : figure.because, names, verdict?.met];
}

function expectAsAlone(model: Model): number {
  const analysis = analyze(model, options);
  let compared = 0;
  for (const component of model.components) {
    const found = analysis.strategies(component.name);
    for (const [index, alternative] of alternativesOf(component).entries()) {
      const changed = { ...alternative.component, name: component.name };
      const alone = analyze(
        { ...model, components: model.components.map((each) => (each === component ? changed : each)) },
        options,
      );
      const loss = alone.recovery(component.name).get('region-loss');
      const where = `${component.name} as ${alternative.strategy}`;
      expect(plain(found[index]?.rto), where).toEqual(plain(loss?.rto));
      expect(plain(found[index]?.rpo), where).toEqual(plain(loss?.rpo));
      expect(plain(found[index]?.availability), where).toEqual(plain(alone.availability(component.name)?.availability));
      compared++;
    }
  }
  return compared;
}

const shop = (file: string): string => readFileSync(new URL(`../../../../examples/shop/${file}`, import.meta.url), 'utf8');

/** Services and stores over two regions that depend on each other in many ways, the same for the same seed. */
function system(seed: number): string {
  let state = seed;
  const next = (most: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor(state / 65536) % most;
  };
  const pick = (...words: string[]): string => words[next(words.length)] ?? '';
  const parts = Array.from({ length: 7 }, (_, index) => {
    const edges = Array.from({ length: next(3) }, () => {
      const to = next(7);
      const watched = pick('', ' { breaker errors 5 within 20s }');
      return to === index ? '' : `${pick('requires', 'requires', 'wants')} c${to}${pick('', ' in same region')}${watched}`;
    });
    const store = next(3) === 0;
    return `${store ? 'database' : 'service'} c${index} {
  runs ${1 + next(3)} in r1
  runs ${1 + next(3)} in r2${pick('', ' as hot standby', ' as warm standby', ' as pilot light', ' as cold standby')}
  mtbf ${10 + next(90)}d  mttr ${1 + next(9)}h
  ${pick('', 'cost 10 USD/month each')}
  ${pick('', 'failover { detect 30s  decide automatic  promote 10s  switch dns ttl 60s }')}
  ${store ? pick('', 'replicates async to r2 lag 5s') : pick('', 'probe readiness "/" every 5s failures 3 timeout 1s')}
  ${store ? pick('', 'size 10GiB  backup b { full every 1d takes 1h  copies to vault takes 10m  restores at 10MiB/s }') : ''}
  ${[...new Set(edges)].join('\n  ')}
}`;
  });
  return `model m { currency USD }
region r1 { mtbf 99d  mttr 1d  zones a, b }
region r2 { mtbf 99d  mttr 1d  zones a, b }
region r3 { zones a }
bucket vault in r3 { }
${parts.join('\n')}`;
}

describe('beside each other', () => {
  it('as alone, in the shop', async () => {
    const { model } = await parseFiles({
      'shop.drml': shop('shop.drml'),
      'platform.drml': shop('platform.drml'),
      'sites.drml': shop('sites.drml'),
    });
    expect(expectAsAlone(model)).toBeGreaterThan(20);
  });

  it.each(Array.from({ length: 25 }, (_, seed) => seed + 1))('as alone, in system %d', async (seed) => {
    const { model } = await parseFiles({ 'm.drml': system(seed) });
    expect(expectAsAlone(model)).toBeGreaterThan(0);
  });

  it('who waits for itself, or for a store that is restored beside it, is told apart', async () => {
    const { model } = await parseFiles({
      'm.drml': `model m { }
region r { zones a }
service a { runs 1 in r  requires b }
service b { runs 1 in r  recovers after a }
service c { runs 1 in r  requires a  requires c }
service d { runs 1 in r  wants d }
bucket v in r { }
database e { runs 1 in r  backup b { full every 1d takes 1h  copies to v takes 1h } }
database f { runs 1 in r  requires e  backup b { full every 1d takes 1h  copies to v takes 1h } }`,
    });
    expect([...changingOthers(model)].sort()).toEqual(['a', 'b', 'c', 'f']);
  });
});

describe('which is best', () => {
  const text = (objective: string, more = ''): string => `model m { currency USD }
region r1 { mtbf 99d  mttr 1d  zones a, b }
region r2 { mtbf 99d  mttr 1d  zones a, b }
service shop {
  runs 2 in r1  runs 2 in r2 as hot standby  mtbf 9d  mttr 1h
  cost 100 USD/y each  outage costs 100 USD/h
  probe readiness "/" every 10s failures 3 timeout 0s
  failover { detect 10m  decide automatic  promote 20m  switch dns ttl 30m }
  objective { ${objective} }
  ${more}
}`;

  it('the cheapest that keeps the objectives, losses of a region counted', async () => {
    // Losing r1, 3.65 times a year, costs an hour of 100 USD; an active second region loses 30 s of calls in either region, 7.3 times.
    const { found } = await strategiesIn(text('region-loss { rto 2h }'), 'shop');
    expect(found.map(({ name, meets, best }) => [name, meets, best])).toEqual([
      ['backup and restore', false, false],
      ['pilot light', true, false],
      ['warm standby', true, false],
      ['hot standby', true, false],
      ['active-active', true, true],
    ]);
    const active = found.at(-1);
    expect(active?.losses).toMatchObject({ status: 'known' });
    expect(active?.losses.status === 'known' ? active.losses.value : 0).toBeCloseTo(7.3 * (30 / 3600) * 100, 9);
    expect(active?.total.status === 'known' ? active.total.value : 0).toBeCloseTo(400 + 7.3 * (30 / 3600) * 100, 9);
  });

  it('the table explains itself', async () => {
    const { model } = await strategiesIn(text('region-loss { rto 2h }'), 'shop');
    const tree = explanationAt(analyze(model, options), 'shop.strategies');
    expect(tree?.value).toBe('active-active is the best');
    expect(tree?.children.map(({ label, value }) => `${label}: ${value}`)).toEqual([
      'backup and restore: misses one',
      'pilot light: keeps the objectives',
      'warm standby: keeps the objectives',
      'hot standby (now): keeps the objectives',
      'active-active: keeps the objectives',
    ]);
    // Four instances at 100 USD; 3.65 losses of either region of 30 s each at 100 USD an hour.
    const active = tree?.children.at(-1)?.children ?? [];
    expect(active.map(({ label, value }) => `${label}: ${value}`)).toContain('shop as active-active a year: 406 USD a year');
  });

  it('none where nothing is promised, and none where nothing keeps it', async () => {
    const free = (await strategiesIn(text(''), 'shop')).found;
    expect(free.every(({ meets, best }) => meets === undefined && !best)).toBe(true);
    const strict = (await strategiesIn(text('region-loss { rto 5s }'), 'shop')).found;
    expect(strict.every(({ meets, best }) => meets === false && !best)).toBe(true);
  });

  it('a thousand are compared, the others named', async () => {
    const { model } = await strategiesIn(text(''), 'shop');
    const [shop] = model.components;
    if (shop === undefined) throw new Error('The model has a component.');
    const many = Array.from({ length: 1003 }, (_, index) => ({ ...shop, name: `s${1000 + index}` }));
    expect(comparable({ ...model, components: many }).left).toEqual(['s2000', 's2001', 's2002']);
  });
});
