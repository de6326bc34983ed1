import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from '@jest/globals';
import pg from 'pg';
import { importProgress, type ImportProgress } from '../../server/contract/import.js';
import { expectNoChange, type Api, type Person, type Reply, type UploadedFile } from './harness.js';

export type Files = Record<string, string | Uint8Array>;

const GOLDEN = resolve('tests/golden/data/tables');
export const golden = (): UploadedFile[] =>
  readdirSync(GOLDEN).map((name) => ({ name, content: readFileSync(resolve(GOLDEN, name)) }));

/** One import of these files, by name. */
export const upload = (
  api: Api,
  files: Files,
  query = '',
  person: Person = 'admin',
  headers: Record<string, string> = {},
): Promise<Reply> =>
  api.as(person).upload(
    `/imports${query}`,
    Object.entries(files).map(([name, content]) => ({ name, content })),
    headers,
  );

/** Imports files that have no problem; answers the import's id. */
export const stored = async (api: Api, files: Files): Promise<string> => {
  const reply = await upload(api, files);
  expect(reply.body.problems).toEqual([]);
  expect(reply.status).toBe(201);
  return reply.body.id as string;
};

/** What is stored, but for the trace that every import leaves. */
export const digestWithoutAudit = async (api: Api): Promise<Record<string, string>> => {
  const digest = await api.digest();
  delete digest['audit_events'];
  delete digest['audit_head'];
  return digest;
};

export interface ExpectedProblem {
  table: string;
  row: number;
  column: string | null;
  value?: string | null;
  code: string;
  says: RegExp;
}

/** Rejected with exactly these problems, and nothing stored. */
export const expectRejected = async (api: Api, files: Files, ...expected: ExpectedProblem[]): Promise<Reply> => {
  const reply = await expectNoChange(api, () => upload(api, files));
  expect(reply.status).toBe(422);
  expect(reply.headers.get('content-type')).toContain('application/json');
  expect(reply.body).toMatchObject({ status: 'rejected', problemCount: expected.length });
  expect(reply.body.problems).toEqual(
    expected.map(({ says, ...problem }) => ({
      value: expect.anything(),
      ...problem,
      message: expect.stringMatching(says),
    })),
  );
  return reply;
};

/** Records to which bad and odd input can refer. */
export const seedForInput = async (api: Api): Promise<void> => {
  const seeded = await upload(api, {
    'investments.csv': 'code,name,currency\nINV-1,One,USD\nINV-2,Two,EUR\nBOTH,Both,USD\n',
    'initiatives.csv': 'code,name,start_date\nINI-1,One,2026-01-01\nINI-2,Two,\nBOTH,Both too,\n',
    'capabilities.csv': 'code,name,parent_code\nCAP-1,One,\nCAP-2,Two,CAP-1\n',
    'outcomes.csv': 'code,name\nOUT-1,One\n',
    'benefits.csv': 'code,name,currency\nBEN-1,One,USD\n',
    'links.csv': 'from_code,to_code,allocation\nINV-1,INI-1,60\n',
  });
  expect(seeded.status).toBe(201);
};

/** Holds what these statements lock, so that an import waits where a test wants it. */
export const holding = async <T>(api: Api, statements: string, task: () => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: api.databaseUrl });
  await client.connect();
  await client.query(statements);
  try {
    return await task();
  } finally {
    await client.end();
  }
};

/** Holds the lock of the writers: an import then waits before its checks. */
export const whileWritersWait = <T>(api: Api, task: () => Promise<T>): Promise<T> =>
  holding(api, 'select pg_advisory_lock(7203552)', task);

/** @throws Error where it does not come to that within 20 s; a machine that is busy with other tests needs some of them */
export const until = async (condition: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 800; tries += 1) {
    if (await condition()) return;
    await new Promise((later) => setTimeout(later, 25));
  }
  throw new Error('It did not come to that within 20 s.');
};

export const importStatus = async (api: Api, id: string): Promise<string | undefined> =>
  (await api.sql<{ status: string }>('select status from imports where id = $1', [id]))[0]?.status;

/** Credentials for a request that the harness cannot make. */
export const signedIn = async (api: Api, person: Person = 'admin'): Promise<{ cookie: string }> => {
  const reply = await fetch(`${api.origin}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${person}@tests.example`, password: 'correct horse battery staple' }),
  });
  const cookies = reply.headers.getSetCookie().map((one) => one.split(';')[0]!);
  return { cookie: cookies.join('; ') };
};

/** A file of the product, as bytes. */
export const download = async (api: Api, path: string, person: Person = 'admin'): Promise<Buffer> => {
  const reply = await fetch(`${api.origin}/api/v1${path}`, { headers: await signedIn(api, person) });
  expect(reply.status).toBe(200);
  return Buffer.from(await reply.arrayBuffer());
};

/** The events of a stream of progress, as they come. */
export const progressOf = async (
  api: Api,
  id: string,
  onEvent: (event: ImportProgress) => void = () => undefined,
): Promise<ImportProgress[]> => {
  const reply = await fetch(`${api.origin}/api/v1/imports/${id}/events`, { headers: await signedIn(api) });
  expect(reply.headers.get('content-type')).toContain('text/event-stream');
  const events: ImportProgress[] = [];
  let pending = '';
  for await (const part of reply.body!.pipeThrough(new TextDecoderStream())) {
    const lines = (pending + part).split('\n\n');
    pending = lines.pop()!;
    for (const line of lines) {
      if (!line.startsWith('data: ')) continue;
      events.push(importProgress.parse(JSON.parse(line.slice(6))));
      onEvent(events.at(-1)!);
    }
  }
  return events;
};
