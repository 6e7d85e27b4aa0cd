/** Backups of one name are one: the block's own items, then the policy's, then those of `defaults`. */
import { expect, test } from 'vitest';
import { analyze } from '../../../language/analysis/analyze.js';
import { modelOf } from '../model-of.js';

const text = `model m { }
region r1 { zones a, b }
region r2 { zones a, b }
bucket vault in r2 { }
policy gold { backup nightly { full every 2d takes 1h  keeps 30d }  backup weekly { full every 7d  copies to vault } }
defaults database { backup nightly { tolerates 1 failed runs  consistent at end  keeps 90d } }
database named {
  follows gold
  runs 2 in r1
  backup nightly { full every 1d takes 30m  copies to vault takes 5m }
}
database other { runs 2 in r1  backup hourly { full every 1h takes 3m  copies to vault takes 1m } }
database none { runs 2 in r1 }`;

test('items of a name add up, the nearer wins, and what only lends items is no backup', async () => {
  const { components } = await modelOf(text);
  const backups = Object.fromEntries(components.map(({ name, data }) => [name, data.backups]));
  const [nightly, weekly, ...more] = backups.named ?? [];
  expect(more).toEqual([]);
  expect(weekly).toMatchObject({ name: 'weekly', from: 'policy gold' });
  expect(nightly).toMatchObject({
    name: 'nightly',
    series: [{ kind: 'full', every: { value: 86_400, origin: { kind: 'stated' } } }],
    toleratesFailedRuns: { value: 1, origin: { kind: 'inherited', from: 'defaults database' } },
    consistentAt: { value: 'end', origin: { kind: 'inherited' } },
    keeps: { value: 30 * 86_400, origin: { kind: 'inherited', from: 'policy gold' } },
  });
  expect(nightly?.series).toHaveLength(1);
  expect(nightly?.from).toBeUndefined();
  expect(backups.other?.map(({ name }) => name)).toEqual(['hourly']);
  expect(backups.none).toEqual([]);
});

test('the data loss counts what `defaults` says of a backup', async () => {
  const analysis = analyze(await modelOf(text), { asOf: '2026-11-01' });
  const rpo = analysis.recovery('named').get('region-loss')?.rpo;
  // One failed run more, consistent at its end: 2 · 24 h + 5 min.
  expect(rpo).toMatchObject({ status: 'known', value: 2 * 86_400 + 300 });
  expect(rpo?.assumptions).not.toContain('every backup run succeeds');
});
