/** Texts that are no good model: each stage answers, and what is wrong is said where it stands. */
import { describe, expect, it } from 'vitest';
import { type Files, pipeline, type Stages } from '../golden/pipeline.js';

/** All stages, so that none of them throws. The manifests stay inside their folder whatever the model says. */
async function everything(files: Files): Promise<{ readonly result: Stages; readonly svg: string }> {
  const result = await pipeline(files);
  result.formatted();
  result.analysis.report();
  const svg = await result.picture();
  result.manifests();
  return { result, svg };
}

function said({ diagnostics }: Stages): readonly string[] {
  return diagnostics.map(({ file, line, column, severity, message }) => `${file}:${line}:${column} ${severity} ${message}`);
}

const good = `region r { zones a, b }
service s { runs 2 in r  mtbf 30d  mttr 2m }
journey j { requires s }
`;

describe('texts of nothing', () => {
  const nothing: readonly (readonly [name: string, text: string])[] = [
    ['an empty file', ''],
    ['blanks', ' \n\t\n'],
    ['a byte order mark alone', '\uFEFF'],
    ['a comment alone', '// nothing yet'],
  ];

  it.each(nothing)('%s is a model without parts', async (_name, text) => {
    const { result, svg } = await everything({ 'a.drml': text });
    expect(said(result)).toEqual([]);
    expect(result.model.components).toEqual([]);
    expect(result.manifests().files).toEqual([]);
    expect(svg).toContain('Nothing to draw yet');
  });
});

describe('texts that mean the same', () => {
  const same: readonly (readonly [name: string, text: string])[] = [
    ['CRLF', good.replaceAll('\n', '\r\n')],
    ['lone CR', good.replaceAll('\n', '\r')],
    ['a byte order mark', `\uFEFF${good}`],
    ['tabs', good.replaceAll('  ', '\t').replaceAll('{ ', '{\t')],
    ['one line', good.replaceAll('\n', ' ')],
    ['a line of its own for every word', good.replaceAll(/(?<=[{}]) | (?=})/g, '\n\n')],
  ];

  it.each(same)('%s changes no figure', async (_name, text) => {
    const plain = await pipeline({ 'a.drml': good });
    const { result } = await everything({ 'a.drml': text });
    expect(result.diagnostics.filter(({ code }) => !code.startsWith('DR'))).toEqual([]);
    expect(result.analysis.availability('j')?.unavailability).toEqual(plain.analysis.availability('j')?.unavailability);
  });

  it('the line break of the file is kept', async () => {
    const { result } = await everything({ 'a.drml': 'region r {   zones a }\r\nservice s { runs 1 in r }\r\n' });
    expect(result.formatted()).toBe('region r { zones a }\r\nservice s { runs 1 in r }\r\n');
  });
});

describe('binary bytes', () => {
  /** Every byte as one character, many times in one fixed disorder. */
  const bytes = Array.from({ length: 4096 }, (_, index) => String.fromCharCode((index * 167 + (index >> 8)) % 256)).join('');

  it.each([
    ['all bytes', bytes],
    ['zeros', '\0'.repeat(2000)],
    ['half of a pair', '\uD83D service s { } \uDE00'],
    ['bytes inside a model', `${good}\n${bytes}\n${good.replaceAll(/\b([rsj])\b/g, '$12')}`],
  ])('%s: refused, and nothing falls', async (_name, text) => {
    const { result } = await everything({ 'a.drml': text });
    expect(result.diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
  });
});

describe('wrong texts', () => {
  /** Text of `a.drml`, and what is said at which place. The other files are there to be imported. */
  const wrong: readonly (readonly [name: string, text: string, line: RegExp, others?: Files])[] = [
    ['an unknown name', 'service s { requires nobody }', /^a\.drml:1:22 error .*`nobody`/],
    ['an unknown name close to a known one', 'service s { requires databse }\ndatabase database { }', /:1:22 error .*`database`/],
    ['an unknown region', 'service s { runs 1 in nowhere }', /:1:23 error .*`nowhere`/],
    ['an unknown zone', 'region r { zones a }\nservice s { runs 1 in r.z }', /:2:25 error .*`z`.*`a`/],
    ['an unknown journey', 'service t { }\nservice s { requires t for nobody }', /:2:28 error .*`nobody`/],
    ['an unknown policy', 'service s { follows gold }', /:1:21 error .*`gold`/],
    ['a name declared twice', 'service s { }\nservice s { }', /:2:9 error .*`?s`? /],
    ['a name of two kinds', 'region s { }\nservice s { }', /:2:9 error .*s/],
    ['a zone declared twice', 'region r { zones a, a }', /:1:21 error .*a/],
    [
      'names declared twice over two files',
      'import "./b.drml"\nservice s { }',
      /^a\.drml:2:9 error .*s/,
      { 'b.drml': 'service s { }' },
    ],
    ['a missing import', 'import "./gone.drml"', /:1:8 error .*gone\.drml/],
    ['an import of itself', 'import "./a.drml"', /^a\.drml:1:8 /],
    ['a name outside ASCII', 'service b\u00fccher { }', /:1:9 error .*b\u00fccher/],
    ['a Chinese name', 'service \u8ba2\u5355 { }', /:1:9 error .*\u8ba2\u5355/],
    ['a name in capitals', 'service Orders { }', /:1:9 error .*orders/],
    ['availability above one', 'service s { availability 100.1% }', /:1:26 error .*100\.1%/],
    ['a negative availability', 'service s { availability -5% }', /:1:26 error .*-5%/],
    ['availability without a unit', 'service s { availability 99.9 }', /:1:26 error .*99\.9/],
    ['a negative count', 'region r { }\nservice s { runs -1 in r }', /:2:18 error .*-1/],
    ['no instances', 'region r { }\nservice s { runs 0 in r }', /:2:18 error .*0/],
    ['half an instance', 'region r { }\nservice s { runs 1.5 in r }', /:2:18 error .*1\.5/],
    ['a thousand million instances', 'region r { }\nservice s { runs 1000000000 in r }', /:2:18 error .*1000/],
    ['more instances than a number holds', `region r { }\nservice s { runs ${'9'.repeat(400)} in r }`, /:2:18 error /],
    ['an exponent without end', 'service s { mtbf 1e999d }', /:1:18 error /],
    ['a repair that takes no time', 'service s { mtbf 30d  mttr 0s }', /:1:28 error .*0s/],
    ['a negative time', 'service s { mttr -2m }', /:1:18 error .*-2m/],
    ['a time without a unit', 'service s { mtbf 30 }', /:1:18 error .*30/],
    ['a time in an unknown unit', 'service s { mtbf 30fortnights }', /:1:18 error .*30/],
    ['a size as a time', 'service s { mttr 5GiB }', /:1:18 error .*5GiB/],
    ['a tier without end', 'service s tier 99 { }', /:1:16 error .*99/],
    ['a port that does not exist', 'service s { port http 70000 }', /:1:23 error .*70000/],
    ['N of fewer', 'service a { }\nservice b { }\nservice s { requires 3 of a, b }', /:3:22 error .*3/],
    ['none of some', 'service a { }\nservice s { requires 0 of a }', /:2:22 error .*0/],
    ['an unclosed block', 'service s {\nservice t { }', /error .*`}`/],
    ['an unclosed text', 'service s { image "x }\nservice t { }', /:1:19 error /],
    ['a block closed twice', 'service s { } }\nservice t { }', /:1:15 error /],
    ['a word of another language', 'service s { replicas: 3 }', /:1:13 error .*`runs/],
  ];

  const cases = wrong.map(([name, text, line, others = {}]) => ({ name, text, line, others }));
  it.each(cases)('$name', async ({ text, line, others }) => {
    const { result } = await everything({ 'a.drml': `${text}\n`, ...others });
    const all = said(result);
    expect(all.find((one) => line.test(one)) ?? `not among\n${all.join('\n')}`).toMatch(line);
    // One slip is one message, or two where a name is missing because of it: never a shower.
    expect(result.diagnostics.filter(({ code }) => !code.startsWith('DR')).length).toBeLessThanOrEqual(2);
  });

  it('what stands beside a wrong declaration is understood', async () => {
    const { result } = await everything({ 'a.drml': `service x { runs -1 in { ] }\n${good}` });
    expect(result.analysis.availability('j')?.unavailability.status).toBe('known');
  });
});
