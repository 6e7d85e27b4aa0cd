/** Who may know whom. Each line of these tables is a decision of docs/architecture.md. */
import { describe, expect, it } from 'vitest';
import { type Import, importsOf, sourceFiles } from './imports.js';

const files = sourceFiles(['language', 'server', 'client', 'media']);
const imports = files.flatMap(importsOf);

/** Imports that break a rule, as a list that says where. */
function offending(of: (one: Import) => boolean): readonly string[] {
  return imports.filter(of).map(({ from, to }) => `${from} imports ${to}`);
}

/** The first folders of a path: `language/model`, `server/lsp`, `client`. A file that lies in `language` itself is its own area. */
function areaOf(path: string): string {
  const [top = '', second = ''] = path.split('/');
  return top === 'language' || top === 'server' ? `${top}/${second}` : top;
}

const isOurs = (to: string): boolean => /^(language|server|client|media)\//.test(to);
const isPackage = (to: string, name: string): boolean => to === name || to.startsWith(`${name}/`);

describe('the reader of imports', () => {
  it('sees every form', () => {
    const text = [
      "import { a } from 'one';",
      "import type { b } from './two.js';",
      'import {',
      '  c,',
      "} from '../three.js';",
      "import 'four';",
      "export { d } from 'five';",
      "export type * from 'six';",
      "const e = await import('seven');",
      "type F = import('eight').F;",
      "const g = require('nine');",
      'const h = await import(ten);',
      " * {@link import('eleven').I}",
      "  // import('twelve')",
      "/** {@link import('thirteen').I} */",
    ].join('\n');
    expect(
      importsOf({ path: 'language/model/x.ts', text: text.replace(' * {@link', '/* {@link').replace('.I}\n', '.I} */\n') }),
    ).toEqual(
      ['one', 'language/model/two.ts', 'language/three.ts', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'].map((to) => ({
        from: 'language/model/x.ts',
        to,
      })),
    );
  });

  it('finds the code', () => {
    expect(files.length).toBeGreaterThan(150);
    expect(imports.length).toBeGreaterThan(500);
    expect(new Set(files.map(({ path }) => path.split('/')[0]))).toEqual(new Set(['client', 'language', 'media', 'server']));
  });
});

describe('language/', () => {
  const inLanguage = ({ from }: Import): boolean => from.startsWith('language/');

  it('needs nothing of its hosts, so that it runs in a browser', () => {
    expect(offending((one) => inLanguage(one) && isOurs(one.to) && !one.to.startsWith('language/'))).toEqual([]);
  });

  it('needs these packages only, and these of them where they are named', () => {
    const allowed: readonly (readonly [name: string, where: RegExp])[] = [
      ['langium', /^language\/(syntax\/|edit\/|refactor\/|model\/build[^/]*\.ts$|workspace\.ts$)/],
      ['chevrotain', /^language\/syntax\//],
      ['yaml', /^language\/(generate|manifests)\//],
      // Types of the layout's input and output; the engine itself comes from the host.
      ['elkjs/lib/elk-api.js', /^language\/diagram\//],
    ];
    const isAllowed = ({ from, to }: Import): boolean => allowed.some(([name, where]) => to === name && where.test(from));
    expect(offending((one) => inLanguage(one) && !isOurs(one.to) && !isAllowed(one))).toEqual([]);
  });

  it('shows syntax trees to the syntax, to edits and refactorings, to the lowering and to the workspace only', () => {
    const sees = /^language\/(syntax\/|edit\/|refactor\/|model\/build[^/]*\.ts$|workspace\.ts$)/;
    expect(offending((one) => inLanguage(one) && one.to.startsWith('language/generated/') && !sees.test(one.from))).toEqual([]);
  });

  it('asks for the layout engine as a type only', () => {
    const engines = files.filter(({ path, text }) => path.startsWith('language/') && /^import (?!type\b).*'elkjs/m.test(text));
    expect(engines.map(({ path }) => path)).toEqual([]);
  });
});

describe('layers', () => {
  /** What each folder may see besides itself. */
  const sees: Readonly<Record<string, readonly string[]>> = {
    'language/model': [],
    'language/analysis': ['language/model'],
    'language/edit': ['language/model'],
    'language/refactor': ['language/model', 'language/analysis', 'language/edit'],
    'language/rules': ['language/model', 'language/analysis', 'language/edit'],
    'language/part-changes': ['language/model', 'language/edit', 'language/refactor', 'language/rules'],
    // What is kept of a what-if becomes text; exports are in the language of the picture.
    'language/diagram': ['language/model', 'language/analysis', 'language/edit', 'language/refactor', 'language/translation'],
    'language/generate': ['language/model', 'language/analysis', 'language/manifests'],
    // Of the syntax it is the distance between words.
    'language/manifests': ['language/model', 'language/edit', 'language/rules', 'language/syntax'],
    // Of the syntax it is the form of texts, of the analysis the wording of numbers.
    'language/import': ['language/model', 'language/analysis', 'language/manifests', 'language/generate', 'language/syntax'],
    'language/report': ['language/model', 'language/analysis', 'language/rules', 'language/diagram', 'language/generate'],
    'language/syntax': ['language/generated'],
    'language/starter': [],
    'language/translation': [],
  };
  /** Lowering, edits and refactorings read syntax trees on top of that. */
  const readsTrees = /^language\/(edit\/|refactor\/|model\/build[^/]*\.ts$)/;

  it.each(Object.entries(sees))('%s sees no more than %j', (folder, allowed) => {
    const extra = (from: string): readonly string[] => (readsTrees.test(from) ? ['language/syntax', 'language/generated'] : []);
    const own = imports.filter(({ from }) => areaOf(from) === folder);
    expect(own.length).toBeGreaterThan(0);
    expect(
      offending(
        ({ from, to }) =>
          areaOf(from) === folder && isOurs(to) && areaOf(to) !== folder && ![...allowed, ...extra(from)].includes(areaOf(to)),
      ),
    ).toEqual([]);
  });

  it('knows all folders of the language', () => {
    const areas = new Set(files.filter(({ path }) => path.split('/').length > 2).map(({ path }) => areaOf(path)));
    expect([...areas].filter((area) => area.startsWith('language/')).sort()).toEqual(Object.keys(sees).sort());
  });

  it('go one way: no folder needs what needs it', () => {
    const below = new Map<string, Set<string>>();
    for (const { from, to } of imports) {
      if (!isOurs(to) || areaOf(from) === areaOf(to)) continue;
      below.set(areaOf(from), (below.get(areaOf(from)) ?? new Set()).add(areaOf(to)));
    }
    const reachable = (start: string): ReadonlySet<string> => {
      const seen = new Set<string>();
      const open = [start];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        for (const target of below.get(next) ?? []) {
          if (seen.has(target)) continue;
          seen.add(target);
          open.push(target);
        }
      }
      return seen;
    };
    expect([...below.keys()].filter((area) => reachable(area).has(area))).toEqual([]);
  });
});

describe('hosts', () => {
  it('the language server alone knows the protocol; the extension may use its client', () => {
    const protocol = /^vscode-(languageserver|languageclient|jsonrpc)/;
    const mayKnow = ({ from, to }: Import): boolean =>
      from.startsWith('server/lsp/') || (from.startsWith('client/') && isPackage(to, 'vscode-languageclient'));
    expect(offending((one) => (protocol.test(one.to) || isPackage(one.to, 'langium/lsp')) && !mayKnow(one))).toEqual([]);
  });

  it('the extension alone knows VS Code', () => {
    expect(offending(({ from, to }) => isPackage(to, 'vscode') && !from.startsWith('client/'))).toEqual([]);
  });

  it('the extension asks the server and holds no language of its own', () => {
    // The manifests are written where the editor's files are, which may be no disk: the plan of it is the generator's. A new model
    // is text from answers, and wanted before any server runs. A page of a picture is put together of files that lie in the extension.
    const shared =
      /^(server\/lsp\/protocol\.ts|media\/preview\/protocol\.ts|language\/generate\/(plan|lock|generated-tree)\.ts|language\/diagram\/export\/page\.ts|language\/starter\/.+)$/;
    expect(
      offending(({ from, to }) => from.startsWith('client/') && isOurs(to) && !to.startsWith('client/') && !shared.test(to)),
    ).toEqual([]);
  });

  it('servers know neither the extension nor the webview', () => {
    expect(offending(({ from, to }) => from.startsWith('server/') && /^(client|media)\//.test(to))).toEqual([]);
  });

  it('the webview knows the language, no server and no Node', () => {
    const foreign = (to: string): boolean => /^(server|client)\//.test(to) || to.startsWith('node:');
    expect(offending(({ from, to }) => from.startsWith('media/') && foreign(to))).toEqual([]);
  });

  it('one file of the webview speaks to VS Code', () => {
    const speakers = files.filter(({ path, text }) => path.startsWith('media/') && text.includes('acquireVsCodeApi'));
    expect(speakers.map(({ path }) => path)).toEqual(['media/preview/vscode-host.ts']);
  });
});
