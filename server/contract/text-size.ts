/** How wide texts are, so that labels are kept apart and pages are filled without a browser. */

/** Pixels: the size in which all is measured. */
export const FONT_SIZE = 12;

/** Advance widths of Roboto for U+0020 to U+007E, in hundredths of the font size. */
const ADVANCES = [
  25, 26, 33, 62, 57, 74, 63, 18, 35, 35, 44, 57, 20, 28, 27, 42, 57, 57, 57, 57, 57, 57, 57, 57, 57, 57, 25, 22, 51,
  55, 53, 48, 90, 66, 63, 66, 66, 57, 56, 69, 72, 28, 56, 63, 54, 88, 72, 69, 64, 69, 62, 60, 60, 65, 64, 89, 63, 61,
  60, 27, 42, 27, 42, 46, 31, 55, 57, 53, 57, 54, 35, 57, 56, 25, 24, 51, 25, 88, 56, 58, 57, 57, 34, 52, 33, 56, 49,
  76, 50, 48, 50, 34, 25, 34, 69,
];
/** Accented letters, signs and Greek; what lies beyond is as wide as it is high. */
const OTHER = 70;
const FULL = 105;
const NARROW_END = 0x1100;
/** Of other fonts of the list, whose letters are wider. */
const SLACK = 1.06;

const advanceOf = (sign: string): number => {
  const code = sign.codePointAt(0)!;
  return ADVANCES[code - 0x20] ?? (code < NARROW_END || (code >= 0x2000 && code < 0x2c00) ? OTHER : FULL);
};

/** Pixels that a line of text takes, rather too many than too few. */
export const widthOf = (line: string): number =>
  ([...line].reduce((sum, sign) => sum + advanceOf(sign), 0) / 100) * FONT_SIZE * SLACK;

export const widest = (lines: readonly string[]): number => Math.max(0, ...lines.map(widthOf));

const halved = (word: string, width: number): string[] => {
  const parts: string[] = [];
  let part = '';
  for (const sign of word) {
    if (part !== '' && widthOf(part + sign) > width) {
      parts.push(part);
      part = '';
    }
    part += sign;
  }
  return [...parts, part];
};

export interface Wrapped {
  readonly lines: readonly string[];
  /** The whole text, where lines are not all of it. */
  readonly title: string | undefined;
}

/**
 * A text in lines of at most so many pixels, broken between words, and inside of one only where it alone is too wide. What needs more than `most`
 * lines ends in `…`; `title` then says it all.
 */
export function wrapped(whole: string, width: number, most = Infinity): Wrapped {
  const words = whole
    .split(/[ \t\n\r]+/)
    .filter((word) => word !== '')
    .flatMap((word) => (widthOf(word) > width ? halved(word, width) : [word]));
  const lines = words.reduce<string[]>((done, word) => {
    const longer = done.length === 0 ? word : `${done.at(-1)!} ${word}`;
    return done.length > 0 && widthOf(longer) <= width ? [...done.slice(0, -1), longer] : [...done, word];
  }, []);
  if (lines.length <= most) return { lines: lines.length === 0 ? [''] : lines, title: undefined };
  const last = [...lines[most - 1]!];
  while (last.length > 0 && widthOf(`${last.join('')}…`) > width) last.pop();
  return { lines: [...lines.slice(0, most - 1), `${last.join('').trimEnd()}…`], title: whole };
}

/**
 * A text in pieces that each take at most so many lines of so many pixels: the same signs in the same order, line ends kept. What tables print of a
 * row that no page holds.
 */
export function inPieces(whole: string, width: number, most: number): string[] {
  const words = (whole.match(/\S+[^\S\n]*\n?|[^\S\n]*\n|[^\S\n]+/g) ?? []).flatMap((word) =>
    widthOf(word.trimEnd()) > width ? halved(word, width) : [word],
  );
  const pieces: string[] = [];
  let [piece, line, used] = ['', 1, 0];
  for (const word of words) {
    if (used > 0 && used + widthOf(word.trimEnd()) > width) [line, used] = [line + 1, 0];
    if (line > most) {
      pieces.push(piece.trimEnd());
      [piece, line, used] = ['', 1, 0];
    }
    piece += word;
    if (word.endsWith('\n')) [line, used] = [line + 1, 0];
    else used += widthOf(word);
  }
  return [...pieces, piece.trimEnd()];
}

/** How many lines words take where each holds so many signs: they are broken between words, and inside of one only where it alone is longer. */
export function linesOfWords(words: readonly string[], signs: number): number {
  let [lines, used] = [1, 0];
  for (const { length } of words) {
    const isNext = used > 0 && used + 1 + length > signs;
    if (isNext) lines += 1;
    used = isNext || used === 0 ? length : used + 1 + length;
    for (; used > signs; used -= signs) lines += 1;
  }
  return lines;
}
