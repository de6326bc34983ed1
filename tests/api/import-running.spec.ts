import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { importProgress, type ImportProgress } from '../../server/contract/import.js';
import { ImportService } from '../../server/imports/import.service.js';
import { expectNoChange, expectProblem, type Reply } from '../support/harness.js';
import { type OwnApi, startOwnApi } from '../support/own-server.js';
import {
  holding,
  importStatus,
  progressOf,
  signedIn,
  until,
  upload,
  whileWritersWait,
  type Files,
} from '../support/imports.js';

let api: OwnApi;
beforeAll(async () => {
  api = await startOwnApi();
});
afterAll(() => api.stop());

const put = (files: Files, query?: string): Promise<Reply> => upload(api, files, query);

/** 20 investments, with three kinds of cost in each of 834 months. */
const costOf = (index: number): string => {
  const months = Math.floor((index % 2_500) / 3);
  const month = `${1950 + Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
  return `RUN-${Math.floor(index / 2_500)},${month},${['capex', 'opex', 'skills'][(index % 2_500) % 3]},${index}.25`;
};

describe('While an import runs', () => {
  const files = { 'priorities.csv': 'code,name\nRUN-1,One\n' };
  const isStored = async (): Promise<boolean> =>
    (await api.sql(`select 1 from priorities where code = 'RUN-1'`)).length > 0;

  test('its progress is told, from before the upload arrives until it is finished', async () => {
    const id = uuidv7();
    const events = api.as('admin').get(`/imports/${id}/events`);
    await new Promise((later) => setTimeout(later, 300));
    const reply = await put({ 'priorities.csv': 'code,name\nSSE-1,One\n' }, `?id=${id}`);
    expect(reply.status).toBe(201);
    const stream = await events;
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const told = stream.text
      .split('\n\n')
      .filter((line) => line.startsWith('data: '))
      .map((line) => importProgress.parse(JSON.parse(line.slice(6))));
    expect(told.at(-1)).toEqual({ id, status: 'committed', step: 'finished', table: null, rows: 1 });
    const late = await api.as('admin').get(`/imports/${id}/events`);
    expect(late.text).toContain('"step":"finished"');
  });

  test('it can be cancelled until it is committed, and then stores nothing', async () => {
    const id = uuidv7();
    await whileWritersWait(api, async () => {
      const upload = put(files, `?id=${id}`);
      await until(async () => (await importStatus(api, id)) === 'running');
      expectProblem(await api.as('pm-dig').post(`/imports/${id}/cancel`), 403, 'forbidden');
      const cancelled = await api.as('admin').post(`/imports/${id}/cancel`);
      expect(cancelled.status).toBe(202);
      expect(cancelled.body.status).toBe('cancelled');
      const reply = await upload;
      expect(reply.status).toBe(409);
      expect(reply.body.status).toBe('cancelled');
    });
    expect(await isStored()).toBe(false);
    const done = await put({ 'priorities.csv': 'code,name\nP1,One\n' });
    expectProblem(await api.as('admin').post(`/imports/${done.body.id}/cancel`), 409, 'conflict');
  });

  test('a client that goes away cancels it', async () => {
    const id = uuidv7();
    await whileWritersWait(api, async () => {
      const left = new AbortController();
      const form = new FormData();
      form.append('file', new Blob([files['priorities.csv']]), 'priorities.csv');
      const { cookie } = await signedIn(api);
      const upload = fetch(`${api.origin}/api/v1/imports?id=${id}`, {
        method: 'POST',
        headers: { cookie },
        body: form,
        signal: left.signal,
      });
      upload.catch(() => undefined);
      await until(async () => (await importStatus(api, id)) === 'running');
      left.abort();
      await until(async () => (await importStatus(api, id)) === 'cancelled');
    });
    expect(await isStored()).toBe(false);
  });

  test('a process that dies leaves it failed, and one that lives is left alone', async () => {
    const dead = uuidv7();
    const [user] = await api.sql<{ id: string }>(`select id from users where email = 'admin@tests.example'`);
    await api.sql(
      `insert into imports (id, status, file_names, file_hash, file_bytes, dry_run, on_problem, user_id, user_email, created_at)
       values ($1, 'running', '{a.csv}', '', 0, false, 'reject', $2, 'admin@tests.example', now())`,
      [dead, user!.id],
    );
    const alive = uuidv7();
    await whileWritersWait(api, async () => {
      const upload = put(files, `?id=${alive}`);
      await until(async () => (await importStatus(api, alive)) === 'running');
      expect(await api.app.nest.get(ImportService).failInterruptedImports()).toBe(1);
      expect([await importStatus(api, dead), await importStatus(api, alive)]).toEqual(['failed', 'running']);
      await api.as('admin').post(`/imports/${alive}/cancel`);
      await upload;
    });
  });

  describe('of 50,000 rows,', () => {
    const ROWS = 50_000;
    const lines = (make: (index: number) => string, count: number): string =>
      Array.from({ length: count }, (_one, index) => `${make(index)}\n`).join('');
    const MANY: Files = {
      'investments.csv': `code,name\n${lines((index) => `RUN-${index},Invest`, 20)}`,
      'investment_costs.csv': `investment_code,month,kind,planned\n${lines(costOf, ROWS)}`,
    };
    const rowsStored = async (): Promise<number> =>
      (await api.sql<{ count: number }>('select count(*)::int as count from investment_costs'))[0]!.count;

    /**
     * Cancels at the first event of the table in a step; nothing is stored and the report says so.
     * @param held a mode of locking that keeps the import from going on by itself
     */
    const expectCancelled = async (at: ImportProgress['step'], held?: string): Promise<ImportProgress[]> => {
      const id = uuidv7();
      let cancelling: Promise<Reply> | undefined;
      const run = () =>
        Promise.all([
          progressOf(api, id, ({ step, table, rows }) => {
            if (step === at && table === 'investment_costs' && rows > 0)
              cancelling ??= api.as('admin').post(`/imports/${id}/cancel`);
          }),
          put(MANY, `?id=${id}`),
        ]);
      const [events, reply] = await expectNoChange(api, () =>
        held ? holding(api, `begin; lock table investment_costs in ${held} mode`, run) : run(),
      );
      expect((await cancelling)?.status).toBe(202);
      expect(reply.status).toBe(409);
      const report = await api.as('admin').get(`/imports/${id}`);
      for (const body of [reply.body, report.body])
        expect(body).toMatchObject({ id, status: 'cancelled', finishedAt: expect.any(String), problems: [] });
      expect(events.at(-1)).toMatchObject({ status: 'cancelled', step: 'finished' });
      expect(await rowsStored()).toBe(0);
      return events;
    };

    test('cancelled while they are read, nothing is stored', async () => {
      const events = await expectCancelled('reading');
      expect(events.some(({ step }) => step === 'writing')).toBe(false);
    });

    test('cancelled while they are checked, nothing is stored', async () => {
      const events = await expectCancelled('checking', 'access exclusive');
      expect(events.some(({ step }) => step === 'writing')).toBe(false);
    });

    test('cancelled while they are written, nothing is stored', async () => {
      // Reading stays possible; writing waits.
      await expectCancelled('writing', 'exclusive');
    });

    test('their progress grows, up to all of them', async () => {
      const id = uuidv7();
      const [events, reply] = await Promise.all([progressOf(api, id), put(MANY, `?id=${id}`)]);
      expect(reply.status).toBe(201);
      expect(await rowsStored()).toBe(ROWS);
      const read = events.flatMap(({ step, table, rows }) =>
        step === 'reading' && table === 'investment_costs' ? [rows] : [],
      );
      expect(read.length).toBeGreaterThanOrEqual(3);
      expect(read).toEqual([...read].sort((a, b) => a - b));
      expect(new Set(read).size).toBe(read.length);
      expect(read.at(-1)).toBe(ROWS);
      const steps = events.map(({ step }) => step).filter((step, index, all) => step !== all[index - 1]);
      expect(steps).toEqual(['reading', 'checking', 'writing', 'finished']);
      expect(events.at(-1)).toEqual({ id, status: 'committed', step: 'finished', table: null, rows: ROWS + 20 });
    });
  });
});
