import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE_BYTES = 8;
/** Screenshots of a browser: red, green, blue, 8 bits each, not interlaced. */
const PIXEL_BYTES = 3;

/**
 * The same picture in fewer bytes: a browser filters and packs the pixels of a screenshot for photographs, and fast; pages have large
 * areas of one colour, which pack best as they are.
 *
 * @param {Buffer} png a screenshot without transparency
 * @returns {Buffer}
 */
export function smallerPng(png) {
  const chunks = chunksOf(png);
  const header = chunks[0].content;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  if (header[8] !== 8 || header[9] !== 2 || header[12] !== 0)
    throw new Error('This is no screenshot in plain colours.');
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ content }) => content));
  const rows = unfiltered(inflateSync(packed), width * PIXEL_BYTES, height);
  const content = deflateSync(rows, { level: 9, memLevel: 9 });
  const parts = [chunks[0], { type: 'IDAT', content }, chunks.at(-1)].map(written);
  return Buffer.concat([png.subarray(0, SIGNATURE_BYTES), ...parts]);
}

function chunksOf(png) {
  const chunks = [];
  for (let at = SIGNATURE_BYTES; at < png.length; at += chunks.at(-1).content.length + 12) {
    const content = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), content });
  }
  return chunks;
}

/** Rows without prediction: each begins with the filter's number, 0, as before it began with another. */
function unfiltered(filtered, rowBytes, height) {
  const rows = Buffer.alloc(height * (rowBytes + 1));
  for (let row = 0; row < height; row += 1) {
    const start = row * (rowBytes + 1) + 1;
    const filter = filtered[start - 1];
    for (let at = start; at < start + rowBytes; at += 1) {
      const hasLeft = at - start >= PIXEL_BYTES;
      const left = hasLeft ? rows[at - PIXEL_BYTES] : 0;
      const above = row > 0 ? rows[at - rowBytes - 1] : 0;
      const aboveLeft = hasLeft && row > 0 ? rows[at - rowBytes - 1 - PIXEL_BYTES] : 0;
      rows[at] = filtered[at] + predicted(filter, left, above, aboveLeft);
    }
  }
  return rows;
}

/** The filters of the PNG specification, by number. */
function predicted(filter, left, above, aboveLeft) {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  const guess = left + above - aboveLeft;
  const [byLeft, byAbove, byBoth] = [left, above, aboveLeft].map((value) => Math.abs(guess - value));
  if (byLeft <= byAbove && byLeft <= byBoth) return left;
  return byAbove <= byBoth ? above : aboveLeft;
}

function written({ type, content }) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
