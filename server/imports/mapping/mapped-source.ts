import type { FieldSource, MappedImport, MappingTarget } from '../../contract/mapping.js';
import { invalidField } from '../../http/problem.js';
import { openSource, type Foreign, type Source, type UploadedFile } from '../reading/source.js';
import type { Cell, Row, Table } from '../reading/table.js';
import { checkMapping } from './check-mapping.js';
import { foreignSheet, type ForeignSheet } from './foreign-sheet.js';
import { inspect, type Inspection } from './inspect.js';
import { MappedTable } from './mapped-table.js';

/** The sheet that a mapping names; where the files hold only one, that one. */
const sheetNamed = (tables: readonly Table[], name: string): Table => {
  const found = tables.find(({ table }) => table === name) ?? (tables.length === 1 ? tables[0] : undefined);
  if (found) return found;
  throw invalidField('/mapping/sheet', 'sheet.unknown', `The file has no sheet "${name}".`);
};

/** A corrected cell stands in a column of the sheet: anything else would make rows as wide as a request says. */
const checkFixes = (fixes: MappedImport['fixes'], columns: number): void => {
  const outside = fixes.findIndex(({ column }) => column >= columns);
  if (outside === -1) return;
  throw invalidField(
    `/fixes/${outside}/column`,
    'column.missing',
    `The sheet has ${columns} columns, so none at position ${fixes[outside]!.column}, counted from 0. Leave this correction out.`,
  );
};

/** Rows with the cells that a person corrected, without those that a person left out. */
async function* corrected(sheet: ForeignSheet, order: Pick<MappedImport, 'fixes' | 'leaveOut'>): AsyncGenerator<Row[]> {
  const left = new Set(order.leaveOut);
  const fixes = new Map<number, Map<number, string>>();
  for (const { row, column, value } of order.fixes) {
    const cells = fixes.get(row) ?? new Map<number, string>();
    fixes.set(row, cells.set(column, value));
  }
  for await (const batch of sheet.rows()) {
    const rows = batch.flatMap((row) => {
      if (left.has(row.rowNumber)) return [];
      const fixed = fixes.get(row.rowNumber);
      if (!fixed) return [row];
      const cells: Cell[] = [...row.cells];
      for (const [column, value] of fixed) {
        while (cells.length < column) cells.push('');
        cells[column] = value;
      }
      return [{ ...row, cells }];
    });
    if (rows.length > 0) yield rows;
  }
}

/** Our tables out of a foreign sheet, by a mapping. */
class MappedSource implements Source, Foreign {
  readonly ignored: readonly string[] = [];
  readonly tables: readonly MappedTable[];
  readonly header: readonly string[];
  readonly sheet: string;
  readonly name: string | null;
  private readonly byName: ReadonlyMap<string, MappedTable>;

  constructor(
    private readonly source: Source,
    private readonly foreignSheet: ForeignSheet,
    inspection: Inspection,
    private readonly order: MappedImport,
    timeZone: string,
  ) {
    this.sheet = foreignSheet.sheet;
    this.name = order.name;
    this.header = inspection.columns.map(({ header, letter }) => header || `Column ${letter}`);
    const context = {
      columns: inspection.columns,
      cells: { decimal: 'dot', timeZone },
      rows: () => corrected(foreignSheet, order),
      file: foreignSheet.file,
    } as const;
    const targets = new Map<string, MappingTarget[]>();
    for (const target of order.mapping.targets)
      targets.set(target.table, [...(targets.get(target.table) ?? []), target]);
    this.tables = [...targets.values()].map((group, place) => new MappedTable(group, context, place === 0));
    this.byName = new Map(this.tables.map((table) => [table.table, table]));
  }

  get foreign(): Foreign {
    return this;
  }

  read(): AsyncIterable<Row[]> {
    return corrected(this.foreignSheet, this.order);
  }

  columnOf(table: string, rowNumber: number, column: string): number | null {
    return this.byName.get(table)?.columnOf(rowNumber, column) ?? null;
  }

  foreignValue(table: string, column: string, value: string): string {
    for (const target of this.order.mapping.targets) {
      const field = target.table === table ? target.fields.find(({ to }) => to === column) : undefined;
      if (field) return withoutWords(field, value);
    }
    return value;
  }

  close(): Promise<void> {
    return this.source.close();
  }
}

const withoutWords = ({ prefix, values }: FieldSource, value: string): string => {
  const bare = prefix !== '' && value.startsWith(prefix) ? value.slice(prefix.length) : value;
  return values.find(({ from, to }) => to === bare && from !== '*')?.from ?? bare;
};

/**
 * Opens foreign files as our tables.
 * @param timeZone the reporting time zone
 * @throws UnreadableFile; Problem 422 where the mapping does not fit, or the file can be read in two ways
 */
export const openMapped = async (
  files: readonly UploadedFile[],
  order: MappedImport,
  timeZone: string,
): Promise<Source> => {
  const source = await openSource(files, {}, true);
  try {
    const table = sheetNamed(source.tables, order.mapping.sheet);
    const sheet = await foreignSheet(table, order.mapping.headerRow);
    const inspection = await inspect(sheet);
    checkMapping(order.mapping, inspection.columns);
    checkFixes(order.fixes, inspection.columns.length);
    return new MappedSource(source, sheet, inspection, order, timeZone);
  } catch (error) {
    await source.close();
    throw error;
  }
};
