import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, describe, expect, test } from 'vitest';
import type {
  CodeAction,
  Command,
  CompletionItem,
  CompletionList,
  Hover,
  Location,
  SymbolInformation,
  WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import { bundleOf } from '../bundle.js';
import { shop } from '../shop.js';
import { LspClient, marked } from './lsp-client.js';
import { positionOf } from './places.js';

const platform = 'region r { zones a, b }\nservice registry { runs 2 in r }\n';
const main = 'import "./platform.drml"\nmodel m { }\njourney buy { requires registry, nobody }\n';
const files = { 'platform.drml': platform, 'main.drml': main, 'shop/shop.drml': shop };

describe('a client of another editor that knows next to nothing of the protocol', () => {
  let client: LspClient;
  afterEach(async () => {
    expect(client.requestsFromServer).toEqual([]);
    expect(client.registrations).toEqual([]);
    expect(await client.stop()).toBe(0);
  });
  const start = async (): Promise<void> => {
    client = await LspClient.start({ files, program: 'drml', workspaceFolders: 'root-uri', processId: null });
  };

  test('gets problems of the whole workspace without asking and without a watcher', async () => {
    await start();
    const problems = await client.diagnostics('main.drml');
    expect(problems.map(({ message }) => message).join('\n')).toContain('nobody');
    expect((await client.diagnostics('shop/shop.drml')).length).toBeGreaterThan(0);
  });

  test('gets plain places, a flat outline, and edits without extras', async () => {
    await start();
    await client.open('main.drml', main);
    const position = positionOf(main, 'registry');
    const places = await client.request<Location[]>('textDocument/definition', 'main.drml', { position });
    expect(places).toEqual([
      { uri: client.uri('platform.drml'), range: { start: { line: 1, character: 8 }, end: { line: 1, character: 16 } } },
    ]);
    const symbols = await client.request<SymbolInformation[]>('textDocument/documentSymbol', 'platform.drml');
    expect(symbols.map(({ name, containerName, location }) => [name, containerName, location.uri])).toEqual([
      ['r', undefined, client.uri('platform.drml')],
      ['a', 'r', client.uri('platform.drml')],
      ['b', 'r', client.uri('platform.drml')],
      ['registry', undefined, client.uri('platform.drml')],
    ]);
    const edit = await client.request<WorkspaceEdit>('textDocument/rename', 'main.drml', { position, newName: 'images' });
    expect(edit.documentChanges).toBeUndefined();
    expect(Object.keys(edit.changes ?? {}).sort()).toEqual([client.uri('main.drml'), client.uri('platform.drml')]);
    expect(client.initialized?.capabilities.renameProvider).toBe(true);
    const hover = await client.request<Hover>('textDocument/hover', 'main.drml', { position });
    expect(JSON.stringify(hover.contents)).toContain('registry');
  });

  test('gets completion without snippets', async () => {
    await start();
    const { text, position } = marked('region r { zones a }\nservice s {\n  <|>\n}\n');
    await client.open('new.drml', text);
    const answer = await client.request<CompletionList | CompletionItem[]>('textDocument/completion', 'new.drml', { position });
    const items = Array.isArray(answer) ? answer : answer.items;
    expect(items.length).toBeGreaterThan(10);
    for (const { insertTextFormat, insertText = '', textEdit, label } of items) {
      expect(insertTextFormat ?? 1, label).toBe(1);
      const written = textEdit === undefined ? insertText : textEdit.newText;
      expect(written, label).not.toMatch(/\$\{|\$\d/);
    }
  });

  test('gets no action that it cannot carry out', async () => {
    await start();
    await client.open('main.drml', main);
    const diagnostics = await client.diagnostics('main.drml');
    const range = diagnostics.find(({ message }) => String(message).includes('nobody'))?.range;
    const actions = await client.request<(CodeAction | Command)[] | null>('textDocument/codeAction', 'main.drml', {
      range,
      context: { diagnostics },
    });
    for (const action of actions ?? []) {
      const changes = 'edit' in action ? action.edit?.documentChanges : undefined;
      expect(changes?.filter((change) => 'kind' in change) ?? [], action.title).toEqual([]);
    }
  });
});

describe('a client that knows everything', () => {
  const everything = {
    workspace: {
      configuration: true,
      workspaceFolders: true,
      applyEdit: true,
      didChangeConfiguration: { dynamicRegistration: true },
      didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
      fileOperations: { willRename: true, didRename: true, didCreate: true, didDelete: true },
      workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
      inlayHint: { refreshSupport: true },
      codeLens: { refreshSupport: true },
      semanticTokens: { refreshSupport: true },
    },
    textDocument: {
      definition: { linkSupport: true, dynamicRegistration: true },
      declaration: { linkSupport: true },
      implementation: { linkSupport: true },
      documentSymbol: { hierarchicalDocumentSymbolSupport: true },
      rename: { prepareSupport: true },
      completion: { completionItem: { snippetSupport: true, resolveSupport: { properties: ['documentation'] } } },
      codeAction: {
        codeActionLiteralSupport: { codeActionKind: { valueSet: [] } },
        isPreferredSupport: true,
        disabledSupport: true,
      },
      callHierarchy: { dynamicRegistration: true },
      publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true },
    },
    general: { positionEncodings: ['utf-8', 'utf-32', 'utf-16'] },
    window: { workDoneProgress: true },
  };

  test('is asked for its settings, and registers what is offered to it', async () => {
    const client = await LspClient.start({ files, program: 'drml', capabilities: everything });
    client.connection.onRequest('workspace/configuration', () => [{ exclude: ['shop'] }]);
    await client.connection.sendRequest('drml/health', {});
    expect(JSON.stringify(client.registrations)).toContain('workspace/didChangeWatchedFiles');
    expect(JSON.stringify(client.registrations)).toContain('workspace/didChangeConfiguration');
    expect(client.initialized?.capabilities.positionEncoding ?? 'utf-16').toBe('utf-16');
    expect(client.initialized?.capabilities.renameProvider).toEqual({ prepareProvider: true });
    expect(await client.stop()).toBe(0);
  });

  test('is waited for in vain no longer than a second, where it never answers', async () => {
    const client = await LspClient.start({ files, program: 'drml', capabilities: everything });
    client.connection.onRequest('workspace/configuration', () => new Promise(() => undefined));
    expect((await client.diagnostics('main.drml')).length).toBeGreaterThan(0);
    expect(await client.stop()).toBe(0);
  });
});

describe('the life of the program', () => {
  const endOf = (process: ChildProcess): Promise<number | null> =>
    new Promise((resolve) => {
      if (process.exitCode !== null) resolve(process.exitCode);
      else process.once('exit', (code) => resolve(code));
    });

  test('ends with 0 after shutdown and exit', async () => {
    const client = await LspClient.start({ program: 'drml' });
    expect(await client.stop()).toBe(0);
  });

  test('ends with 1 after exit without shutdown', async () => {
    const client = await LspClient.start({ program: 'drml' });
    const ended = endOf(client.process);
    await client.connection.sendNotification('exit');
    expect(await ended).toBe(1);
    await client.stop();
  });

  test('refuses requests after shutdown', async () => {
    const client = await LspClient.start({ program: 'drml' });
    await client.connection.sendRequest('shutdown');
    const ended = endOf(client.process);
    await client.connection.sendNotification('exit');
    expect(await ended).toBe(0);
    await client.stop();
  });

  test('ends when the process that it watches is gone, though its input stays open', async () => {
    const parent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const client = await LspClient.start({ program: 'drml', processId: parent.pid ?? null });
    const ended = endOf(client.process);
    parent.kill();
    expect(await ended).not.toBeNull();
    await client.stop();
  });

  test.each([
    ['no JSON', 'Content-Length: 9\r\n\r\n{ "a": 1 '],
    ['no message', 'Content-Length: 4\r\n\r\nnull'],
    ['a list', 'Content-Length: 2\r\n\r\n[]'],
    ['an unknown notification', withLength('{"jsonrpc":"2.0","method":"nobody/knows","params":{}}')],
    ['an unknown request', withLength('{"jsonrpc":"2.0","id":"x","method":"nobody/knows","params":{}}')],
    ['an answer to no question', withLength('{"jsonrpc":"2.0","id":4711,"result":null}')],
    ['a request without parameters', withLength('{"jsonrpc":"2.0","id":"y","method":"textDocument/hover"}')],
    [
      'a change of a document that is not open',
      withLength(
        '{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///x.drml","version":2},"contentChanges":[{"text":"a"}]}}',
      ),
    ],
    [
      'an address that is none',
      withLength(
        '{"jsonrpc":"2.0","id":"z","method":"textDocument/hover","params":{"textDocument":{"uri":"::::"},"position":{"line":-1,"character":99999999}}}',
      ),
    ],
    [
      'a word from the watcher without changes',
      withLength('{"jsonrpc":"2.0","method":"workspace/didChangeWatchedFiles","params":{}}'),
    ],
  ])('goes on after %s', async (_what, bytes) => {
    const client = await LspClient.start({ program: 'drml', files });
    client.process.stdin?.write(bytes);
    await client.open('main.drml', main);
    expect((await client.diagnostics('main.drml')).length).toBeGreaterThan(0);
    expect(await client.stop()).toBe(0);
  });

  test('says nothing but messages of the protocol on its standard output', async () => {
    const server = spawn(process.execPath, [await bundleOf('server/cli/main.ts'), 'lsp'], { stdio: ['pipe', 'pipe', 'pipe'] });
    let output = '';
    server.stdout.on('data', (data) => {
      output += String(data);
    });
    server.stdin.write(
      withLength('{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}'),
    );
    server.stdin.write(withLength('{"jsonrpc":"2.0","id":2,"method":"shutdown"}'));
    server.stdin.write(withLength('{"jsonrpc":"2.0","method":"exit"}'));
    expect(await endOf(server)).toBe(0);
    let rest = output;
    while (rest !== '') {
      const header = /^Content-Length: (\d+)\r\n\r\n/.exec(rest);
      if (header === null) throw new Error(`Not of the protocol: ${rest.slice(0, 80)}`);
      rest = rest.slice(header[0].length);
      const body = Buffer.from(rest).subarray(0, Number(header[1])).toString();
      JSON.parse(body);
      rest = rest.slice(body.length);
    }
    expect(output).toContain('"id":1');
  });
});

function withLength(message: string): string {
  return `Content-Length: ${Buffer.byteLength(message)}\r\n\r\n${message}`;
}
