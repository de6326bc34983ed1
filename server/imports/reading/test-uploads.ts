import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import * as yazl from 'yazl';
import type { ReadingLimits } from './limits.js';
import { openSource, type UploadedFile } from './source.js';
import type { Row } from './table.js';
import { UnreadableFile } from './unreadable-file.js';

/** For specs: uploads built in the test, byte by byte where it matters. */
let folder: Promise<string> | undefined;
let count = 0;

export async function upload(originalName: string, content: Buffer | string): Promise<UploadedFile> {
  folder ??= mkdtemp(join(tmpdir(), 'throughline-reading-'));
  const path = join(await folder, `${(count += 1)}`);
  await writeFile(path, content);
  return { path, originalName };
}

export async function removeUploads(): Promise<void> {
  if (folder) await rm(await folder, { recursive: true, force: true });
  folder = undefined;
}

export async function zipOf(entries: Record<string, Buffer | string>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, content] of Object.entries(entries)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export interface RawEntry {
  name: string;
  data: Buffer;
  /** What the table of contents says; the truth where absent. */
  size?: number;
  flags?: number;
  method?: number;
  /** Of the local header; its own where absent. */
  offset?: number;
}

/** A zip written by hand, so that it can lie. */
export function rawZip(entries: RawEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let position = 0;
  for (const { name, data, size = data.length, flags = 0, method = 8, offset } of entries) {
    const packed = method === 8 ? deflateRawSync(data) : data;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(crc32(data), 14);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(size, 22);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    local.copy(central, 6, 4, 30);
    central.writeUInt32LE(offset ?? position, 42);
    directory.push(central, Buffer.from(name));
    if (offset !== undefined) continue;
    parts.push(local, Buffer.from(name), packed);
    position += 30 + Buffer.byteLength(name) + packed.length;
  }
  const end = Buffer.alloc(22);
  const directoryBytes = Buffer.concat(directory);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directoryBytes.length, 12);
  end.writeUInt32LE(position, 16);
  return Buffer.concat([...parts, directoryBytes, end]);
}

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The parts of a workbook around the XML of its sheets, which each spec writes itself. */
export function workbookParts(
  sheets: Record<string, string>,
  more: { sharedStrings?: string; styles?: string; properties?: string } = {},
): Record<string, string> {
  const names = Object.keys(sheets);
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook xmlns:r="${RELATIONS}">${more.properties ?? ''}<sheets>${names
      .map((name, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${names
      .map(
        (_, index) =>
          `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
      )
      .join('')}<Relationship Id="s" Type="${RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>
      <Relationship Id="f" Type="${RELATIONS}/styles" Target="/xl/styles.xml"/></Relationships>`,
  };
  names.forEach((name, index) => (parts[`xl/worksheets/sheet${index + 1}.xml`] = sheets[name] as string));
  if (more.sharedStrings !== undefined) parts['xl/sharedStrings.xml'] = more.sharedStrings;
  if (more.styles !== undefined) parts['xl/styles.xml'] = more.styles;
  return parts;
}

/** `<worksheet>` around rows of XML. */
export function sheetOf(rows: string): string {
  return `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
}

export interface ReadTable {
  table: string;
  origin: string;
  columns: readonly string[];
  rows: Row[];
}

/** Opens an upload and reads all of it. */
export async function readAll(files: UploadedFile[], limits: Partial<ReadingLimits> = {}): Promise<ReadTable[]> {
  const source = await openSource(files, limits);
  try {
    const all: ReadTable[] = [];
    for (const table of source.tables) {
      const columns = await table.columns();
      const rows: Row[] = [];
      for await (const batch of table.rows()) rows.push(...batch);
      all.push({ table: table.table, origin: table.origin, columns, rows });
    }
    return all;
  } finally {
    await source.close();
  }
}

/** The refusal of an upload that cannot be read, opened and read to its end; fails where it can. Rows are dropped as they come. */
export async function refusalOf(files: UploadedFile[], limits: Partial<ReadingLimits> = {}): Promise<UnreadableFile> {
  try {
    const source = await openSource(files, limits);
    try {
      for (const table of source.tables) for await (const batch of table.rows()) batch.length = 0;
    } finally {
      await source.close();
    }
  } catch (error) {
    if (error instanceof UnreadableFile) return error;
    throw error;
  }
  throw new Error('The upload was read without a refusal');
}

/** Rows as plain texts and typed cells: `[rowNumber, ...cells]`. */
export function plain(rows: readonly Row[]): unknown[][] {
  return rows.map((row) => [row.rowNumber, ...row.cells]);
}
