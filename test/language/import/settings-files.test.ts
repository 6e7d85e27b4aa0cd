/** Addresses in files of settings that config maps hold, whatever their language. */
import { describe, expect, test } from 'vitest';
import { workload } from './fixtures.js';
import { imported } from './imported-model.js';

const api = workload('api', { pod: 'volumes: [{ name: c, configMap: { name: files } }]' });
const others = ['ledger', 'redis-master', 'pg', 'kafka'].map((name) => workload(name)).join('---\n');

async function imports(file: string, text: string) {
  const lines = text.replace(/^/gm, '    ');
  return imported({
    'all.yaml': `${api}---\n${others}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: files, namespace: shop }\ndata:\n  ${file}: |\n${lines}\n`,
  });
}

describe('a mounted file tells who is called', () => {
  test.each([
    ['application.yml', 'spring:\n  datasource:\n    url: jdbc:postgresql://pg:5432/shop?ssl=true', 'pg'],
    ['application.properties', 'spring.kafka.bootstrap-servers=kafka:9092,other-0.kafka:9092', 'kafka'],
    ['nginx.conf', 'location / { proxy_pass http://ledger.shop.svc.cluster.local:8080/; }', 'ledger'],
    ['app.conf', 'upstream ledger_up {\n  server ledger:8080;\n}', 'ledger'],
    ['settings.py', 'DATABASES = {\n  "default": {\n    "HOST": "pg",\n    "PORT": 5432\n  }\n}', 'pg'],
    ['config.json', '{ "redis": { "host": "redis-master", "port": 6379 } }', 'redis-master'],
    ['resque.yml.erb', 'url: redis://:<%= File.read("p").strip %>@redis-master.shop.svc:6379', 'redis-master'],
    ['config.toml', 'brokers = ["kafka:9092"]', 'kafka'],
  ])('%s', async (file, text, target) => {
    const result = await imports(file, text);
    expect(result.errors).toEqual([]);
    expect(result.formatted).toMatch(
      new RegExp(`requires ${target} {2}// config map files, ${file.replaceAll('.', '\\.')} \\(all\\.yaml:\\d+\\)`),
    );
    expect(result.counts.edges).toBe(1);
  });

  test.each([
    ['comments', '# server ledger:8080\n// see http://ledger:8080\n; host = pg\nmode = fast # kafka:9092'],
    ['words that are names of components and no addresses', 'pool: ledger\nmode ledger\ntitle: "kafka and pg"'],
    [
      'what only looks like an address',
      'limit: zone=one:10\nserver.port:8080\nports: {http:8080}\nxmlns=http://www.w3.org/1999/xhtml\nimage: acme/api:1234',
    ],
    ['lines and files too long to be settings', `url: http://ledger:8080/${'x'.repeat(2000)}`],
  ])('%s tell nothing', async (_name, text) => {
    const { counts, model } = await imports('any.conf', text);
    expect(counts.edges).toBe(0);
    expect(model.components.filter(({ kind }) => kind === 'external')).toEqual([]);
  });

  test('with the line it stands on, in a manifest or in a file of its own', async () => {
    const text = 'a: 1\n\nledger:\n  url: http://ledger:8080\n';
    const within = await imports('app.yml', text);
    const line =
      `${api}---\n${others}---\napiVersion: v1\nkind: ConfigMap\nmetadata: x\ndata:\n  app.yml: |\n`.split('\n').length + 3;
    expect(within.formatted).toContain(`requires ledger  // config map files, app.yml (all.yaml:${line})`);
    const folded = await imported({
      'all.yaml': `${api}---\n${others}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: files, namespace: shop }\ndata: { app.yml: "a: 1\\nurl: http://ledger:8080" }\n`,
    });
    expect(folded.formatted).toContain(`requires ledger  // config map files, app.yml (all.yaml:${line - 5})`);
    const beside = await imported({
      'k/kustomization.yaml': 'resources: [all.yaml]\nconfigMapGenerator: [{ name: files, namespace: shop, files: [app.yml] }]\n',
      'k/all.yaml': `${api}---\n${others}`,
      'k/app.yml': text,
    });
    expect(beside.formatted).toContain('requires ledger  // config map files, app.yml (k/app.yml:4)');
  });

  test('one outside, where the setting says that it is an address', async () => {
    const { formatted } = await imports(
      'app.yml',
      'payments:\n  url: https://api.payments.example.net/v1\ndocs: https://docs.example.net',
    );
    expect(formatted).toContain('external api-payments-example-net');
    expect(formatted).not.toContain('docs-example-net');
  });
});
