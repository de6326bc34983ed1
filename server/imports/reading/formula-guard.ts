/**
 * A spreadsheet runs a CSV cell that starts like a formula. Our CSV export therefore puts an apostrophe before text that starts with
 * `= + - @`, their full-width twins, TAB, CR, LF or NUL, and import takes exactly that apostrophe away again.
 * Text that already starts with apostrophes before such a character gets one more, so that the two are exact inverses.
 * (Sheets need none of this: a string cell is never a formula.)
 */
const DANGEROUS_START = /^'*[=+\-@\t\r\n\0＝＋－＠]/;

/** For text cells of a CSV export; never for numbers, which may start with a minus. */
export function guarded(text: string): string {
  return DANGEROUS_START.test(text) ? `'${text}` : text;
}

/** The inverse of {@link guarded}, for every cell of a CSV file. */
export function unguarded(text: string): string {
  // The first test is for speed: nearly no cell starts with an apostrophe.
  return text.charCodeAt(0) === 39 && DANGEROUS_START.test(text) ? text.slice(1) : text;
}
