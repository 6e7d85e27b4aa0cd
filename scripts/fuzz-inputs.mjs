// Reads fuzzed inputs (sentences of the grammar, damaged models, heaps of tokens, random bytes) and fails on a crash, a hang or a
// diagnostic outside the file: `node scripts/fuzz-inputs.mjs [COUNT] [SEED] [FIRST]`, 1,000,000 inputs of seed 1 from number 0 unless told.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { bundlePrograms } from './from-sources.mjs';
import { projectNode, root, runScript } from './project.mjs';

const [count = 1_000_000, seed = 1, first = 0] = process.argv.slice(2).map(Number);
/** No range of 200 inputs takes this long, even on a busy machine. */
const longestSilence = 120_000;
/** A fresh process now and then: what grows would show as a crash of its own, and not only at the end. */
const inputsPerProcess = 50_000;
const mostFaults = 20;

await runScript('generate.mjs');
const { folder, remove } = await bundlePrograms(
  { main: 'test/language/syntax/fuzz/main.ts' },
  {
    // With the place of a source file the program finds its fixtures; no library in it needs a `require`.
    banner: {},
    define: { 'import.meta.url': JSON.stringify(new URL('../test/language/syntax/read.ts', import.meta.url).href) },
  },
);
const script = join(folder, 'main.mjs');
const started = performance.now();
let faults = 0;
let judged = 0;
try {
  let next = first;
  while (next < first + count && faults < mostFaults) {
    const end = Math.min(next + inputsPerProcess, first + count);
    next = await judge(next, end);
    const seconds = Math.round((performance.now() - started) / 1000);
    process.stdout.write(`${judged.toLocaleString('en')} inputs, ${faults} faults, ${seconds} s\n`);
  }
} finally {
  await remove();
}
process.stdout.write(`${judged} inputs of seed ${seed}: ${faults === 0 ? 'no fault' : `${faults} faults`}\n`);
process.exitCode = faults === 0 ? 0 : 1;

/** Judges a range in one process; the number to go on at: the end, or the next hundreds after a hang or a crash. */
function judge(from, to) {
  return new Promise((resolve, reject) => {
    const child = fork(script, [join(root, 'examples'), seed, from, to].map(String), {
      execPath: projectNode,
      cwd: root,
      execArgv: ['--max-old-space-size=1024'],
    });
    let reached = from;
    let finished = false;
    let timer;
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(() => child.kill('SIGKILL'), longestSilence);
    };
    watch();
    child.on('message', ({ number, fault, text, done }) => {
      watch();
      if (fault !== undefined) report(`input ${number}: ${fault}\n${JSON.stringify(text)}`);
      if (fault !== undefined && faults >= mostFaults) child.kill('SIGKILL');
      judged += number > reached ? number - reached : 0;
      reached = Math.max(reached, number);
      finished = finished || done === true;
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      if (!finished && faults < mostFaults)
        report(`inputs ${reached} to ${reached + 199}: the process ended (${signal ?? code}), by a hang or a crash`);
      resolve(finished ? to : reached + 200);
    });
  });
}

function report(text) {
  faults += 1;
  process.stdout.write(`FAULT ${text}\n`);
}
