/** Runbooks: steps in the order in which they can be done, with the commands of the files that were generated. */
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../language/analysis/analyze.js';
import { generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import { exampleModels } from '../../example-models.js';
import { modelOf, parseFiles } from '../model-of.js';

const text = `
model shop { namespace shop  owner "team-*shop*" }
region north { provider aws  zones a, b, c }
region south { provider aws  cluster "green"  zones a, b }
region east { provider aws  zones a }
bucket vault in east { id "v" }
service web tier 0 {
  image "x/w:1"  port http 8080  runs 3 in north  runs 2 in south as cold standby
  requires db
  failover to south { detect 30s  decide manual 10m  provision 5m  warmup 0s  switch dns ttl 60s }
}
database db tier 0 {
  engine postgres "16"  managed by operator cloudnative-pg  runs 3 in north  runs 1 in south as hot standby
  replicates async to south lag 5s
  failover to south { detect 10s  decide manual 0s  promote 60s  switch mesh }
}
database ledger { engine generic  image "x/l:1"  port tcp 5432  runs 1 in north  size 1GiB  corruption found within 1h
  backup nightly { full every 1d takes 10m  copies to vault takes 5m  keeps 7d  restores at 10MiB/s } }
database carts { engine postgres "16"  image "x/pg:16"  port tcp 5432  runs 1 in north  size 1GiB  corruption found within 1h
  backup nightly { full every 1d takes 10m  copies to vault takes 5m  keeps 7d  restores at 10MiB/s } }
journey shop tier 0 { requires web }
scenario spoiled { corrupts ledger  corrupts carts  expect shop up }
`;
const model = await modelOf(text);
const tree = generateManifests(model, noOwnFiles);
const page = (file: string, of = tree): string => of.files.find(({ path }) => path === `runbooks/${file}.md`)?.content ?? '';
const steps = (content: string) => [...content.matchAll(/^### \d+\. (\S+): (.*)$/gm)].map(([, name, time]) => [name, time]);

it('there is one for each scenario, and for each region that something serves in and can leave', () => {
  expect(tree.files.map(({ path }) => path).filter((path) => path.startsWith('runbooks/'))).toEqual([
    'runbooks/lose-north.md',
    'runbooks/spoiled.md',
  ]);
});

describe('the loss of a region', () => {
  const content = page('lose-north');

  it('brings back what others wait for first', () => {
    const names = steps(content).map(([name]) => name);
    expect(names.indexOf('db')).toBeLessThan(names.indexOf('web'));
    // 30 s to notice, 10 min to decide, 5 min to provision, 1 min for DNS.
    expect(steps(content)).toContainEqual(['web', expect.stringMatching(/^ready after 16 min 30 s/)]);
  });

  it('has the commands for what does not happen by itself', () => {
    expect(content).toContain('**Decide** whether south takes over, within 10 min: nothing does so by itself.');
    expect(content).toContain(
      `kubectl --context green -n shop patch clusters.postgresql.cnpg.io db --type merge -p '{"spec":{"replica":{"enabled":false}}}'`,
    );
    expect(content).toContain('kubectl --context green -n shop scale deployment/web --replicas=2');
    expect(content).toContain('Its name in DNS has to lead to south; callers follow within 1 min.');
  });

  it('says what has no other place', () => {
    expect(content).toMatch(/ledger.*\n\nThe model gives it no other place: .*Restore it from backup nightly in vault/);
  });

  it('takes no text of the model for markup', () => {
    expect(content).toContain('Who: team-\\*shop\\*');
  });
});

it('bad data is restored from what was generated', () => {
  const content = page('spoiled');
  expect(content).toContain('velero.io/schedule-name=shop-ledger-nightly');
  expect(tree.files.some(({ path }) => path.endsWith('velero/schedule-ledger-nightly.yaml'))).toBe(true);
  const restore = /\n(\{"apiVersion":"velero.io\/v1".*\})\n/.exec(content)?.[1] ?? '{}';
  expect(JSON.parse(restore)).toMatchObject({ kind: 'Restore', spec: { backupName: '$backup', existingResourcePolicy: 'none' } });
  expect(content).toContain('aws s3 ls "s3://v/dumps/shop/north/default/carts/" --recursive');
  expect(content).toContain('pg_restore --host=127.0.0.1 --port="$port" --clean --if-exists');
});

it('a zone that takes the only volume is a restore as well', async () => {
  const zone = generateManifests(
    await modelOf(
      `${text.slice(0, text.indexOf('journey'))}scenario zone-lost { fails north.a  expect web up }`.replaceAll(
        'size 1GiB',
        'size 1GiB  storage zonal',
      ),
    ),
    noOwnFiles,
  );
  expect(page('zone-lost', zone)).toMatch(/ledger: .*\n\nRestore it from backup nightly in vault, into north\./);
});

it('times are those of the analysis', async () => {
  for (const { files } of exampleModels) {
    const { model: example } = await parseFiles(files);
    const generated = generateManifests(example, noOwnFiles);
    for (const scenario of example.scenarios) {
      const found = analyze(example, { asOf: '2026-11-01' }).scenario(scenario.name);
      expect(found).toBeDefined();
      const shown = steps(page(scenario.name, generated)).map(([name]) => name);
      const affected = found?.recovery.filter(({ rto }) => rto.status === 'known' && rto.value > 0).map(({ name }) => name) ?? [];
      const components = new Set(example.components.map(({ name }) => name));
      for (const name of affected.filter((each) => components.has(each))) expect(shown).toContain(name);
    }
  }
});

it('kubectl is told the cluster in every command', () => {
  for (const { content } of tree.files.filter(({ path }) => path.startsWith('runbooks/'))) {
    for (const row of content.split('\n').filter((one) => one.startsWith('kubectl')))
      expect(row).toMatch(/^kubectl --context \S+ /);
  }
});
