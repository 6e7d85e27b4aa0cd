import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import packageJson from '../../package.json' with { type: 'json' };
import { startCodeServer } from '../../scripts/code-server.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the VS Code under test answers, such as `http://127.0.0.1:40123`. */
    readonly vsCode: string;
  }
}

/** Starts one VS Code with the packed extension for all files of the run; each file opens a folder of its own in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const vsix = join(import.meta.dirname, '..', '..', `${packageJson.name}-${packageJson.version}.vsix`);
  if (!existsSync(vsix)) throw new Error(`${vsix} does not exist. Run: npm run package`);
  const folder = await mkdtemp(join(tmpdir(), 'drml-e2e-'));
  // No window of a file that has ended comes back: its extensions would only take memory and time from the next ones.
  const server = await startCodeServer({ vsix, folder, grace: 5 });
  project.provide('vsCode', new URL(server.url).origin);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
