import { RECORDS } from '../contract/records.js';
import type { RecordType } from '../contract/columns.js';
import { importColumnsOf, respondentKey } from './column-cells.js';
import { cellText, normalisedName, type Row } from './reading/table.js';

/** Columns whose cells no report repeats: reports of imports are read by more people than these are. */
const SECRETS: Partial<Record<RecordType, readonly string[]>> = { survey_response: ['respondent', 'comment'] };

/** Without a column: whether the table has any such columns, so that a row out of shape may hold them anywhere. */
export const isSecret = (type: RecordType, column?: string): boolean =>
  column === undefined ? SECRETS[type] !== undefined : (SECRETS[type]?.includes(column) ?? false);

const RESPONDENT = importColumnsOf(RECORDS.survey_response).find((column) => column.name === 'respondent')!;

const placesIn = (header: readonly string[]): number[] =>
  header.flatMap((name, place) => (normalisedName(name) === RESPONDENT.name ? [place] : []));

/** Whether a column of this name says who answered a survey. */
export const holdsRespondents = (header: readonly string[]): boolean => placesIn(header).length > 0;

/**
 * The cells of rows as they may be kept: who answered a survey only hashed (the database keys the hash before it keeps it), in whatever table such a column
 * stands. In a row out of shape the cells behind that column are hashed too, for nobody knows which of them it is.
 */
export const keepableCells = (header: readonly string[]): ((row: Row) => string[]) => {
  const places = placesIn(header);
  if (places.length === 0) return (row) => row.cells.map(cellText);
  return (row) =>
    row.cells.map((cell, place) => {
      const isRespondent = row.problems ? place >= places[0]! : places.includes(place);
      const text = cellText(cell);
      if (!isRespondent || text.trim() === '') return text;
      const read = RESPONDENT.read(cell, { decimal: 'undecided', timeZone: 'UTC' });
      const key = 'problem' in read ? null : read.values[0];
      return typeof key === 'string' ? key : respondentKey(text.trim());
    });
};
