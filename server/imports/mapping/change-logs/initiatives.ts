import type { FieldSource, SourceColumn } from '../../../contract/mapping.js';
import { cellsOf, type KnownCodes } from '../suggest-content.js';

const NONE =
  'An item without an initiative counts in the flow of the enterprise, in that of no portfolio and no unit. To give all of them one, open “Work items” and fill its initiative with the same value in every row.';

const filled = (column: SourceColumn): string[] => cellsOf(column).filter((value) => value.trim() !== '');

/**
 * To which initiatives the items of a work log belong: by the column of which most values are codes or names of ours. What is not known stays blank
 * until a person says what it is.
 * @param columns that could tell, the more telling first
 * @returns null where none can; and what a person should know
 */
export const itemInitiatives = (
  columns: readonly SourceColumn[],
  known: KnownCodes,
): { source: FieldSource | null; says: string } => {
  const codeOf = (value: string): string | undefined =>
    known.get(value.toLowerCase())?.find(({ type }) => type === 'initiative')?.code;
  const share = (column: SourceColumn): number => {
    const cells = filled(column);
    return cells.filter((value) => codeOf(value) !== undefined).length / Math.max(1, cells.length);
  };
  const [column] = [...columns].sort((a, b) => share(b) - share(a));
  if (column === undefined) return { source: null, says: `No column names initiatives. ${NONE}` };
  const cells = filled(column);
  const found = cells.filter((value) => codeOf(value) !== undefined);
  const isShort = column.values !== null;
  if (!isShort && found.length === 0)
    return { source: null, says: `“${column.header}” names none of the initiatives here. ${NONE}` };
  const source: FieldSource = {
    ...{ to: 'initiative_code', column: { index: column.index, header: column.header }, constant: null, format: {} },
    ...{ multiplier: '1', blanks: [], prefix: '' },
    // A long list is read by code; a short one by what stands here, so that a value that comes later is asked for and not left out.
    values: isShort ? cells.map((from) => ({ from, to: codeOf(from) ?? '' })) : [],
  };
  if (!isShort) return { source, says: `“${column.header}” names the initiative of each item by its code.` };
  if (cells.length === found.length) return { source, says: `“${column.header}” names the initiative of each item.` };
  const [some, rest] = found.length === 0 ? ['None', 'each is'] : [String(found.length), 'the others are'];
  return {
    source,
    says: `${some} of the ${cells.length} values of “${column.header}” names an initiative here. Say under “Work items” which initiative ${rest}. ${NONE}`,
  };
};
