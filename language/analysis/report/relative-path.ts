/** Paths of files as a folder sees them. */

/**
 * The path of a file as seen from a folder: `platform.drml`, `../sites.drml`. Both are addresses; of a file that lies in another place
 * altogether (another machine) the name alone, so that nothing absolute is written. Never fails.
 */
export function relativePath(folder: string, file: string): string {
  const from = read(folder);
  const to = read(file);
  const name = to.parts.at(-1) ?? '';
  if (from.place !== to.place) return name;
  let shared = 0;
  while (shared < from.parts.length && shared < to.parts.length - 1 && from.parts[shared] === to.parts[shared]) shared++;
  return [...from.parts.slice(shared).map(() => '..'), ...to.parts.slice(shared)].join('/');
}

/** The folder that a file lies in: its address without the last part. */
export function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}

/** Scheme and machine of an address, and the parts of its path. `memory:/a` and `memory:///a` are the same. */
function read(address: string): { readonly place: string; readonly parts: readonly string[] } {
  const [, scheme = '', machine = '', path = ''] = /^([A-Za-z][\w+.-]*:)?(?:\/\/([^/]*))?(.*)$/s.exec(address) ?? [];
  const parts = path.split('/').filter((part) => part !== '');
  return { place: `${scheme}//${machine}`, parts: parts.map(decoded) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
