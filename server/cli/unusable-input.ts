/** Input that no command can work with: the program says why and ends with code 2. */
export class UnusableInput extends Error {}

/** Exit codes of the program. */
export const exitCodes = { done: 0, failed: 1, unusable: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
