/** A frozen review stays as it was, byte by byte, whatever is changed in the product: by each operation that its document of the API names. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import type { Review } from '../../server/contract/review.js';
import { migrate } from '../../server/database/migrate.js';
import { changesIn, EveryChange, type Operation } from '../support/every-change.js';
import { save, stored } from '../support/entries.js';
import { exampleCredentials } from '../support/example.js';
import { frozenReview } from '../support/frozen-reviews.js';
import { type Api, emailOf, expectProblem, PASSWORD, type Reply, sha256, startApi } from '../support/harness.js';
import { stored as imported } from '../support/imports.js';
import type { OpenApi } from '../support/malformed.js';

let api: Api;
let review: Review;
let document: OpenApi;
let kept: string;
beforeAll(async () => {
  api = await startApi({ example: true });
  review = await frozenReview(api, '2026-Q3');
  document = (await api.as('admin').get('/api/openapi.json')).body as OpenApi;
  kept = await bytes();
  expect(sha256(kept)).toBe(review.sha256);
}, 180_000);
afterAll(() => api.stop());

const bytes = async (): Promise<string> =>
  (await api.sql<{ document: string }>('select document from reviews where id = $1', [review.id]))[0]!.document;

/** Held against the hashes of its document, of each figure's records, and of the event that froze it. */
const expectIntact = async (): Promise<void> => {
  const { body } = await api.as('admin').get(`/reviews/${review.id}/verify`);
  expect(body).toMatchObject({ isIntact: true, sha256: review.sha256, findings: [] });
};

interface Value {
  code: string;
  month: string;
  version: number;
  realised: string;
  currency: string;
}
/** Of money that somebody reported, what nobody confirmed. */
const unconfirmed = async (): Promise<Value> =>
  (
    await api.sql<Value>(
      `select b.code, to_char(v.month, 'YYYY-MM') as month, v.version::int, v.realised::text, b.currency from benefit_values v
         join benefits b on b.id = v.benefit_id
       where v.realised is not null and v.confirmed_by is null and v.archived_at is null and b.currency is not null order by v.id limit 1`,
    )
  )[0]!;
const judged = async (verdict: 'confirm' | 'reject'): Promise<Reply> => {
  const { code, month, version, realised } = await unconfirmed();
  const body = { version, amount: realised, ...(verdict === 'reject' && { note: 'Counted twice.' }) };
  return api.as('finance').post(`/benefits/${code}/values/${month}/${verdict}`, body);
};
/** Somebody whose name stands in what was frozen. */
const onUser = async (
  person: string,
  change: (path: string, match: Record<string, string>) => Promise<Reply>,
): Promise<Reply> => {
  const { email } = exampleCredentials(person);
  const [user] = await api.sql<{ id: string }>('select id from users where email = $1', [email]);
  const path = `/users/${user!.id}`;
  return change(path, { 'if-match': (await api.as('admin').get(path)).headers.get('etag')! });
};
const SIGN_IN = { email: emailOf('admin'), password: PASSWORD };
const COSTS = 'investment_code,month,kind,actual\nEX-INV-01,2026-09,opex,77777.77\n';
const entered = async (id: string): Promise<Reply> => {
  const { version } = (await stored(api, 'EX-BEN-02')).find(({ month }) => month === '2026-08')!;
  const items = [{ benefit: 'EX-BEN-02', month: '2026-08', realised: '11', version }];
  return save(api, items, { id, reason: 'Counted twice.' }, 'admin');
};

/** What needs to know more than the document of the API tells. */
const BY_HAND: Readonly<Record<Operation, () => Promise<Reply>>> = {
  'POST /api/v1/benefits/{ref}/values/{month}/confirm': () => judged('confirm'),
  'POST /api/v1/benefits/{ref}/values/{month}/reject': () => judged('reject'),
  'POST /api/v1/confirmations': async () => {
    const { code, month, version, realised, currency } = await unconfirmed();
    const items = [{ benefit: code, month, version, amount: realised, currency }];
    return api.as('finance').post('/confirmations', { verdict: 'confirm', items });
  },
  'POST /api/v1/imports': () => api.as('admin').upload('/imports', [{ name: 'investment_costs.csv', content: COSTS }]),
  'POST /api/v1/imports/{id}/revert': async () => {
    const id = await imported(api, { 'investment_costs.csv': COSTS.replace('77777.77', '88888.88') });
    return api.as('admin').post(`/imports/${id}/revert`);
  },
  'PUT /api/v1/investments/{ref}/costs': () => {
    const items = [{ month: '2026-11', kind: 'opex', actual: '999.99' }];
    return api.as('admin').put('/investments/EX-INV-01/costs', { items });
  },
  'PUT /api/v1/entry': () => entered(uuidv7()),
  'PUT /api/v1/benefits/{ref}/values': async () => {
    const { version } = (await stored(api, 'EX-BEN-01')).find(({ month }) => month === '2026-08')!;
    const items = [{ month: '2026-08', realised: '12', version, reason: 'Counted twice.' }];
    return api.as('admin').put('/benefits/EX-BEN-01/values', { items });
  },
  'POST /api/v1/entries/{id}/undo': async () => {
    const id = uuidv7();
    await entered(id);
    return api.as('admin').post(`/entries/${id}/undo`);
  },
  'POST /api/v1/metrics/{id}/annotations': () =>
    api.as('admin').post('/metrics/flow.wip/annotations', { on: '2026-08-03', text: 'New rules.' }),
  'POST /api/v1/decisions/raise': () =>
    api.as('cio').post('/decisions/raise', { code: 'OURS', title: 'Do we?', raisedOn: '2026-09-20' }),
  'POST /api/v1/session': () => api.client({}).post('/session', SIGN_IN),
  'DELETE /api/v1/session': async () => {
    const { headers } = await api.client({}).post('/session', SIGN_IN);
    return api.client({ cookie: headers.getSetCookie()[0]!.split(';')[0]! }).delete('/session');
  },
  'PATCH /api/v1/users/{ref}': () =>
    onUser('cio', (path, match) => api.as('admin').patch(path, { name: 'Another' }, match)),
  'DELETE /api/v1/users/{ref}': () => onUser('finance', (path, match) => api.as('admin').delete(path, match)),
  'POST /api/v1/exchange-rates': () =>
    api.as('admin').post('/exchange-rates', { currency: 'CHF', month: '2026-05', rate: '1.5' }),
};

/** What changes records of which the review has figures, names and rates, its own actions and shares, and who and what stands around it: has to succeed. */
const CHANGES: readonly Operation[] = [
  ...['investments', 'initiatives', 'capabilities', 'outcomes', 'benefits', 'links', 'decisions', 'corrective-actions'],
  ...['org-units', 'portfolios', 'priorities', 'priority-rankings', 'exchange-rates', 'outcome-measurements'],
  ...['maturity-assessments', 'competencies', 'assumptions', 'work-items', 'service-months', 'indicator-values'],
]
  .map((table) => `PATCH /api/v1/${table}/{ref}`)
  .concat(
    ['links', 'exchange-rates', 'corrective-actions', 'outcome-measurements'].map(
      (table) => `DELETE /api/v1/${table}/{ref}`,
    ),
    Object.keys(BY_HAND),
    ['PATCH /api/v1/settings', 'POST /api/v1/reviews/{ref}/publish'],
  );
/** What takes a review, and would change what is frozen of it. */
const REFUSED: readonly Operation[] = ['PATCH', 'DELETE']
  .map((method) => `${method} /api/v1/reviews/{ref}`)
  .concat('POST /api/v1/reviews/{ref}/freeze');

describe('A frozen review stays as it was, byte by byte', () => {
  test('whoever changes it', async () => {
    const { headers } = await api.as('admin').get(`/reviews/${review.id}`);
    const match = { 'if-match': headers.get('etag')! };
    const path = `/reviews/${review.id}`;
    for (const person of ['admin', 'cio'] as const) {
      const client = api.as(person);
      expectProblem(await client.patch(path, { purpose: 'information' }, match), 409, 'review-frozen');
      expectProblem(await client.delete(path, match), 409, 'review-frozen');
      const again = { reason: 'x', contentSha256: review.sha256 };
      const key = { ...match, 'idempotency-key': `again ${person}` };
      expectProblem(await client.post(`${path}/freeze`, again, key), 409, 'review-frozen');
    }
    for (const person of ['pm-dig', 'finance', 'stakeholder-bu1'] as const)
      expect((await api.as(person).patch(path, { purpose: 'information' }, match)).status).toBe(403);
    expect(await bytes()).toBe(kept);
    await expectIntact();
  });

  test('whichever operation of the product is tried', async () => {
    const every = new EveryChange(api, document, review.id);
    const operations = changesIn(document);
    expect(operations.length).toBeGreaterThan(170);
    const came = new Map<Operation, string>();
    for (const operation of operations) {
      const reply = await (BY_HAND[operation]?.() ?? every.try(operation));
      came.set(operation, reply.status < 300 ? 'done' : `${reply.status} ${reply.text.slice(0, 200)}`);
      expect([operation, (await bytes()) === kept]).toEqual([operation, true]);
      if (operation in BY_HAND || operation.includes('/reviews')) await expectIntact();
    }
    const not = (wanted: readonly Operation[], said: string) =>
      wanted.filter((each) => !came.get(each)?.includes(said)).map((each) => [each, came.get(each)]);
    expect(not(CHANGES, 'done')).toEqual([]);
    expect(not(REFUSED, 'review-frozen')).toEqual([]);
    expect([...came.values()].filter((said) => said === 'done').length).toBeGreaterThan(85);
    // Nobody answers with a fault of our own.
    expect([...came].filter(([, said]) => said.startsWith('5'))).toEqual([]);
    await expectIntact();
  }, 300_000);

  test('when the product is upgraded, and works out its figures anew', async () => {
    await migrate({ url: api.databaseUrl }, null);
    await api.sql('update data_versions set version = version + 1');
    expect(await bytes()).toBe(kept);
    await expectIntact();
  });
});
