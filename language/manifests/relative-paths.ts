/** Paths by which files name each other, with forward slashes, so that they are the same wherever they are read. */

/** The folder of a path; `.` for a file beside the reader. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash);
}

/** A path without `.` and `..` where they can be worked out. Of a URI the scheme and the authority stay as they are. */
export function plainPath(path: string): string {
  const slashed = path.replaceAll('\\', '/');
  const origin = /^[a-z][a-z0-9+.-]+:\/\/[^/]*/i.exec(slashed)?.[0] ?? '';
  const rest = slashed.slice(origin.length);
  const rooted = rest.startsWith('/');
  const steps: string[] = [];
  for (const step of rest.split('/')) {
    if (step === '' || step === '.') continue;
    if (step === '..' && steps.length > 0 && steps[steps.length - 1] !== '..') steps.pop();
    else if (step !== '..' || !rooted) steps.push(step);
  }
  return `${origin}${rooted ? '/' : ''}${steps.join('/')}`;
}

/** The path that a file means by what it writes relative to its own folder. */
export function pathFrom(file: string, written: string): string {
  const isUri = /^[a-z][a-z0-9+.-]+:\/\//i.test(file);
  return plainPath(`${folderOf(file.replaceAll('\\', '/'))}/${isUri ? encodeURI(written) : written}`);
}
