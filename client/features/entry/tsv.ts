/**
 * Cells as spreadsheets put them on the clipboard: tabs between cells, CRLF, CR or LF between rows, and quotes around a cell that holds one
 * of these or a quote (which is doubled). The line break at the end closes the last row and begins no other.
 * @returns rows of cells, not necessarily of one length; none for an empty text
 */
export function parseTsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const cell = text[at] === '"' ? (quoted(text, at) ?? bare(text, at)) : bare(text, at);
    row.push(cell.value);
    at = cell.end;
    if (text[at] === '\t') {
      at += 1;
      // A tab at the very end has an empty cell behind it.
      if (at === text.length) row.push('');
    } else {
      rows.push(row);
      row = [];
      at += text.startsWith('\r\n', at) ? 2 : 1;
    }
  }
  if (row.length > 0) rows.push(row);
  return rows;
}

interface Cell {
  value: string;
  /** Where the tab or line break behind it stands. */
  end: number;
}

function bare(text: string, from: number): Cell {
  let end = from;
  while (end < text.length && !'\t\r\n'.includes(text[end]!)) end += 1;
  return { value: text.slice(from, end), end };
}

/** null where the quote does not close before a tab, a line break or the end: then it is a sign like any other. */
function quoted(text: string, from: number): Cell | null {
  let value = '';
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] !== '"') value += text[at];
    else if (text[at + 1] === '"') {
      value += '"';
      at += 1;
    } else {
      const end = at + 1;
      return end === text.length || '\t\r\n'.includes(text[end]!) ? { value, end } : null;
    }
  }
  return null;
}

/** The reverse, for the clipboard: rows end with CRLF between them, as spreadsheets expect. */
export const writeTsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map(escaped).join('\t')).join('\r\n');

const escaped = (cell: string): string => (/["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
