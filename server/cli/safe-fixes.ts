import { fileURLToPath } from 'node:url';
import { changedText } from '../../language/edit/apply.js';
import { joined } from '../../language/refactor/safe-fixes.js';
import { openCheckedSession } from './manifest-session.js';
import { problemsOf } from './problem-list.js';
import type { Session, SessionOptions } from './session.js';
import { writeWhole } from './write-file.js';

/** A fix may bring what another one mends; after so many rounds it is taken to go round in circles. */
const mostRounds = 10;

/** What was mended. */
export interface SafelyFixed {
  readonly session: Session;
  /** How many fixes were made. */
  readonly fixes: number;
  /** URIs of the files that were written. */
  readonly files: ReadonlySet<string>;
}

/** Makes the fixes that need no question, again and again until there is none, writes the files, and gives the session as it is then. */
export async function fixSafely(paths: readonly string[], options: SessionOptions): Promise<SafelyFixed> {
  const files = new Set<string>();
  let fixes = 0;
  let session = await openCheckedSession(paths, options);
  for (let round = 0; round < mostRounds; round++) {
    // Where the text is broken, what a rule says of the rest rests on a model with holes.
    const safe = problemsOf(session)
      .filter(({ accepted, finding }) => accepted !== true && (finding === undefined || session.broken.size === 0))
      .flatMap((problem) => problem.fixes.filter((fix) => fix.safe).slice(0, 1));
    if (safe.length === 0) break;
    const changes = joined(safe.flatMap((fix) => fix.changes));
    for (const [uri, ofFile] of Map.groupBy(changes, (change) => change.uri)) {
      writeWhole(fileURLToPath(uri), changedText(session.texts.get(uri) ?? '', ofFile));
      files.add(uri);
    }
    fixes += safe.length;
    session = await openCheckedSession(paths, options);
  }
  return { session, fixes, files };
}
