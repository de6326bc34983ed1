import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DataSource } from 'typeorm';
import { Problem } from '../../http/problem.js';
import type { UploadedFile } from '../reading/source.js';

const PART_BYTES = 1024 * 1024;
/** Files that one person has waiting; the oldest go. */
const MOST_A_PERSON = 5;

export interface StoredSource {
  id: string;
  created_at: string;
  expires_at: string;
  file_names: string[];
}

/** A source with the sizes of its files, by which is seen whether all of them was read. */
export interface FoundSource extends StoredSource {
  file_bytes: number[];
}

/** Stores files in pieces, so that neither they nor a statement are ever whole in memory; expired ones and the oldest of the person go. */
export const storeSource = async (
  source: DataSource,
  stored: StoredSource,
  userId: string,
  files: readonly UploadedFile[],
): Promise<void> => {
  const bytes = await Promise.all(files.map(async ({ path }) => (await stat(path)).size));
  await source.transaction(async (manager) => {
    await removeExpired(manager, stored.created_at);
    await manager.query(
      `insert into import_sources (id, created_at, expires_at, user_id, file_names, file_bytes) values ($1, $2, $3, $4, $5, $6)`,
      [stored.id, stored.created_at, stored.expires_at, userId, stored.file_names, bytes],
    );
    await manager.query(
      `delete from import_sources where user_id = $1 and id not in
         (select id from import_sources where user_id = $1 order by created_at desc, id desc limit ${MOST_A_PERSON})`,
      [userId],
    );
    for (const [fileNo, file] of files.entries()) {
      let partNo = 0;
      for await (const bytes of createReadStream(file.path, { highWaterMark: PART_BYTES })) {
        await manager.query(
          'insert into import_source_parts (source_id, file_no, part_no, bytes) values ($1, $2, $3, $4)',
          [stored.id, fileNo, partNo, bytes],
        );
        partNo += 1;
      }
    }
  });
};

/** @param now ISO UTC */
export const removeExpired = async (on: Pick<DataSource, 'query'>, now: string): Promise<void> => {
  await on.query('delete from import_sources where expires_at <= $1', [now]);
};

/** Somebody's own source that has not expired, or null. @param now ISO UTC */
export const findSource = async (
  source: DataSource,
  id: string,
  userId: string,
  now: string,
): Promise<FoundSource | null> => {
  const rows = await source.query<FoundSource[]>(
    'select id, created_at, expires_at, file_names, file_bytes from import_sources where id = $1 and user_id = $2 and expires_at > $3',
    [id, userId, now],
  );
  return rows[0] ?? null;
};

/** @returns whether there was one */
export const removeSource = async (source: DataSource, id: string, userId: string): Promise<boolean> => {
  const rows = await source.query<[unknown[], number]>('delete from import_sources where id = $1 and user_id = $2', [
    id,
    userId,
  ]);
  return rows[1] > 0;
};

const goneMeanwhile = (): Problem => new Problem(404, 'not-found', 'This file is not kept any more. Choose it again.');

/** A part that is missing may also be one that was removed meanwhile: only the size tells where a file ends. */
async function* partsOf(source: DataSource, id: string, fileNo: number, bytes: number): AsyncGenerator<Buffer> {
  let read = 0;
  for (let partNo = 0; read < bytes; partNo += 1) {
    const rows = await source.query<{ bytes: Buffer }[]>(
      'select bytes from import_source_parts where source_id = $1 and file_no = $2 and part_no = $3',
      [id, fileNo, partNo],
    );
    if (rows.length === 0) throw goneMeanwhile();
    read += rows[0]!.bytes.length;
    yield rows[0]!.bytes;
  }
}

/**
 * Puts the files of a source on disk, hands them to `use`, and removes them whatever happens.
 * @throws Problem 404 where the source is removed meanwhile; `use` then has no files
 */
export const withSourceFiles = async <T>(
  source: DataSource,
  stored: FoundSource,
  use: (files: UploadedFile[]) => Promise<T>,
): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), `throughline-upload-${process.pid}-`));
  try {
    const files: UploadedFile[] = [];
    for (const [fileNo, originalName] of stored.file_names.entries()) {
      const path = join(folder, String(fileNo));
      await pipeline(
        Readable.from(partsOf(source, stored.id, fileNo, stored.file_bytes[fileNo]!)),
        createWriteStream(path),
      );
      files.push({ path, originalName });
    }
    return await use(files);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
};
