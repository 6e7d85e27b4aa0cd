/** Exports in Chinese: what is written is what the editor shows, and names stay. */
import { describe, expect, test } from 'vitest';
import messages from '../../../../l10n/messages.zh-cn.json' with { type: 'json' };
import picture from '../../../../l10n/picture.zh-cn.json' with { type: 'json' };
import { analyze } from '../../../../language/analysis/analyze.js';
import { d2Of } from '../../../../language/diagram/export/d2.js';
import { localizedSvg } from '../../../../language/diagram/export/localized-svg.js';
import { mermaidOf } from '../../../../language/diagram/export/mermaid.js';
import { namesIn } from '../../../../language/diagram/export/names.js';
import { buildGraph } from '../../../../language/diagram/graph.js';
import { plainLayout } from '../../../../language/diagram/layout.js';
import { renderPlacement } from '../../../../language/diagram/placement.js';
import { renderSvg } from '../../../../language/diagram/svg.js';
import { whatIf } from '../../../../language/diagram/what-if/what-if.js';
import { wordsOf } from '../../../../language/translation/words.js';
import { boutique } from '../boutique.js';

const analysis = analyze(boutique, { asOf: '2026-11-01' });
const graph = buildGraph(boutique, analysis);
const names = namesIn(graph);
const words = wordsOf({ ...messages, ...picture }, () => names);
const states = whatIf(boutique, analysis, { off: [{ kind: 'site', site: 'cn-north.a' }] })?.states;
const options = { theme: 'light', standalone: true, idPrefix: 'drml-', ...(states === undefined ? {} : { states }) } as const;

describe.each([
  ['the picture', renderSvg(graph, plainLayout(graph), options)],
  ['the table of places', renderPlacement(graph, options)],
])('%s', (_, svg) => {
  const localized = localizedSvg(svg, words, 'zh-cn');
  const textless = (text: string) =>
    text
      .replace(/^<svg lang="zh-cn" /, '<svg ')
      .replace(/>[^<>]+</g, '><')
      .replace(/aria-label="[^"]*"/g, '');

  test('says its title, its states and its descriptions in Chinese', () => {
    expect(localized).toMatch(/^<svg lang="zh-cn" xmlns=/);
    expect(localized).toContain('如果失去 cn-north.a？');
    expect(/aria-label="([^"]*)"/.exec(localized)?.[1]).toContain('如果失去 cn-north.a？');
    expect(/<desc>([^<]*)<\/desc>/.exec(localized)?.[1]).toMatch(/故障/);
    expect(localized).toContain('>redis-cart<');
    expect(/What if|DOWN|AT RISK|consequence/.exec(localized)?.[0]).toBeUndefined();
  });

  test('is the same drawing', () => {
    expect(textless(localized)).toBe(textless(svg));
  });
});

test('letters that mean something to XML are escaped again', () => {
  const svg = '<svg ><title>a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;</title><text x="1">x</text></svg>\n';
  const heard: string[] = [];
  const shout = (text: string) => {
    heard.push(text);
    return `${text.toUpperCase()}<&`;
  };
  expect(localizedSvg(svg, shout, 'x"y')).toBe(
    '<svg lang="x&quot;y" ><title>A &lt;B&gt; &amp; &quot;C&quot; &#39;D&#39;&lt;&amp;</title><text x="1">X&lt;&amp;</text></svg>\n',
  );
  expect(heard).toEqual(['a <b> & "c" \'d\'', 'x']);
});

test.each([
  ['Mermaid', mermaidOf(graph, states, words), mermaidOf(graph, states)],
  ['D2', d2Of(graph, states, words), d2Of(graph, states)],
])('%s says states, reasons and lines in Chinese; its parts are the same', (_, chinese, english) => {
  expect(chinese).toContain('如果失去 cn-north.a？');
  expect(chinese).toContain('故障');
  expect(chinese).toMatch(/(: |\. )(异步|复制|备份)/);
  expect(chinese).not.toMatch(/DOWN|AT RISK|replication|backup \./);
  const ids = (text: string) => text.match(/\bn\d+\b/g);
  expect(ids(chinese)).toEqual(ids(english));
  expect(chinese.split('\n')).toHaveLength(english.split('\n').length);
});
