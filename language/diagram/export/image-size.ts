/** How large an image of a picture can be. */

/** Pixels of the image for one of the picture. `usual`: sharp in a slide; below `readable` nobody reads the small texts. */
export const imageScales = { smallest: 0.1, readable: 0.5, usual: 2, largest: 8 } as const;

/** So many pixels take about a gigabyte of memory while they are drawn and packed. */
export const mostPixels = 120_000_000;

/** The largest scale, in hundredths, at which a picture of this size has no more pixels than are drawn. */
export function largestScale(width: number, height: number): number {
  return Math.floor(Math.sqrt(mostPixels / (width * height)) * 100) / 100;
}
