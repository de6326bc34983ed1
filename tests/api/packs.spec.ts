/** What is handed out of a review: by whom it may be taken, and what each pack says; that all say the same is tested with the screen. */
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import readWorkbook from 'read-excel-file/node';
import { review, type Review } from '../../server/contract/review.js';
import { LOGGER } from '../../server/http/logger.js';
import { identityOf } from '../../server/reviews/packs/pack.js';
import { makeInThread } from '../../server/reviews/packs/thread.js';
import { expectProblem } from '../support/harness.js';
import { type OwnApi, startOwnApi } from '../support/own-server.js';
import { storeReview } from '../support/reviews.js';

let api: OwnApi;
let draft: Review;
let frozen: Review;

const PERIOD = '2026-Q2';
const taken = async (
  who: 'cio' | 'stakeholder-bu1',
  kind: string,
  headers: Record<string, string> = {},
  ref = frozen.id,
) => {
  const reply = await fetch(`${api.origin}/api/v1/reviews/${ref}/pack.${kind}`, {
    headers: { Cookie: await api.cookieOf(who), ...headers },
  });
  return { status: reply.status, headers: reply.headers, bytes: Buffer.from(await reply.arrayBuffer()) };
};
const sheetsIn = async (bytes: Buffer) =>
  new Map(
    ((await readWorkbook(bytes)) as unknown as { sheet: string; data: unknown[][] }[]).map(({ sheet, data }) => [
      sheet,
      data,
    ]),
  );

beforeAll(async () => {
  api = await startOwnApi({ golden: true });
  draft = review.parse((await api.as('cio').post('/api/v1/reviews', { period: PERIOD })).body);
}, 60_000);
afterAll(() => api.stop());

describe('a draft', () => {
  test('is handed out as a draft, and not to a stakeholder', async () => {
    const { status, headers, bytes } = await taken('cio', 'md', {}, draft.id);
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toContain('filename="value-review-2026-Q2-v1-draft.md"');
    expect(bytes.toString()).toContain('VR-2026-Q2 · 2026 Q2 value review · v1 · DRAFT, not frozen · Internal');
    expectProblem(await api.as('stakeholder-bu1').get(`/api/v1/reviews/${draft.id}/pack.md`), 404, 'not-found');
  });
});

describe('a frozen review', () => {
  beforeAll(async () => {
    const reply = await api
      .as('cio')
      .post(
        `/api/v1/reviews/${draft.id}/freeze`,
        { reason: 'Board', contentSha256: draft.contentSha256 },
        { 'If-Match': `"v${draft.version}"`, 'Idempotency-Key': 'freeze' },
      );
    expect(reply.status).toBe(200);
    frozen = review.parse(reply.body);
  });

  test('is handed out as a file that its reader knows again', async () => {
    const first = await taken('cio', 'md');
    expect(
      Object.fromEntries(
        ['content-type', 'x-content-type-options', 'cache-control'].map((name) => [name, first.headers.get(name)]),
      ),
    ).toEqual({
      'content-type': 'text/markdown; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
    });
    expect(first.bytes.toString()).toContain(identityOf(frozen.document, frozen.sha256!));
    expect(first.bytes.toString()).toContain(frozen.sha256);
    const etag = first.headers.get('etag')!;
    expect((await taken('cio', 'md', { 'If-None-Match': etag })).status).toBe(304);
    expect((await taken('cio', 'xlsx')).headers.get('etag')).not.toBe(etag);
  });

  test('is printed by another program under another ETag; a browser that fails is logged, and tried again', async () => {
    const { id } = await storeReview(api, { period: '2025-Q1', state: 'frozen' });
    const folder = mkdtempSync(join(tmpdir(), 'throughline-failing-'));
    const program = join(folder, 'chromium');
    const tries = join(folder, 'tries');
    writeFileSync(program, `#!/bin/sh\necho tried >> ${tries}\nexit 1\n`);
    chmodSync(program, 0o755);
    const logged = jest.spyOn(api.app.nest.get(LOGGER), 'warn');
    const before = process.env['CHROMIUM_PATH'];
    try {
      process.env['CHROMIUM_PATH'] = program;
      for (const _ of [1, 2]) {
        const { headers } = await taken('cio', 'pdf', {}, id);
        expect(['x-pack-note', 'cache-control', 'etag'].map((name) => headers.get(name))).toEqual([
          'not tagged, by pdfmake',
          'private, no-store',
          null,
        ]);
      }
      expect(readFileSync(tries, 'utf8')).toBe('tried\ntried\n');
      const said = expect.objectContaining({ problem: expect.stringContaining('The browser printed nothing') });
      expect(logged.mock.calls.map(([first]) => first)).toEqual([said, said]);
      process.env['CHROMIUM_PATH'] = 'off';
      const { headers } = await taken('cio', 'pdf', {}, id);
      const etag = headers.get('etag')!;
      expect((await taken('cio', 'pdf', { 'If-None-Match': etag }, id)).status).toBe(304);
      process.env['CHROMIUM_PATH'] = program;
      expect((await taken('cio', 'pdf', { 'If-None-Match': etag }, id)).status).toBe(200);
    } finally {
      if (before === undefined) delete process.env['CHROMIUM_PATH'];
      else process.env['CHROMIUM_PATH'] = before;
      logged.mockRestore();
    }
  }, 180_000);

  test('holds the records behind its figures in the workbook, but not for those who read the document alone', async () => {
    const full = await sheetsIn((await taken('cio', 'xlsx')).bytes);
    const [key, figure] = Object.entries(frozen.document.figures).find(
      ([, { records, unit }]) => records.count > 1 && unit === 'USD',
    )!;
    expect(full.get('Records')!.filter((row) => row[1] === key)).toHaveLength(figure.records.count);
    // Why a figure has no value stands in words.
    const reasons = new Set(Object.values(frozen.document.figures).flatMap(({ nullReason }) => nullReason ?? []));
    expect(reasons.size).toBeGreaterThan(1);
    expect([...full.values()].flat(2).filter((cell) => reasons.has(cell as string))).toEqual([]);
    expect(full.get('Figures')!.flat()).toContain('Nothing is recorded for it.');
    const published = await api
      .as('cio')
      .post(`/api/v1/reviews/${frozen.id}/publish`, {}, { 'If-Match': `"v${frozen.version}"` });
    expect(published.status).toBe(200);
    const limited = await sheetsIn((await taken('stakeholder-bu1', 'xlsx')).bytes);
    const [heads, ...figures] = full.get('Figures')!;
    const at = heads!.indexOf('Records stand in');
    const behind = new Set(figures.flatMap((row) => (typeof row[at] === 'string' ? [row[at]] : [])));
    expect(behind.size).toBeGreaterThan(1);
    expect([...full.keys()].filter((name) => !limited.has(name)).sort()).toEqual([...behind].sort());
    expect([...limited.keys()].filter((name) => behind.has(name))).toEqual([]);
  });
});

describe('a pack that cannot be made', () => {
  const order = { kind: 'xlsx', sha256: '', records: [] } as const;
  const said: string[] = [];
  const made = (document: unknown, bounds?: Parameters<typeof makeInThread>[2]) =>
    makeInThread({ ...order, document: JSON.stringify(document) }, (message) => said.push(message), bounds);

  test('names the section where it failed, and tells the log why', async () => {
    const { document } = frozen;
    const broken = document.sections.map((section) =>
      section.id === 'headline' ? { ...section, tables: [{}] } : section,
    );
    await expect(made({ ...document, sections: broken })).rejects.toMatchObject({
      status: 500,
      detail: expect.stringContaining('The workbook of this review failed at section “Headline”.'),
    });
    expect(said.at(-1)).toContain("reading 'map'");
  });

  test('ends after its time, and within its memory', async () => {
    await expect(made(frozen.document, { milliseconds: 1, megabytes: 512 })).rejects.toMatchObject({
      detail: expect.stringContaining('was not ready after 0.001 seconds'),
    });
    await expect(made(frozen.document, { milliseconds: 60_000, megabytes: 8 })).rejects.toMatchObject({
      detail: expect.stringContaining('needs more memory than a pack may take'),
    });
  });
});
