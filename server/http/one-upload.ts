import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Request, Response } from 'express';
import multer from 'multer';
import { fileNameOf } from './file-names.js';
import { invalidField, Problem } from './problem.js';

const MEGABYTE = 1024 * 1024;
/** What a form adds to its file: fields, names and borders. */
const FORM_BYTES = MEGABYTE;
const MOST_FIELDS = 8;
const MOST_FIELD_BYTES = 32 * 1024;

/** The one file of a form, whole, and the text fields beside it. */
export interface Upload {
  readonly name: string;
  readonly content: Buffer;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * Takes the one file of a multipart request, field `file`. It lies in a folder of its own until it has arrived whole, so that slow senders
 * hold no memory; the folder is removed whatever happens.
 *
 * @param larger what to do instead of sending a larger file, as a sentence
 * @throws Problem 413 above `mostBytes`, 422 without a file, for an empty one, a second one, or another field, 400 for a form that breaks off
 */
export const takeUpload = async (
  request: Request,
  response: Response,
  { mostBytes, larger }: { mostBytes: number; larger: string },
): Promise<Upload> => {
  const tooLarge = (headers: Record<string, string> = {}): Problem => {
    const detail = `A file has at most ${mostBytes / MEGABYTE} MB. ${larger}`;
    const error = { pointer: '/file', code: 'file.size', message: detail };
    return new Problem(413, 'payload-too-large', detail, [error], {}, headers);
  };
  if (Number(request.headers['content-length'] ?? 0) > mostBytes + FORM_BYTES) throw tooLarge();
  const folder = await mkdtemp(join(tmpdir(), `throughline-upload-${process.pid}-`));
  try {
    const take = multer({
      dest: folder,
      limits: {
        fileSize: mostBytes,
        files: 1,
        fields: MOST_FIELDS,
        fieldSize: MOST_FIELD_BYTES,
        parts: MOST_FIELDS + 1,
        headerPairs: 20,
      },
    }).single('file');
    await new Promise<void>((resolve, reject) => {
      // A body that does not say how long it is may have no end; multer would wait for it.
      let bytes = 0;
      request.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > mostBytes + FORM_BYTES) reject(tooLarge({ Connection: 'close' }));
      });
      take(request, response, (error: unknown) => (error ? reject(uploadProblem(error, tooLarge)) : resolve()));
    });
    const { file } = request;
    if (!file) throw invalidField('/file', 'file.required', 'Choose a file.');
    if (file.size === 0) throw invalidField('/file', 'file.empty', 'The file is empty. Choose another.');
    const fields = { ...(request.body as Record<string, string> | undefined) };
    return { name: fileNameOf(file.originalname), content: await readFile(file.path), fields };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
};

const uploadProblem = (error: unknown, tooLarge: () => Problem): unknown => {
  if (error instanceof multer.MulterError) {
    if (error.code === 'LIMIT_FILE_SIZE') return tooLarge();
    return invalidField(
      '/file',
      'upload.form',
      'Send one file in the multipart field "file", with few and short fields beside it.',
    );
  }
  // A disk that is full has a code; what the reader of forms says about a form has none.
  if (error instanceof Error && !('code' in error))
    return new Problem(400, 'malformed-request', 'The form breaks off or is damaged. Send the file again.');
  return error;
};
