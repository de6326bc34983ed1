import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { DECLARATIONS, snake } from '../contract/records.js';
import type { ColumnKind } from '../contract/columns.js';
import { csvLine } from '../imports/csv-line.js';
import type { UploadedFile } from '../imports/reading/source.js';
import { shiftCell, type Shift } from './shift.js';

/** Beside this file, in the sources and in the build alike. */
const FOLDER = new URL('./tables/', import.meta.url);

/** One table of the story: the import table's name, and its lines with the header first. */
export interface StoryTable {
  name: string;
  lines: string[][];
}

/** The tables of the story as they were written. */
export const storyTables = async (): Promise<StoryTable[]> => {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.csv')).sort();
  return Promise.all(
    names.map(async (name) => ({
      name: name.replace(/\.csv$/, ''),
      lines: parse(await readFile(new URL(name, FOLDER), 'utf8')) as string[][],
    })),
  );
};

const NUMBERS: readonly ColumnKind['kind'][] = ['decimal', 'percent', 'integer'];

const kindsOf = ({ name, lines: [header = []] }: StoryTable): ColumnKind['kind'][] => {
  const declaration = DECLARATIONS.find(({ table }) => table === name);
  if (!declaration) throw new Error(`The example has a table that nobody knows: ${name}.`);
  const kinds = new Map(Object.entries(declaration.columns).map(([field, { type }]) => [snake(field), type.kind]));
  return header.map((column) => kinds.get(column) ?? 'text');
};

/** A table moved in time; its header stays. */
export const shiftTable = (table: StoryTable, shift: Shift): StoryTable => {
  const kinds = kindsOf(table);
  const [header = [], ...rows] = table.lines;
  return { ...table, lines: [header, ...rows.map((row) => row.map((text, at) => shiftCell(kinds[at]!, text, shift)))] };
};

const writtenTable = (table: StoryTable): string => {
  const isNumber = kindsOf(table).map((kind) => NUMBERS.includes(kind));
  return table.lines.map((line) => csvLine(line, isNumber)).join('');
};

/** Hands tables of the story, moved in time, to `use` as files to import; they are gone afterwards. */
export const withStoryFiles = async <T>(
  tables: readonly StoryTable[],
  shift: Shift,
  use: (files: UploadedFile[]) => Promise<T>,
): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), `throughline-example-${process.pid}-`));
  try {
    const files = tables.map(async (table) => {
      const path = join(folder, `${table.name}.csv`);
      await writeFile(path, writtenTable(shiftTable(table, shift)));
      return { path, originalName: `${table.name}.csv` };
    });
    return await use(await Promise.all(files));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
};
