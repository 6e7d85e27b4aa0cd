/** Names and texts that mean something to YAML, SVG, HTML, a shell or a path: they stay names and texts. */
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { isSafePath } from '../../language/generate/generated-tree.js';
import { pipeline } from '../golden/pipeline.js';
import { type Element, readXml } from '../language/diagram/svg-reader.js';

/** Names of the language that other languages read as values, devices or words of their own. */
const names = [
  ...['y', 'n', 'on', 'off', 'yes', 'no', 'true', 'false', 'null', 'nan', 'inf', 'e1', 'x0'],
  ...['con', 'nul', 'aux', 'prn', 'com1', 'lpt9', 'constructor', 'prototype', 'default', 'kustomization', 'platform', 'base'],
  ...['service', 'backup', 'requires', 'runs', 'zone', 'region', 'model', 'import', 'for', 'in', 'of', 'any'],
];

/** Texts that end, open or mean something elsewhere. */
const texts = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onload='alert(1)",
  '</title></svg><svg onload=alert(1)>',
  ']]>',
  '<!-- -->',
  '&amp;&lt;&#x3c;',
  'a: b',
  '- a',
  '# no comment',
  '{a: [b]}',
  '*alias &anchor !!binary',
  '|',
  '---',
  '...',
  '0x1F',
  '1e3',
  '012',
  '1_000',
  '2026-11-21',
  '12:30:45',
  '~',
  'null',
  'no',
  '=',
  '<<',
  ' blanks around ',
  '%TAG',
  '@at `tick`',
  '"quoted" \'twice\'',
  'C:\\path\\to \\n \\u0041',
  '../../etc/passwd',
  '/etc/passwd',
  '..\\..\\windows',
  '$(touch x) $HOME `id`',
  '{{ .Values.x }}',
  '%s %d %n',
  '北京订单服务',
  'データベース',
  'שלום عالم',
  '\u202Egnp.exe',
  'e\u0301\u0301\u0301',
  '👩‍👩‍👧‍👦',
  '\uFEFF',
  '\u2028\u2029\u0085',
  'x'.repeat(5000),
];

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** All strings of a value, keys of objects included. */
function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [key, ...strings(one)]);
}

/** Every document of every YAML file, parsed; a file that does not parse fails the test. */
function parsed(
  files: readonly { readonly path: string; readonly content: string }[],
  version: '1.1' | '1.2',
): readonly unknown[] {
  return files
    .filter(({ path }) => path.endsWith('.yaml'))
    .map(({ path, content }) => {
      const documents = parseAllDocuments(content, { version });
      const [document] = documents;
      if (!Array.isArray(documents) || documents.length !== 1 || document === undefined)
        throw new Error(`${path}: not one document`);
      expect([path, document.errors]).toEqual([path, []]);
      return document.toJS() as unknown;
    });
}

/** The elements and attributes of a picture beyond what the renderer draws. */
function foreign(element: Element): readonly string[] {
  const known = new Set([
    'svg',
    'title',
    'g',
    'rect',
    'text',
    'tspan',
    'path',
    'circle',
    'line',
    'ellipse',
    'polygon',
    'polyline',
    'desc',
  ]);
  const own = known.has(element.name) ? [] : [element.name];
  const attributes = Object.keys(element.attributes).filter(
    (name) => name.startsWith('on') || name.includes('href') || name === 'style',
  );
  return [...own, ...attributes, ...element.children.flatMap(foreign)];
}

function allText(element: Element): string {
  return [element.text, ...element.children.map(allText)].join('\n');
}

describe('names', () => {
  const text = `model null { namespace "on" }
region nil { zones on, off }
region never { zones yes, null }
${names.map((name, index) => `service ${name}\n  {\n  image "x/y:1"\n  port http 80\n  runs 2 in nil\n  requires ${names[(index + 1) % names.length]} for true-journey { timeout 1s }\n}`).join('\n')}
journey true-journey {\n  requires ${names.join(',\n    ')}\n}
`;

  it('are understood, whatever else they mean', async () => {
    const { diagnostics, model } = await pipeline({ 'a.drml': text });
    expect(diagnostics.filter(({ code }) => !code.startsWith('DR') && code !== 'syntax/empty-region')).toEqual([]);
    expect(model.components.map(({ name }) => name)).toEqual(names);
    expect(model.regions.map(({ name }) => name)).toEqual(['nil', 'never']);
  });

  it('have figures of their own, and none that nobody declared', async () => {
    const { analysis } = await pipeline({ 'a.drml': text });
    const report = analysis.report();
    expect(Object.keys(report.components).sort()).toEqual([...names].sort());
    for (const name of names) expect(analysis.availability(name)?.unavailability.status).toBe('known');
    for (const name of ['toString', '__proto__', 'hasOwnProperty', 'valueOf'])
      expect(analysis.availability(name)).toBeUndefined();
  });

  it.each(['1.1', '1.2'] as const)('come back from YAML %s as they are', async (version) => {
    const { manifests } = await pipeline({ 'a.drml': text });
    const { files } = manifests();
    const objects = parsed(files, version) as readonly {
      readonly kind?: string;
      readonly metadata?: { readonly name?: unknown };
    }[];
    const deployed = objects.filter(({ kind, metadata }) => kind === 'Service' && typeof metadata?.name === 'string');
    expect(deployed.length).toBe(names.length);
    const found = new Set(deployed.map(({ metadata }) => metadata?.name));
    // Names of devices get a suffix: on Windows nothing can be written under them.
    const devices = /^(con|nul|aux|prn|com\d|lpt\d)$/;
    expect(names.filter((name) => !devices.test(name) && !found.has(name))).toEqual([]);
    // Whatever a name means to YAML, it comes back as text.
    for (const { metadata } of objects) if (metadata !== undefined) expect(typeof metadata.name).toBe('string');
  });

  it('are safe as paths on every system', async () => {
    const { manifests } = await pipeline({ 'a.drml': text });
    const paths = manifests().files.map(({ path }) => path);
    expect(paths.filter((path) => !isSafePath(path) || /(^|\/)(con|nul|aux|prn|com\d|lpt\d)(\.|\/|$)/.test(path))).toEqual([]);
    expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length);
  });

  it('are drawn', async () => {
    const { picture } = await pipeline({ 'a.drml': text });
    const svg = readXml(await picture());
    expect(foreign(svg)).toEqual([]);
    expect(names.filter((name) => !allText(svg).includes(`service ${name}`))).toEqual([]);
  });
});

describe('texts', () => {
  const model = (text: string): string => `model m ${quoted(text)} { namespace m  mesh istio  owner ${quoted(text)} }
/** ${text.replaceAll('*/', '')} */
region r ${quoted(text)} { id ${quoted(text)}  cluster ${quoted(text)}  provider p  zone a ${quoted(text)} { id ${quoted(text)}  building ${quoted(text)} } }
/** ${text.replaceAll('*/', '')} */
service s ${quoted(text)} {
  image ${quoted(text)}  port http 80  runs 1 in r.a  id ${quoted(text)}  owner ${quoted(text)}
  probe readiness ${quoted(text)}
  requires d { timeout 1s }
  wants e { timeout 1s  fallback ${quoted(text)} }
  runbook ${quoted(text)} reviewed 2026-01-01
  accepts DR001 until 2027-01-01 by ${quoted(text)} because ${quoted(text)}
}
gateway g ${quoted(text)} { host ${quoted(text)}  image "x"  port http 80  runs 1 in r  routes ${quoted(text)} to s }
database d ${quoted(text)} { engine postgres ${quoted(text)}  image "x"  port tcp 1  runs 1 in r.a  size 1GiB }
external e ${quoted(text)} { availability 99% }
journey j ${quoted(text)} { requires g, s }
`;

  it.each(texts.map((text) => [text.length > 60 ? `${text.slice(0, 20)}…` : text, text]))('%s', async (_shown, text) => {
    const { diagnostics, model: built, analysis, picture, manifests, formatted } = await pipeline({ 'a.drml': model(text) });
    // Understood as it stands: what is wrong with it, if anything, is its meaning.
    expect(diagnostics.filter(({ code }) => code === 'parsing-error' || code === 'lexing-error')).toEqual([]);
    expect([built.title, built.components[0]?.title, built.components[0]?.deployment.image?.value]).toEqual([text, text, text]);
    expect(analysis.availability('j')?.unavailability.status).toBe('known');
    expect(formatted()).toContain(quoted(text));

    const svg = await picture();
    const drawn = readXml(svg);
    expect(foreign(drawn)).toEqual([]);
    expect(svg).not.toMatch(/<script|<img|<!--|javascript:/i);

    const { files } = manifests();
    expect(files.map(({ path }) => path).filter((path) => !isSafePath(path))).toEqual([]);
    for (const version of ['1.1', '1.2'] as const) expect(parsed(files, version).flatMap(strings)).toContain(text);
    // Nothing of the text begins a line of its own, where a shell or a second document could begin.
    expect(files.filter(({ content }) => /^(---|\.\.\.|\$\(|<script)/m.test(content)).map(({ path }) => path)).toEqual([]);
  });

  it('a name that leaves its directory is none', async () => {
    const { diagnostics, manifests } = await pipeline({
      'a.drml':
        'model m { namespace "../../etc" }\nregion ../../etc { zones a }\nservice "../x" { runs 1 in r }\nregion r { zones a }\nservice s { runs 1 in r }\n',
    });
    expect(diagnostics.filter(({ severity, line }) => severity === 'error' && line <= 3).map(({ line }) => line)).toEqual(
      expect.arrayContaining([1, 2, 3]),
    );
    expect(manifests().files.filter(({ path }) => !isSafePath(path))).toEqual([]);
  });

  it.each([
    '../../outside.drml',
    '/etc/passwd',
    'file:///etc/passwd',
    'https://example.com/x.drml',
    './a.drml\u0000',
    '..\\x.drml',
    '~/x.drml',
  ])('an import of %s brings nothing, and says so', async (path) => {
    const { diagnostics, model: built } = await pipeline({ 'a.drml': `import ${quoted(path)}\nservice s { }\n` });
    expect(diagnostics.filter(({ line, severity }) => line === 1 && severity === 'error').length).toBeGreaterThan(0);
    expect(built.components.map(({ name }) => name)).toEqual(['s']);
  });
});
