// Measures and prints what docs/benchmarks.md shows: `npm run bench [-- --write] [-- --quick] [-- --figures]`. CPU time and medians; machines are noisy.
import { spawnSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { measureFigures } from './bench-figures.mjs';
import { measurePane } from './bench-pane.mjs';
import { bundlePrograms } from './from-sources.mjs';
import { projectNode, root, runScript } from './project.mjs';

const quick = process.argv.includes('--quick');
const write = process.argv.includes('--write');
/** So many services make a file of ten thousand lines. */
const servicesOfTenThousandLines = 784;

/** Only the tables about the figures: they change with the analysis alone, and take a minute. */
const figuresOnly = process.argv.includes('--figures');
const page = join(root, 'docs/benchmarks.md');
const before = await readFile(page, 'utf8');

if (!figuresOnly) await runScript('build.mjs');
const { folder: place, remove } = await bundlePrograms(
  ['core', 'server', 'layout', 'manifests', 'cloud', 'fault-tree'].map((name) => `test/bench/${name}-bench.ts`),
);
try {
  let lines = [];
  const say = (line) => {
    lines.push(line);
    process.stdout.write(`${line}\n`);
  };
  let text = before;
  measureFigures({ run, say, quick, before });
  text = text.replace(/<!-- figures -->[\s\S]*<!-- end of figures -->/, marked('figures', lines, 'end of figures'));
  lines = [];
  if (!figuresOnly) {
    await measureProgram(say);
    text = text.replace(/<!-- measured -->[\s\S]*<!-- end -->/, marked('measured', lines, 'end'));
  }
  if (write) await writeFile(page, text);
} finally {
  await remove();
}

function marked(start, lines, end) {
  const machine = `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}).`;
  return `<!-- ${start} -->\n\n${machine}\n\n${lines.join('\n')}\n\n<!-- ${end} -->`;
}

/** The library, the server, the layout and the bundles. */
async function measureProgram(say) {
  say('### Library: CPU milliseconds, medians of seven in one warm process, 10,000 services once in a cold one');
  say('');
  say(
    '| services | files | characters | parse | link and check | model, analysis, rules | the rules of it | after an edit: analysis again | all figures | heap |',
  );
  say('|---|---|---|---|---|---|---|---|---|---|');
  const links = new Map();
  for (const [services, files] of quick
    ? [
        [100, 1],
        [1000, 1],
      ]
    : [
        [100, 1],
        [1000, 1],
        [1000, 100],
        [10000, 1],
        [10000, 100],
      ]) {
    const runs = run('core-bench.mjs', [services, files, services > 5000 ? 1 : 7], ['--expose-gc', '--max-old-space-size=8192']);
    const of = (name) => median(runs.map((each) => each[name]));
    links.set(`${services} ${files}`, of('link'));
    say(
      `| ${services.toLocaleString('en')} | ${files} | ${(services * 381).toLocaleString('en')} | ${round(of('parse'))} | ${round(of('link'))} | ${round(of('analyse'))} | ${round(of('rules'))} | ${round(of('again'))} | ${round(of('report'))} | ${megabytes(of('heap'))} |`,
    );
  }
  if (!quick) {
    say('');
    say(
      `Linking and checking 10,000 services in one file costs ${(links.get('10000 1') / links.get('1000 1')).toFixed(1)} times what 1,000 cost.`,
    );
  }

  say('');
  say('### Language server over stdio: CPU milliseconds of its process, keystroke to diagnostics, medians; memory in MB');
  say('');
  say(
    '| services | files | ready | open to idle | keystroke | analysis included | completion | hover | actions | hints | lenses | peak | after edits | in a pause | at rest |',
  );
  say('|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|');
  const ready = [];
  for (const [services, files] of quick
    ? [[1000, 1]]
    : [
        [100, 1],
        [1000, 1],
        [1000, 100],
        [5000, 1],
        [10000, 1],
        [10000, 100],
      ]) {
    const found = serve(services, files, services > 2000 ? 3 : 9);
    ready.push(found.ready);
    const times = [found.ready, found.open, median(found.keystrokes), median(found.settled), found.completion].map(round);
    const answers = [found.hover, found.actions, found.hints, found.lenses].map((time) => time.toFixed(1));
    const memory = [found.peak, found.edited, found.paused, found.resting].map((bytes) =>
      Math.round(bytes / 1e6).toLocaleString('en'),
    );
    say(
      `| ${services.toLocaleString('en')} | ${files} | ${times.join(' | ')} | ${answers.join(' | ')} | ${memory.join(' | ')} |`,
    );
  }
  const tokens = serve(servicesOfTenThousandLines, 1, 1);
  say('');
  say(
    `Semantic tokens of a file of ${tokens.lines.toLocaleString('en')} lines: ${round(tokens.semanticTokens)} ms. Ready, the median of all: ${round(median([...ready, tokens.ready]))} ms.`,
  );

  say('');
  say('### Picture: CPU milliseconds in Node; above 120 nodes it is folded first');
  say('');
  say(
    '| components | first picture, cold | label edit | unfolded layout | its text, cold | a node less | first what-if | what-if |',
  );
  say('|---|---|---|---|---|---|---|---|');
  for (const services of quick ? [60] : [20, 60, 200, 1000]) {
    const found = run('layout-bench.mjs', [services]);
    const times = [found.first, found.label, found.unfolded, found.text, found.edit, found.firstWhatIf, found.whatIf].map(
      (time) => time.toFixed(1),
    );
    say(`| ${services.toLocaleString('en')} | ${times.join(' | ')} |`);
  }

  say('');
  await measurePane({ run, say, quick });
  say('### Manifests: CPU milliseconds; services in two regions are written, as many documents are imported and judged');
  say('');
  say('| services, documents | files | written, cold | written, warm | imported, cold | judged, cold |');
  say('|---|---|---|---|---|---|');
  for (const services of quick ? [100] : [100, 1000]) {
    const found = run('manifests-bench.mjs', [services]);
    const times = [found.files, found.cold, found.warm, found.imported, found.judged].map(round);
    say(`| ${services.toLocaleString('en')} | ${times.join(' | ')} |`);
  }
  say('');
  say('### Bundles');
  say('');
  say('| file | kB | gzip |');
  say('|---|---|---|');
  for (const file of [...(await readdir(join(root, 'dist'), { recursive: true }))]
    .filter((name) => /\.c?js$/.test(name))
    .sort()) {
    const code = await readFile(join(root, 'dist', file));
    const kilobytes = [code.length, gzipSync(code, { level: 9 }).length].map((bytes) =>
      Math.round(bytes / 1000).toLocaleString('en'),
    );
    say(`| dist/${file} | ${kilobytes.join(' | ')} |`);
  }
}

function serve(services, files, strokes) {
  return run('server-bench.mjs', [join(root, 'dist/server.cjs'), services, files, strokes]);
}

function run(script, args, flags = []) {
  const done = spawnSync(projectNode, [...flags, join(place, script), ...args.map(String)], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    cwd: root,
  });
  if (done.status !== 0) throw new Error(`${script} ${args.join(' ')} failed:\n${done.stderr}`);
  return JSON.parse(done.stdout);
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function round(value) {
  return Math.round(value).toLocaleString('en');
}

function megabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`;
}
