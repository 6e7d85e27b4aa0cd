// Makes pictures of screens small: `node scripts/palette-picture.mjs FILE.png...` writes each again with at most 256 colours.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
/** The most colours a palette holds. */
const mostColours = 256;

/**
 * The same picture with a palette, which takes a third of the bytes: a screen has few colours, and the many shades around letters
 * that are left out nobody misses. Colours are merged by median cut: the box with the widest spread is halved until there are enough.
 * @param {Buffer} png 8 bits a channel, RGB or RGBA, not interlaced, as browsers write screens
 * @param {number} [colours] at most so many
 * @returns {Buffer} a PNG with a palette; the given one where it has one already
 */
export function withPalette(png, colours = mostColours) {
  const { width, height, channels, rows } = decoded(png);
  if (channels === 1) return png;
  const pixels = new Uint32Array(width * height);
  for (let at = 0; at < pixels.length; at++)
    pixels[at] = (rows[at * channels] << 16) | (rows[at * channels + 1] << 8) | rows[at * channels + 2];
  const counts = new Map();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const boxes = cut(
    [...counts].map(([colour, count]) => ({ colour, count })),
    colours,
  );
  const indexes = new Map(boxes.flatMap((box, index) => box.map(({ colour }) => [colour, index])));
  const palette = Buffer.concat(boxes.map((box) => Buffer.from(mean(box))));
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) lines[y * (width + 1) + 1 + x] = indexes.get(pixels[y * width + x]);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const data = deflateSync(lines, { level: 9, memLevel: 9 });
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Size, channels and unfiltered bytes of a PNG. */
export function decoded(png) {
  if (!png.subarray(0, 8).equals(signature)) throw new Error('This is no PNG.');
  const parts = [];
  let header;
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = body;
    if (type === 'IDAT') parts.push(body);
    at += length + 12;
  }
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, type, , , interlace] = header.subarray(8);
  const channels = { 2: 3, 3: 1, 6: 4 }[type];
  if (depth !== 8 || channels === undefined || interlace !== 0)
    throw new Error('Only 8 bits of RGB, RGBA or a palette are read.');
  const raw = inflateSync(Buffer.concat(parts));
  const stride = width * channels;
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const value = raw[y * (stride + 1) + 1 + x];
      const left = x >= channels ? rows[y * stride + x - channels] : 0;
      const above = y > 0 ? rows[(y - 1) * stride + x] : 0;
      const corner = x >= channels && y > 0 ? rows[(y - 1) * stride + x - channels] : 0;
      rows[y * stride + x] = value + [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter];
    }
  }
  return { width, height, channels, rows };
}

/** The neighbour that is nearest to left + above - corner: a filter of the standard. */
function paeth(left, above, corner) {
  const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

const channelsOf = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];

function cut(colours, most) {
  const boxes = [{ colours, ...spread(colours) }];
  while (boxes.length < most) {
    const widest = boxes.reduce((best, box, index) => (box.weight > boxes[best].weight ? index : best), 0);
    const { colours: all, axis, weight } = boxes[widest];
    if (weight === 0) break;
    const sorted = [...all].sort((a, b) => channelsOf(a.colour)[axis] - channelsOf(b.colour)[axis] || a.colour - b.colour);
    const half = sorted.reduce((sum, { count }) => sum + count, 0) / 2;
    let at = 0;
    for (let sum = 0; at < sorted.length - 1 && (at === 0 || sum + sorted[at].count <= half); at++) sum += sorted[at].count;
    const [low, high] = [sorted.slice(0, at), sorted.slice(at)];
    boxes.splice(widest, 1, { colours: low, ...spread(low) }, { colours: high, ...spread(high) });
  }
  return boxes.map((box) => box.colours);
}

/** The channel that differs most within a box, and how much it costs to take one colour for all: spread squared, by how often. */
function spread(colours) {
  const ranges = [0, 1, 2].map((axis) => {
    const values = colours.map(({ colour }) => channelsOf(colour)[axis]);
    return (
      values.reduce((most, value) => Math.max(most, value), 0) - values.reduce((least, value) => Math.min(least, value), 255)
    );
  });
  const axis = ranges.indexOf(Math.max(...ranges));
  const count = colours.reduce((sum, one) => sum + one.count, 0);
  return { axis, weight: ranges[axis] ** 2 * Math.sqrt(count) };
}

function mean(colours) {
  const sum = [0, 0, 0];
  let total = 0;
  for (const { colour, count } of colours) {
    channelsOf(colour).forEach((value, axis) => {
      sum[axis] += value * count;
    });
    total += count;
  }
  return sum.map((value) => Math.round(value / total));
}

function chunk(type, body) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const file of process.argv.slice(2)) {
    const before = readFileSync(file);
    const after = withPalette(before);
    if (after.length < before.length) writeFileSync(file, after);
    console.log(`${file}: ${before.length} → ${Math.min(before.length, after.length)} bytes`);
  }
}
