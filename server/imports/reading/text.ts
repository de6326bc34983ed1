import { isAscii } from 'node:buffer';
import { UnreadableFile } from './unreadable-file.js';

export type Chunks = AsyncIterable<Buffer>;

export interface TextEncoding {
  name: 'utf-8' | 'windows-1252';
  /** 3 where the file starts with a UTF-8 byte order mark, which is not text. */
  markBytes: 0 | 3;
}

const SAVE_AS_UTF8 =
  'In Excel, save it with the type "CSV UTF-8 (Comma delimited)"; in other programs, choose the encoding UTF-8.';

/** The characters of Windows-1252 from 0x80 to 0x9F; a blank stands for the five bytes that it does not define. */
const WINDOWS_1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';
const UNDEFINED_1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/**
 * The encoding of a text file, from one pass over all its bytes: UTF-8 where every byte fits it, else Windows-1252.
 * @throws UnreadableFile 422 `encoding`: UTF-16, NUL characters, bytes that neither encoding has, or UTF-8 with damaged characters
 * (read as Windows-1252 that would turn every good accent of the file into two wrong characters, silently)
 */
export async function detectEncoding(chunks: Chunks, fileName: string): Promise<TextEncoding> {
  const scan = new EncodingScan(fileName);
  for await (const chunk of chunks) scan.push(chunk);
  return scan.result();
}

/** The text as UTF-8 bytes without byte order mark, chunk by chunk. */
export async function* utf8Chunks(chunks: Chunks, encoding: TextEncoding): AsyncGenerator<Buffer> {
  let skip: number = encoding.markBytes;
  for await (const chunk of chunks) {
    const text = skip > 0 ? chunk.subarray(skip) : chunk;
    skip = Math.max(0, skip - chunk.length);
    if (text.length === 0) continue;
    yield encoding.name === 'utf-8' || isAscii(text) ? text : Buffer.from(fromWindows1252(text), 'utf8');
  }
}

/** Node's own decoder is not used: whether it knows 0x80 to 0x9F depends on how Node was built. */
function fromWindows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\x80-\x9f]/g, (char) => WINDOWS_1252.charAt(char.charCodeAt(0) - 0x80));
}

/** A UTF-8 check byte by byte (RFC 3629) that also counts what is needed to name the encoding. */
class EncodingScan {
  private position = 0;
  private line = 1;
  private head = Buffer.alloc(0);
  /** Continuation bytes still to come, and the range of the next one (it keeps out overlong forms and surrogates). */
  private missing = 0;
  private lowest = 0x80;
  private highest = 0xbf;
  private characters = 0;
  private invalid = 0;
  private firstInvalidLine = 0;
  private firstUndefinedLine = 0;

  constructor(private readonly fileName: string) {}

  push(chunk: Buffer): void {
    if (this.head.length < 3) this.head = Buffer.concat([this.head, chunk.subarray(0, 3)]);
    this.refuseUtf16();
    if (chunk.includes(0)) {
      throw this.refusal('holds NUL characters; it is not plain text, or was saved as "Unicode" (UTF-16)', null);
    }
    if (this.missing > 0 || !isAscii(chunk)) this.scan(chunk);
    else this.countLines(chunk);
    this.position += chunk.length;
  }

  result(): TextEncoding {
    if (this.missing > 0) this.broken();
    const marked = this.head[0] === 0xef && this.head[1] === 0xbb && this.head[2] === 0xbf;
    if (this.invalid === 0) return { name: 'utf-8', markBytes: marked ? 3 : 0 };
    if (marked || this.characters > this.invalid) {
      throw this.refusal('is UTF-8 text with damaged characters', this.firstInvalidLine);
    }
    if (this.firstUndefinedLine > 0) {
      throw this.refusal('is neither UTF-8 nor Windows-1252 text', this.firstUndefinedLine);
    }
    return { name: 'windows-1252', markBytes: 0 };
  }

  private refuseUtf16(): void {
    const [first, second] = this.head;
    if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
      throw this.refusal('was saved as "Unicode" (UTF-16)', null);
    }
  }

  private countLines(chunk: Buffer): void {
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) this.line += 1;
  }

  private scan(chunk: Buffer): void {
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index] as number;
      if (byte === 10) this.line += 1;
      if (this.missing > 0) {
        if (byte >= this.lowest && byte <= this.highest) {
          this.missing -= 1;
          this.lowest = 0x80;
          this.highest = 0xbf;
          if (this.missing === 0) this.characters += 1;
        } else {
          this.broken();
          if (byte >= 0x80) this.lead(byte);
        }
      } else if (byte >= 0x80) this.lead(byte);
      if (byte >= 0x80 && byte <= 0x9d && this.firstUndefinedLine === 0 && UNDEFINED_1252.has(byte)) {
        this.firstUndefinedLine = this.line;
      }
    }
  }

  /** A byte from 0x80 on where a character should begin. */
  private lead(byte: number): void {
    if (byte >= 0xc2 && byte <= 0xdf) this.missing = 1;
    else if (byte >= 0xe0 && byte <= 0xef) this.missing = 2;
    else if (byte >= 0xf0 && byte <= 0xf4) this.missing = 3;
    else return this.broken();
    if (byte === 0xe0) this.lowest = 0xa0;
    if (byte === 0xed) this.highest = 0x9f;
    if (byte === 0xf0) this.lowest = 0x90;
    if (byte === 0xf4) this.highest = 0x8f;
  }

  private broken(): void {
    this.missing = 0;
    this.lowest = 0x80;
    this.highest = 0xbf;
    this.invalid += 1;
    if (this.firstInvalidLine === 0) this.firstInvalidLine = this.line;
  }

  private refusal(what: string, line: number | null): UnreadableFile {
    const where = line === null ? '' : ` (line ${line})`;
    return new UnreadableFile(422, 'encoding', `${this.fileName} ${what}${where}. ${SAVE_AS_UTF8}`);
  }
}
