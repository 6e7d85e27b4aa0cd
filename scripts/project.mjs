import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project, absolute. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The manifest of the project (name, version and so on). */
export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const binFolder = join(root, 'node_modules', '.bin');

/** The Node that `npm ci` brings, where it brings one; else the Node that runs this script. */
export const projectNode = existsSync(join(binFolder, 'node')) ? join(binFolder, 'node') : process.execPath;

/** The environment of every child process: the project's own tools come first. */
export const projectEnvironment = { ...process.env, PATH: `${binFolder}${delimiter}${process.env.PATH ?? ''}` };

/**
 * Runs a command and waits for its end.
 * @param {string} command the program, looked up in the project's tools first
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean }} [options] quiet: the output is returned and not shown
 * @returns {Promise<{ code: number, output: string }>} the exit code (128 after a signal) and, when quiet, all that was printed
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: options.env ?? projectEnvironment,
      stdio: options.quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      // npm and the tools in node_modules/.bin are .cmd files there, and those start only through a shell.
      shell: process.platform === 'win32',
    });
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 128, output: Buffer.concat(chunks).toString('utf8') }));
  });
}

/**
 * Runs another script of this folder under the project's Node and ends this process when it fails.
 * @param {string} script the file's name, such as `build.mjs`
 * @param {readonly string[]} [args]
 */
export async function runScript(script, args = []) {
  const { code } = await run(projectNode, [join(root, 'scripts', script), ...args]);
  if (code !== 0) process.exit(code);
}

/** Prints a size as a person reads it: `640 KB`. */
export function readableSize(bytes) {
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(2)} MB`;
}
