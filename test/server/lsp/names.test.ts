import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  DocumentHighlight,
  DocumentSymbol,
  Location,
  LocationLink,
  SymbolInformation,
  WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import { LspClient, marked } from './lsp-client.js';

const platform = `region cn-north { zones a, b }
service registry { runs 2 in cn-north }
`;
const main = `import "./platform.drml"
model shop { }
service orders { runs 2 in cn-north.a  requires registry  requires orders-db }
database orders-db { runs 2 in cn-north  backup nightly { full every 1d } }
journey buy { requires orders }
`;

const capabilities = {
  textDocument: {
    definition: { linkSupport: true },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    rename: { prepareSupport: true },
  },
};

let client: LspClient;
beforeAll(async () => {
  client = await LspClient.start({ files: { 'platform.drml': platform, 'main.drml': main }, capabilities });
});
afterAll(async () => {
  await client.stop();
});

/** The place of the n-th occurrence of a text, one character in. */
function placeOf(text: string, of: string, nth = 1): object {
  let at = -1;
  for (let count = 0; count < nth; count++) at = of.indexOf(text, at + 1);
  return { position: marked(`${of.slice(0, at + 1)}<|>${of.slice(at + 1)}`).position };
}

async function rename(path: string, place: object, newName: string): Promise<Readonly<Record<string, number>>> {
  const edit = await client.request<WorkspaceEdit>('textDocument/rename', path, { ...place, newName });
  const files = Object.entries(edit.changes ?? {}).map(
    ([uri, edits]) => [uri.slice(uri.lastIndexOf('/') + 1), edits.length] as const,
  );
  return Object.fromEntries(files);
}

test('a use leads to its declaration in another file', async () => {
  const links = await client.request<LocationLink[]>('textDocument/definition', 'main.drml', placeOf('registry', main));
  expect(links.map(({ targetUri, targetSelectionRange }) => [targetUri, targetSelectionRange.start])).toEqual([
    [client.uri('platform.drml'), { line: 1, character: 8 }],
  ]);
});

test('a zone leads into its region', async () => {
  const links = await client.request<LocationLink[]>('textDocument/definition', 'main.drml', {
    position: marked(main.replace('cn-north.a', 'cn-north.<|>a')).position,
  });
  expect(links[0]?.targetSelectionRange.start).toEqual({ line: 0, character: 24 });
});

test('references of a declaration come from all files', async () => {
  const found = await client.request<Location[]>('textDocument/references', 'platform.drml', {
    ...placeOf('cn-north', platform),
    context: { includeDeclaration: false },
  });
  expect(found.map(({ uri }) => uri.slice(uri.lastIndexOf('/') + 1)).sort()).toEqual(['main.drml', 'main.drml', 'platform.drml']);
});

test('all uses in the file are marked', async () => {
  const found = await client.request<DocumentHighlight[]>(
    'textDocument/documentHighlight',
    'main.drml',
    placeOf('orders ', main),
  );
  expect(found).toHaveLength(2);
});

describe('rename', () => {
  test('changes the declaration and every use, in all files', async () => {
    expect(await rename('platform.drml', placeOf('cn-north', platform), 'eu-west')).toEqual({
      'platform.drml': 2,
      'main.drml': 2,
    });
    expect(await rename('main.drml', placeOf('registry', main), 'images')).toEqual({ 'platform.drml': 1, 'main.drml': 1 });
    expect(await rename('platform.drml', { position: { line: 0, character: 24 } }, 'z1')).toEqual({
      'platform.drml': 1,
      'main.drml': 1,
    });
  });

  test.each([
    ['Orders', 'kebab-case'],
    ['two words', 'kebab-case'],
    ['a--b', 'kebab-case'],
    ['', 'kebab-case'],
    ['"><script>', 'kebab-case'],
    ['buy', 'already the name of'],
    ['registry', 'platform.drml'],
  ])('refuses "%s"', async (newName, says) => {
    await expect(rename('main.drml', placeOf('orders ', main), newName)).rejects.toThrow(says);
  });

  test('of a zone to a name that its region has is refused', async () => {
    await expect(rename('platform.drml', { position: { line: 0, character: 24 } }, 'b')).rejects.toThrow('a zone of this region');
  });

  test.each([
    ['cache', 'stands behind the word that introduces it'],
    ['backup', 'stands in a comma list'],
    ['for', 'may be a name behind `requires`'],
  ])('to the keyword "%s" is fine where it %s', async (newName) => {
    expect(await rename('main.drml', placeOf('registry', main), newName)).toEqual({ 'platform.drml': 1, 'main.drml': 1 });
  });

  test('to a keyword is refused where it would be read as one', async () => {
    const text = 'region r { zones a }\nservice one { runs 1 in r  requires\n  two\n}\nservice two { runs 1 in r }\n';
    await client.open('keywords.drml', text);
    const at = placeOf('two {', text);
    await expect(rename('keywords.drml', at, 'runs')).rejects.toThrow('"runs" is a word of the language');
    expect(await rename('keywords.drml', at, 'three')).toEqual({ 'keywords.drml': 2 });
  });

  test('of a name that means nothing, of a keyword and to the same name changes nothing', async () => {
    const text = 'service one { requires nobody }\n';
    await client.open('nothing.drml', text);
    await expect(rename('nothing.drml', placeOf('nobody', text), 'two')).rejects.toThrow('no name here');
    await expect(rename('nothing.drml', placeOf('requires', text), 'two')).rejects.toThrow('no name here');
    expect(await rename('nothing.drml', placeOf('one', text), 'one')).toEqual({});
  });

  test('of policies, scenarios, journeys and backups reaches every use, each in its own name space', async () => {
    const text = `policy gold { mtbf 30d }
service one { follows gold }
journey buy { requires one }
scenario lost { fails one  expect buy down }
drill lost on 2026-09-14 { measured buy rto 3m }
database db { backup nightly { full every 1d }  backup weekly { full every 7d } }
`;
    await client.open('spaces.drml', text);
    expect(await rename('spaces.drml', placeOf('gold', text), 'one')).toEqual({ 'spaces.drml': 2 });
    expect(await rename('spaces.drml', placeOf('lost on', text), 'gone')).toEqual({ 'spaces.drml': 2 });
    expect(await rename('spaces.drml', placeOf('buy down', text), 'shop')).toEqual({ 'spaces.drml': 3 });
    expect(await rename('spaces.drml', placeOf('nightly', text), 'daily')).toEqual({ 'spaces.drml': 1 });
    await expect(rename('spaces.drml', placeOf('nightly', text), 'weekly')).rejects.toThrow('a backup of this component');
  });

  test('is only offered on names', async () => {
    const onKeyword = await client.request('textDocument/prepareRename', 'main.drml', placeOf('requires', main));
    expect(onKeyword).toBeNull();
    const onName = await client.request('textDocument/prepareRename', 'main.drml', placeOf('registry', main));
    expect(onName).toEqual({
      range: { start: { line: 2, character: 48 }, end: { line: 2, character: 56 } },
      placeholder: 'registry',
    });
  });
});

test('the outline nests zones in regions and backups in components', async () => {
  const outline = async (path: string): Promise<unknown> => {
    const shape = (symbols: readonly DocumentSymbol[]): unknown =>
      symbols.map(({ name, children }) => [name, shape(children ?? [])]);
    return shape(await client.request<DocumentSymbol[]>('textDocument/documentSymbol', path));
  };
  expect(await outline('platform.drml')).toEqual([
    [
      'cn-north',
      [
        ['a', []],
        ['b', []],
      ],
    ],
    ['registry', []],
  ]);
  expect(await outline('main.drml')).toEqual([
    ['shop', []],
    ['orders', []],
    ['orders-db', [['nightly', []]]],
    ['buy', []],
  ]);
});

test('a search over the workspace finds declarations by part of their name', async () => {
  const found = await client.connection.sendRequest<SymbolInformation[]>('workspace/symbol', { query: 'order' });
  expect(found.map(({ name }) => name).sort()).toEqual(['orders', 'orders-db']);
});
