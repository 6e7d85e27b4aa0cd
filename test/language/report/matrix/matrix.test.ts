/** The matrix of subjects and classes, and its formats. */
import { expect, test } from 'vitest';
import { analyze } from '../../../../language/analysis/analyze.js';
import { matrixOf } from '../../../../language/report/matrix/matrix.js';
import { matrixText } from '../../../../language/report/matrix/matrix-document.js';
import { parseFiles } from '../../model-of.js';

const text = `model m "<img onerror=x> | =1" { }
region r1 { zones a, b, c }
region r2 { zones a }
database store "A, \\"B\\"" {
  runs 3 in r1
  runs 1 in r2 as hot standby
  replicates async to r2 lag 5s
  failover { detect 30s  decide manual 1m  promote 60s  switch dns ttl 30s }
}
journey buy "=cmd|x" { requires store  objective { region-loss { rto 2m rpo 10s } } }
`;

async function figures() {
  const { model } = await parseFiles({ 'model.drml': text });
  return { model, analysis: analyze(model, { asOf: '2026-11-01' }) };
}

test('each cell has outcome, times, promises and the verdict', async () => {
  const { model, analysis } = await figures();
  const matrix = matrixOf(model, analysis);
  const buy = matrix.rows.find(({ name }) => name === 'buy');
  const cell = buy?.cells.find(({ disruption }) => disruption === 'region-loss');
  // Detect 30 s, decide 60 s, promote 60 s, switch 30 s; five seconds of writes had not arrived.
  expect(cell).toEqual({
    disruption: 'region-loss',
    survives: true,
    outcome: 'survives',
    scope: 'r1',
    rto: { text: '3 min', rank: 180, target: '2 min', met: false },
    rpo: { text: '5 s', rank: 5, target: '10 s', met: true },
    verdict: 'missed',
  });
  expect(buy?.source.start.line).toBe(9);
  expect(matrix.rows.map(({ cells }) => cells.length)).toEqual([matrix.classes.length, matrix.classes.length]);
});

test('CSV holds one line for each subject and class; nothing in it is a formula', async () => {
  const { model, analysis } = await figures();
  const lines = matrixText(model, analysis, 'csv').split('\r\n');
  expect(lines).toHaveLength(1 + 2 * matrixOf(model, analysis).classes.length + 1);
  expect(lines).toContain("buy,'=cmd|x,journey,,region-loss,r1,survives,3 min,2 min,5 s,10 s,missed");
  expect(lines.some((line) => line.startsWith('store,"A, ""B""",database,'))).toBe(true);
});

test('Markdown and HTML escape every name', async () => {
  const { model, analysis } = await figures();
  const html = matrixText(model, analysis, 'html');
  expect(html).not.toContain('<img');
  expect(html).toContain('promise missed');
  const markdown = matrixText(model, analysis, 'markdown');
  expect(markdown).not.toMatch(/(^|[^\\])<img/m);
  expect(markdown).toContain('RTO 3 min');
});
