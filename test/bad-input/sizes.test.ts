/**
 * Models that are long, deep or go round in circles. The limits on time are there to end a hang: without visited sets and shared
 * diagrams these take years.
 */
import { describe, expect, it } from 'vitest';
import { type Files, pipeline } from '../golden/pipeline.js';

const guard = 120_000;

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

describe('circles', () => {
  it('of imports: each file is read once, and all names are known', async () => {
    const { model, diagnostics } = await pipeline({
      'a.drml': 'import "./b.drml"\nmodel m { }\nservice a { requires b, c }\n',
      'b.drml': 'import "./c.drml"\nservice b { }\n',
      'c.drml': 'import "./a.drml"\nimport "./b.drml"\nservice c { }\n',
    });
    expect(model.files.length).toBe(3);
    expect(model.components.map(({ name }) => name).sort()).toEqual(['a', 'b', 'c']);
    expect(diagnostics.filter(({ code }) => code.startsWith('syntax/unknown'))).toEqual([]);
  });

  it('of requirements: up together, down together, and said so', async () => {
    const result = await pipeline({
      'a.drml':
        'service a { requires b  availability 99% }\nservice b { requires a  availability 99% }\njourney j { requires a }\n',
    });
    const figure = result.analysis.availability('j')?.unavailability;
    expect(figure?.status === 'known' ? figure.value : figure).toBeCloseTo(1 - 0.99 * 0.99, 12);
    expect(result.diagnostics.map(({ code }) => code)).toContain('DR020');
    expect(result.manifests().files).toEqual([]);
  });

  it('of everything with everything, itself included', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `s${index}`).join(', ');
    const text = `region r { zones a, b }\n${lines(20, (index) => `service s${index} { runs 2 in r  requires ${names} }`)}\njourney j { requires s0 }\n`;
    const result = await pipeline({ 'a.drml': text });
    expect(result.analysis.availability('j')?.unavailability.status).toBe('known');
    expect(await result.picture()).toContain('</svg>');
  });

  it('of journeys, of policies and of dead letters', async () => {
    const result = await pipeline({
      'a.drml': `policy p { follows q }
policy q { follows p }
queue x { dead letters to y }
queue y { dead letters to x }
database d { rebuilds from e  follows p }
database e { rebuilds from d  follows q }
service s { recovers after t }
service t { recovers after s }
journey j { requires k, x, d, s }
journey k { requires j }
`,
    });
    expect(result.analysis.report().journeys.j).toBeDefined();
    expect(await result.picture()).toContain('</svg>');
  });
});

describe('ladders', () => {
  const rungs = 1000;
  const ladder = `region r { zones a, b }
${lines(rungs, (index) => `service s${index} { ${index === 0 ? 'availability 99.9%' : `requires s${index - 1}  availability 100%`} }`)}
journey j { requires s${rungs - 1}  objective { availability 99% } }
`;

  it(
    'a thousand requirements one after the other are one event',
    async () => {
      const result = await pipeline({ 'a.drml': ladder });
      const figure = result.analysis.availability('j')?.unavailability;
      expect(figure?.status === 'known' ? figure.value : figure).toBeCloseTo(0.001, 12);
      // Paths are not walked and nothing is repeated on the way up: every rung is in the answer once.
      expect(result.analysis.hardClosure('j').size).toBe(rungs);
      expect(result.analysis.singlePoints('j').length).toBe(rungs);
      expect(JSON.stringify(result.analysis.report().journeys.j).length).toBeLessThan(500 * rungs);
    },
    guard,
  );

  it(
    'a thousand rungs of two, where the paths are 2 to the power of a thousand',
    async () => {
      const text = `${lines(rungs, (index) =>
        index === 0
          ? 'external a0 { availability 99.9% }\nexternal b0 { availability 99.9% }'
          : `service a${index} { availability 100%  requires a${index - 1}, b${index - 1} }\nservice b${index} { availability 100%  requires a${index - 1}, b${index - 1} }`,
      )}\njourney j { requires a${rungs - 1}, b${rungs - 1} }\n`;
      const result = await pipeline({ 'a.drml': text });
      const figure = result.analysis.availability('j')?.unavailability;
      expect(figure?.status === 'known' ? figure.value : figure).toBeCloseTo(1 - 0.999 * 0.999, 12);
      expect(result.analysis.hardClosure('j').size).toBe(2 * rungs);
    },
    guard,
  );

  it(
    'a hundred rungs of `any of` two stay exact, or say that they are bounds',
    async () => {
      const text = `${lines(100, (index) =>
        index === 0
          ? 'external a0 { availability 99% }\nexternal b0 { availability 99% }'
          : `service a${index} { availability 99%  requires any of a${index - 1}, b${index - 1} }\nservice b${index} { availability 99%  requires any of a${index - 1}, b${index - 1} }`,
      )}\njourney j { requires any of a99, b99 }\n`;
      const result = await pipeline({ 'a.drml': text });
      expect(['known', 'bounded']).toContain(result.analysis.availability('j')?.unavailability.status);
    },
    guard,
  );
});

describe('depths', () => {
  const depth = 10_000;

  it(
    'a chain of ten thousand requirements',
    async () => {
      const text = `${lines(
        depth,
        (index) => `external s${index} { ${index === 0 ? 'availability 99.9%' : 'availability 100%'} }`,
      )
        .replaceAll('external', 'service')
        .replaceAll(/service s(\d+) \{ /g, (head, digits: string) =>
          digits === '0' ? head : `${head}requires s${Number(digits) - 1}  `,
        )}
journey j { requires s${depth - 1} }
`;
      const result = await pipeline({ 'a.drml': text });
      const figure = result.analysis.availability('j')?.unavailability;
      expect(figure?.status === 'known' ? figure.value : figure).toBeCloseTo(0.001, 12);
      expect(result.analysis.hardClosure('j').size).toBe(depth);
      expect(result.manifests().files).toEqual([]);
    },
    guard,
  );

  it(
    'a chain of a thousand imports',
    async () => {
      const count = 1000;
      const files: Files = Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `f${index}.drml`,
          index === count - 1 ? 'service last { availability 99% }\n' : `import "./f${index + 1}.drml"\n`,
        ]),
      );
      const result = await pipeline({ ...files, 'f0.drml': 'import "./f1.drml"\njourney j { requires last }\n' });
      expect(result.model.files.length).toBe(count);
      expect(result.diagnostics.filter(({ code }) => !code.startsWith('DR'))).toEqual([]);
    },
    guard,
  );

  it.each([
    ['opening braces', 'service s { '.repeat(5000)],
    ['braces of nothing', `service s { ${'{'.repeat(20_000)}`],
    ['closing braces', '}'.repeat(20_000)],
    ['a line without an end', `service s { image "${'x'.repeat(1_000_000)}" nonsense }`],
    ['a name without an end', `service ${'x'.repeat(100_000)} { }`],
    ['a comment without an end', `/*${'*'.repeat(100_000)}`],
    ['digits without an end', `service s { mtbf ${'9'.repeat(100_000)}d }`],
    ['commas without an end', `service s { requires ${','.repeat(5000)} }`],
  ])('%s end', { timeout: guard }, async (_name, text) => {
    const result = await pipeline({ 'a.drml': text });
    result.analysis.report();
    result.formatted();
    expect(result.diagnostics.length).toBeGreaterThan(0);
    expect(Math.max(...result.diagnostics.map(({ message }) => message.length))).toBeLessThan(1000);
  });
});
