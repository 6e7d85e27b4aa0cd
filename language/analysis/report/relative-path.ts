/** Paths of files as a folder sees them. */

/**
 * The path of a file as seen from a folder: `platform.drml`, `../sites.drml`. Both are addresses; of a file that lies in another place
 * altogether (another disk or machine) the name alone, so that nothing absolute is written.
 */
export function relativePath(folder: string, file: string): string {
  const from = partsOf(folder.replace(/\/+$/, ''));
  const to = partsOf(file);
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared++;
  // Before the path there are `scheme:` and the machine.
  if (shared < Math.min(from.length, machineParts)) return to.at(-1) ?? file;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}

/** The folder that a file lies in: its address without the last part. */
export function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}

/** `scheme:`, nothing, machine. */
const machineParts = 3;

function partsOf(address: string): readonly string[] {
  return address.split('/').map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
}
