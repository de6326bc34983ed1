/**
 * JSON written straight into bytes, for bodies with tens of thousands of amounts: as objects or strings they would live only until they are
 * printed, and collecting them would take longer than computing them.
 */
export class JsonBytes {
  private bytes: Buffer;
  private length = 0;
  private readonly numbers = new Map<number, string>();

  /** @param expected about how many bytes will be written; more are no error */
  constructor(expected = 1 << 16) {
    this.bytes = Buffer.allocUnsafe(expected);
  }

  /** Text that is already JSON and ASCII: punctuation, names of fields, words of our own. */
  ascii(text: string): this {
    this.reserve(text.length);
    const { bytes } = this;
    let at = this.length;
    for (let index = 0; index < text.length; index += 1) bytes[at++] = text.charCodeAt(index);
    this.length = at;
    return this;
  }

  /** Bytes that are already JSON; see `jsonBytes`. */
  raw(encoded: Uint8Array): this {
    this.reserve(encoded.length);
    const { bytes } = this;
    let at = this.length;
    // Names and codes are short: a loop is faster than a call out of JavaScript.
    if (encoded.length < 100) for (let index = 0; index < encoded.length; index += 1) bytes[at++] = encoded[index]!;
    else bytes.set(encoded, at);
    this.length += encoded.length;
    return this;
  }

  /** A number as JSON writes it. Few differ (shares), so each is printed once. */
  number(value: number): this {
    let text = this.numbers.get(value);
    if (text === undefined) this.numbers.set(value, (text = JSON.stringify(value)));
    return this.ascii(text);
  }

  /** An amount as a JSON string with `decimals` places: units 1234 with 2 places is "12.34". A safe integer, never −0. */
  amount(units: number, decimals: number): this {
    this.reserve(24);
    const { bytes } = this;
    let at = this.length;
    bytes[at++] = QUOTE;
    let rest = units;
    if (rest < 0) {
      bytes[at++] = MINUS;
      rest = -rest;
    }
    let digits = decimals + 1;
    for (let bound = 10 ** digits; rest >= bound; bound *= 10) digits += 1;
    const end = at + digits + (decimals > 0 ? 1 : 0);
    const point = decimals > 0 ? end - decimals - 1 : -1;
    for (let place = end - 1; place >= at; place -= 1) {
      if (place === point) {
        bytes[place] = POINT;
        continue;
      }
      // Division of 32-bit integers is several times faster; most amounts are that small after a few digits.
      const next = rest < 0x80000000 ? ((rest | 0) / 10) | 0 : Math.floor(rest / 10);
      bytes[place] = ZERO + (rest - next * 10);
      rest = next;
    }
    bytes[end] = QUOTE;
    this.length = end + 1;
    return this;
  }

  /** What was written, in a buffer that holds little else. Nothing may be written after it. */
  done(): Buffer {
    const written = this.bytes.subarray(0, this.length);
    return this.length * 1.25 < this.bytes.length ? Buffer.from(written) : written;
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + more));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}

const [QUOTE, MINUS, POINT, ZERO] = [0x22, 0x2d, 0x2e, 0x30];

/** A value as JSON in UTF-8, to be written many times by `raw`. */
export const jsonBytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value), 'utf8');
