import { type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';

/** Milliseconds that several changes of one saving are waited for. */
const settling = 100;

/** Whether a change of the file can change a picture. */
const matters = (name: string | null): boolean => name?.endsWith('.drml') === true || name === 'drml.config.json';

/**
 * Calls `again` after each change of a file in the folders of these files, never twice at once, until the process is asked to end
 * (SIGINT, SIGTERM); then what is going on comes to its end first. `again` answers the files to watch from then on; where it throws,
 * `failed` hears why, and the former files stay watched. Folders are watched, since editors replace files instead of writing into them.
 */
export async function redrawOnChange(
  files: readonly string[],
  again: () => Promise<readonly string[]>,
  failed: (error: unknown) => void,
): Promise<void> {
  const watchers = new Map<string, FSWatcher>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = Promise.resolve();
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(async () => {
        try {
          follow(await again());
        } catch (error) {
          failed(error);
        }
      });
    }, settling);
  };
  const follow = (wanted: readonly string[]): void => {
    const folders = new Set(wanted.map((file) => dirname(file)));
    for (const [folder, watcher] of watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    for (const folder of folders) {
      if (watchers.has(folder)) continue;
      const watcher = watch(folder, (_, name) => {
        if (matters(name)) changed();
      });
      watcher.on('error', failed);
      watchers.set(folder, watcher);
    }
  };
  follow(files);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  clearTimeout(timer);
  for (const watcher of watchers.values()) watcher.close();
  await running;
}
