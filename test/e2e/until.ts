/** How long VS Code may take for one step, in milliseconds: it takes a second, but not on a machine with many other things to do. */
export const patience = 60_000;
/** So much of what was seen is told of a failure, in characters. */
const toldAtMost = 1_500;

/** Asks again and again until the answer is true; errors count as "not yet". */
export async function until(condition: () => Promise<boolean>, what: string): Promise<void> {
  await untilSeen(condition, (answer) => answer, what);
}

/** Reads again and again until what is read is as it should be, and answers it; a failure tells what was read last. Errors count as "not yet". */
export async function untilSeen<T>(read: () => Promise<T>, holds: (value: T) => boolean, what: string): Promise<T> {
  const deadline = performance.now() + patience;
  let seen: unknown;
  let last: unknown;
  while (performance.now() < deadline) {
    try {
      const value = await read();
      if (holds(value)) return value;
      seen = value;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const waited = `Waited ${patience / 1000} s in vain for ${what}.`;
  // A condition that is only true or false has nothing more to tell.
  const was = seen === undefined || typeof seen === 'boolean' ? '' : ` Seen last: ${shortened(textOf(seen))}`;
  if (last === undefined) throw new Error(`${waited}${was}`);
  throw new Error(`${waited}${was} The last attempt ended with: ${firstLine(last)}`, { cause: last });
}

function textOf(seen: unknown): string {
  return typeof seen === 'string' ? seen : JSON.stringify(seen);
}

/** The first line of what an error says. */
export function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1).join();
}

/** A text that nobody has to scroll through. */
export function shortened(text: string): string {
  return text.length <= toldAtMost ? text : `${text.slice(0, toldAtMost)}…`;
}
