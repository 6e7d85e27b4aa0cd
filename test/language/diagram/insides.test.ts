import { expect, test } from 'vitest';
import { buildGraph } from '../../../language/diagram/graph.js';
import { plainLayout } from '../../../language/diagram/layout.js';
import { insidesOf, lineInsidesOf, renderSvg, type SvgOptions } from '../../../language/diagram/svg.js';
import { whatIf } from '../../../language/diagram/what-if/what-if.js';
import { boutique, boutiqueFigures } from './boutique.js';

const graph = buildGraph(boutique, boutiqueFigures);
const layout = plainLayout(graph);
const answer = whatIf(boutique, boutiqueFigures, { off: [{ kind: 'site', site: 'cn-north.a' }] });
const webview: SvgOptions = { theme: 'vscode', standalone: false, idPrefix: 'drml-' };

test.each([
  ['with nothing off', webview],
  ['in a what-if', answer === undefined ? undefined : { ...webview, states: answer.states }],
])('a picture whose insides are drawn later is the same picture, %s', (_, options) => {
  if (options === undefined) throw new Error('There is no answer.');
  const inside = insidesOf(graph, options);
  const line = lineInsidesOf(graph, layout, options);
  const later = renderSvg(graph, layout, { ...options, insides: 'later' });
  let index = -1;
  const filled = later
    .replaceAll('<g class="far"', (sign) => {
      index += 1;
      return `${inside(index)}${sign}`;
    })
    .replaceAll(/(<g data-edge="[^"]*" data-key="e(\d+)"[^>]*>).*?<\/g>/g, (_all, group: string, edge: string) => {
      return `${group}${line(Number(edge))}</g>`;
    });
  // Tooltips of nodes come later as well.
  const whole = renderSvg(graph, layout, options).replaceAll(/(<g id="drml-n[^>]*>)<title>[^<]*<\/title>/g, '$1<title></title>');
  expect(filled).toBe(whole);
  expect(later.length).toBeLessThan(whole.length / 2);
  expect(index).toBe(graph.nodes.length - 1);
  expect(line(graph.edges.length)).toBe('');
  expect(inside(graph.nodes.length)).toBe('');
});
