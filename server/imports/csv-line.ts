import { guarded } from './reading/formula-guard.js';

const written = (text: string): string =>
  /[",\n\r\t;]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;

/**
 * A line of CSV. Texts that a spreadsheet would run as a formula are defused, and the import takes exactly that away again.
 *
 * @param isNumber by place: numbers may start with a minus and stay as they are; all are text where it is left out
 */
export const csvLine = (cells: readonly string[], isNumber: readonly boolean[] = []): string =>
  `${cells.map((text, place) => written(isNumber[place] ? text : guarded(text))).join(',')}\r\n`;
