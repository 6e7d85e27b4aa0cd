/** Paths by which files name each other, with forward slashes, so that they are the same wherever they are read. */

/** The folder of a path; `.` for a file beside the reader. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash);
}

/** A path without `.` and `..` where they can be worked out. */
export function plainPath(path: string): string {
  const slashed = path.replaceAll('\\', '/');
  const rooted = slashed.startsWith('/');
  const steps: string[] = [];
  for (const step of slashed.split('/')) {
    if (step === '' || step === '.') continue;
    if (step === '..' && steps.length > 0 && steps[steps.length - 1] !== '..') steps.pop();
    else if (step !== '..' || !rooted) steps.push(step);
  }
  return `${rooted ? '/' : ''}${steps.join('/')}`;
}

/** The path that a file means by what it writes relative to its own folder. */
export function pathFrom(file: string, written: string): string {
  return plainPath(`${folderOf(file.replaceAll('\\', '/'))}/${written}`);
}
