/** The pictures of the walkthrough are small, and making them small loses no size and no colour that matters. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { decoded, withPalette } from '../../scripts/palette-picture.mjs';
import { project } from '../architecture/imports.js';

const folder = join(project, 'media', 'walkthrough');

it.each(readdirSync(folder).filter((name) => name.endsWith('.png')))('%s has a palette', (name) => {
  const png = readFileSync(join(folder, name));
  expect(decoded(png).channels).toBe(1);
  expect(png.length).toBeLessThan(60_000);
});

/** A PNG of RGB rows, each with a filter of its own. */
function png(width: number, height: number, colourAt: (x: number, y: number) => readonly [number, number, number]): Buffer {
  const raw = Buffer.alloc((width * 3 + 1) * height);
  const byte = (x: number, y: number, channel: number): number => (x < 0 || y < 0 ? 0 : (colourAt(x, y)[channel] ?? 0));
  for (let y = 0; y < height; y++) {
    const filter = y % 5;
    raw[y * (width * 3 + 1)] = filter;
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 3; channel++) {
        const [left, above, corner] = [byte(x - 1, y, channel), byte(x, y - 1, channel), byte(x - 1, y - 1, channel)];
        const guess = left + above - corner;
        const [a, b, c] = [left, above, corner].map((one) => Math.abs(guess - one)) as [number, number, number];
        const paeth = a <= b && a <= c ? left : b <= c ? above : corner;
        const base = [0, left, above, Math.floor((left + above) / 2), paeth][filter] ?? 0;
        raw[y * (width * 3 + 1) + 1 + x * 3 + channel] = (byte(x, y, channel) - base + 256) % 256;
      }
    }
  }
  const chunk = (type: string, body: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(body.length);
    check.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(raw)), chunk('IEND', Buffer.alloc(0))]);
}

/** The colours of a picture with a palette, pixel by pixel. */
function colours(picture: Buffer): readonly string[] {
  const at = picture.indexOf('PLTE', 0, 'latin1') + 4;
  return [...decoded(picture).rows].map((index) => [...picture.subarray(at + index * 3, at + index * 3 + 3)].join(' '));
}

it('few colours stay what they are', () => {
  const colourAt = (x: number, y: number) => [(x * 17) % 256, (y * 31) % 256, x === y ? 255 : 0] as const;
  const small = withPalette(png(12, 15, colourAt));
  const expected = Array.from({ length: 180 }, (_, at) => colourAt(at % 12, Math.floor(at / 12)).join(' '));
  expect(colours(small)).toEqual(expected);
  expect(withPalette(small)).toBe(small);
});

it('of many colours each comes near', () => {
  const colourAt = (x: number, y: number) => [x * 4, y * 4, 128] as const;
  const found = colours(withPalette(png(64, 64, colourAt)));
  expect(new Set(found).size).toBeLessThanOrEqual(256);
  found.forEach((colour, at) => {
    const wanted = colourAt(at % 64, Math.floor(at / 64));
    const off = colour.split(' ').map((value, channel) => Math.abs(Number(value) - (wanted[channel] ?? 0)));
    expect(Math.max(...off)).toBeLessThanOrEqual(16);
  });
});

it('what is no picture is refused', () => {
  expect(() => withPalette(Buffer.from('no picture at all'))).toThrow('no PNG');
});
