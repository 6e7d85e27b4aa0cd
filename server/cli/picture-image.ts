import { imageScales, largestScale, mostPixels } from '../../language/diagram/export/image-size.js';
import { lettersWithoutFont } from './image-fonts.js';
import { UnusableInput } from './unusable-input.js';

export interface DrawnImage {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Letters that boxes stand for, since no font of this machine has them. */
  readonly missing: readonly string[];
}

/**
 * A picture as PNG, with the fonts of this machine: the same picture gives the same bytes on one machine. Without a scale it is the usual
 * one, or the largest readable one that can be drawn. Throws {@link UnusableInput} where the image would be too large, where the
 * machine has no font, or where the library that draws it is not installed.
 */
export async function imageOf(svg: string, wanted: number | undefined): Promise<DrawnImage> {
  const [, width, height] = (/^<svg [^>]*?width="(\d+)" height="(\d+)"/.exec(svg) ?? []).map(Number);
  if (width === undefined || height === undefined) throw new Error('The picture has no size.');
  const scale = scaleOf(width, height, wanted);
  const { Resvg } = await library();
  const missing = lettersWithoutFont(svg, Resvg);
  if (missing === undefined) {
    throw new UnusableInput(
      'This machine has no font, and an image would have no text: install one, such as DejaVu Sans, or write an .svg file.',
    );
  }
  const image = new Resvg(svg, { fitTo: { mode: 'zoom', value: scale }, font: { loadSystemFonts: true } }).render();
  return { png: image.asPng(), width: image.width, height: image.height, missing };
}

/** The scale of an image of a picture of this size, as {@link imageOf} chooses it. */
export function scaleOf(width: number, height: number, wanted: number | undefined): number {
  const fits = largestScale(width, height);
  const scale = wanted ?? (fits < imageScales.readable ? imageScales.usual : Math.min(imageScales.usual, fits));
  if (scale <= fits) return scale;
  const size = `${Math.round(width * scale)} × ${Math.round(height * scale)}`;
  const smaller = fits < imageScales.smallest ? '' : `say --scale ${fits}, `;
  throw new UnusableInput(
    `The image would have ${size} pixels, and ${mostPixels / 1e6} million are drawn at most: ${smaller}choose a part with --view, or write an .svg file.`,
  );
}

async function library(): Promise<typeof import('@resvg/resvg-js')> {
  try {
    return await import('@resvg/resvg-js');
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new UnusableInput(
      `PNG needs the package @resvg/resvg-js, which is not installed beside drml (${reason}): run npm install @resvg/resvg-js there, or write an .svg file.`,
    );
  }
}
