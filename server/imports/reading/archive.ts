import { crc32 } from 'node:zlib';
import * as yauzl from 'yauzl';
import type { Allowance, ReadingLimits } from './limits.js';
import type { Chunks } from './text.js';
import { UnreadableFile } from './unreadable-file.js';

const NESTED = /\.(zip|xlsx|xlsm|xlsb|ods|docx|pptx|jar|gz|tgz|bz2|xz|zst|7z|rar|tar)$/i;

/** The files of a zip, checked as a whole before any of them is unpacked. */
export interface Archive {
  /** Names as they stand in the zip; folders and what macOS and Windows add are left out. */
  readonly names: readonly string[];
  /** Unpacks one file, as often as asked. @throws UnreadableFile while iterating, where it is damaged or larger than it says */
  bytes(name: string): Chunks;
  close(): void;
}

/**
 * Opens a zip and refuses what is unsafe from its table of contents alone: too many entries, too large, too dense, encrypted,
 * twice the same name, a name that leads out of the archive. While unpacking, the real bytes are counted against what was declared.
 * @param unpacked the allowance that all archives of the upload share
 * @throws UnreadableFile 413 `archive.entries|unpacked|ratio`, 422 `archive.damaged|path|encrypted|duplicate|method`
 */
export async function openArchive(
  path: string,
  fileName: string,
  limits: ReadingLimits,
  unpacked: Allowance,
): Promise<Archive> {
  const zip = await yauzl
    .openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true })
    .catch((error: unknown) => Promise.reject(archiveProblem(error, fileName)));
  try {
    const entries = await checkedEntries(zip, fileName, limits, unpacked, path);
    return {
      names: [...entries.keys()],
      bytes: (name) => entryBytes(zip, entries.get(name) as yauzl.Entry, fileName),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw archiveProblem(error, fileName);
  }
}

/** An archive inside an archive is refused: its size could not be checked before unpacking. */
export function refuseNested(name: string, fileName: string): void {
  if (!NESTED.test(name)) return;
  throw new UnreadableFile(
    422,
    'archive.nested',
    `${fileName} holds another archive or workbook (${name}). Take it out and upload it by itself.`,
  );
}

async function checkedEntries(
  zip: yauzl.ZipFile,
  fileName: string,
  limits: ReadingLimits,
  unpacked: Allowance,
  path: string,
): Promise<Map<string, yauzl.Entry>> {
  const tooMany = () =>
    new UnreadableFile(413, 'archive.entries', `${fileName} holds more than ${limits.archiveEntries} files.`);
  if (zip.entryCount > limits.archiveEntries) throw tooMany();
  const entries = new Map<string, yauzl.Entry>();
  const seen = new Set<string>();
  let packedBytes = 0;
  let unpackedBytes = 0;
  for await (const entry of zip.eachEntry()) {
    if (zip.entriesRead > limits.archiveEntries) throw tooMany();
    packedBytes += entry.compressedSize;
    unpackedBytes += entry.uncompressedSize;
    unpacked.note(path, unpackedBytes);
    refuseDense(entry.uncompressedSize, entry.compressedSize, `${fileName} (${entry.fileName})`, limits);
    const key = entry.fileName.toLowerCase();
    if (seen.has(key)) {
      throw new UnreadableFile(
        422,
        'archive.duplicate',
        `${fileName} holds ${entry.fileName} twice. Remove one of them.`,
      );
    }
    seen.add(key);
    if (entry.fileName.endsWith('/') || isJunk(entry.fileName)) continue;
    refuseUnreadable(entry, fileName);
    entries.set(entry.fileName, entry);
  }
  // Entries that overlap share packed bytes, so that a small file unpacks to a huge one without any dense entry.
  if (packedBytes > zip.fileSize) throw damaged(fileName, 'its entries overlap');
  refuseDense(unpackedBytes, zip.fileSize, fileName, limits);
  return entries;
}

function refuseDense(unpackedBytes: number, packedBytes: number, what: string, limits: ReadingLimits): void {
  if (unpackedBytes <= limits.ratioFreeBytes) return;
  if ((unpackedBytes - limits.ratioFreeBytes) / Math.max(packedBytes, 1) <= limits.ratio) return;
  throw new UnreadableFile(
    413,
    'archive.ratio',
    `${what} unpacks to more than ${limits.ratio} times its size, which real tables never do. It was not unpacked.`,
  );
}

function refuseUnreadable(entry: yauzl.Entry, fileName: string): void {
  if (entry.isEncrypted()) throw encrypted(fileName);
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    throw new UnreadableFile(
      422,
      'archive.method',
      `${entry.fileName} in ${fileName} is packed in an unusual way. Make the zip again with the ordinary method (deflate).`,
    );
  }
}

async function* entryBytes(zip: yauzl.ZipFile, entry: yauzl.Entry, fileName: string): AsyncGenerator<Buffer> {
  let sum = 0;
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      sum = crc32(chunk as Buffer, sum);
      yield chunk as Buffer;
    }
  } catch (error) {
    throw archiveProblem(error, `${fileName} (${entry.fileName})`);
  }
  if (sum !== entry.crc32) throw damaged(`${fileName} (${entry.fileName})`, 'its checksum is wrong');
}

/** What Finder and Explorer add to every zip. */
function isJunk(name: string): boolean {
  const base = name.slice(name.lastIndexOf('/') + 1);
  return name.startsWith('__MACOSX/') || base.startsWith('.') || /^(thumbs\.db|desktop\.ini)$/i.test(base);
}

function encrypted(fileName: string): UnreadableFile {
  return new UnreadableFile(422, 'archive.encrypted', `${fileName} is protected with a password. Save it without one.`);
}

function damaged(what: string, why: string): UnreadableFile {
  return new UnreadableFile(
    422,
    'archive.damaged',
    `${what} is damaged or incomplete: ${why}. Make or download it again.`,
  );
}

/** yauzl tells its failures apart by text alone. */
function archiveProblem(error: unknown, what: string): Error {
  if (error instanceof UnreadableFile) return error;
  const text = error instanceof Error ? error.message : String(error);
  if (/too many bytes/.test(text)) {
    return new UnreadableFile(413, 'archive.size', `${what} unpacks to more than it says. It was not read.`);
  }
  if (/encryption/.test(text)) return encrypted(what);
  if (/absolute path|invalid relative path|invalid characters in fileName/.test(text)) {
    return new UnreadableFile(
      422,
      'archive.path',
      `${what} holds a file name that leads out of the archive. It was not unpacked.`,
    );
  }
  return damaged(what, 'it cannot be unpacked');
}
