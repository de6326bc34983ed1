/** What happens to what somebody wrote when records, sentences or versions change; and what a review that was tampered with on purpose says. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { review, type Review } from '../../server/contract/review.js';
import { reviewVerification } from '../../server/contract/review-after.js';
import { type Api, expectNoChange, expectProblem, type Reply, startApi } from '../support/harness.js';
import { smallChain } from '../support/small-chain.js';
import { besideInTurn } from '../support/waiter.js';

const PERIOD = '2026-Q2';
let api: Api;
beforeAll(async () => {
  api = await startApi();
  await smallChain(api);
});
afterAll(() => api.stop());

const cio = () => api.as('cio');
const etag = ({ version }: { version: number }) => ({ 'If-Match': `"v${version}"` });
const read = async (ref: string): Promise<Review> => review.parse((await cio().get(`/reviews/${ref}`)).body);
const start = async (period = PERIOD): Promise<Review> => review.parse((await cio().post('/reviews', { period })).body);
const frozenBy = (of: Review): Promise<Reply> => {
  const key = { ...etag(of), 'Idempotency-Key': `${of.id} ${of.version} ${of.contentSha256}` };
  return cio().post(`/reviews/${of.id}/freeze`, { reason: 'The board meets.', contentSha256: of.contentSha256 }, key);
};
const freeze = async (of: Review): Promise<Review> => {
  const reply = await frozenBy(of);
  expect(reply.status).toBe(200);
  return review.parse(reply.body);
};
const published = (of: Review): Promise<Reply> => cio().post(`/reviews/${of.id}/publish`, {}, etag(of));
const publish = async (of: Review): Promise<Review> => review.parse((await published(of)).body);
const write = async (of: Review, sentences: readonly object[]): Promise<Review> => {
  const reply = await cio().patch(`/reviews/${of.id}`, { narrative: { headline: sentences } }, etag(of));
  expect(reply.status).toBe(200);
  return review.parse(reply.body);
};
const sentences = ({ document }: Review) => document.sections.find(({ id }) => id === 'headline')!.sentences;

const SPEND = 'spend?span=to_date';
const GONE = 'node.planned?ref=OLD&span=to_date&type=benefit';

describe('sentences of a draft', () => {
  let draft: Review;
  beforeAll(async () => {
    const made = { code: 'OLD', name: 'Old', portfolioCode: 'DIG', nature: 'cashable', currency: 'USD' };
    expect((await api.as('admin').post('/benefits', made)).status).toBe(201);
    draft = await write(await start(), [
      { id: 'one', text: `We spent [[${SPEND}]].` },
      { id: 'two', text: `That is [[${SPEND}]], less than we feared.` },
      { id: 'three', text: `Of the old benefit we planned [[${GONE}]].` },
    ]);
  });

  test('are marked by each change of their figures until somebody says that they hold, one by one', async () => {
    await api.sql(
      `update investment_costs set actual = actual + 1000, version = version + 1
         where id = (select id from investment_costs where actual is not null order by id limit 1)`,
    );
    await api.sql('update data_versions set version = version + 1');
    const marked = (of: Review) => sentences(of).map(({ id, stale }) => [id, stale.length]);
    expect(marked(await read(draft.id))).toEqual([
      ['one', 1],
      ['two', 1],
      ['three', 0],
    ]);
    const [, two, three] = sentences(draft);
    const kept = [two!, three!].map(({ id, text }) => ({ id, text }));
    draft = await write(draft, [{ id: 'one', text: `So far we spent [[${SPEND}]].` }, ...kept]);
    expect(marked(draft)).toEqual([
      ['one', 0],
      ['two', 1],
      ['three', 0],
    ]);
    draft = await write(draft, [
      { id: 'one', text: `So far we spent [[${SPEND}]].` },
      { ...kept[0]!, holds: true },
      kept[1]!,
    ]);
    expect(marked(draft)).toEqual([
      ['one', 0],
      ['two', 0],
      ['three', 0],
    ]);
  });

  test('stay readable when the record that one cites is archived, and are frozen so', async () => {
    const [{ version } = { version: 0 }] = await api.sql<{ version: number }>(
      `select version from benefits where code = 'OLD'`,
    );
    const archived = await api.as('admin').delete('/benefits/OLD', etag({ version }));
    expect([archived.status, archived.text]).toEqual([204, '']);
    draft = await read(draft.id);
    expect(sentences(draft)[2]!.stale).toEqual([{ figure: GONE, was: '–', is: 'no longer there' }]);
    expect(draft.document.figures[GONE]).toMatchObject({ value: null, nullReason: 'not_found', text: '–' });
    expectProblem(
      await cio().patch(
        `/reviews/${draft.id}`,
        { narrative: { headline: [{ id: 'x', text: '[[spend?span=x]]' }] } },
        etag(draft),
      ),
      422,
      'validation-failed',
    );
    const frozen = await freeze(draft);
    expect(frozen.document.figures[GONE]!.records).toEqual({ count: 0, title: '', sha256: null });
    expect(reviewVerification.parse((await cio().get(`/reviews/${frozen.id}/verify`)).body).findings).toEqual([]);
    await publish(frozen);
  });
});

test('a correction begins with what was written, and when it is published every version before it is superseded', async () => {
  const first = await read(`VR-${PERIOD}`);
  let second = await start();
  expect(sentences(second).map(({ id }) => id)).toEqual(['one', 'two', 'three']);
  const confidential = { classification: 'confidential', recommendations: ['Stop the pilot.'] };
  second = review.parse((await cio().patch(`/reviews/${second.id}`, confidential, etag(second))).body);
  second = await freeze(second);
  const third = await start();
  expect(third.document.cover).toMatchObject(confidential);
  await publish(await freeze(third));
  const states = (await cio().get('/reviews')).body.items.map(({ code, state }: Review) => [code, state]);
  expect(states).toEqual([
    [`VR-${PERIOD}-v3`, 'published'],
    [`VR-${PERIOD}-v2`, 'superseded'],
    [`VR-${PERIOD}`, 'superseded'],
  ]);
  for (const { id } of [first, second, third])
    expect((await cio().get(`/reviews/${id}/verify`)).body.isIntact).toBe(true);
});

describe('while somebody else is at it', () => {
  const CHAIN = 'select 1 from audit_head for update';
  const REVIEWS = 'lock table reviews in share row exclusive mode';
  const frozenOnly = (period: string) => start(period).then(freeze);

  test('a correction is frozen while what it corrects is published: one comes first, and none waits for ever', async () => {
    const first = await frozenOnly('2026-Q1');
    const draft = await start('2026-Q1');
    const answers = await besideInTurn(api.databaseUrl, CHAIN, [() => frozenBy(draft), () => published(first)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 412]);
    expect([(await read(first.id)).state, (await read(draft.id)).state]).toEqual(['superseded', 'frozen']);
    const third = await start('2026-Q1');
    const turned = [() => published(answers[0]!.body as Review), () => frozenBy(third)];
    expect((await besideInTurn(api.databaseUrl, CHAIN, turned)).map(({ status }) => status)).toEqual([200, 200]);
    expect([(await read(draft.id)).state, (await read(third.id)).state]).toEqual(['published', 'frozen']);
  });

  test('what nobody read is not frozen: the refusal says what has changed', async () => {
    const draft = await start('2026-Q3');
    await api.sql(`update investment_costs set actual = actual + 1000, version = version + 1
      where id = (select id from investment_costs where actual is not null order by month limit 1)`);
    await api.sql('update data_versions set version = version + 1');
    const refused = await expectNoChange(api, () => frozenBy(draft));
    expectProblem(refused, 412, 'precondition-failed');
    expect(refused.body.detail).toMatch(/^What the draft says has changed since you read it, so nothing is frozen\./);
    const now = await read(draft.id);
    const [was, is] = [draft, now].map(({ document }) => document.figures[SPEND]!.full);
    expect(was).not.toBe(is);
    expect(refused.body.errors.map(({ message }: { message: string }) => message)).toContainEqual(
      expect.stringMatching(new RegExp(`: ${was} is now ${is}$`)),
    );
    const bare = { ...etag(now), 'Idempotency-Key': 'nothing read' };
    expectProblem(await cio().post(`/reviews/${now.id}/freeze`, { reason: 'x' }, bare), 422, 'validation-failed');
    expect((await freeze(now)).contentSha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('what a review names as agreed is not taken back while it is frozen', async () => {
    const before = await read('VR-2026-Q3');
    api.clock.advance(60_000);
    const agreed = async (text: string) =>
      (await cio().post(`/reviews/${before.id}/actions`, { kind: 'action', text })).body;
    const [gone, kept] = [await agreed('Taken back'), await agreed('Stays')];
    const withdraw = (action: { id: string; version: number }) =>
      cio().delete(`/reviews/${before.id}/actions/${action.id}`, etag(action));
    const draft = await start('2026-Q4');
    const answers = await besideInTurn(api.databaseUrl, REVIEWS, [() => withdraw(gone), () => frozenBy(draft)]);
    expect(answers.map(({ status }) => status)).toEqual([204, 412]);
    const now = await read(draft.id);
    const turned = await besideInTurn(api.databaseUrl, REVIEWS, [() => frozenBy(now), () => withdraw(kept)]);
    expect(turned.map(({ status }) => status)).toEqual([200, 409]);
  });
});

test('a draft that is of other months since fiscal years begin otherwise corrects nothing, and one that is begun then stands by itself', async () => {
  const starts = async (fiscalYearStartMonth: number): Promise<void> => {
    const { headers } = await api.as('admin').get('/settings');
    const etagOf = { 'If-Match': headers.get('etag')! };
    expect((await api.as('admin').patch('/settings', { fiscalYearStartMonth }, etagOf)).status).toBe(200);
  };
  const drafted = await start();
  expect(drafted.supersedes).toBe(`VR-${PERIOD}-v3`);
  await starts(4);
  expectProblem(await frozenBy(await read(drafted.id)), 409, 'conflict');
  expect((await cio().delete(`/reviews/${drafted.id}`, etag(drafted))).status).toBe(204);
  const own = await start();
  expect(own.supersedes).toBeNull();
  const { state } = await read(`VR-${PERIOD}-v3`);
  expect((await publish(await freeze(own))).state).toBe('published');
  expect([state, (await read(`VR-${PERIOD}-v3`)).state]).toEqual(['published', 'published']);
  await starts(1);
});

test('a review that nothing replaces is not superseded by SQL either', async () => {
  const code = 'VR-2026-Q4';
  const { id, state } = await read(code);
  const superseded = api.sql(`update reviews set state = 'superseded', version = version + 1 where id = $1`, [id]);
  await expect(superseded).rejects.toThrow('frozen');
  expect((await read(code)).state).toBe(state);
});

test('a review that its owner wrote anew with an event that says so is found', async () => {
  const { id } = await read(`VR-${PERIOD}-v3`);
  await api.sql(`alter table reviews disable trigger user`);
  await api.sql(`update reviews set document = replace(document, 'pilot', 'pilots') where id = $1`, [id]);
  await api.sql(`update reviews set sha256 = encode(sha256(document::bytea), 'hex') where id = $1`, [id]);
  await api.sql(`alter table reviews enable trigger user`);
  const [{ canonical } = { canonical: '' }] = await api.sql<{ canonical: string }>(
    `select canonical from audit_events where object_id = $1 and action = 'published' order by seq desc limit 1`,
    [id],
  );
  const [{ sha256 } = { sha256: '' }] = await api.sql<{ sha256: string }>('select sha256 from reviews where id = $1', [
    id,
  ]);
  const forged = JSON.parse(canonical) as { action: string; after: Record<string, unknown> };
  const event = { ...forged, action: 'frozen', after: { ...forged.after, sha256 } };
  await api.sql('select append_audit_event($1)', [JSON.stringify(event)]);
  const { isIntact, findings } = reviewVerification.parse((await cio().get(`/reviews/${id}/verify`)).body);
  expect([isIntact, findings.map(({ about }) => about)]).toEqual([false, expect.arrayContaining(['event'])]);
});
