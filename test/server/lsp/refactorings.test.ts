/** Actions over stdio: what a client of each ability is offered, and that the edits it gets do what they say. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CodeAction, Command, Diagnostic, Position, TextDocumentEdit, TextEdit } from 'vscode-languageserver-protocol';
import { LspClient } from './lsp-client.js';

/** A client that can make files, shows why an action is disabled, and renames after an edit. */
let client: LspClient;
/** A client that says nothing of itself. */
let plain: LspClient;
beforeAll(async () => {
  client = await LspClient.start({
    capabilities: {
      workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } },
      textDocument: { codeAction: { disabledSupport: true } },
    },
    initializationOptions: { commands: ['drml.renameAfterEdit'] },
  });
  plain = await LspClient.start();
});
afterAll(async () => {
  await client.stop();
  await plain.stop();
});

let files = 0;

interface Asked {
  readonly path: string;
  readonly actions: readonly CodeAction[];
}

/** Actions at the caret `<|>` or the selection from `[[` to `]]` of a text, in a file of its own. */
async function actionsAt(fixture: string, only?: readonly string[], of = client, more: object = {}): Promise<Asked> {
  files++;
  const path = `refactor-${files}.drml`;
  const start = fixture.includes('<|>') ? fixture.indexOf('<|>') : fixture.indexOf('[[');
  const first = fixture.replace(/<\|>|\[\[/, '');
  const end = first.includes(']]') ? first.indexOf(']]') : start;
  const text = first.replace(']]', '');
  await of.open(path, text);
  const diagnostics = await of.diagnostics(path);
  const range = { start: positionAt(text, start), end: positionAt(text, end) };
  const context = { diagnostics, ...(only === undefined ? {} : { only }), ...more };
  return { path, actions: await of.request<CodeAction[]>('textDocument/codeAction', path, { range, context }) };
}

function positionAt(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

/** The text of a file after an action. */
function textAfter(action: CodeAction | undefined, path: string, of = client): string {
  const uri = of.uri(path);
  const documentEdits = (action?.edit?.documentChanges ?? []).filter((each): each is TextDocumentEdit => 'textDocument' in each);
  const edits = [
    ...(action?.edit?.changes?.[uri] ?? []),
    ...documentEdits.filter((each) => each.textDocument.uri === uri).flatMap((each) => each.edits as TextEdit[]),
  ];
  const text = of.textOf(path);
  const lines = text.split('\n');
  const offset = ({ line, character }: Position): number =>
    lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, character);
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start) || offset(b.range.end) - offset(a.range.end))
    .reduce((done, { range, newText }) => done.slice(0, offset(range.start)) + newText + done.slice(offset(range.end)), text);
}

function titled(actions: readonly CodeAction[], title: string): CodeAction | undefined {
  const found = actions.find((action) => action.title === title);
  expect(found, `${title}\n${actions.map((action) => action.title).join('\n')}`).toBeDefined();
  return found;
}

const base = 'region r { zones a, b }\nregion r2 { zones a, b }\n';

describe('refactorings', () => {
  test('the server says which kinds of actions it has', () => {
    expect(client.initialized?.capabilities.codeActionProvider).toEqual({
      codeActionKinds: [
        'quickfix',
        'refactor.extract',
        'refactor.inline',
        'refactor.move',
        'refactor.rewrite',
        'source.fixAll.drml',
        'source.organizeImports',
      ],
    });
  });

  test('each comes with its kind, and only those asked for come', async () => {
    const text = `${base}policy gold { grace 1s }\nservice s<|> {\n  follows gold\n  runs 1 in r\n}\n`;
    const kinds = async (only?: readonly string[]): Promise<readonly string[]> =>
      [...new Set((await actionsAt(text, only)).actions.map(({ kind }) => kind ?? ''))].sort();
    expect(await kinds(['refactor'])).toEqual(['refactor.move', 'refactor.rewrite']);
    expect(await kinds(['refactor.move'])).toEqual(['refactor.move']);
    expect(await kinds(['source'])).toEqual([]);
    expect(await kinds()).toContain('refactor.rewrite');
  });

  test('while the caret only moves, nothing that reads whole files is made', async () => {
    const { actions } = await actionsAt(`${base}service s<|> { runs 1 in r }\n`, undefined, client, { triggerKind: 2 });
    expect(actions.map(({ kind }) => kind)).not.toContain('refactor.move');
    expect(actions.length).toBeGreaterThan(0);
  });

  test('an extracted policy is followed, and its name is asked for', async () => {
    const { path, actions } = await actionsAt(`${base}service s {\n  runs 1 in r\n  [[mtbf 30d  mttr 1h]]\n}\n`, [
      'refactor.extract',
    ]);
    const action = titled(actions, 'Extract policy from 2 statements');
    const text = textAfter(action, path);
    expect(text).toBe(`${base}policy s-policy {\n  mtbf 30d  mttr 1h\n}\n\nservice s {\n  follows s-policy\n  runs 1 in r\n}\n`);
    const wanted: Partial<Command> = {
      command: 'drml.renameAfterEdit',
      arguments: [client.uri(path), positionAt(text, text.indexOf('s-policy'))],
    };
    expect(action?.command).toMatchObject(wanted);
  });

  test('a plain client gets the edit without the question', async () => {
    const { actions } = await actionsAt(`${base}service s {\n  runs 1 in r\n  [[grace 1s]]\n}\n`, ['refactor.extract'], plain);
    expect(titled(actions, 'Extract policy from 1 statement')?.command).toBeUndefined();
  });

  test('a declaration moves to a new file, which the edit makes', async () => {
    const { path, actions } = await actionsAt(`${base}service other<|> { runs 1 in r }\njourney j { requires other }\n`, [
      'refactor.move',
    ]);
    const action = titled(actions, 'Move service other to new file other.drml (the files will import each other)');
    const changes = action?.edit?.documentChanges ?? [];
    expect(changes[0]).toEqual({ kind: 'create', uri: client.uri('other.drml'), options: { overwrite: false } });
    expect(textAfter(action, path)).toBe(`import "./other.drml"\n\n${base}journey j { requires other }\n`);
    const made = changes.find((each) => 'textDocument' in each && each.textDocument.uri === client.uri('other.drml'));
    expect((made as TextDocumentEdit | undefined)?.edits).toMatchObject([
      { newText: `import "./${path}"\n\nservice other { runs 1 in r }\n` },
    ]);
  });

  test('a client that cannot make files is offered none', async () => {
    const { actions } = await actionsAt(
      `${base}service s<|> { runs 1 in r }\njourney j { requires s }\n`,
      ['refactor.move'],
      plain,
    );
    expect(actions).toEqual([]);
  });

  test('what would change the figures says why it is not done', async () => {
    const text = `${base}policy go<|>ld { failover { success 98% } }\nservice s { follows gold  runs 1 in r }\nservice t { follows gold  runs 1 in r }\n`;
    const { actions } = await actionsAt(text, ['refactor.inline']);
    expect(actions).toMatchObject([{ disabled: { reason: expect.stringContaining('for all its followers at once') } }]);
    expect((await actionsAt(text, ['refactor.inline'], plain)).actions).toEqual([]);
  });

  test('assumptions become statements, one or all', async () => {
    const text = `${base}service s<|> {\n  runs 2 in r\n}\n`;
    const { path, actions } = await actionsAt(text, ['refactor.rewrite']);
    expect(textAfter(titled(actions, 'Make the assumption explicit: `common cause 5%`'), path)).toBe(
      `${base}service s {\n  runs 2 in r\n  common cause 5%\n}\n`,
    );
    expect(textAfter(titled(actions, 'Make all 3 assumptions explicit'), path)).toBe(
      `${base}service s {\n  runs 2 in r\n  availability 99.5%\n  common cause 5%\n  needs 1\n}\n`,
    );
  });
});

describe('quick fixes', () => {
  const quick = ['quickfix'];

  test.each([
    ['a unit', `${base}service s { runs 1 in r  availability 99<|>.9 }\n`, 'Change to `99.9%`', 'availability 99.9% }'],
    [
      'a statement that stands twice',
      `${base}service s { runs 1 in r  grace 1s  gra<|>ce 2s }\n`,
      'Remove this `grace`',
      'grace 1s }',
    ],
    ['a keyword that is mistyped', `${base}service s { runs 1 in r\n  requ<|>ire s\n}\n`, 'Change to `requires`', 'requires s'],
  ])('%s is mended as its message says', async (_what, fixture, title, wanted) => {
    const { path, actions } = await actionsAt(fixture, quick);
    const action = titled(actions, title);
    expect(textAfter(action, path)).toContain(wanted);
    expect(action?.isPreferred).toBe(true);
    expect(action?.diagnostics?.length).toBe(1);
  });

  test('what two families would do alike is offered once', async () => {
    const { actions } = await actionsAt(`${base}service orders { runs 1 in r }\njourney j { requires orde<|>rz }\n`, quick);
    expect(actions.filter(({ title }) => title === 'Change to "orders"')).toHaveLength(1);
  });

  test.each([
    [
      'service',
      'service s { runs 2 in r  requires pay<|>ments }',
      'Create service "payments"',
      'service payments {\n  runs 2 in r\n}\n',
    ],
    ['external', 'service s { runs 2 in r  requires pay<|>ments }', 'Create external "payments"', 'external payments { }\n'],
    [
      'database',
      'service s { runs 2 in r  requires pay-d<|>b }',
      'Create database "pay-db"',
      'database pay-db {\n  runs 2 in r\n}\n',
    ],
    ['queue', 'service s { runs 2 in r  publishes to ev<|>ents }', 'Create queue "events"', 'queue events in r { }\n'],
    [
      'bucket',
      'database d { runs 2 in r  backup b { full every 1d  copies to va<|>ult } }',
      'Create bucket "vault"',
      'bucket vault in r2 { }\n',
    ],
    ['region', 'service s { runs 2 in r<|>3 }', 'Create region "r3"', 'region r3 {\n  zones a, b, c\n}\n'],
    [
      'journey',
      'service s { runs 2 in r  requires s2 for b<|>uy }\nservice s2 { runs 1 in r }',
      'Create journey "buy"',
      'journey buy {\n  requires s\n}\n',
    ],
    [
      'scenario',
      'drill lo<|>st on 2026-01-01 { }\njourney j { }',
      'Create scenario "lost"',
      'scenario lost {\n  fails r\n  expect j up\n}\n',
    ],
  ])('a missing %s is created with a body that makes sense there', async (_kind, declaration, title, wanted) => {
    const { path, actions } = await actionsAt(`${base}${declaration}\n`, quick);
    expect(textAfter(titled(actions, title), path)).toContain(wanted);
  });

  test('a missing zone joins its region', async () => {
    const { path, actions } = await actionsAt(`${base}service s { runs 2 in r.<|>c }\n`, quick);
    expect(textAfter(titled(actions, 'Add zone "c" to region r'), path)).toContain('region r { zones a, b, c }\n');
  });

  test('a declaration goes where its siblings are', async () => {
    await client.open('sites.drml', base);
    const { actions } = await actionsAt('import "./sites.drml"\nservice s { runs 2 in r<|>3 }\n', quick);
    expect(textAfter(titled(actions, 'Create region "r3" in sites.drml'), 'sites.drml')).toBe(
      `${base.trimEnd()}\n\nregion r3 {\n  zones a, b, c\n}\n`,
    );
    titled(actions, 'Create region "r3"');
  });

  test('a name of another file brings its import', async () => {
    await client.open('elsewhere.drml', 'service found-elsewhere { }\n');
    const { path, actions } = await actionsAt('journey j { requires found-else<|>where }\n', quick);
    const action = titled(actions, 'Add `import "./elsewhere.drml"`');
    expect(textAfter(action, path)).toBe('import "./elsewhere.drml"\n\njourney j { requires found-elsewhere }\n');
  });

  test('a file that is imported and missing can be made', async () => {
    const { actions } = await actionsAt('import "./par<|>ts/gone.drml"\n', quick);
    expect(titled(actions, 'Create file ./parts/gone.drml')?.edit?.documentChanges?.[0]).toEqual({
      kind: 'create',
      uri: client.uri('parts/gone.drml'),
      options: { overwrite: false },
    });
    expect((await actionsAt('import "./par<|>ts/gone.drml"\n', quick, plain)).actions).toEqual([]);
  });

  test('findings of every model of the file are mended', async () => {
    files++;
    const path = `shared-${files}.drml`;
    await client.open(path, 'region r { zones a, b }\nservice part tier 0 {\n  runs 1 in r\n}\n');
    await client.open('root-a.drml', `import "./${path}"\nmodel a { }\njourney j tier 0 { requires part }\n`);
    await client.open('root-b.drml', `import "./${path}"\nmodel b { }\njourney k tier 0 { requires part }\n`);
    const diagnostics = await client.diagnostics(path);
    const at = { line: 2, character: 3 };
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', path, {
      range: { start: at, end: at },
      context: { diagnostics, only: quick },
    });
    const about = (one: Diagnostic): boolean => one.code === 'DR001';
    expect(actions.filter((action) => action.diagnostics?.some(about)).length).toBeGreaterThan(0);
    const keys = actions.map(({ edit }) => JSON.stringify(edit));
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('whole files', () => {
  test('all safe problems are mended at once', async () => {
    await client.open('sites-2.drml', base.replaceAll('r', 'q').replaceAll('qegion', 'region'));
    const text =
      'import "./sites-2.drml"\nimport "./sites-2.drml"\n<|>service s { runs 1 in q  requires t, t }\nservice t { runs 1 in q  unavailable 3 }\n';
    const { path, actions } = await actionsAt(text, ['source.fixAll']);
    expect(textAfter(titled(actions, 'Fix all safe problems'), path)).toBe(
      'import "./sites-2.drml"\nservice s { runs 1 in q  requires t }\nservice t { runs 1 in q  unavailable 3 }\n',
    );
  });

  test('imports are sorted, each once, and none that brings nothing', async () => {
    await client.open('b.drml', 'region b { }\n');
    await client.open('c.drml', 'import "./b.drml"\nregion c { }\n');
    const text = `// Head of the file.\nimport "./c.drml"   // the sites\nimport "./b.drml"\nimport "./c.drml"\n<|>\nmodel m { }\nservice s { runs 1 in c }\n`;
    const { path, actions } = await actionsAt(text, ['source.organizeImports']);
    expect(textAfter(titled(actions, 'Organize imports'), path)).toBe(
      '// Head of the file.\nimport "./c.drml"   // the sites\n\nmodel m { }\nservice s { runs 1 in c }\n',
    );
    const used = await actionsAt(text.replace('runs 1 in c', 'runs 1 in b'), ['source.organizeImports']);
    expect(textAfter(used.actions[0], used.path)).toContain('import "./b.drml"\nimport "./c.drml"   // the sites\n\nmodel');
  });

  test('imports in order are left alone', async () => {
    const { actions } = await actionsAt('import "./b.drml"\n<|>model m { }\nservice s { runs 1 in b }\n', ['source']);
    expect(actions).toEqual([]);
  });
});
