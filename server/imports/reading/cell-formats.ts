import type { Chunks } from './text.js';
import { readXml } from './xml.js';

/** What a number in a cell means by its format. `digits` is 5 for `00000` (an id shown with its zeros), else 0. */
export interface CellFormat {
  kind: 'number' | 'percent' | 'date';
  digits: number;
}

const PLAIN: CellFormat = { kind: 'number', digits: 0 };
const PERCENT: CellFormat = { kind: 'percent', digits: 0 };
const DATE: CellFormat = { kind: 'date', digits: 0 };

/** A little more than Excel itself allows. */
const MOST_STYLES = 65_536;

/**
 * The formats of a workbook by the number that a cell carries as its style.
 * @param chunks `styles.xml`; null where the workbook has none, and every number is plain
 */
export async function readCellFormats(chunks: Chunks | null, fileName: string): Promise<(style: number) => CellFormat> {
  const codes = new Map<number, string>();
  const styles: number[] = [];
  let inCellStyles = false;
  if (chunks !== null) {
    await readXml(chunks, `${fileName} (formats)`, {
      open(name, attributes) {
        if (name === 'cellXfs') inCellStyles = true;
        else if (name === 'numFmt' && codes.size < MOST_STYLES) {
          codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
        } else if (name === 'xf' && inCellStyles && styles.length < MOST_STYLES) {
          styles.push(Number(attributes['numFmtId'] ?? 0));
        }
      },
      close(name) {
        if (name === 'cellXfs') inCellStyles = false;
      },
    });
  }
  const formats = styles.map((id) => {
    const code = codes.get(id);
    return code === undefined ? builtInFormat(id) : formatOfCode(code);
  });
  return (style) => formats[style] ?? PLAIN;
}

/** The formats that every workbook knows by number alone (ECMA-376 part 1, 18.8.30, with the East Asian dates). */
function builtInFormat(id: number): CellFormat {
  if (id === 9 || id === 10) return PERCENT;
  const date = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
  return date ? DATE : PLAIN;
}

/** What a format code makes of a number: `yyyy-mm` a date, `0.0%` a percentage, `00000` an id of five digits. */
export function formatOfCode(code: string): CellFormat {
  const positive = code
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?![hms]+\])[^\]]*\]/gi, '')
    .split(';', 1)[0] as string;
  if (/^general$/i.test(positive)) return PLAIN;
  if (/[ymdhs]/i.test(positive)) return DATE;
  if (positive.includes('%')) return PERCENT;
  return /^0{2,64}$/.test(positive) ? { kind: 'number', digits: positive.length } : PLAIN;
}

const DAY_MS = 86_400_000;

/**
 * A spreadsheet's day number as a local date and time.
 * @param from1904 the workbook counts from 1904 (old Macs) instead of 1900
 * @returns null where the number is no day of the years 1900 to 9999
 */
export function dateOfSerial(serial: number, from1904: boolean): { date: string; time: string } | null {
  const days = from1904 ? serial + 1462 : serial;
  if (!(days >= 0 && days < 2_958_466)) return null;
  // Spreadsheets believe in 29 February 1900: days before it are counted from one day later.
  const epoch = days < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30);
  const iso = new Date(epoch + Math.round(days * DAY_MS)).toISOString();
  return { date: iso.slice(0, 10), time: iso.slice(11, 23) };
}
