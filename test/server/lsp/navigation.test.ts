import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  LinkedEditingRanges,
  Location,
  LocationLink,
  SelectionRange,
  WorkspaceSymbol,
} from 'vscode-languageserver-protocol';
import { LspClient } from './lsp-client.js';
import { positionOf, textIn } from './places.js';

const platform = `region cn-north "Beijing" { zones a, b }
region cn-south { zone x { building "GZ-1" } }
service registry { runs 2 in cn-north  runs 1 in cn-south.x as warm standby }
policy gold { requires registry  failover { detect 30s } }
`;
const main = `import "./platform.drml"
import "./missing.drml"

model shop { }

// Who takes orders:
// see https://wiki.example.com/orders, always.
service orders "Orders" tier 0 {
  runs 2 in cn-north.a
  follows gold
  requires any of adyen, stripe for buy
  requires orders-db { timeout 200ms }
  wants registry in same region
  runbook "https://runbook.example.com/a?b=c#d" reviewed 2026-09-01
  accepts DR002 until 2027-01-01 by "team" because "see https://example.com/why."
  objective {
    availability 99.95%
    region-loss { rto 15m rpo 1m }
  }
}
database orders-db {
  runs 2 in cn-north zones a, b
  requires orders
  manifest "./k8s/db.yaml"
  backup nightly { full every 1d  copies to vault }
  failover to cn-south { decide manual 20m }
}
queue events in cn-north, cn-south { }
bucket vault in cn-south { }
external adyen { availability 99.95% }
external stripe { availability 99.9% }
gateway edge { routes "/orders" to orders, "/" to orders  follows gold }
journey buy { requires edge }
scenario lost { fails cn-north.a  expect buy rto <= 15m }
drill lost on 2026-09-14 { measured buy rto 3m }
`;

let client: LspClient;
const capabilities = {
  textDocument: {
    definition: { linkSupport: true },
    declaration: { linkSupport: true },
    implementation: { linkSupport: true },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    rename: { prepareSupport: true },
  },
};
beforeAll(async () => {
  client = await LspClient.start({
    files: { 'platform.drml': platform, 'main.drml': main },
    capabilities,
    initializationOptions: { rulePages: 'file:///rules' },
  });
});
afterAll(async () => {
  await client.stop();
});

const texts: Readonly<Record<string, string>> = { 'main.drml': main, 'platform.drml': platform };
const fileOf = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1);

/** `file: the line that a link leads to`. */
function shown(links: readonly LocationLink[] | null): readonly string[] {
  return (links ?? []).map(({ targetUri, targetSelectionRange }) => {
    const file = fileOf(targetUri);
    return `${file}: ${texts[file]?.split('\n')[targetSelectionRange.start.line]?.trim()}`;
  });
}

describe('definition', () => {
  test.each([
    ['orders-db {', 1, 'main.drml: database orders-db {'],
    ['registry in', 1, 'platform.drml: service registry { runs 2 in cn-north  runs 1 in cn-south.x as warm standby }'],
    ['"./platform.drml"', 1, 'platform.drml: region cn-north "Beijing" { zones a, b }'],
    ['stripe', 1, 'main.drml: external stripe { availability 99.9% }'],
    ['buy\n', 1, 'main.drml: journey buy { requires edge }'],
    ['gold', 1, 'platform.drml: policy gold { requires registry  failover { detect 30s } }'],
    ['lost on', 1, 'main.drml: scenario lost { fails cn-north.a  expect buy rto <= 15m }'],
    ['north.a', 1, 'platform.drml: region cn-north "Beijing" { zones a, b }'],
    ['vault }', 1, 'main.drml: bucket vault in cn-south { }'],
    ['orders, "/"', 1, 'main.drml: service orders "Orders" tier 0 {'],
    ['buy rto <=', 1, 'main.drml: journey buy { requires edge }'],
  ])('of %s', async (part, nth, target) => {
    const position = positionOf(main, part, nth);
    for (const method of ['textDocument/definition', 'textDocument/declaration']) {
      expect(shown(await client.request<LocationLink[]>(method, 'main.drml', { position }))).toEqual([target]);
    }
  });

  test.each([['"./missing.drml"'], ['DR002'], ['requires'], ['200ms'], ['Orders"']])('of %s is nothing', async (part) => {
    const position = positionOf(main, part);
    expect(await client.request('textDocument/definition', 'main.drml', { position })).toBeNull();
  });

  test('of a zone behind a region and in a list of zones', async () => {
    for (const part of ['.a', ' a, b']) {
      const links = await client.request<LocationLink[]>('textDocument/definition', 'main.drml', {
        position: positionOf(main, part),
      });
      expect(links.map(({ targetSelectionRange }) => textIn(platform, targetSelectionRange))).toEqual(['a']);
    }
  });
});

describe('implementation', () => {
  test.each([
    [
      'platform.drml',
      'gold',
      [
        'main.drml: service orders "Orders" tier 0 {',
        'main.drml: gateway edge { routes "/orders" to orders, "/" to orders  follows gold }',
      ],
    ],
    ['main.drml', 'lost {', ['main.drml: drill lost on 2026-09-14 { measured buy rto 3m }']],
    [
      'platform.drml',
      'cn-south',
      [
        'main.drml: queue events in cn-north, cn-south { }',
        'main.drml: bucket vault in cn-south { }',
        'platform.drml: service registry { runs 2 in cn-north  runs 1 in cn-south.x as warm standby }',
      ],
    ],
    ['main.drml', 'adyen {', ['main.drml: external adyen { availability 99.95% }']],
  ])('in %s of %s', async (file, part, targets) => {
    const position = positionOf(texts[file] ?? '', part);
    expect(shown(await client.request<LocationLink[]>('textDocument/implementation', file, { position }))).toEqual(targets);
  });

  test('of a zone is what runs in it', async () => {
    const position = positionOf(platform, ' a, b');
    const links = await client.request<LocationLink[]>('textDocument/implementation', 'platform.drml', { position });
    expect(shown(links)).toEqual(['main.drml: runs 2 in cn-north.a', 'main.drml: runs 2 in cn-north zones a, b']);
  });
});

test('references come with or without the declaration', async () => {
  const found = async (includeDeclaration: boolean): Promise<number> => {
    const position = positionOf(platform, 'registry');
    const context = { includeDeclaration };
    return (await client.request<Location[]>('textDocument/references', 'platform.drml', { position, context })).length;
  };
  expect(await found(false)).toBe(2);
  expect(await found(true)).toBe(3);
});

test('references of an import are all imports of the file', async () => {
  const other = 'import "./platform.drml"\n';
  await client.open('other.drml', other);
  const found = await client.request<Location[]>('textDocument/references', 'main.drml', {
    position: positionOf(main, '"./platform.drml"'),
    context: { includeDeclaration: true },
  });
  expect(found.map(({ uri, range }) => [fileOf(uri), textIn(texts[fileOf(uri)] ?? other, range)]).sort()).toEqual([
    ['main.drml', '"./platform.drml"'],
    ['other.drml', '"./platform.drml"'],
  ]);
});

describe('dependency hierarchy', () => {
  async function prepare(part: string): Promise<CallHierarchyItem> {
    const position = positionOf(main, part);
    const items = await client.request<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', 'main.drml', { position });
    const [item] = items;
    if (item === undefined) throw new Error(`No hierarchy of ${part}.`);
    return item;
  }
  const incoming = (item: CallHierarchyItem): Promise<CallHierarchyIncomingCall[]> =>
    client.connection.sendRequest('callHierarchy/incomingCalls', { item });
  const outgoing = (item: CallHierarchyItem): Promise<CallHierarchyOutgoingCall[]> =>
    client.connection.sendRequest('callHierarchy/outgoingCalls', { item });

  test('starts at a declaration and at a use alike', async () => {
    const declared = await prepare('orders-db {\n  runs');
    expect(declared).toMatchObject({ name: 'orders-db', detail: 'database \u00b7 in cn-north' });
    expect(await prepare('orders-db { timeout')).toEqual(declared);
    const none = await client.request('textDocument/prepareCallHierarchy', 'main.drml', {
      position: positionOf(main, 'rto 15m'),
    });
    expect(none).toBeNull();
  });

  test('incoming: who requires, wants and routes to it, in all files, each once with all its places', async () => {
    const calls = await incoming(await prepare('orders "Orders"'));
    expect(calls.map(({ from, fromRanges }) => [from.name, from.detail, fromRanges.length])).toEqual([
      ['orders-db', 'database \u00b7 requires \u00b7 in cn-north', 1],
      ['edge', 'gateway \u00b7 routes "/orders" to; routes "/" to', 2],
    ]);
    for (const { fromRanges } of calls) for (const range of fromRanges) expect(textIn(main, range)).toBe('orders');
  });

  test('incoming of what a policy requires: who follows the policy', async () => {
    const calls = await incoming(await prepare('registry in'));
    expect(calls.map(({ from }) => [from.name, from.detail])).toEqual([
      ['orders', 'service \u00b7 wants in same region; requires, by policy gold \u00b7 in cn-north.a'],
      ['edge', 'gateway \u00b7 requires, by policy gold'],
    ]);
  });

  test('outgoing: what it depends on, with the words', async () => {
    const calls = await outgoing(await prepare('orders "Orders"'));
    expect(calls.map(({ to, fromRanges }) => [to.name, to.detail, fromRanges.length])).toEqual([
      ['registry', 'service \u00b7 requires, by policy gold; wants in same region \u00b7 in cn-north, cn-south.x', 2],
      ['adyen', 'external \u00b7 requires any of for buy', 1],
      ['stripe', 'external \u00b7 requires any of for buy', 1],
      ['orders-db', 'database \u00b7 requires \u00b7 in cn-north', 1],
    ]);
  });

  test('a circle of requirements goes round and round', async () => {
    let item = await prepare('orders "Orders"');
    for (let step = 0; step < 3; step++) {
      const next = (await outgoing(item)).find(({ to }) => to.name === (item.name === 'orders' ? 'orders-db' : 'orders'));
      if (next === undefined) throw new Error(`${item.name} leads nowhere`);
      item = next.to;
    }
    expect(item.name).toBe('orders-db');
  });

  test('an item of a text that has changed is answered with nothing', async () => {
    const item = await prepare('vault in');
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } };
    const gone = { ...item, range, selectionRange: range };
    expect(await incoming(gone)).toBeNull();
    expect(await outgoing({ ...item, uri: client.uri('nowhere.drml') })).toEqual([]);
  });
});

test('selection grows from the word to the file', async () => {
  const steps = async (part: string): Promise<readonly string[]> => {
    const found = await client.request<SelectionRange[]>('textDocument/selectionRange', 'main.drml', {
      positions: [positionOf(main, part)],
    });
    const list: string[] = [];
    for (let range: SelectionRange | undefined = found[0]; range !== undefined; range = range.parent) {
      const lines = textIn(main, range.range).split('\n');
      list.push(lines.length === 1 ? (lines[0] ?? '') : `${lines[0]?.trim()} \u2026 ${lines.at(-1)}`);
    }
    return list;
  };
  expect(await steps('15m rpo')).toEqual([
    '15m',
    'rto 15m',
    'rto 15m rpo 1m',
    '{ rto 15m rpo 1m }',
    'region-loss { rto 15m rpo 1m }',
    'availability 99.95% \u2026     region-loss { rto 15m rpo 1m }',
    '{ \u2026   }',
    'objective { \u2026   }',
    'runs 2 in cn-north.a \u2026   }',
    '{ \u2026 }',
    'service orders "Orders" tier 0 { \u2026 }',
    'import "./platform.drml" \u2026 ',
  ]);
  expect((await steps('stripe for')).slice(0, 3)).toEqual(['stripe', 'adyen, stripe', 'requires any of adyen, stripe for buy']);
  expect((await steps('north.a')).slice(0, 3)).toEqual(['cn-north', 'cn-north.a', 'runs 2 in cn-north.a']);
  expect((await steps('Orders"')).slice(0, 2)).toEqual(['Orders', '"Orders"']);
});

describe('linked editing', () => {
  const linked = (part: string): Promise<LinkedEditingRanges | null> =>
    client.request('textDocument/linkedEditingRange', 'main.drml', { position: positionOf(main, part) });

  test('of a declaration whose uses all stand in its file', async () => {
    const found = await linked('orders-db {\n  runs');
    expect(found?.ranges.map((range) => textIn(main, range))).toEqual(['orders-db', 'orders-db']);
  });

  test('is not offered at uses, for names of other files and for names without uses', async () => {
    expect(await linked('orders-db { timeout')).toBeNull();
    expect(await linked('events in')).toBeNull();
    const position = positionOf(platform, 'registry');
    expect(await client.request('textDocument/linkedEditingRange', 'platform.drml', { position })).toBeNull();
  });
});

test('a name is highlighted as written where it is declared and as read where it is used', async () => {
  const marks = (part: string): Promise<DocumentHighlight[]> =>
    client.request('textDocument/documentHighlight', 'main.drml', { position: positionOf(main, part) });
  expect((await marks('orders-db {\n  runs')).map(({ range, kind }) => [textIn(main, range), kind])).toEqual([
    ['orders-db', 3],
    ['orders-db', 2],
  ]);
  expect((await marks('registry in')).map(({ kind }) => kind)).toEqual([2]);
  expect((await marks('DR002')).map(({ range, kind }) => [textIn(main, range), kind])).toEqual([['DR002', 1]]);
  expect(await marks('requires')).toBeNull();
});

test('imports, manifests, addresses and codes of rules can be followed', async () => {
  const links = await client.request<DocumentLink[]>('textDocument/documentLink', 'main.drml');
  const shape = links.map(({ range, target }) => [textIn(main, range), target?.replace(`${client.uri('')}/`, '')]);
  expect(shape).toEqual(
    expect.arrayContaining([
      ['"./platform.drml"', 'platform.drml'],
      ['"./k8s/db.yaml"', 'k8s/db.yaml'],
      ['https://wiki.example.com/orders', 'https://wiki.example.com/orders'],
      ['https://runbook.example.com/a?b=c#d', 'https://runbook.example.com/a?b=c#d'],
      ['https://example.com/why', 'https://example.com/why'],
      ['DR002', 'file:///rules/DR002.md'],
    ]),
  );
  expect(shape.map(([text]) => text)).not.toContain('"./missing.drml"');
});

test('blocks, comments, imports and marked regions fold', async () => {
  const text = `import "./a.drml"
import "./b.drml"

// one {
// two
// three
// #region sites
region r {
  zones a
}
// #endregion
service s "{" {
  objective {
    availability 99%
  }
}
`;
  await client.open('folds.drml', text);
  const folds = await client.request<FoldingRange[]>('textDocument/foldingRange', 'folds.drml');
  expect(folds.map(({ startLine, endLine, kind }) => [startLine, endLine, kind ?? 'block'])).toEqual([
    [0, 1, 'imports'],
    [3, 5, 'comment'],
    [6, 10, 'region'],
    [7, 8, 'block'],
    [11, 14, 'block'],
    [12, 13, 'block'],
  ]);
});

test('the outline says what things are and nests what belongs to them', async () => {
  const symbols = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', 'main.drml');
  const shape = (list: readonly DocumentSymbol[]): readonly string[] =>
    list.flatMap(({ name, detail, children }) => [`${name}: ${detail}`, ...shape(children ?? []).map((line) => `  ${line}`)]);
  expect(shape(symbols)).toEqual([
    'shop: model',
    'orders: service \u00b7 Orders \u00b7 tier 0 \u00b7 in cn-north.a',
    '  objective: availability 99.95% \u00b7 region-loss rto 15m rpo 1m',
    'orders-db: database \u00b7 in cn-north',
    '  nightly: backup \u00b7 to vault',
    '  failover \u00b7 to cn-south: manual',
    'events: queue \u00b7 in cn-north, cn-south',
    'vault: bucket \u00b7 in cn-south',
    'adyen: external',
    'stripe: external',
    'edge: gateway',
    'buy: journey',
    'lost: scenario',
    'lost: drill on 2026-09-14',
  ]);
});

test('a search finds zones, backups and declarations of all files, the best matches first, with the file they stand in', async () => {
  const search = async (query: string): Promise<readonly string[]> => {
    const found = await client.connection.sendRequest<WorkspaceSymbol[]>('workspace/symbol', { query });
    return found.map(({ name, containerName }) => `${name} (${containerName})`);
  };
  expect(await search('orders')).toEqual(['orders (main.drml)', 'orders-db (main.drml)']);
  expect(await search('db')).toEqual(['orders-db (main.drml)']);
  expect(await search('odb')).toEqual(['orders-db (main.drml)']);
  expect(await search('NIGHT')).toEqual(['nightly (orders-db, main.drml)']);
  expect(await search('x')).toEqual(['x (cn-south, platform.drml)']);
  expect(await search('nothing-like-it')).toEqual([]);
  expect((await search('')).length).toBeGreaterThan(12);
});
