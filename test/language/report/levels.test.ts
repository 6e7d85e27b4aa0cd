import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../language/analysis/analyze.js';
import { Scale } from '../../../language/report/levels/level-of.js';
import { gbtLevels, shareTiers } from '../../../language/report/levels/schemes.js';
import { siteFacts } from '../../../language/report/levels/site-facts.js';
import { modelOf } from '../model-of.js';

/** What the steps of both scales ask for, added one after the other to one store and the service that writes it. */
interface Design {
  readonly store: string;
  readonly service: string;
}

const regions =
  'region one { zones a, b }\nregion two { zones a, b }\nregion three { zones a }\nbucket vault in two { }\nbucket near in one { }\nbucket reel in two { media tape }\n';
const failover = 'failover { detect 10s  decide automatic  promote 10s  switch mesh }';

function textOf({ store, service }: Design): string {
  return `${regions}database db { ${store} }\nservice api { ${service}  requires db }\njourney use { requires api }\n`;
}

async function levelsOf(design: Design, subject = 'use'): Promise<readonly [share: string, gbt: string]> {
  const model = await modelOf(textOf(design));
  const analysis = analyze(model, { asOf: '2026-11-21' });
  const facts = siteFacts(model, analysis);
  const said = [shareTiers(facts), gbtLevels(facts)].map((levels) => {
    const found = new Scale(model, analysis, levels).of(subject);
    if (found === undefined) return 'none';
    return `${found.level} ${found.limits.map(({ component, because }) => `${component}: ${because}`).join('; ')}`.trim();
  });
  return [said[0] ?? '', said[1] ?? ''];
}

const weekly = 'backup b { full every 7d  copies to vault }';
const daily = 'backup b { full every 1d  copies to vault }';
const often = 'backup b { full every 1d  log every 10m  copies to vault }';
const here = 'runs 2 in one';
const alone = 'db: it runs in one only';
const spread = 'runs 2 in one  runs 2 in two as hot standby  runs 2 in three as hot standby';
const replicas = 'replicates sync within one quorum 2  replicates async to two lag 5s';

const designs: readonly (readonly [what: string, store: string, service: string, share: string, gbt: string])[] = [
  ['nothing is copied', here, here, '0 db: no copy of its data in another region', '0 db: no copy of its data in another region'],
  [
    'the copy lies beside its store',
    `${here}  backup b { full every 1d  copies to near }`,
    here,
    '0 db: no copy of its data in another region',
    '0 db: no copy of its data in another region',
  ],
  [
    'a weekly copy elsewhere',
    `${here}  ${weekly}`,
    here,
    `1 api: it runs in one only; ${alone}`,
    `1 api: it runs in one only; ${alone}`,
  ],
  [
    'a monthly copy elsewhere',
    `${here}  backup b { full every 30d  copies to vault }`,
    here,
    `1 api: it runs in one only; ${alone}`,
    '0 db: a full backup every 30 d only',
  ],
  [
    'a second site to restore to, and tapes',
    `${here}  runs 2 in two as cold standby  backup b { full every 7d  copies to reel }`,
    `${here}  runs 2 in two as cold standby`,
    '2 db: its copies go to another region on tape only',
    '2 db: a full backup every 7 d only',
  ],
  [
    'copies over the network, once a day',
    `${here}  runs 2 in two as cold standby  ${daily}`,
    `${here}  runs 2 in two as cold standby`,
    '3 db: its data goes to another region every 1 d only',
    '2 db: its data goes to another region every 1 d only',
  ],
  [
    'logs every ten minutes, nothing running there',
    `${here}  runs 2 in two as cold standby  ${often}`,
    `${here}  runs 2 in two as cold standby`,
    '4 db: its changes are not replicated to another region as they happen',
    '3 api: 0 of the 1 instances it needs are ready in another region; db: 0 of the 1 instances it needs are ready in another region',
  ],
  [
    'everything running there, replicated',
    `runs 3 in one  runs 3 in two as hot standby  ${replicas}  ${often}  ${failover}`,
    `${here}  runs 2 in two as hot standby  ${failover}`,
    '5 db: the loss of a region loses data: RPO 5 s',
    '5 db: the loss of a region loses data: RPO 5 s',
  ],
  [
    'replicated, and nobody says how traffic is switched',
    `runs 3 in one  runs 3 in two as hot standby  ${replicas}  ${often}  ${failover}`,
    `${here}  runs 2 in two as hot standby  failover { detect 10s  decide automatic }`,
    '5 db: the loss of a region loses data: RPO 5 s',
    '4 api: the model does not say how its traffic is switched',
  ],
  [
    'nothing is lost, and the copies that are left are no quorum',
    `runs 3 in one  runs 3 in two as hot standby  replicates sync quorum 4  ${often}  ${failover}`,
    `${here}  runs 2 in two as hot standby  ${failover}`,
    '5 db: it does not come back after the loss of a region',
    '5 db: it does not come back after the loss of a region',
  ],
  [
    'nothing is lost, and somebody decides',
    `${spread}  replicates sync quorum 4  ${often}  ${failover.replace('automatic', 'manual 5m')}`,
    `${here}  runs 2 in two as hot standby  ${failover}`,
    '6 db: its takeover is not decided automatically',
    '5 db: its takeover is not decided automatically',
  ],
  [
    'nothing is lost, and nobody decides',
    `${spread}  replicates sync quorum 4  ${often}  ${failover}`,
    `${here}  runs 2 in two as hot standby  ${failover}`,
    '7',
    '6',
  ],
];

describe('levels of preparedness', () => {
  it.each(designs)('%s', async (_what, store, service, share, gbt) => {
    expect(await levelsOf({ store, service })).toEqual([share, gbt]);
  });

  it('what passes through a queue needs no full backup, and everything else of the step', async () => {
    const text = `${regions}queue q { runs 3 in one  runs 3 in two as hot standby  ${replicas}  ${failover} }\n`;
    const model = await modelOf(text);
    const analysis = analyze(model, { asOf: '2026-11-21' });
    expect(new Scale(model, analysis, gbtLevels(siteFacts(model, analysis))).of('q')?.level).toBe(5);
  });

  it('what keeps no data, and what only holds the backups of others, has no level', async () => {
    expect(await levelsOf({ store: `${here}  ${weekly}`, service: here }, 'vault')).toEqual(['none', 'none']);
    const model = await modelOf(`${regions}service alone { runs 1 in one }`);
    const analysis = analyze(model, { asOf: '2026-11-21' });
    expect(new Scale(model, analysis, shareTiers(siteFacts(model, analysis))).of('alone')).toBeUndefined();
  });
});

it('the tables of the document are those of the report', async () => {
  const model = await modelOf(regions);
  const facts = siteFacts(model, analyze(model, { asOf: '2026-11-21' }));
  const text = readFileSync(new URL('../../../docs/report.md', import.meta.url), 'utf8');
  const rows = [...shareTiers(facts), ...gbtLevels(facts)].map(({ level, title, asks }) => `| ${level} | ${title} | ${asks} |`);
  expect(text.split('\n').filter((line) => /^\| \d \|/.test(line))).toEqual(rows);
});
