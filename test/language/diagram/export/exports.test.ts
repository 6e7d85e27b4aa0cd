/** The picture for other tools: every node and line, no name that becomes syntax. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../../language/analysis/analyze.js';
import { d2Of } from '../../../../language/diagram/export/d2.js';
import { mermaidOf } from '../../../../language/diagram/export/mermaid.js';
import { buildGraph } from '../../../../language/diagram/graph.js';
import { whatIf } from '../../../../language/diagram/what-if/what-if.js';
import { boutique } from '../boutique.js';
import { component, model } from '../factory.js';

const analysis = analyze(boutique, { asOf: '2026-11-01' });
const graph = buildGraph(boutique, analysis);
const states = whatIf(boutique, analysis, { off: [{ kind: 'site', site: 'cn-north.a' }] })?.states;

describe.each([
  ['Mermaid', mermaidOf],
  ['D2', d2Of],
])('%s', (_, write) => {
  test('has one line for each node and one for each edge', () => {
    const text = write(graph);
    expect(text.match(/^ *n\d+ (-|<)/gm)).toHaveLength(graph.edges.length);
    expect(text.match(/^ *n\d+([:[({])/gm)).toHaveLength(graph.nodes.length);
  });

  test('says the states of a what-if', () => {
    const text = write(graph, states);
    expect(text).toContain('What if cn-north.a is lost?');
    expect(text).toContain('DOWN only replica lost');
  });

  test.each([
    '<img src=x onerror=alert(1)>',
    'a"]; click n0 call alert()',
    `it's \${danger} | \`x\``,
    ']]> --> \u202e evil\nn0 --> n1',
    'x'.repeat(500),
    // Mermaid draws an icon for such a name.
    'fa:fa-car',
  ])('keeps %j within its label', (title) => {
    const single = model({ components: [component('service', 'one', { title })] });
    const text = write(buildGraph(single, analyze(single, { asOf: '2026-11-01' })));
    expect(text).not.toMatch(/\u202e|x{121}/);
    // Tools that draw Mermaid may show HTML; those of D2 do not.
    if (write === mermaidOf) expect(text).not.toMatch(/<img|"\];|\$\{|fa:/);
    expect(text.match(/^ *n\d+/gm)).toHaveLength(1);
    const label = text.split('\n').find((line) => /^ *n0/.test(line)) ?? '';
    expect(label).toMatch(/^( {2}n0\["[^"]*"\]|n0: '(?:[^']|'')*' \{ shape: rectangle \})$/);
  });

  test.each(['', '  ', '\u202e'])('calls what has the title %j by its name, since no tool takes an empty label', (title) => {
    const single = model({ components: [component('service', 'one', { title })] });
    const text = write({ ...buildGraph(single, analyze(single, { asOf: '2026-11-01' })), title });
    expect(text).toMatch(/^ *n0(\["one"\]|: 'one' \{ shape: rectangle \})$/m);
    expect(text).not.toContain(`title: '' {`);
  });
});
