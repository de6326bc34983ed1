import { type MarkedPart, printedParts } from './review-marks.js';

/** Texts that no page holds are parted between words: nothing of them is cut off, and wall and paper part them at the same place. */

type Text = readonly MarkedPart[];
type Figures = Parameters<typeof printedParts>[1];

/** A word that is longer is parted inside. */
const LONGEST = 24;
const WORDS = new RegExp(String.raw`\S{1,${LONGEST}}[^\S\n]*\n?|[^\S\n]*\n|[^\S\n]+`, 'gu');

/** What is not parted: words with what follows them, and chips; a mark stays behind what it marks. */
const wordsOf = (parts: Text): MarkedPart[][] =>
  parts.reduce<MarkedPart[][]>((words, part) => {
    if ('mark' in part && words.length > 0) return [...words.slice(0, -1), [...words.at(-1)!, part]];
    if ('text' in part) return [...words, ...(part.text.match(WORDS) ?? []).map((text) => [{ text }])];
    return [...words, [part]];
  }, []);

/** Words that follow one another are one text again. */
const joined = (words: readonly Text[]): MarkedPart[] =>
  words.flat().reduce<MarkedPart[]>((parts, part) => {
    const last = parts.at(-1);
    const isText = last !== undefined && 'text' in last && 'text' in part;
    return isText ? [...parts.slice(0, -1), { text: last.text + part.text }] : [...parts, part];
  }, []);

const trimmed = (parts: MarkedPart[]): MarkedPart[] => {
  const last = parts.at(-1);
  return last !== undefined && 'text' in last ? [...parts.slice(0, -1), { text: last.text.trimEnd() }] : parts;
};

/**
 * The longest beginning of a text that is held, and what remains; the beginning is no word where not even one is.
 *
 * @param isHeld whether there is room for a text, as printed
 */
export const partedText = (
  parts: Text,
  figures: Figures,
  isHeld: (printed: string) => boolean,
): readonly [beginning: MarkedPart[], rest: MarkedPart[]] => {
  const words = wordsOf(parts);
  const first = (count: number): MarkedPart[] => trimmed(joined(words.slice(0, count)));
  let [held, over] = [0, words.length + 1];
  while (over - held > 1) {
    const tried = Math.floor((held + over) / 2);
    if (isHeld(printedParts(first(tried), figures))) held = tried;
    else over = tried;
  }
  return [first(held), joined(words.slice(held))];
};

const GOES_ON = { text: '…' };

/** A title of many lines: its beginning, and the rest, which is said below it. @param isTitle whether a text, as printed, is short enough for one */
export const partedTitle = (
  parts: Text,
  figures: Figures,
  isTitle: (printed: string) => boolean,
): { readonly title: Text; readonly rest: Text | null } => {
  if (isTitle(printedParts(parts, figures))) return { title: parts, rest: null };
  const [beginning, rest] = partedText(parts, figures, (printed) => isTitle(`${printed}…`));
  return { title: [...beginning, GOES_ON], rest: [GOES_ON, ...rest] };
};
