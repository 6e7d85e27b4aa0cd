/** One run at a time writes into a folder. */
import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { UnusableInput } from './unusable-input.js';

/** What marking needs of a folder. */
export interface MarkedFolder {
  /** Makes a file that is not there yet. */
  write(path: string, content: string): void;
  remove(path: string): void;
  list(path: string): readonly string[];
}

const folderOfMarks = '.drml';
/** The computer, since a shared disk has several with processes of the same numbers; the process; and chance. */
const mark = /^writing-([0-9a-f]{8})-(\d{1,10})-[0-9a-f]{8}$/;
/** How long to wait for another run, in milliseconds: far longer than one takes. */
const longestWait = 10_000;

const computer = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/**
 * Runs `work` while no other run of DRML writes into the folder. Each run puts down a mark of its own and then looks for others, so
 * that of two that come at once at most one goes on. Marks of processes that have ended are removed.
 * Throws {@link UnusableInput} where another run does not end.
 */
export async function whileMarked<T>(folder: MarkedFolder, work: () => T, wait: number = longestWait): Promise<T> {
  const name = `writing-${computer}-${process.pid}-${randomBytes(4).toString('hex')}`;
  const own = `${folderOfMarks}/${name}`;
  const until = performance.now() + wait;
  for (;;) {
    folder.write(own, '');
    const other = otherRun(folder, name);
    if (other === undefined) break;
    folder.remove(own);
    if (performance.now() >= until) {
      throw new UnusableInput(
        `another run writes into this folder: ${folderOfMarks}/${other}. Wait for it; where none runs, remove that file.`,
      );
    }
    // By chance, so that two that have stepped back do not come again at the same time.
    await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 200));
  }
  try {
    return work();
  } finally {
    folder.remove(own);
  }
}

/** The mark of another run that may still be writing. */
function otherRun(folder: MarkedFolder, own: string): string | undefined {
  for (const name of folder.list(folderOfMarks)) {
    const [, where, pid] = mark.exec(name) ?? [];
    if (where === undefined || pid === undefined || name === own) continue;
    if (where !== computer || isRunning(Number(pid))) return name;
    folder.remove(`${folderOfMarks}/${name}`);
  }
  return undefined;
}

/** Whether a process of this computer runs. One with our own number has ended, or we would not have it. */
function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
