// Opens the extension in a real VS Code with the examples: `npm start` in the browser, `npm start -- --desktop` in an installed VS Code.
import { join } from 'node:path';
import { startCodeServer } from './code-server.mjs';
import { manifest, root, run, runScript } from './project.mjs';

const examples = join(root, 'examples');
const vsix = join(root, `${manifest.name}-${manifest.version}.vsix`);

/** Installs the extension into the user's own VS Code and opens the examples there. */
async function startDesktop() {
  const version = await run('code', ['--version'], { quiet: true }).catch(() => null);
  if (version === null || version.code !== 0) {
    process.stderr.write(
      'No VS Code found: the command "code" is not in the PATH.\nIn VS Code, run "Shell Command: Install \'code\' command in PATH", or use npm start without --desktop.\n',
    );
    process.exit(1);
  }
  const installed = await run('code', ['--install-extension', vsix, '--force']);
  if (installed.code !== 0) process.exit(installed.code);
  const opened = await run('code', [examples]);
  process.exit(opened.code);
}

/** Runs VS Code on 127.0.0.1 until it is stopped. */
async function startInBrowser() {
  const server = await startCodeServer({ vsix, folder: examples });
  process.stdout.write(
    `\nDRML in VS Code, with the examples:\n\n    ${server.url}\n\nOpen it in a browser of this machine. Ctrl-C stops it.\n`,
  );
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    process.stdout.write('\nStopping VS Code ...\n');
    await server.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop());
  const code = await server.ended;
  if (!stopping) {
    await server.stop();
    process.stderr.write(`VS Code ended by itself (exit ${code}).\n`);
    process.exit(1);
  }
}

await runScript('package.mjs');
try {
  await (process.argv.includes('--desktop') ? startDesktop() : startInBrowser());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
