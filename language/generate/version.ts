/** Versions of the platform a model states, and the version of this generator. */

/** Written into headers and the lock file; a test holds it equal to the package's version. */
export const generatorVersion = '0.1.0';

/**
 * Whether a stated version has what came with `major.minor`. A model that states none, or one that is no version,
 * is taken to run a current one.
 */
export function hasVersion(stated: string | undefined, major: number, minor: number): boolean {
  const match = /^v?(\d+)\.(\d+)/.exec(stated ?? '');
  if (match === null) return true;
  const [, statedMajor, statedMinor] = match.map(Number);
  if (statedMajor === undefined || statedMinor === undefined) return true;
  return statedMajor > major || (statedMajor === major && statedMinor >= minor);
}
