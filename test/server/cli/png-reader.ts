/** Reads the pixels of a PNG of eight bits a channel with alpha, as the library writes it: enough to see what stands where. */
import { inflateSync } from 'node:zlib';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of a pixel, as `#rrggbb`. */
  readonly at: (x: number, y: number) => string;
}

/** Filters and chunks as the standard has them: https://www.w3.org/TR/png-3/ */
export function readPng(file: Uint8Array): Pixels {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  if (bytes.toString('latin1', 1, 4) !== 'PNG' || bytes[24] !== 8 || bytes[25] !== 6) throw new Error('Another kind of image.');
  const packed: Buffer[] = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT') packed.push(bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const rows = inflateSync(Buffer.concat(packed));
  const stride = width * 4;
  for (let y = 0; y < height; y++) {
    const start = y * (stride + 1) + 1;
    const filter = rows[start - 1] ?? 0;
    for (let x = 0; x < stride; x++) {
      const left = x < 4 ? 0 : (rows[start + x - 4] ?? 0);
      const up = y === 0 ? 0 : (rows[start + x - stride - 1] ?? 0);
      const corner = x < 4 || y === 0 ? 0 : (rows[start + x - stride - 5] ?? 0);
      rows[start + x] = (rows[start + x] ?? 0) + ([0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0);
    }
  }
  const at = (x: number, y: number): string => {
    const start = y * (stride + 1) + 1 + x * 4;
    return `#${rows.subarray(start, start + 3).toString('hex')}`;
  };
  return { width, height, at };
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
