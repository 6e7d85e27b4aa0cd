import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Block, Cell, Document, Section, Table } from '../../../language/report/document.js';
import { linesOf, spansOf } from '../../../language/report/document.js';
import { htmlOf } from '../../../language/report/writers/html.js';
import { markdownOf } from '../../../language/report/writers/markdown.js';
import { type Files, filesIn, pipeline } from '../../golden/pipeline.js';

/** Everything that a report speaks of, in one model. Days are judged as of 2026-11-21. */
const bank = `
model bank "Retail bank" {
  owner "platform"  currency EUR
  accepts DR037 until 2026-11-20 by "cto" because "worth nothing"
}
region east {
  provider one  account prod
  mtbf 3y  mttr 4h
  zone a { mtbf 1y  mttr 1h }
  zone b { mtbf 1y  mttr 1h }
}
region west { provider one  account prod  mtbf 3y  mttr 4h  zones a, b }
region safe { provider two  account vault }
service transfers "Transfers" tier 0 {
  runs 3 in east
  runs 2 in west as hot standby
  needs 2
  mtbf 30d  mttr 5m
  load 100rps peak 200rps capacity 100rps
  cost 100 EUR/month
  requires ledger
  failover { detect 2m  decide manual 20m  switch dns ttl 5m }
  objective { availability 99.9%  region-loss { rto 10m  rpo 0s }  account-loss { rto 1d } }
}
database ledger tier 0 {
  runs 3 in east
  runs 2 in west as hot standby
  mtbf 90d  mttr 30m
  size 90GiB
  replicates sync within east quorum 2
  replicates async to west lag 20s
  corruption found within 1h
  failover { detect 1m  decide automatic  promote 2m  switch mesh }
  backup nightly {
    full every 1d takes 1h
    copies to vault takes 30m
    keeps 30d
    restores at 100MiB/s
    tested 2026-08-22 took 3h
  }
}
database notes tier 2 { runs 1 in east  backup weekly { full every 7d  copies to vault  tested 2025-11-21 } }
bucket vault in safe { locked 30d }
journey pay "Pay" tier 0 { requires transfers  wants notes  outage costs 600 EUR/h }
scenario east-lost "East burns" { fails east  expect transfers up rto <= 30m rpo <= 10s }
scenario bad-data { corrupts ledger }
drill east-lost on 2026-11-01 { in production  measured transfers rto 12m rpo 15s }
`;

const document = async (files: Files): Promise<Document> => (await pipeline(files)).report();

function sectionOf({ sections }: Document, id: string): Section {
  const found = sections.find((section) => section.id === id);
  if (found === undefined) throw new Error(`there is no section ${id}`);
  return found;
}

function tablesOf(section: Section): readonly Table[] {
  return section.blocks.filter((block: Block): block is Table => block.kind === 'table');
}

/** A cell as one plain text, its lines apart by a slash. */
function textOf(cell: Cell): string {
  return linesOf(cell)
    .map((line) =>
      spansOf(line)
        .map((span) => (typeof span === 'string' ? span : span.kind === 'status' ? span.word : span.text))
        .join(''),
    )
    .join(' / ');
}

/** Rows of a section's tables as plain texts. */
async function rowsIn(id: string, text = bank): Promise<readonly (readonly string[])[]> {
  return tablesOf(sectionOf(await document({ 'm.drml': text }), id)).flatMap(({ rows }) => rows.map((row) => row.map(textOf)));
}

describe('a report', () => {
  it('lists every promise with its estimate and its verdict', async () => {
    expect(await rowsIn('objectives')).toEqual([
      ['Transfers transfers', 'availability', '99.9%', expect.stringMatching(/^99\.9/), 'met'],
      // 2 min to notice, 20 min to decide, 5 min of DNS.
      [
        'Transfers transfers',
        'RTO after region-loss',
        '10 min',
        '27 min / the largest part is decide, 20 min / measured: 12 min on 2026-11-01',
        'missed',
      ],
      ['Transfers transfers', 'RPO after region-loss', '0 s', '20 s / measured: 15 s on 2026-11-01', 'missed'],
      ['Transfers transfers', 'RTO after account-loss', '1 d', expect.stringMatching(/^not known \/ missing: /), 'not known'],
    ]);
  });

  it('counts promises, and tells the worst gaps first', async () => {
    const { blocks } = sectionOf(await document({ 'm.drml': bank }), 'summary');
    const tally = blocks.find((block) => block.kind === 'tally');
    expect(tally?.items.map(({ count, label }) => [label, count])).toEqual([
      ['met', 1],
      ['missed', 2],
      ['not known', 1],
    ]);
    const lists = blocks.flatMap((block) => (block.kind === 'list' ? [block.items.map(textOf)] : []));
    // Nothing is a multiple of no loss at all; 27 min are 2.7 times 10 min.
    expect(lists[0]).toEqual([
      'Transfers: data loss after region-loss is 20 s, promised is 0 s at most.',
      'Transfers: recovery after region-loss takes 27 min, promised is 10 min (the largest part is decide, 20 min).',
      expect.stringMatching(/^Transfers: nobody can say whether RTO after account-loss keeps the promised 1 d; missing: /),
    ]);
  });

  it('names what no journey comes back from and nobody promised', async () => {
    const { blocks } = sectionOf(await document({ 'm.drml': bank }), 'summary');
    const lists = blocks.flatMap((block) => (block.kind === 'list' ? [block.items.map(textOf)] : []));
    expect(lists[1]).toEqual([expect.stringMatching(/^Pay: provider-loss \(does not come back\)/)]);
  });

  it('compares a drill with what is expected, what is promised and what is estimated', async () => {
    const head = ['East burns east-lost', '2026-11-01, 20 d ago / in production', 'transfers'];
    expect(await rowsIn('drills')).toEqual([
      [...head, 'RTO 12 min', '<= 30 min (scenario) / <= 10 min (objective)', '27 min', 'missed'],
      [...head, 'RPO 15 s', '<= 10 s (scenario) / <= 0 s (objective)', '20 s', 'missed'],
    ]);
    const slow = await rowsIn('drills', bank.replace('rto 12m rpo 15s', 'rto 28m').replace('rto 10m  rpo 0s', 'rpo 0s'));
    expect(slow).toEqual([[...head, 'RTO 28 min', '<= 30 min (scenario)', '27 min / the drill took more', 'met']]);
  });

  it('a drill on a day to come is planned, and measures nothing yet', async () => {
    const rows = await rowsIn('drills', bank.replace('on 2026-11-01', 'on 2026-11-22'));
    expect(rows).toEqual([
      ['East burns east-lost', '2026-11-22, in 1 d / in production', '', 'still to come', '', '', 'planned'],
    ]);
  });

  it.each([
    // Tier 0 has 90 days, tier 2 has 365; 2026-11-21 is 91 days after 2026-08-22 and 365 after 2025-11-21.
    ['ledger', '2026-08-22', '91 d ago', '90 d', 'too old'],
    ['ledger', '2026-08-23', '90 d ago', '90 d', 'in time'],
    ['ledger', '2026-11-21', 'today', '90 d', 'in time'],
    ['ledger', '2026-11-22', 'in 1 d', '90 d', 'still to come'],
  ])('a restore of %s tested on %s is %s: %s allowed, %s', async (store, date, age, limit, verdict) => {
    const rows = await rowsIn('restores', bank.replace('tested 2026-08-22', `tested ${date}`));
    const row = rows.find(([name]) => name === store);
    expect([row?.[3], row?.[5], row?.[6], row?.[7]]).toEqual([date, age, limit, verdict]);
  });

  it('limits follow the tier', async () => {
    const rows = await rowsIn('restores');
    expect(rows.map(([store, , tier, , , , limit, verdict]) => [store, tier, limit, verdict])).toEqual([
      ['ledger', '0', '90 d', 'too old'],
      ['notes', '2', '365 d', 'in time'],
    ]);
    const tiers = await Promise.all(
      ['1', '3'].map(async (tier) => (await rowsIn('restores', bank.replace('notes tier 2', `notes tier ${tier}`)))[1]?.slice(6)),
    );
    expect(tiers).toEqual([
      ['180 d', 'too old'],
      ['none', 'no limit'],
    ]);
  });

  it.each([
    ['2026-11-20', 'expired'],
    ['2026-11-21', 'accepted'],
  ])('a risk accepted until %s is %s', async (until, state) => {
    const rows = await rowsIn('accepted', bank.replace('until 2026-11-20', `until ${until}`));
    expect(rows.map(([rule, of, , by, end, reason, shown]) => [rule, of, by, end, reason, shown])).toEqual([
      ['DR037 / No backup', 'the model', 'cto', until, 'worth nothing', state],
    ]);
  });

  it('lists what is accepted in any block, once for each who follows a policy', async () => {
    const rows = await rowsIn(
      'accepted',
      `model m { }
region r1 { zone a { accepts DR010 } zones b }
region r2 { }
link r1 <-> r2 { accepts DR050 }
policy p { accepts DR001 by "p" }
service s { follows p  runs 1 in r1  failover { accepts DR060 } }
service t { follows p }
scenario x { fails r1  accepts DR070 }
drill x on 2026-01-01 { accepts DR071 }
`,
    );
    expect(rows.map(([rule, of, , by, until, reason, state]) => [rule?.slice(0, 5), of, by, until, reason, state])).toEqual(
      [
        ['DR001', 's', 'p'],
        ['DR001', 't', 'p'],
        ['DR010', 'r1.a', 'nobody named'],
        ['DR050', 'link r1 to r2', 'nobody named'],
        ['DR060', 's', 'nobody named'],
        ['DR070', 'scenario x', 'nobody named'],
        ['DR071', 'drill of x on 2026-01-01', 'nobody named'],
      ].map((cells) => [...cells, 'no end', 'none stated', 'accepted']),
    );
  });

  it('says where copies lie, how long they are kept and who cannot delete them', async () => {
    expect((await rowsIn('backups'))[0]).toEqual([
      'ledger',
      'nightly',
      'full every 1 d',
      'vault (safe)',
      '30 d',
      'locked 30 d',
      '100 MiB/s',
    ]);
  });

  it('says how likely a store that tells its storage is to lose its data', async () => {
    const rows = await rowsIn(
      'backups',
      'model m { }\nregion r { }\ndatabase d { runs 1 in r  storage ephemeral  mtbf 100d  mttr 1h }\n',
    );
    // 1 − e^(−365/100)
    expect(rows).toEqual([['d', '1', '97.4%', '97.4%']]);
  });

  it('says what is left to carry the load', async () => {
    // 200 rps over 3, then 2 instances of 100 rps: without zone a one is left in the east, and the two in the west take over.
    expect(await rowsIn('capacity')).toEqual([
      ['Transfers transfers', '3 (2 needed)', '66.7%', '100%', '100% / without east.a or east.b', '100% / without east'],
    ]);
  });

  it('says what is asked of a quota after a loss', async () => {
    const text = `model m { }
region r1 { }
region r2 { quota cpu 5 }
service web { runs 4 in r1  runs 4 in r2 as pilot light  cpu 1 }
service log { runs 2 in r2  cpu 1 }
`;
    // Two cores run there; the four of web join them when r1 is lost.
    expect(await rowsIn('capacity', text)).toEqual([
      ['r2 cpu', 'all is well', '2 cores', '5 cores', 'met'],
      ['r2 cpu', 'without r1', '6 cores', '5 cores', 'missed'],
    ]);
  });

  it('shows expectations of scenarios and what decides', async () => {
    const rows = await rowsIn('scenarios');
    expect(rows.at(-1)).toEqual([
      'East burns east-lost',
      'expect transfers up rto <= 30 min rpo <= 10 s',
      expect.stringContaining('RPO 20 s'),
      'missed',
    ]);
    expect(rows[0]?.slice(0, 2)).toEqual(['bad-data', 'bad data in ledger']);
  });

  it('prints the sums of the sources it was made from', async () => {
    const text = markdownOf(await document({ 'm.drml': bank }));
    expect(text).toContain(`| m.drml | \`${'0'.repeat(64)}\` |`);
    expect(text).toContain(`\`${'1'.repeat(64)}\``);
  });

  it('names each assumption once, with who rests on it', async () => {
    const rows = await rowsIn('assumptions');
    const sentences = rows.map(([sentence]) => sentence);
    expect(new Set(sentences).size).toBe(sentences.length);
    expect(rows.find(([sentence]) => sentence === 'every backup run succeeds')?.[1]).toContain('ledger');
  });
});

describe('the same report', () => {
  /** Top-level blocks of a model from the last to the first, begun somewhere in between. */
  function turned(text: string, shift: number): string {
    const blocks = text.trim().split(/\n(?=[a-z])/);
    const [head = '', ...rest] = blocks;
    return [head, ...[...rest.slice(shift), ...rest.slice(0, shift)].reverse()].join('\n');
  }

  it.each([1, 3, 5, 8])('whatever the order of declaration (turned by %i)', async (shift) => {
    const [here, there] = [await document({ 'm.drml': bank }), await document({ 'm.drml': turned(bank, shift) })];
    expect(turned(bank, shift)).not.toBe(bank.trim());
    expect(markdownOf(there)).toBe(markdownOf(here));
  });

  it.each(['active-active', 'choices', 'active-passive', 'odd-names', 'quorum-store'])(
    'whatever the order of declaration in the golden model %s',
    async (name) => {
      const text = filesIn(fileURLToPath(new URL(`../../golden/models/${name}`, import.meta.url)))['model.drml'] ?? '';
      const here = markdownOf(await document({ 'm.drml': text }));
      for (const shift of [1, 2, 4]) expect(markdownOf(await document({ 'm.drml': turned(text, shift) }))).toBe(here);
    },
  );

  it.each([2, 7, 13])('whatever the order of declaration in the shop (turned by %i)', async (shift) => {
    const files = filesIn(fileURLToPath(new URL('../../../examples/shop', import.meta.url)));
    const parts = ['shop.drml', 'platform.drml', 'sites.drml'].map((path) => files[path] ?? '');
    const text = parts.join('\n').replace(/^import .*$/gm, '');
    // The finding on the shared provider stands at the first region of it: what is accepted there depends on which that is.
    const model = text.slice(text.indexOf('model shop')).replace(/accepts DR002[^}]*/, '');
    expect(markdownOf(await document({ 'm.drml': turned(model, shift) }))).toBe(markdownOf(await document({ 'm.drml': model })));
  });

  it('on every run, byte for byte', async () => {
    expect(htmlOf(await document({ 'm.drml': bank }))).toBe(htmlOf(await document({ 'm.drml': bank })));
  });
});

it.each([
  ['an empty model', ''],
  ['a model of nothing', 'model m { }'],
  ['a component alone', 'service s { }'],
  ['a circle', 'service a { requires b }\nservice b { requires a }\njourney j { requires a }'],
  ['a drill of nothing', 'scenario s { }\ndrill s on 2026-01-01 { }'],
])('%s has a report', async (_what, text) => {
  const made = await document({ 'm.drml': text });
  const ids = made.sections.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(htmlOf(made)).toContain('</html>');
  expect(markdownOf(made)).not.toMatch(/undefined|NaN|\[object/);
});

it('titles that would be markup stay text', async () => {
  const text = `model m "<img src=x onerror=alert(1)> | a" { owner "**boss**" }
region r { }
service s "\`code\` </td> | x" { runs 1 in r  objective { availability 99% } accepts DR010 by "<b>" because "| a | b |" }
`;
  const made = await document({ 'm.drml': text });
  expect(htmlOf(made)).not.toMatch(/<img|<b>|<\/td> \|/);
  const lines = markdownOf(made)
    .split('\n')
    .filter((line) => line.includes('code'));
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join('\n')).not.toMatch(/(?<!\\)<\/td>|(?<!\\)`code/);
});
