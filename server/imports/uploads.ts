import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Request, Response } from 'express';
import multer from 'multer';
import { fileNameOf } from '../http/file-names.js';
import { invalidField, Problem } from '../http/problem.js';
import type { UploadedFile } from './reading/source.js';

const MEGABYTE = 1024 * 1024;
const MOST_BYTES = 50 * MEGABYTE;
const MOST_FILES = 100;

/** What a form adds to its files: names and borders. */
const FORM_BYTES = MEGABYTE;

const tooLarge = (headers: Record<string, string> = {}): Problem =>
  new Problem(
    413,
    'payload-too-large',
    `An upload has at most ${MOST_BYTES / MEGABYTE} MB in all. Import it in parts, or zip it.`,
    [],
    {},
    headers,
  );

/**
 * Takes the files of a multipart request into a folder of its own, hands them to `use`, and removes them whatever happens.
 *
 * @throws Problem 413 above 50 MB, 422 for another field than `file`, 400 for a form that breaks off
 */
export const withUploads = async <T>(
  request: Request,
  response: Response,
  use: (files: UploadedFile[]) => Promise<T>,
): Promise<T> => {
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES + FORM_BYTES) throw tooLarge();
  // Named after the process, so that what a process left that was killed can be told from what is in use.
  const folder = await mkdtemp(join(tmpdir(), `throughline-upload-${process.pid}-`));
  try {
    const files = request.is('multipart/form-data') ? await store(request, response, folder) : [];
    return await use(files);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
};

const store = async (request: Request, response: Response, folder: string): Promise<UploadedFile[]> => {
  let count = 0;
  const take = multer({
    storage: multer.diskStorage({
      destination: folder,
      filename: (_request, _file, named) => named(null, String((count += 1))),
    }),
    limits: { fileSize: MOST_BYTES, files: MOST_FILES, fields: 0, parts: MOST_FILES, headerPairs: 20 },
  }).array('file', MOST_FILES);
  await new Promise<void>((resolve, reject) => {
    // A body that does not say how long it is may have no end; multer would wait for it.
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MOST_BYTES + FORM_BYTES) reject(tooLarge({ Connection: 'close' }));
    });
    take(request, response, (error: unknown) => (error ? reject(uploadProblem(error)) : resolve()));
  });
  const files = (request.files as Express.Multer.File[] | undefined) ?? [];
  if (files.reduce((sum, file) => sum + file.size, 0) > MOST_BYTES) throw tooLarge();
  return files.map((file) => ({ path: file.path, originalName: fileNameOf(file.originalname) }));
};

const uploadProblem = (error: unknown): unknown => {
  if (error instanceof multer.MulterError) {
    if (error.code === 'LIMIT_FILE_SIZE') return tooLarge();
    return invalidField(
      '/file',
      'upload.form',
      `Send at most ${MOST_FILES} files, all in the multipart field "file", and nothing else.`,
    );
  }
  // A disk that is full has a code; what the reader of forms says about a form has none.
  if (error instanceof Error && !('code' in error))
    return new Problem(400, 'malformed-request', 'The form breaks off or is damaged. Send the files again.');
  return error;
};
