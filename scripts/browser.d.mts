/** The executable of an installed Chromium or Chrome, or of the one that the variable CHROMIUM names. */
export function findChromium(): string | undefined;
