import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { UploadedFile } from './reading/source.js';

/** SHA-256 of a file, hex. */
export const hashOfFile = async (file: UploadedFile): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file.path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
};

/** SHA-256 over one file, or over the hashes of several in their order. */
export const hashOfFiles = async (files: readonly UploadedFile[]): Promise<string> => {
  const hashes: string[] = [];
  for (const file of files) hashes.push(await hashOfFile(file));
  return hashes.length === 1 ? hashes[0]! : createHash('sha256').update(hashes.join('\n')).digest('hex');
};
