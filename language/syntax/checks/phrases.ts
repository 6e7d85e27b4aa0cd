/** Small pieces of messages. */

/** `` `a`, `b` or `c` ``; of more than `most`, the first ones and how many more there are. */
export function listed(words: readonly string[], joint: 'and' | 'or' = 'or', most = 12): string {
  const quoted = words.slice(0, most).map((word) => `\`${word}\``);
  if (words.length > most) return `${quoted.join(', ')} ${joint} ${words.length - most} more`;
  return joined(quoted, joint);
}

/** `a, b or c`. */
export function joined(words: readonly string[], joint: 'and' | 'or' = 'or'): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${joint} ${last}`;
}

/** `a service`, `an external`. */
export function withArticle(noun: string): string {
  return `${/^`?[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** Text that somebody wrote, short enough for a message. */
export function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

/** A number with a plural noun where it needs one. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The text with a capital first letter, for the start of a sentence. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
