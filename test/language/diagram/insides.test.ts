import { expect, test } from 'vitest';
import { buildGraph } from '../../../language/diagram/graph.js';
import { plainLayout } from '../../../language/diagram/layout.js';
import { insidesOf, renderSvg, type SvgOptions } from '../../../language/diagram/svg.js';
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
  let index = -1;
  const filled = renderSvg(graph, layout, { ...options, insides: 'later' }).replaceAll('<g class="inside"></g>', () => {
    index += 1;
    return inside(index);
  });
  // Tooltips of nodes come later as well.
  const whole = renderSvg(graph, layout, options).replaceAll(/(<g id="drml-n[^>]*>)<title>[^<]*<\/title>/g, '$1');
  expect(filled).toBe(whole);
  expect(index).toBe(graph.nodes.length - 1);
  expect(inside(graph.nodes.length)).toBe('');
});
