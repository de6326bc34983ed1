import { open } from 'node:fs/promises';
import { UnreadableFile } from './unreadable-file.js';

const ADVICE = 'Upload a workbook (.xlsx), a CSV file, or a zip of CSV files.';

/** What a file starts with, and what to say about it. Only what people really upload by mistake, and what could harm. */
const REFUSED: { magic: number[]; offset?: number; binary?: boolean; what: string }[] = [
  {
    magic: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
    what: 'is an old Excel workbook (.xls) or is protected with a password; save it as .xlsx without a password',
  },
  { magic: [0x25, 0x50, 0x44, 0x46, 0x2d], what: 'is a PDF document' },
  { magic: [0x89, 0x50, 0x4e, 0x47], what: 'is an image' },
  { magic: [0xff, 0xd8, 0xff], what: 'is an image' },
  { magic: [0x47, 0x49, 0x46, 0x38], what: 'is an image' },
  { magic: [0x7f, 0x45, 0x4c, 0x46], what: 'is a program' },
  { magic: [0x4d, 0x5a], binary: true, what: 'is a program' },
  { magic: [0x1f, 0x8b], what: 'is a gzip archive' },
  { magic: [0x42, 0x5a, 0x68, 0x39], what: 'is a bzip2 archive' },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: 'is an xz archive' },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], what: 'is a Zstandard archive' },
  { magic: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], what: 'is a 7-Zip archive' },
  { magic: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07], what: 'is a RAR archive' },
  { magic: [0x75, 0x73, 0x74, 0x61, 0x72], offset: 257, what: 'is a tar archive' },
  { magic: [0x50, 0x41, 0x52, 0x31], what: 'is a Parquet file' },
  { magic: [...Buffer.from('SQLite format 3')], what: 'is a database file' },
  { magic: [...Buffer.from('{\\rtf')], what: 'is a text document (RTF)' },
];

export type FileKind = 'zip' | 'text';

/**
 * What a file is, by its content; the ending of its name is not looked at.
 * @param head the first bytes; 512 are enough
 * @throws UnreadableFile 415 for what is neither text nor zip
 */
export function fileKind(head: Buffer, fileName: string): FileKind {
  // The two rarer signatures are of an empty and of a spanned archive. A CSV file may well start with the letters PK.
  const zip = [0x504b0304, 0x504b0506, 0x504b0708];
  if (head.length >= 4 && zip.includes(head.readUInt32BE(0))) return 'zip';
  for (const { magic, offset = 0, binary = false, what } of REFUSED) {
    if (!magic.every((byte, index) => head[offset + index] === byte)) continue;
    if (binary && !head.includes(0)) continue;
    throw new UnreadableFile(415, 'type', `${fileName} ${what}. ${ADVICE}`);
  }
  const start = head
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .slice(0, 14)
    .toLowerCase();
  if (/^<(\?xml|!doctype|html|table|meta)/.test(start)) {
    throw new UnreadableFile(415, 'type', `${fileName} is a web page or XML, not a table. ${ADVICE}`);
  }
  return 'text';
}

/** The first 512 bytes of a file on disk (fewer where it is shorter). */
export async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
