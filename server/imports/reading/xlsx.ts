import { posix } from 'node:path';
import type { Archive } from './archive.js';
import { readCellFormats } from './cell-formats.js';
import type { Allowance, ReadingLimits } from './limits.js';
import { readSharedStrings } from './shared-strings.js';
import { sheetRows, type CellContent } from './sheet.js';
import { headerTexts, type Table } from './table.js';
import { UnreadableFile } from './unreadable-file.js';
import { readXml } from './xml.js';

const WORKBOOK = 'xl/workbook.xml';
const MOST_SHEETS = 1_000;

/** Sheets of our own template that hold help for people, not rows. */
export const HELP_SHEETS: readonly string[] = ['Read me'];

interface Relation {
  /** The last word of its type: `worksheet`, `sharedStrings`, `styles`. */
  kind: string;
  /** A name in the archive. */
  target: string;
}

/**
 * The sheets of a workbook, hidden ones too, in their order. Macros, charts, drawings and links to other files are never opened.
 * Shared texts are read when the first sheet is, and stay in memory; everything else is streamed.
 * @throws UnreadableFile
 */
export async function workbookTables(
  archive: Archive,
  fileName: string,
  limits: ReadingLimits,
  rowAllowance: Allowance,
): Promise<Table[]> {
  const relations = await readRelations(archive, fileName);
  const { sheets, from1904 } = await readWorkbook(archive, fileName);
  let content: Promise<CellContent> | undefined;
  const readContent = async (): Promise<CellContent> => {
    const part = (kind: string) => {
      const target = [...relations.values()].find((relation) => relation.kind === kind)?.target;
      return target !== undefined && archive.names.includes(target) ? archive.bytes(target) : null;
    };
    return {
      strings: await readSharedStrings(part('sharedStrings'), fileName, limits),
      format: await readCellFormats(part('styles'), fileName),
      from1904,
    };
  };
  const help = new Set(HELP_SHEETS.map((name) => name.toLowerCase()));
  const tables: Table[] = [];
  for (const { name, relation } of sheets) {
    const { kind, target } = relations.get(relation) ?? { kind: '', target: '' };
    if (help.has(name.trim().toLowerCase()) || (kind !== 'worksheet' && kind !== '')) continue;
    if (!archive.names.includes(target)) {
      throw new UnreadableFile(422, 'workbook.damaged', `${fileName} is damaged: sheet "${name}" is missing in it.`);
    }
    const part = `${fileName} (sheet "${name}")`;
    tables.push(
      sheetTable(
        { table: name, origin: fileName, part, open: () => archive.bytes(target) },
        limits,
        rowAllowance,
        () => (content ??= readContent()),
      ),
    );
  }
  return tables;
}

function sheetTable(
  sheet: { table: string; origin: string; part: string; open: () => AsyncIterable<Buffer> },
  limits: ReadingLimits,
  rowAllowance: Allowance,
  content: () => Promise<CellContent>,
): Table {
  let columns: Promise<readonly string[]> | undefined;
  const readColumns = async (): Promise<readonly string[]> => {
    for await (const rows of sheetRows(sheet.open(), sheet.part, await content(), limits, null)) {
      return rows[0]?.rowNumber === 1 ? headerTexts(rows[0].cells) : [];
    }
    return [];
  };
  return {
    table: sheet.table,
    origin: sheet.origin,
    columns: () => (columns ??= readColumns()),
    async *rows() {
      const width = (await (columns ??= readColumns())).length;
      let filled = 0;
      for await (const rows of sheetRows(sheet.open(), sheet.part, await content(), limits, width)) {
        if (rows[0]?.rowNumber === 1) rows.shift();
        filled += rows.length;
        rowAllowance.note(sheet.part, filled);
        if (rows.length > 0) yield rows;
      }
    },
    async *raw() {
      let filled = 0;
      for await (const rows of sheetRows(sheet.open(), sheet.part, await content(), limits, null)) {
        filled += rows.length;
        rowAllowance.note(sheet.part, filled - 1);
        if (rows.length > 0) yield rows;
      }
    },
  };
}

function refuseMany(count: number, fileName: string): void {
  if (count < MOST_SHEETS) return;
  throw new UnreadableFile(413, 'workbook.sheets', `${fileName} has more than ${MOST_SHEETS} sheets.`);
}

async function readWorkbook(
  archive: Archive,
  fileName: string,
): Promise<{ sheets: { name: string; relation: string }[]; from1904: boolean }> {
  const sheets: { name: string; relation: string }[] = [];
  let from1904 = false;
  await readXml(archive.bytes(WORKBOOK), `${fileName} (workbook)`, {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const relation = Object.entries(attributes).find(([key]) => key === 'id' || key.endsWith(':id'))?.[1] ?? '';
      refuseMany(sheets.length, fileName);
      sheets.push({ name: attributes['name'] ?? '', relation });
    },
  });
  return { sheets, from1904 };
}

async function readRelations(archive: Archive, fileName: string): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>();
  const part = 'xl/_rels/workbook.xml.rels';
  if (!archive.names.includes(part)) {
    throw new UnreadableFile(422, 'workbook.damaged', `${fileName} is damaged: its list of sheets is missing.`);
  }
  await readXml(archive.bytes(part), `${fileName} (relations)`, {
    open(name, attributes) {
      if (name !== 'Relationship' || attributes['TargetMode'] === 'External') return;
      refuseMany(relations.size, fileName);
      const target = attributes['Target'] ?? '';
      const kind = attributes['Type'] ?? '';
      relations.set(attributes['Id'] ?? '', {
        kind: kind.slice(kind.lastIndexOf('/') + 1),
        target: target.startsWith('/') ? target.slice(1) : posix.join('xl', target),
      });
    },
  });
  return relations;
}
