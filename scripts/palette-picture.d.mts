/** The same picture with a palette of at most 256 colours; the given one where it has one already. */
export function withPalette(png: Buffer, colours?: number): Buffer;

/** Size, channels and unfiltered bytes of a PNG of 8 bits a channel. */
export function decoded(png: Buffer): {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly rows: Buffer;
};
