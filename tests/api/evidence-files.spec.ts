import { request as send } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { uploadTo } from '../support/evidence-form.js';
import { DOCX, office, PDF, PNG, XLSX } from '../support/files.js';
import {
  expectNoChange,
  expectProblem,
  sha256,
  startApi,
  type Api,
  type Person,
  type Reply,
  type UploadedFile,
} from '../support/harness.js';

let api: Api;
let code: string;
let n = 0;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());
beforeEach(async () => {
  code = `FILE-${(n += 1)}`;
  const record = {
    code,
    name: `Proof ${n}`,
    portfolioCode: 'DIG',
    orgUnitCode: 'BU1',
    currency: 'USD',
    nature: 'cashable',
  };
  expect((await api.as('admin').post('/benefits', record)).status).toBe(201);
});

const list = (person: Person = 'pm-dig'): Promise<Reply> => api.as(person).get(`/benefits/${code}/evidence`);
const add = (body: unknown, person: Person = 'pm-dig', headers = {}): Promise<Reply> =>
  api.as(person).post(`/benefits/${code}/evidence`, body, headers);
const send1 = (file: UploadedFile, fields: Record<string, string> = {}, person: Person = 'pm-dig', headers = {}) =>
  uploadTo(api, `/benefits/${code}/evidence/files`, [file], fields, person, headers);

const TEXT = { kind: 'text', title: 'Ledger', note: 'Month-end ledger 4711' };

describe('Files', () => {
  test('come back as they were sent, and only ever to be saved', async () => {
    const name = 'Beleg "März"; 50 %\u2019s.pdf';
    const fields = { title: 'Receipt', fromMonth: '2026-01', note: 'from the bank' };
    const { status, body } = await send1({ name, content: PDF }, fields);
    expect([status, body]).toEqual([
      201,
      expect.objectContaining({
        kind: 'file',
        title: 'Receipt',
        note: 'from the bank',
        toMonth: '2026-01',
        file: { name, mediaType: 'application/pdf', bytes: PDF.length, sha256: sha256(PDF) },
      }),
    ]);
    const reply = await fetch(`${api.origin}/api/v1/evidence/${body.id}/file`, {
      headers: { cookie: await api.cookieOf('stakeholder-bu1') },
    });
    expect(Buffer.from(await reply.arrayBuffer()).equals(PDF)).toBe(true);
    const header = (which: string) => reply.headers.get(which);
    expect(header('content-type')).toBe('application/pdf');
    expect(header('x-content-type-options')).toBe('nosniff');
    expect(header('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(header('cache-control')).toBe('private, no-store');
    const disposition = header('content-disposition')!;
    expect(disposition).toMatch(/^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''[A-Za-z0-9.%_-]+$/);
    expect(decodeURIComponent(disposition.split("UTF-8''")[1]!)).toBe(name);
  });

  test('a name cannot break out of its header', async () => {
    const { body } = await send1({ name: 'a"\r\nX-Evil: yes\r\n.png', content: PNG });
    const reply = await api.as('pm-dig').get(`/evidence/${body.id}/file`);
    expect(reply.headers.get('x-evil')).toBeNull();
    expect(reply.headers.get('content-disposition')).toMatch(/^attachment; /);
  });

  test('without a title it is called by its name; Office files are taken', async () => {
    expect((await send1({ name: 'a.xlsx', content: await office(XLSX) })).body).toMatchObject({ title: 'a.xlsx' });
    expect((await send1({ name: 'b.docx', content: await office(DOCX) })).status).toBe(201);
  });

  test.each([
    ['page.html', '<!doctype html><script>alert(1)</script>', 'file.type'],
    ['drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'file.type'],
    ['page.pdf', '<!doctype html><script>alert(1)</script>', 'file.content'],
    ['drawing.png', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'file.content'],
    ['page.txt', '<html><script>alert(1)</script>', 'file.content'],
    ['broken.csv', Buffer.from([0x61, 0xff]), 'file.content'],
    ['empty.csv', '', 'file.empty'],
  ])('%s is refused with what can be sent instead', async (name, content, why) => {
    const reply = await expectNoChange(api, () => send1({ name, content }));
    expectProblem(reply, 422, 'validation-failed');
    expect(reply.body.errors).toEqual([expect.objectContaining({ pointer: '/file', code: why })]);
  });

  test('one that is too large is refused with the limit, with and without a stated length', async () => {
    const larger = Buffer.concat([PDF, Buffer.alloc(10 * 1024 * 1024)]);
    const little = await expectNoChange(api, () =>
      send1({ name: 'large.pdf', content: larger.subarray(0, 10 * 1024 * 1024 + 1) }),
    );
    expectProblem(little, 413, 'payload-too-large');
    expect(little.body.detail).toContain('10 MB');
    const fits = larger.subarray(0, 10 * 1024 * 1024);
    expect((await send1({ name: 'fits.pdf', content: fits })).status).toBe(201);
    const far = await expectNoChange(api, () => send1({ name: 'large.pdf', content: Buffer.concat([larger, larger]) }));
    expectProblem(far, 413, 'payload-too-large');
  });

  test('a form without a file, with two, or with strange fields is refused', async () => {
    const path = `/benefits/${code}/evidence/files`;
    const file = { name: 'a.pdf', content: PDF };
    for (const [files, fields] of [
      [[], {}],
      [[file, file], {}],
      [[file], { addedBy: 'x@y.z' }],
      [[file], { fromMonth: 'May' }],
      [[file], { toMonth: '2026-01' }],
      [[file], { title: 'x'.repeat(301) }],
    ] as const)
      expectProblem(
        await expectNoChange(api, () => uploadTo(api, path, files, fields, 'pm-dig')),
        422,
        'validation-failed',
      );
    expectProblem(await api.as('pm-dig').post(path, { title: 'x' }), 415, 'unsupported-media-type');
    expectProblem(
      await uploadTo(api, `/benefits/${code}/evidence`, [file], {}, 'pm-dig'),
      415,
      'unsupported-media-type',
    );
  });

  test('an upload that breaks off stores nothing', async () => {
    const cookie = await api.cookieOf('pm-dig');
    const head = Buffer.from(
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n',
    );
    const path = `/api/v1/benefits/${code}/evidence/files`;
    await expectNoChange(api, async () => {
      // Cut off by the sender.
      await new Promise<void>((done) => {
        const outgoing = send(`${api.origin}${path}`, {
          method: 'POST',
          headers: { cookie, 'content-type': 'multipart/form-data; boundary=x', 'content-length': 5000 },
        });
        outgoing.on('error', () => done());
        outgoing.on('close', () => done());
        outgoing.write(Buffer.concat([head, PDF]));
        setTimeout(() => outgoing.destroy(), 200);
      });
      // Ended without its last border.
      const reply = await fetch(`${api.origin}${path}`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'multipart/form-data; boundary=x' },
        body: Buffer.concat([head, PDF]),
      });
      expect(reply.status).toBe(400);
      expect(await reply.json()).toMatchObject({ type: 'urn:problem:malformed-request' });
    });
  });

  test('the very same file is there once; the answer says where', async () => {
    const { body: first } = await send1({ name: 'a.pdf', content: PDF }, { title: 'First' });
    const again = await expectNoChange(api, () => send1({ name: 'b.pdf', content: PDF }));
    expectProblem(again, 409, 'duplicate');
    expect(again.body).toMatchObject({ item: { id: first.id, title: 'First' } });
    const copies = await Promise.all(
      Array.from({ length: 8 }, () => send1({ name: 'c.png', content: Buffer.concat([PNG, Buffer.from('x')]) })),
    );
    expect(copies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
  });

  test('a repetition under the same key has the first answer; another file under it is refused', async () => {
    const key = { 'idempotency-key': `file-${code}` };
    const first = await send1({ name: 'a.pdf', content: PDF }, {}, 'pm-dig', key);
    const again = await send1({ name: 'a.pdf', content: PDF }, {}, 'pm-dig', key);
    expect([again.status, again.body, again.headers.get('idempotency-replayed')]).toEqual([201, first.body, 'true']);
    expectProblem(await send1({ name: 'b.png', content: PNG }, {}, 'pm-dig', key), 422, 'idempotency-key-reused');
    const text = await add(TEXT, 'pm-dig', { 'idempotency-key': `text-${code}` });
    expect((await add(TEXT, 'pm-dig', { 'idempotency-key': `text-${code}` })).body.id).toBe(text.body.id);
    expect((await list()).body.items).toHaveLength(2);
  });
});
