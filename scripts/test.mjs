// Everything that must hold: `npm test`, or one part with `-- --only lint|types|docs|unit|package|manifests|e2e`.
// The last line is `N passed, N failed`; the exit code is 1 when anything failed.
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { findChromium } from './browser.mjs';
import { projectNode, root, run, runScript } from './project.mjs';

const inCi = process.env.CI === 'true';
const onlyAt = process.argv.indexOf('--only');
const only = onlyAt < 0 ? null : process.argv[onlyAt + 1];

let passed = 0;
let failed = 0;
const failures = [];

function heading(text) {
  process.stdout.write(`\n== ${text}\n`);
}

function note(name, succeeded) {
  if (succeeded) passed += 1;
  else {
    failed += 1;
    failures.push(name);
  }
}

/** Runs a program that counts as one check. */
async function check(name, args, options = {}) {
  heading(name);
  const started = performance.now();
  const { code } = await run(projectNode, args, options);
  note(name, code === 0);
  process.stdout.write(
    `${code === 0 ? 'passed' : `FAILED with exit code ${code}`} in ${Math.round((performance.now() - started) / 1000)} s\n`,
  );
  return code === 0;
}

/** Runs vitest and counts its tests; a file that could not be loaded, or a run without a report, counts as one failure. */
async function vitest(name, config) {
  heading(name);
  const folder = await mkdtemp(join(tmpdir(), 'drml-test-'));
  const report = join(folder, 'report.json');
  const { code } = await run(projectNode, [
    ...[join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--config', config],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ]);
  const before = failed;
  if (existsSync(report)) {
    const { numPassedTests, testResults } = JSON.parse(await readFile(report, 'utf8'));
    passed += numPassedTests;
    for (const { name: file, status, assertionResults } of testResults) {
      const wrong = assertionResults.filter((result) => result.status === 'failed');
      for (const { fullName } of wrong) note(`${file}: ${fullName}`, false);
      if (status === 'failed' && wrong.length === 0) note(`${file}: could not be run`, false);
    }
  }
  if (code !== 0 && failed === before) note(name, false);
  await rm(folder, { recursive: true, force: true });
}

/** What a model can be generated from below a folder: the folder itself where a file bears its name, else each file and what lies deeper. */
function exampleModels(folder) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  if (entries.some(({ name }) => name === `${basename(folder)}.drml`)) return [folder];
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return exampleModels(path);
    return entry.name.endsWith('.drml') ? [path] : [];
  });
}

/** What can be run, in order. Each part says whether the next ones may still follow. */
const parts = {
  lint: () => check('lint (biome)', [join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'check', '.']),
  types: () => check('types (tsc)', [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.json']),
  docs: () => check('pages of the rules are current', [join(root, 'scripts', 'rule-docs.mjs'), '--check']),
  unit: () => vitest('tests (vitest)', 'vitest.config.ts'),
  package: async () => {
    const notices = join(root, 'THIRD-PARTY-NOTICES.txt');
    const before = existsSync(notices) ? await readFile(notices, 'utf8') : '';
    if (!(await check('build and package', [join(root, 'scripts', 'package.mjs')]))) return;
    const current = (await readFile(notices, 'utf8')) === before;
    note('THIRD-PARTY-NOTICES.txt is current', current);
    if (!current) process.stdout.write('THIRD-PARTY-NOTICES.txt was out of date. It is written anew: commit it.\n');
  },
  manifests: async () => {
    const drml = join(root, 'dist', 'drml.cjs');
    const examples = exampleModels('examples');
    const folder = await mkdtemp(join(tmpdir(), 'drml-examples-'));
    try {
      for (const path of examples) {
        await check(`manifests of ${path}`, [drml, 'generate', join(root, path), '--out', join(folder, path)]);
      }
      const trees = examples.map((path) => join(folder, path)).filter((tree) => existsSync(tree));
      await check('manifests against the schemas', [join(root, 'scripts', 'validate-manifests.mjs'), ...trees]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  e2e: async () => {
    if (findChromium() === undefined) {
      heading('end to end in VS Code: NOT RUN, no Chromium or Chrome found (name one in the variable CHROMIUM)');
      if (inCi) note('a browser for the end-to-end tests, which CI=true asks for', false);
      return;
    }
    if (failures.includes('build and package')) {
      note('end to end in VS Code: no package to install', false);
      return;
    }
    if (only === 'e2e') await runScript('package.mjs');
    await vitest('end to end in VS Code (vitest, code-server, Chromium)', 'test/e2e/vitest.config.ts');
  },
};

if (only !== null && !(only in parts)) {
  process.stderr.write(`--only takes one of: ${Object.keys(parts).join(', ')}\n`);
  process.exit(2);
}

await runScript('generate.mjs');
for (const [name, part] of Object.entries(parts)) {
  if (only === null || only === name) await part();
}

process.stdout.write('\n');
for (const failure of failures) process.stdout.write(`failed: ${failure}\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
