import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { manifest, projectEnvironment, projectNode, run } from './project.mjs';

/** The release of code-server that `npm start` and the end-to-end tests use; it carries VS Code 1.139.1. */
export const codeServerVersion = '4.139.1';

/** How long a started server may take until it answers, in milliseconds. */
const startTimeout = 60_000;

/** Settings that keep a fresh VS Code quiet: nothing is sent, nothing pops up, hovers come at once. */
const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'update.mode': 'none',
  'git.enabled': false,
  'files.autoSave': 'off',
  'editor.inlayHints.enabled': 'on',
  'editor.hover.delay': 100,
};

/** The folder in the user's cache where this release is kept, outside of node_modules so that `npm ci` does not fetch it again. */
function cacheFolder() {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(base, 'drml', `code-server-${codeServerVersion}`);
}

async function npmInstall(step, folder, args) {
  const started = performance.now();
  process.stdout.write(`  ${step} ...\n`);
  const result = await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...args], {
    cwd: folder,
    quiet: true,
  });
  if (result.code !== 0) throw new Error(`npm could not install ${step} (exit ${result.code}):\n${result.output}`);
  process.stdout.write(`  ${step}: done in ${Math.round((performance.now() - started) / 1000)} s\n`);
}

/** Removes what fetches left behind that were interrupted more than an hour ago; a younger one may still be running. */
async function removeAbandoned(target) {
  const parent = dirname(target);
  for (const name of await readdir(parent)) {
    if (!name.startsWith(`${basename(target)}.partial-`)) continue;
    const folder = join(parent, name);
    if (Date.now() - (await stat(folder)).mtimeMs > 3_600_000) await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Makes sure that code-server is in the cache and returns the file to start.
 * It is fetched once from the npm registry; an interrupted fetch leaves nothing behind that a later run would take for complete.
 * @returns {Promise<string>} the entry file of code-server
 */
export async function ensureCodeServer() {
  if (process.platform === 'win32') throw new Error('code-server does not run on Windows. Use: npm start -- --desktop');
  const target = cacheFolder();
  const entry = join(target, 'node_modules', 'code-server', 'out', 'node', 'entry.js');
  if (existsSync(entry)) return entry;

  await mkdir(dirname(target), { recursive: true });
  await removeAbandoned(target);
  const partial = await mkdtemp(`${target}.partial-`);
  process.stdout.write(
    `Fetching VS Code for the browser (code-server ${codeServerVersion}, about 600 MB, once) into ${target}\n`,
  );
  try {
    await writeFile(join(partial, 'package.json'), '{ "private": true }\n');
    await npmInstall('code-server (1 of 3)', partial, [`code-server@${codeServerVersion}`]);
    const workbench = join(partial, 'node_modules', 'code-server', 'lib', 'vscode');
    await npmInstall('its VS Code server (2 of 3)', workbench, ['--omit=dev']);
    await npmInstall('its built-in extensions (3 of 3)', join(workbench, 'extensions'), ['--omit=dev']);
    await rename(partial, target).catch((error) => {
      // Another process may have finished first; its copy is as good as this one.
      if (!existsSync(entry)) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return entry;
}

/** Finds a TCP port that is free on 127.0.0.1 now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}

/** Takes the entry for Node out of the installed extension, so that VS Code has to run it in the browser, as on a page without a server. */
async function leaveBrowserEntryOnly(extensions) {
  const [folder] = (await readdir(extensions)).filter((name) => name.startsWith(`${manifest.publisher}.${manifest.name}-`));
  if (folder === undefined) throw new Error(`The extension is not in ${extensions}`);
  const file = join(extensions, folder, 'package.json');
  const { main: _main, extensionKind: _kind, ...rest } = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify(rest, null, 2));
}

/**
 * Installs the packed extension into a fresh VS Code with its own home and starts it on 127.0.0.1.
 * @param {{ vsix: string, folder: string, settings?: Record<string, unknown>, inBrowser?: boolean, grace?: number }} options the packed
 *   extension, the folder to open, user settings on top of the quiet ones, whether the extension has to run in the browser, and for how
 *   many seconds the extensions of a window that went away are kept for its return (VS Code's own three hours where nothing is said)
 * @returns {Promise<{ url: string, state: string, stop: () => Promise<void>, ended: Promise<number> }>} the address to open, the
 *   folder with its logs, a function that ends the server and removes that folder, and the exit code once the server has ended
 */
export async function startCodeServer({ vsix, folder, settings = {}, inBrowser = false, grace }) {
  const entry = await ensureCodeServer();
  const state = await mkdtemp(join(tmpdir(), 'drml-vscode-'));
  const userFolder = join(state, 'data', 'User');
  await mkdir(userFolder, { recursive: true });
  await mkdir(join(state, 'home'), { recursive: true });
  await writeFile(join(userFolder, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  await writeFile(join(state, 'config.yaml'), '{}\n');

  // VS Code's own variables would make the child believe that it runs inside of a VS Code terminal.
  const inherited = Object.entries(projectEnvironment).filter(([name]) => !name.startsWith('VSCODE_'));
  const env = { ...Object.fromEntries(inherited), HOME: join(state, 'home'), EXTENSIONS_GALLERY: '{}' };
  const folders = [
    '--config',
    join(state, 'config.yaml'),
    '--user-data-dir',
    join(state, 'data'),
    '--extensions-dir',
    join(state, 'ext'),
  ];

  const installed = await run(projectNode, [entry, ...folders, '--install-extension', vsix], { env, quiet: true });
  if (installed.code !== 0) {
    await rm(state, { recursive: true, force: true });
    throw new Error(`VS Code refused to install ${vsix} (exit ${installed.code}):\n${installed.output}`);
  }

  if (inBrowser) await leaveBrowserEntryOnly(join(state, 'ext'));

  const port = await freePort();
  const server = spawn(
    projectNode,
    [
      ...[entry, ...folders, '--bind-addr', `127.0.0.1:${port}`, '--auth', 'none'],
      ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'],
      ...['--disable-getting-started-override', '--disable-proxy'],
      ...(grace === undefined ? [] : ['--reconnection-grace-time', String(grace)]),
    ],
    // A process group of its own, so that the workers of VS Code end with it.
    { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  const remember = (chunk) => {
    output = (output + chunk).slice(-20_000);
  };
  server.stdout.on('data', remember);
  server.stderr.on('data', remember);
  const ended = new Promise((resolve) => server.once('exit', (code) => resolve(code ?? 128)));
  let running = true;
  ended.then(() => {
    running = false;
  });

  const stop = async () => {
    const signal = (name) => {
      try {
        if (server.pid !== undefined) process.kill(-server.pid, name);
      } catch {
        // The group has already ended.
      }
    };
    signal('SIGTERM');
    const late = setTimeout(() => signal('SIGKILL'), 5_000);
    if (running) await ended;
    clearTimeout(late);
    // Workers that outlived their parent would keep writing into the folder that is removed next.
    signal('SIGKILL');
    await rm(state, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };

  const url = `http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`;
  const deadline = performance.now() + startTimeout;
  for (;;) {
    const ready = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return { url, state, stop, ended };
    if (!running || performance.now() > deadline) {
      await stop();
      throw new Error(`VS Code did not start on port ${port}:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
