/** How the report looks: A4 on paper, light or dark on a screen. All pairs of text and ground have a contrast of 4.5 to 1 or more. */
export const reportStyle = `:root {
  --ground: #ffffff; --text: #1b1f24; --quiet: #57606a; --line: #c9d1d9; --head: #f3f5f7; --accent: #0b4f8a;
  --good: #116329; --good-ground: #e6f4ea; --bad: #a40e26; --bad-ground: #fdecee; --open: #7a4b00; --open-ground: #fdf3dc;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #14181d; --text: #e4e8ec; --quiet: #a3adb8; --line: #3b444e; --head: #1e252c; --accent: #7cb8f2;
    --good: #6fd08c; --good-ground: #16301f; --bad: #ff9aa6; --bad-ground: #3b1a20; --open: #eac26b; --open-ground: #352a12;
  }
}
* { box-sizing: border-box; }
html { background: var(--ground); }
body {
  margin: 0 auto; padding: 2rem 1.5rem 3rem; max-width: 68rem; background: var(--ground); color: var(--text);
  font: 15px/1.5 "Segoe UI", "Noto Sans", "Liberation Sans", Helvetica, Arial, sans-serif; overflow-wrap: break-word;
}
h1 { font-size: 2.1rem; line-height: 1.2; margin: 0 0 1.2rem; }
h2 { font-size: 1.35rem; line-height: 1.25; margin: 2.4rem 0 0.6rem; padding-bottom: 0.25rem; border-bottom: 2px solid var(--accent); }
h3 { font-size: 1.05rem; margin: 1.4rem 0 0.4rem; }
p { margin: 0.5rem 0; }
a { color: var(--accent); }
code { font: 0.93em/1.3 "Cascadia Mono", "DejaVu Sans Mono", Consolas, Menlo, monospace; }
.kind { color: var(--accent); font-weight: 600; margin: 0 0 0.3rem; }
.note { border-left: 4px solid var(--accent); background: var(--head); padding: 0.5rem 0.8rem; }
table { border-collapse: collapse; width: 100%; margin: 0.8rem 0 1.2rem; font-size: 0.9rem; line-height: 1.4; }
caption { text-align: left; color: var(--quiet); padding: 0 0 0.3rem; }
th, td { border: 1px solid var(--line); padding: 0.35rem 0.5rem; text-align: left; vertical-align: top; }
th { font-weight: 600; }
tbody th { font-weight: 400; }
tbody th strong, .facts th, .signatures th { font-weight: 600; }
thead th, .facts th { background: var(--head); }
.facts th { width: 12rem; }
.signatures td, .signatures tbody th { height: 2.6rem; vertical-align: middle; }
.signatures thead td { border: 0; }
.signatures thead th, .signatures thead td { height: auto; }
.signatures tbody th { width: 15rem; }
.matrix { table-layout: fixed; min-width: 46rem; }
.matrix thead th:first-child { width: 19%; }
.status { font-weight: 600; white-space: nowrap; }
.matrix .status { white-space: normal; }
.good { color: var(--good); }
.bad { color: var(--bad); }
.open { color: var(--open); }
.neutral { color: var(--quiet); }
.tally { list-style: none; display: flex; flex-wrap: wrap; gap: 0.6rem; margin: 0.8rem 0; padding: 0; }
.tally li { flex: 1 1 8rem; border: 1px solid currentColor; border-radius: 6px; padding: 0.5rem 0.8rem; }
.tally .good { background: var(--good-ground); }
.tally .bad { background: var(--bad-ground); }
.tally .open { background: var(--open-ground); }
.count { display: block; font-size: 1.7rem; font-weight: 700; line-height: 1.2; }
nav { margin-top: 1.6rem; }
nav h2 { font-size: 1.05rem; border: 0; margin: 0; }
nav ol { columns: 2; margin: 0.4rem 0 0; padding-left: 1.6rem; }
footer { margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: 0.6rem; color: var(--quiet); font-size: 0.85rem; }
@media screen and (max-width: 45rem) { section { overflow-x: auto; } nav ol { columns: 1; } }
@page { size: A4; margin: 17mm 15mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; } }
@media print {
  html { font-size: 10pt; }
  body { max-width: none; padding: 0 1px; font-size: 9.5pt; }
  table { font-size: 8pt; }
  th, td { padding: 0.25rem 0.35rem; }
  .facts, .signatures { font-size: 9pt; }
  .matrix { min-width: 0; }
  .matrix th, .matrix td { padding: 0.2rem 0.25rem; }
  a { color: inherit; text-decoration: none; }
  .front { break-after: page; }
  thead { display: table-header-group; }
  tr, .note, .tally li { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
