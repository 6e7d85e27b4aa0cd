/** The long run of random edits: `fuzz-edits EDITS SEED`. Prints how it goes, and the first difference in full. */
import { type EditRun, runEdits } from './random-edits.js';

const [edits = 10_000, seed = 1] = process.argv.slice(2).map(Number);
const tell = ({ edits: done, inPlace }: EditRun): void => {
  process.stdout.write(`${done} edits, ${inPlace} in place\n`);
};
try {
  tell(await runEdits(seed, edits, tell));
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause !== undefined) process.stderr.write(`${JSON.stringify(cause, undefined, 1)}\n`);
  process.exit(1);
}
