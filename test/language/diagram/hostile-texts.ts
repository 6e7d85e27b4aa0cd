/** Texts that end, open or mean something in what a picture is written as, or that fill more room than anybody gave them. */

const tag = String.fromCodePoint(0xe0041);

/** What it is → the text. */
export const hostileTexts: readonly (readonly [what: string, text: string])[] = [
  ['an image with a handler', '<img src=x onerror=alert(1)>'],
  ['the end of a script', '</script><script>alert(1)</script>'],
  ['the end of a title and of the picture', '</title></text></svg><svg onload=alert(1)>'],
  ['the end of CDATA', ']]><![CDATA['],
  ['ends and beginnings of comments', '--> <!-- --!> <!-'],
  ['all quotes', "\"'`\"\" '' ``` |'| |`|"],
  ['backslashes', '\\ \\" \\\\ \\n \\u0041 C:\\temp\\'],
  ['entities', '&amp; &lt; &#60; &#x3c; &unknown; #35; #lt;'],
  ['line breaks and tabs', 'one\ntwo\r\nthree\tfour\u2028five\u2029six\u0085seven\u000bend'],
  ['control characters', 'nul\u0000 bell\u0007 escape\u001b[31m delete\u007f next\u0085'],
  ['lone surrogates', 'half \ud83d of a pair \udc00 twice'],
  ['text turned around', 'cod\u202egnp.exe\u202c \u2066isolated\u2069 \u061c\u200f'],
  ['right to left', 'שלום عالم ﷺ'],
  ['without width', 'a\u200bb\u200cc\u200dd\ufeffe\u2060f\u00adg'],
  ['a stack of marks', `Z${'\u0301\u0316\u0489'.repeat(60)}algo`],
  ['marks only', '\u0301'.repeat(40)],
  ['500 letters', 'x'.repeat(500)],
  ['500 wide letters', '商'.repeat(500)],
  ['50,000 letters', 'long '.repeat(10_000)],
  ['50,000 marks', `a${'\u0300'.repeat(50_000)}`],
  ['50,000 letters without width', `b${'\u200d'.repeat(50_000)}`],
  ['families of pictographs', '👩‍👩‍👧‍👦🏳️‍🌈👍🏽'.repeat(8)],
  ['characters of tags and of no plane', `a${tag}b\u{10ffff}c\ufffe\uffff\ufdd0`],
  ['a formula', `=cmd|' /C calc'!A0`],
  ['a formula of another sign', '@SUM(1+1)*cmd'],
  ['a formula behind blanks', '\t\r =1+1'],
  ['a formula in wide letters', '＝1＋1'],
  ['a link', '[a](javascript:alert(1)) ![b](https://example.com/x.png) <https://example.com>'],
  ['a table', '| a | b |\n| --- | --- |\n# no heading'],
  ['statements of Mermaid', 'a"]; click n0 call alert() %% no comment\nend\nn0 --> n1; style n0 fill:red'],
  ['directives of Mermaid', '%%{init: {"securityLevel": "loose"}}%% ---\nconfig:\n---'],
  ['icons, shapes and markdown of Mermaid', 'fa:fa-car @{ shape: rect } `**bold**` :::down $$x$$'],
  ['substitutions of D2', '$\x7bx} $x | md # no | *.style.fill: red; &a: b -> c { d } @import'],
  ['a title of front matter', '---\ntitle: x\n--- : - ? ! & * %'],
  ['a placeholder', '%s %d {0} {1} $& $1 $$'],
  ['a path', '../../etc/passwd /dev/null con.txt a:b*c?d'],
  ['nothing but blanks', ' \t\u00a0\u3000 '],
];

/** A text as the language writes it. */
export function quoted(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `"${escaped}"`;
}

/** A model with the text in every place that a picture, a table or a tooltip could take one from. */
export function modelWith(text: string): string {
  const it = quoted(text);
  const note = text.replaceAll('*/', '* /');
  return `/** ${note} */
model m ${it} { owner ${it} }
/** ${note} */
region r1 ${it} { id ${it}  provider ${it}  zone a ${it} { building ${it} }  zone b { } }
region r2 ${it} { zones a, b }
/** ${note} */
gateway g ${it} { host ${it}  runs 2 in r1  routes "/" to s }
service s ${it} {
  owner ${it}  runs 2 in r1  runs 1 in r2 as hot standby
  requires d, q
  wants e { fallback ${it} }
  failover { detect 10s  decide automatic  switch dns ttl 20s }
  runbook ${it} reviewed 2026-01-01
  accepts DR001 until 2027-01-01 by ${it} because ${it}
}
database d ${it} {
  engine postgres ${it}  runs 2 in r1  runs 1 in r2 as hot standby  size 1GiB
  replicates async to r2 lag 5s
  failover { detect 10s  decide automatic  promote 10s  switch dns ttl 20s }
  backup nightly { full every 1d  copies to vault }
}
queue q ${it} { runs 1 in r1.a }
bucket vault ${it} in r2 { }
external e ${it} { availability 99% }
/** ${note} */
journey j ${it} {
  requires g, s
  objective { availability 99.9%  region-loss { rto 15m rpo 1m }  zone-loss { rto 1m rpo 1m } }
}
/** ${note} */
scenario dark ${it} { fails r1  expect j up rto <= 1s }
`;
}
