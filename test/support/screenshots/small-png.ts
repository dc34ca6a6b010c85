import { crc32, deflateSync, inflateSync } from "node:zlib";

/*
 * Makes a picture that Chromium took smaller: a page has few colours, and one byte for each pixel is enough. What is beyond 256 colours
 * becomes a near one. Formats: https://www.w3.org/TR/png-3/.
 */

const SIGNATURE = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
const MOST_COLOURS = 256;
/** Of a picture with more colours. */
const EXACT_COLOURS = 128;
const STEP = 51;

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue in one number, row by row. */
  readonly colours: Uint32Array;
}

/** The chunks of a file, by their types, those of one type together. */
function chunksOf(file: Buffer): Map<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  for (let at = SIGNATURE.length; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const type = file.toString("latin1", at + 4, at + 8);
    chunks.set(type, Buffer.concat([chunks.get(type) ?? Buffer.alloc(0), file.subarray(at + 8, at + 8 + length)]));
    at += 12 + length;
  }
  return chunks;
}

function paeth(left: number, above: number, corner: number): number {
  const estimate = left + above - corner;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - above), Math.abs(estimate - corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

/** What a filter has taken away from a byte. */
function predicted(filter: number, left: number, above: number, corner: number): number {
  return [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter]!;
}

function decoded(file: Buffer): Pixels {
  const chunks = chunksOf(file);
  const header = chunks.get("IHDR")!;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const bytes = new Map([
    [2, 3],
    [6, 4],
  ]).get(header[9]!)!; // RGB, RGBA
  const raw = inflateSync(chunks.get("IDAT")!);
  const stride = width * bytes;
  const lines = Buffer.alloc(stride * (height + 1)); // the line before the first is 0
  for (let y = 0; y < height; y++) {
    const from = y * (stride + 1);
    const to = (y + 1) * stride;
    for (let x = 0; x < stride; x++) {
      const left = x < bytes ? 0 : lines[to + x - bytes]!;
      const corner = x < bytes ? 0 : lines[to - stride + x - bytes]!;
      lines[to + x] = raw[from + 1 + x]! + predicted(raw[from]!, left, lines[to - stride + x]!, corner);
    }
  }
  const colours = Uint32Array.from({ length: width * height }, (_, at) => lines.readUIntBE(stride + at * bytes, 3));
  return { width, height, colours };
}

function distance(one: number, other: number): number {
  return [16, 8, 0].reduce((sum, shift) => sum + (((one >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0);
}

/** The most frequent colours, as they are; all others are first made alike that nearly are, so that none is lost that has few pixels. */
function paletteOf(colours: Uint32Array): { readonly palette: readonly number[]; readonly index: Map<number, number> } {
  const all = byFrequency(colours);
  const exact = all.slice(0, all.length > MOST_COLOURS ? EXACT_COLOURS : MOST_COLOURS);
  const others = byFrequency(all.slice(exact.length).map(rounded));
  const palette = [...new Set([...exact, ...others])].slice(0, MOST_COLOURS);
  const nearest = (colour: number): number =>
    palette.reduce((best, one, at) => (distance(one, colour) < distance(palette[best]!, colour) ? at : best), 0);
  return { palette, index: new Map(all.map((colour) => [colour, nearest(colour)])) };
}

function byFrequency(colours: Iterable<number>): number[] {
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  return [...counts].sort(([one, many], [other, more]) => more - many || one - other).map(([colour]) => colour);
}

/** The nearest colour of a coarse grid. */
function rounded(colour: number): number {
  return [16, 8, 0].reduce((sum, shift) => sum + ((Math.round(((colour >> shift) & 255) / STEP) * STEP) << shift), 0);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

/** The same picture in fewer bytes. */
export function smallPng(file: Buffer): Buffer {
  const { width, height, colours } = decoded(file);
  const { palette, index } = paletteOf(colours);
  const lines = Buffer.alloc((width + 1) * height);
  for (let at = 0; at < colours.length; at++) lines[at + Math.floor(at / width) + 1] = index.get(colours[at]!)!;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8); // one byte a pixel, by palette
  const entries = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", entries),
    chunk("IDAT", deflateSync(lines, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
