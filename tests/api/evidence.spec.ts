import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { uploadTo } from '../support/evidence-form.js';
import { PDF } from '../support/files.js';
import {
  emailOf,
  expectNoChange,
  expectProblem,
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
  code = `PROOF-${(n += 1)}`;
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
const send1 = (file: UploadedFile, person: Person = 'pm-dig') =>
  uploadTo(api, `/benefits/${code}/evidence/files`, [file], {}, person);

const match = (version: number) => ({ 'if-match': `"v${version}"` });
const TEXT = { kind: 'text', title: 'Ledger', note: 'Month-end ledger 4711' };
const LINK = { kind: 'link', title: 'Register', url: 'https://cases.example.org/closed?year=2026' };

describe('Items of evidence', () => {
  test('a text and a link say what they prove, who added them and when', async () => {
    const text = await add({ ...TEXT, fromMonth: '2026-01', toMonth: '2026-03', expiresOn: '2027-01-31' });
    expect(text.status).toBe(201);
    expect(text.headers.get('etag')).toBe('"v1"');
    api.clock.advance(1000);
    expect((await add({ ...LINK, fromMonth: '2026-02' }, 'finance')).status).toBe(201);
    const { body } = await list();
    expect(body).toMatchObject({ benefitCode: code, mayWrite: true, said: [] });
    expect(body.items).toEqual([
      {
        id: expect.any(String),
        version: 1,
        kind: 'link',
        title: 'Register',
        note: null,
        url: LINK.url,
        fromMonth: '2026-02',
        toMonth: '2026-02',
        expiresOn: null,
        isExpired: false,
        level: 2,
        addedBy: emailOf('finance'),
        addedAt: expect.stringMatching(/^2026-11-21T12:00/),
        file: null,
      },
      expect.objectContaining({
        kind: 'text',
        note: TEXT.note,
        fromMonth: '2026-01',
        toMonth: '2026-03',
        expiresOn: '2027-01-31',
        addedBy: emailOf('pm-dig'),
      }),
    ]);
  });

  test.each([
    [{ kind: 'text', title: 'Ledger' }, '/note'],
    [{ kind: 'text', title: ' ', note: 'x' }, '/title'],
    [{ ...LINK, url: 'javascript:alert(1)' }, '/url'],
    [{ ...LINK, url: 'file:///etc/passwd' }, '/url'],
    [{ ...LINK, url: 'https://user:secret@example.org/' }, '/url'],
    [{ ...LINK, url: 'data:text/html,<script>' }, '/url'],
    [{ ...LINK, url: '//example.org' }, '/url'],
    [{ ...TEXT, url: 'https://example.org' }, '/url'],
    [{ ...TEXT, toMonth: '2026-01' }, '/fromMonth'],
    [{ ...TEXT, fromMonth: '2026-03', toMonth: '2026-01' }, '/toMonth'],
    [{ ...TEXT, expiresOn: '2026-02-30' }, '/expiresOn'],
    [{ ...TEXT, addedBy: 'x@y.z' }, '/addedBy'],
    [{ ...TEXT, kind: 'file' }, '/kind'],
  ])('%j is refused, and nothing is stored', async (body, pointer) => {
    const reply = await expectNoChange(api, () => add(body));
    expectProblem(reply, 422, 'validation-failed');
    expect(reply.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
  });

  test('what is said of an item can be changed, by who read it as it is; each change is audited', async () => {
    const { body: item } = await add({ ...TEXT, fromMonth: '2026-01', toMonth: '2026-02' });
    const path = `/evidence/${item.id}`;
    const as = api.as('pm-dig');
    expectProblem(await as.patch(path, { title: 'x' }), 428, 'precondition-required');
    const changed = await as.patch(
      path,
      { title: 'General ledger', toMonth: '2026-04', expiresOn: '2026-12-31' },
      match(1),
    );
    expect(changed.body).toMatchObject({
      version: 2,
      title: 'General ledger',
      fromMonth: '2026-01',
      toMonth: '2026-04',
    });
    const stale = await expectNoChange(api, () => as.patch(path, { title: 'Mine' }, match(1)));
    expectProblem(stale, 412, 'precondition-failed');
    expect(stale.body.current).toMatchObject({ version: 2, title: 'General ledger' });
    expectProblem(await as.patch(path, { note: null }, match(2)), 422, 'validation-failed');
    expectProblem(await as.patch(path, { toMonth: '2025-12' }, match(2)), 422, 'validation-failed');
    expect((await as.patch(path, { fromMonth: null }, match(2))).body).toMatchObject({
      fromMonth: null,
      toMonth: null,
      level: 0,
    });
    const events = await api.sql<{ canonical: string }>(
      `select canonical from audit_events where object_type = 'evidence_item' and canonical::jsonb ->> 'objectCode' = $1 order by seq`,
      [code],
    );
    const told = events.map(({ canonical }) => JSON.parse(canonical) as Record<string, unknown>);
    expect(told.map(({ action, actor }) => [action, actor])).toEqual([
      ['created', emailOf('pm-dig')],
      ['changed', emailOf('pm-dig')],
      ['changed', emailOf('pm-dig')],
    ]);
    expect(told[1]).toMatchObject({
      before: { title: 'Ledger' },
      after: { title: 'General ledger', toMonth: '2026-04' },
    });
  });

  test('a removed item is in no list, and nobody opens, changes or removes it', async () => {
    const { body: item } = await send1({ name: 'a.pdf', content: PDF });
    const path = `/evidence/${item.id}`;
    expect((await api.as('finance').delete(path, match(1))).status).toBe(204);
    expect((await list()).body.items).toEqual([]);
    expectProblem(await api.as('pm-dig').get(`${path}/file`), 404, 'not-found');
    expectProblem(await api.as('pm-dig').patch(path, { title: 'x' }, match(2)), 404, 'not-found');
    expectProblem(await api.as('pm-dig').delete(path, match(2)), 404, 'not-found');
    // Its content is kept, and the database lets nobody change or delete it.
    expect(
      await api.sql('select octet_length(content) as bytes from evidence_files where evidence_item_id = $1', [item.id]),
    ).toEqual([{ bytes: PDF.length }]);
    for (const change of [
      `update evidence_files set content = 'x'`,
      'delete from evidence_files',
      'truncate evidence_files',
    ])
      await expect(api.sql(change)).rejects.toThrow();
    // The same file may come again.
    expect((await send1({ name: 'a.pdf', content: PDF })).status).toBe(201);
  });

  test('what was said with the values stands beside them, months in a row together', async () => {
    const items = ['2026-01', '2026-02', '2026-04'].map((month) => ({
      month,
      planned: '1',
      realised: '1',
      evidence: 'ledger',
    }));
    expect((await api.as('pm-dig').put(`/benefits/${code}/values`, { items })).status).toBe(200);
    expect((await list()).body.said).toEqual([
      { fromMonth: '2026-04', toMonth: '2026-04', text: 'ledger' },
      { fromMonth: '2026-01', toMonth: '2026-02', text: 'ledger' },
    ]);
  });
});

describe('Whose evidence it is', () => {
  test('managers of the portfolio, administrators and finance write; CIO and stakeholders read', async () => {
    for (const person of ['pm-dig', 'admin', 'finance'] as const) {
      expect((await add(TEXT, person)).status).toBe(201);
      expect((await list(person)).body.mayWrite).toBe(true);
    }
    const { body: item } = await add(TEXT);
    for (const person of ['pm-core', 'cio', 'stakeholder-bu1'] as const) {
      expect((await list(person)).body).toMatchObject({ mayWrite: false, items: { length: 4 } });
      for (const refused of [
        () => add(TEXT, person),
        () => send1({ name: 'a.pdf', content: PDF }, person),
        () => api.as(person).patch(`/evidence/${item.id}`, { title: 'x' }, match(1)),
        () => api.as(person).delete(`/evidence/${item.id}`, match(1)),
      ])
        expectProblem(await expectNoChange(api, refused), 403, 'forbidden');
    }
  });

  test('outside the own units it does not exist', async () => {
    const { body: item } = await send1({ name: 'a.pdf', content: PDF });
    const nobody = '01900000-0000-7000-8000-000000000000';
    for (const path of [`/evidence/${item.id}/file`, `/benefits/${code}/evidence`]) {
      const foreign = await api.as('stakeholder-bu2').get(path);
      const absent = await api.as('stakeholder-bu2').get(path.replace(item.id, nobody).replace(code, 'NONE'));
      for (const reply of [foreign, absent]) expectProblem(reply, 404, 'not-found');
      const told = ({ detail, title, errors }: Record<string, unknown>) => ({ detail, title, errors });
      expect(told(foreign.body)).toEqual(told(absent.body));
    }
    expectProblem(await api.as('anonymous').get(`/evidence/${item.id}/file`), 401, 'unauthenticated');
    expectProblem(await api.as('nobody').get(`/evidence/${item.id}/file`), 403, 'forbidden');
  });
});
