/** Where a command writes to. Tests and the program alike bring their own. */
export interface Output {
  out(content: string | Uint8Array): void;
  error(text: string): void;
  readonly colour: boolean;
}

/** The terminal: colour only where somebody looks and NO_COLOR does not forbid it. */
export function terminal(): Output {
  return {
    out: (content) => void process.stdout.write(content),
    error: (text) => void process.stderr.write(text),
    colour: process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === '',
  };
}

const codes = { red: 31, yellow: 33, blue: 34, green: 32, grey: 90, bold: 1 } as const;
export type Colour = keyof typeof codes;

/** Text in a colour, or as it is. */
export function paint(output: Output, colour: Colour, text: string): string {
  return output.colour ? `\u001B[${codes[colour]}m${text}\u001B[0m` : text;
}

/** Text from a model without control characters: a title must not move the cursor of a terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}]/gu, (letter) => (letter === '\n' || letter === '\t' ? letter : '\uFFFD'));
}
