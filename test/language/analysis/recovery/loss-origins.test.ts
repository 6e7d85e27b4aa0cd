/** Which stores lose the data that a component takes a loss of, beside what each of them loses by itself. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../../language/analysis/analyze.js';
import type { DisruptionClass } from '../../../../language/model/model.js';
import { parseFiles } from '../../model-of.js';

const text = `
region north { zones a, b, c }
region south { zones a, b, c }

database carts {
  runs 3 in north
  runs 3 in south as hot standby
  replicates async to south lag 10s
  requires mailer
  requires prices { reads }
}
service mailer { runs 3 in north  publishes to mail }
queue mail { runs 3 in north }
database prices { runs 3 in north }
database orders {
  runs 3 in north
  backup nightly { full every 1h takes 10m  copies to vault takes 5m }
  agrees with ledger
}
database ledger { runs 3 in north  backup nightly { full every 2h takes 10m  copies to vault takes 5m } }
cache index { runs 3 in north  rebuilds from orders takes 5m }
bucket vault in south { }
journey buy { requires index }
`;

async function lossesOf(subject: string, disruption: DisruptionClass): Promise<readonly string[]> {
  const { model, problems } = await parsed();
  expect(problems).toEqual([]);
  const found = analyze(model, { asOf: '2026-11-21' }).lossOrigins(subject, disruption);
  return [...found].map(([name, rpo]) => `${name} ${rpo.status === 'known' ? rpo.value : rpo.status}`).sort();
}

async function parsed() {
  const { documents, model } = await parseFiles({ 'model.drml': text });
  return { model, problems: documents.flatMap(({ diagnostics = [] }) => diagnostics.filter(({ severity }) => severity === 1)) };
}

describe('data is lost', () => {
  test.each<[string, DisruptionClass, readonly string[]]>([
    // Its own copies trail by 10 s; the mail has no copy; what is only read loses nothing for it.
    ['carts', 'region-loss', ['carts 10', 'mail never']],
    ['mailer', 'region-loss', ['mail never']],
    // 1 h + 10 min + 5 min; who must agree goes back as far: 2 h + 10 min + 5 min.
    ['buy', 'region-loss', ['ledger 8100', 'orders 4500']],
    ['vault', 'corruption', ['vault never']],
  ])('of %s in %s', async (subject, disruption, expected) => {
    expect(await lossesOf(subject, disruption)).toEqual(expected);
  });

  test('of nobody for unknown names', async () => {
    expect(await lossesOf('nobody', 'region-loss')).toEqual([]);
  });
});
