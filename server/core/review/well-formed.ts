/** What XML 1.0 cannot hold: control characters but tab and line ends, halves of a character, non-characters. */
const FOREIGN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** A text that XML can hold: what it cannot is seen as `�`, so that nobody takes the text for whole. */
export const wellFormed = (text: string): string => text.replace(FOREIGN, '\u{FFFD}');
