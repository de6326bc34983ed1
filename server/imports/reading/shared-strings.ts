import type { ReadingLimits } from './limits.js';
import type { Chunks } from './text.js';
import { UnreadableFile } from './unreadable-file.js';
import { joined, readXml } from './xml.js';

const BLOCK_BYTES = 1024 * 1024;
const LONG_BYTES = 1024;

/**
 * The texts that a workbook's cells point to. They are kept as UTF-8 in a few large blocks outside the JavaScript heap:
 * a million short strings there would cost ten times their text. Long ones are kept as strings: made anew for each cell that points to
 * one, a small file could ask for gigabytes.
 */
export class SharedStrings {
  private readonly blocks: Buffer[] = [];
  private used = BLOCK_BYTES;
  /** Three numbers each: block, start, end. */
  private places = new Uint32Array(3 * 1024);
  private readonly long = new Map<number, string>();
  private count = 0;
  private bytes = 0;

  constructor(
    private readonly fileName: string,
    private readonly limits: ReadingLimits,
  ) {}

  add(text: string): void {
    const length = Buffer.byteLength(text);
    this.bytes += length;
    if (this.count >= this.limits.sharedStrings || this.bytes > this.limits.sharedStringBytes) throw this.tooMany();
    if (length > LONG_BYTES) {
      // Copied, because a piece of text that was cut out of the XML keeps all of that XML alive.
      this.long.set(this.count, Buffer.from(text).toString());
      this.count += 1;
      return;
    }
    if (this.used + length > BLOCK_BYTES) {
      this.blocks.push(Buffer.allocUnsafeSlow(BLOCK_BYTES));
      this.used = 0;
    }
    if (this.places.length < 3 * (this.count + 1)) {
      // Not only doubled: many long texts may have been skipped.
      const larger = new Uint32Array(Math.max(this.places.length * 2, 3 * (this.count + 1)));
      larger.set(this.places);
      this.places = larger;
    }
    const block = this.blocks.at(-1) as Buffer;
    block.write(text, this.used, 'utf8');
    const place = 3 * this.count;
    this.places[place] = this.blocks.length - 1;
    this.places[place + 1] = this.used;
    this.places[place + 2] = this.used + length;
    this.used += length;
    this.count += 1;
  }

  /** @returns undefined where the workbook has no such text */
  at(index: number): string | undefined {
    if (!Number.isInteger(index) || index < 0 || index >= this.count) return undefined;
    const long = this.long.get(index);
    if (long !== undefined) return long;
    const place = 3 * index;
    return this.blocks[this.places[place] as number]?.toString('utf8', this.places[place + 1], this.places[place + 2]);
  }

  tooMany(): UnreadableFile {
    return new UnreadableFile(
      413,
      'workbook.texts',
      `${this.fileName} holds too many different texts (at most ${this.limits.sharedStrings}). Save its sheets as CSV files.`,
    );
  }
}

/** @throws UnreadableFile 413 `workbook.texts` */
export async function readSharedStrings(
  chunks: Chunks | null,
  fileName: string,
  limits: ReadingLimits,
): Promise<SharedStrings> {
  const strings = new SharedStrings(fileName, limits);
  if (chunks === null) return strings;
  const part = `${fileName} (shared texts)`;
  let text = '';
  let inText = false;
  let phonetic = 0;
  await readXml(chunks, part, {
    open(name, attributes) {
      // An honest bomb is refused at once; one that lies is counted.
      if (name === 'sst' && Number(attributes['uniqueCount']) > limits.sharedStrings) throw strings.tooMany();
      if (name === 'si') text = '';
      else if (name === 'rPh') phonetic += 1;
      else if (name === 't') inText = phonetic === 0;
    },
    close(name) {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic -= 1;
      else if (name === 'si') strings.add(unescaped(text));
    },
    text(piece) {
      if (inText) text = joined(text, piece, part);
    },
  });
  return strings;
}

/** Workbooks write characters that XML cannot hold as `_x000D_`. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** Characters that the writer of our workbooks drops as unfit for XML. */
const DROPPED = /[\u007f-\u0084\u0086-\u009f\ufffd]|\p{Noncharacter_Code_Point}/gu;

/** The inverse of {@link unescaped}, for texts that a workbook is to hold. */
export function escaped(text: string): string {
  const unit = (char: string, at: number) => char.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  return text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_').replace(DROPPED, (char) =>
    char
      .split('')
      .map((_, at) => `_x${unit(char, at)}_`)
      .join(''),
  );
}
