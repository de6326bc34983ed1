import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { zipOf } from '../../server/imports/reading/test-uploads.js';
import { expectNoChange, expectProblem, startApi, type Api, type Reply } from '../support/harness.js';
import { upload, type Files } from '../support/imports.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const put = (files: Files, query?: string): Promise<Reply> => upload(api, files, query);

describe('A file that cannot be read', () => {
  const uploadsLeft = (): string[] =>
    readdirSync(tmpdir()).filter((name) => name.startsWith(`throughline-upload-${process.pid}-`));
  const bomb = () => zipOf({ 'priorities.csv': Buffer.alloc(40_000_000, 0x41) });

  test.each([
    ['a PDF', async () => ({ 'priorities.csv': Buffer.from('%PDF-1.7 x') }), 415, 'unsupported-media-type'],
    [
      'an archive in an archive',
      async () => ({ 'all.zip': await zipOf({ 'inner.zip': await zipOf({ 'a.csv': 'x' }) }) }),
      422,
      'validation-failed',
    ],
    ['an archive that unpacks to far more', async () => ({ 'all.zip': await bomb() }), 413, 'payload-too-large'],
    [
      'a damaged archive',
      async () => ({ 'all.zip': (await zipOf({ 'priorities.csv': 'code,name\n' })).subarray(0, 60) }),
      422,
      'validation-failed',
    ],
    [
      'UTF-16',
      async () => ({ 'priorities.csv': Buffer.from('\ufeffcode,name\nA,B\n', 'utf16le') }),
      422,
      'validation-failed',
    ],
    [
      'a table twice',
      async () => ({ 'priorities.csv': 'code,name\n', 'Priorities.csv': 'code,name\n' }),
      422,
      'validation-failed',
    ],
  ])('is refused within 2 s, and leaves nothing behind: %s', async (_what, files, status, type) => {
    const content = (await files()) as Record<string, Uint8Array | string>;
    const started = performance.now();
    const reply = await expectNoChange(api, () => put(content));
    expect(performance.now() - started).toBeLessThan(2_500); // the two digests included
    expectProblem(reply, status, type);
    expect(uploadsLeft()).toEqual([]);
  });
});
