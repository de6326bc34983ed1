import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { figureNameIn } from '../../server/contract/named-figure.js';
import type { Review } from '../../server/contract/review.js';
import type { RestatedFigure } from '../../server/contract/review-after.js';
import { save, stored } from '../support/entries.js';
import { brokenBridges, columnsOf, frozenReview, restatementOf } from '../support/frozen-reviews.js';
import { expectProblem, startApi, type Api } from '../support/harness.js';

let api: Api;
let before: Review;
let review: Review;
beforeAll(async () => {
  api = await startApi({ golden: true });
  before = await frozenReview(api, '2026-Q2');
  review = await frozenReview(api, '2026-Q3');
}, 120_000);
afterAll(() => api.stop());

const NOTHING_OTHER = { marks: [], gone: [], added: [] };
const REALISED = 'realised?span=to_date';
const figure = async (key: string): Promise<RestatedFigure> => {
  const restatement = await restatementOf(api, review.id);
  expect(brokenBridges(restatement)).toEqual([]);
  return restatement.figures.find((each) => each.key === key)!;
};

const publish = async ({ id, version }: Review): Promise<void> => {
  const { status } = await api.as('cio').post(`/reviews/${id}/publish`, {}, { 'if-match': `"v${version}"` });
  expect(status).toBe(200);
};

describe('What is true today of a frozen review', () => {
  test('is what was frozen, as long as nothing is changed, beside what the quarter before froze', async () => {
    const { restated, figures, previous, review: of } = await restatementOf(api, review.id);
    expect({ restated, code: of.code, previous: previous?.code }).toEqual({
      restated: 0,
      code: 'VR-2026-Q3',
      previous: 'VR-2026-Q2',
    });
    expect(previous?.sha256).toBe(before.sha256);
    expect(figures.map(({ key }) => key)).toEqual(Object.keys(review.document.figures).sort());
    for (const { key, frozen, today, bridge, restatement } of figures) {
      expect([key, today.text, today.value]).toEqual([key, frozen.text, review.document.figures[key]!.value]);
      expect([key, bridge, Number(restatement?.value ?? 0)]).toEqual([key, null, 0]);
    }
  });

  test('is, cell by cell and mark by mark, what was frozen: today’s sections are those of the document, made again', async () => {
    const { today, previous } = await columnsOf(api, review.id);
    const { sections } = review.document;
    const tables = sections.flatMap((section) => section.tables.map(({ id }) => `${section.id}/${id}`));
    for (const column of [today, previous!])
      expect(column.tables.map(({ section, id }) => `${section}/${id}`)).toEqual(tables);
    const others = today.tables.map(({ section, id, isThere, rows, added }) => ({
      table: `${section}/${id}`,
      isThere,
      gone: rows.filter((row) => row === null).length,
      others: rows.flatMap((row) => (row ?? []).filter((cell) => cell?.isOther)),
      added,
    }));
    const same = { isThere: true, gone: 0, others: [], added: { columns: [], rows: [], count: 0 } };
    expect(others).toEqual(tables.map((table) => ({ table, ...same })));
    const drawings = sections.flatMap((section) => section.drawings);
    expect(today.drawings.map(({ drawing }) => drawing)).toEqual(drawings);
    for (const { marks, gone, added } of today.drawings) expect({ marks, gone, added }).toEqual(NOTHING_OTHER);
    expect(today.added).toEqual([]);
  });

  test('takes from the quarter before what stood in the same place there: of its own quarter, and of the one before that', async () => {
    const { figures } = await restatementOf(api, review.id);
    const then = (key: string) => {
      const { frozen, previous, previousPeriod } = figures.find((each) => each.key === key)!;
      return [frozen.value, previous?.value, previousPeriod];
    };
    const [q2, q1] = ['flow.wip', 'flow.wip?period=2026-Q1'].map((key) => before.document.figures[key]!.value);
    expect([q2, q1]).toEqual(['5', '4']);
    expect(then('flow.wip')).toEqual([review.document.figures['flow.wip']!.value, q2, '2026 Q2']);
    expect(then('flow.wip?period=2026-Q2')).toEqual([q2, q1, '2026 Q1']);
    expect(then('outlook?period=2026-Q4&span=period')).toEqual([
      review.document.figures['outlook?period=2026-Q4&span=period']!.value,
      before.document.figures['outlook?period=2026-Q3&span=period']!.value,
      '2026 Q3',
    ]);
  });

  test('tells a corrected measurement with who did it, when, from what to what and why, and leaves the frozen figure as it was', async () => {
    api.clock.advance(60_000);
    const row = (await stored(api, 'BEN-2')).find(({ month }) => month === '2026-08')!;
    const items = [{ benefit: 'BEN-2', month: '2026-08', realised: '-2700.00', version: row['version'] }];
    expect((await save(api, items, { reason: 'Evidence withdrawn.' }, 'pm-core')).status).toBe(200);
    const { frozen, today, restatement, previous, sincePrevious, bridge } = await figure(REALISED);
    const was = review.document.figures[REALISED]!;
    expect([frozen.value, frozen.text]).toEqual([was.value, was.text]);
    expect((await api.as('cio').get(`/reviews/${review.id}`)).body.document.figures[REALISED]).toEqual(was);
    const now = (await api.as('cio').get('/trace/realised?span=to_date&period=2026-Q3')).body.value;
    expect([today.value, Number(restatement!.value)]).toEqual([now, 41.68]);
    expect(restatement!.text).toBe('+0.042 k USD');
    expect(Number(sincePrevious!.value)).toBeCloseTo(Number(was.value) - Number(previous!.value), 6);
    const [step, ...more] = bridge!;
    expect(more).toEqual([]);
    expect(step).toMatchObject({
      record: { type: 'benefit_value', code: 'BEN-2', name: 'Benefit 2', at: '2026-08' },
      was: { value: '-2741.68' },
      is: { value: '-2700.00' },
      effect: { value: '41.68', unit: 'USD' },
    });
    expect(step!.causes).toEqual([
      {
        seq: expect.any(Number),
        at: api.clock.now().toISOString(),
        actor: 'pm-core',
        action: 'entered',
        field: 'Realised',
        from: '-2741.68',
        to: '-2700.00',
        unit: 'USD',
        reason: 'Evidence withdrawn.',
      },
    ]);
    const rate = await figure('realisation_rate?span=to_date');
    if (rate) expect(rate.restatement!.text).toMatch(/ pp$/);
  });

  test('puts a changed exchange rate in a step of its own, after the value that changed before it', async () => {
    api.clock.advance(60_000);
    const { items } = (await api.as('finance').get('/exchange-rates?limit=200')).body;
    const rate = items.find(
      (each: { currency: string; month: string }) => each.currency === 'EUR' && each.month === '2026-08',
    );
    const path = `/exchange-rates/${rate.id}`;
    const { headers } = await api.as('finance').get(path);
    const reply = await api.as('finance').patch(path, { rate: '1.5' }, { 'if-match': headers.get('etag')! });
    expect(reply.status).toBe(200);
    const { bridge } = await figure('planned?span=to_date');
    const [rated, rounding, ...more] = bridge!;
    expect([rated!.record, more]).toEqual([
      { type: 'exchange_rate', code: 'EUR', name: 'Exchange rate of EUR', at: '2026-08' },
      [],
    ]);
    // Printed amounts add up: those of other months move by a cent, and back.
    expect([rounding!.record.type, rounding!.causes]).toEqual(['rounding', []]);
    expect(Math.abs(Number(rounding!.effect.value))).toBeLessThan(0.1);
    expect(rated!.causes).toMatchObject([{ field: 'Exchange rate', from: rate.rate, to: '1.5', actor: 'finance' }]);
    const realised = (await figure(REALISED)).bridge!;
    expect(realised[0]!.record.code).toBe('BEN-2');
    expect(realised[1]!.record.type).toBe('exchange_rate');
  });

  test('tells a value that was taken away with what it was', async () => {
    const row = (await stored(api, 'BEN-2')).find(({ month }) => month === '2026-07')!;
    const items = [{ benefit: 'BEN-2', month: '2026-07', realised: null, version: row['version'] }];
    expect((await save(api, items, { reason: 'Counted twice.' }, 'pm-core')).status).toBe(200);
    const step = (await figure(REALISED)).bridge!.find(({ record }) => record.at === '2026-07')!;
    expect(step).toMatchObject({ was: { value: '-2281.74' }, is: null, effect: { value: '2281.74' } });
    expect(step.causes).toMatchObject([{ field: 'Realised', from: '-2281.74', to: null, reason: 'Counted twice.' }]);
  });

  test('names what did it: a value with its reason, evidence that was withdrawn since; a cost wherever it flows; never an export, nor a rate of later', async () => {
    const change = async (item: object, reason: string) => {
      api.clock.advance(60_000);
      const row = (await stored(api, 'BEN-10')).find(({ month }) => month === '2026-08')!;
      const items = [{ month: '2026-08', version: row['version'], reason, ...item }];
      expect((await api.as('admin').put('/benefits/BEN-10/values', { items })).status).toBe(200);
    };
    await change({ realised: '7.00' }, 'Invoice came late.');
    await change({ evidence: null }, 'Evidence withdrawn.');
    expect((await api.as('admin').get('/exports/data.zip')).status).toBe(200);
    const later = { currency: 'EUR', month: '2031-07', rate: '1.2' };
    expect((await api.as('finance').post('/exchange-rates', later)).status).toBe(201);
    const { items: costs } = (await api.as('admin').get('/investments/INV-1/costs')).body;
    const cost = costs.find((each: { month: string }) => each.month === '2026-09')!;
    const more = { month: cost.month, kind: cost.kind, version: cost.version, actual: '987654.00' };
    expect((await api.as('admin').put('/investments/INV-1/costs', { items: [more] })).status).toBe(200);

    const stepOf = async (key: string) =>
      (await figure(key)).bridge!.find(({ record }) => record.code === 'BEN-10' && record.at === '2026-08')!;
    expect((await stepOf(REALISED)).causes).toMatchObject([
      { field: 'Realised', to: '7.00', reason: 'Invoice came late.' },
    ]);
    const gone = await stepOf('evidenced?span=to_date');
    expect(gone.is).toBeNull();
    expect(gone.causes.map(({ field, to, reason }) => [field, to, reason])).toEqual([
      ['Realised', '7.00', 'Invoice came late.'],
      ['Evidence', null, 'Evidence withdrawn.'],
    ]);
    const { figures } = await restatementOf(api, review.id);
    const all = figures.flatMap(({ bridge }) => bridge ?? []).flatMap(({ causes }) => causes);
    expect(
      all.filter(({ action, from, of }) => action === 'exported' || (from === null && of === 'EUR 2031-07')),
    ).toEqual([]);
    const shift = figures.find(({ key }) => key === 'alignment.funding_shift')!;
    for (const { causes } of shift.bridge!)
      expect(causes.map(({ of, field, to }) => [of, field, to])).toContainEqual([
        'INV-1 2026-09',
        'Actual',
        '987654.00',
      ]);
  });

  test('stays beside the review that it was frozen against, however often that is corrected since', async () => {
    const was = await restatementOf(api, review.id, [REALISED]);
    const row = (await stored(api, 'BEN-2')).find(({ month }) => month === '2026-05')!;
    const items = [{ benefit: 'BEN-2', month: '2026-05', realised: '-1.00', version: row['version'] }];
    expect((await save(api, items, { reason: 'Counted twice.' }, 'pm-core')).status).toBe(200);
    const corrected = await frozenReview(api, '2026-Q2');
    expect(corrected.document.figures[REALISED]!.value).not.toBe(before.document.figures[REALISED]!.value);
    const { previous, figures } = await restatementOf(api, review.id, [REALISED]);
    expect(previous).toEqual({
      ...{ id: before.id, code: 'VR-2026-Q2', revision: 1, period: '2026-Q2', periodName: '2026 Q2' },
      ...{ frozenAt: before.frozenAt, sha256: before.sha256 },
    });
    expect(previous).toEqual(review.document.previous);
    expect(figures[0]!.previous).toEqual(was.figures[0]!.previous);
    // A new one is compared with what people were told, and as long as they were told nothing with the latest.
    const compared = async () =>
      (await api.as('cio').get('/reviews/VR-2026-Q4')).body.document.previous as Review['document']['previous'];
    expect((await api.as('cio').post('/reviews', { period: '2026-Q4' })).status).toBe(201);
    await publish(await frozenReview(api, '2026-Q3'));
    await frozenReview(api, '2026-Q3');
    expect(await compared()).toMatchObject({ code: 'VR-2026-Q3-v2', revision: 2 });
  });

  test('stands in the appendix of the next review: what was told before and is another now, why, and beside its figures what was told then', async () => {
    const { document: then } = (await api.as('cio').get('/reviews/VR-2026-Q3-v2')).body as Review;
    api.clock.advance(60_000);
    const row = (await stored(api, 'BEN-2')).find(({ month }) => month === '2026-08')!;
    const items = [{ benefit: 'BEN-2', month: '2026-08', realised: '-2600.00', version: row['version'] }];
    expect((await save(api, items, { reason: 'Found again.' }, 'pm-core')).status).toBe(200);
    const { document } = (await api.as('cio').get('/reviews/VR-2026-Q4')).body as Review;
    const { tables } = document.sections.find(({ id }) => id === 'appendix')!;
    const tableOf = (id: string) => tables.find((table) => table.id === id)!;
    const { title, rows } = tableOf('restated');
    expect(title).toBe('Figures of 2026 Q3 that are others now than when VR-2026-Q3-v2 was frozen');
    const now = (await api.as('cio').get('/trace/realised?span=to_date&period=2026-Q3')).body.value;
    const told = rows.find(([name, , is]) => name!.text === figureNameIn(then)(REALISED) && is!.value === now)!;
    expect([told[1]!.value, told[3]!.value]).toEqual([then.figures[REALISED]!.value, '100.00']);
    expect(told[4]!.text).toContain('BEN-2 2026-08 Realised −2,700.00 USD → −2,600.00 USD, Found again, ');
    expect(new Set(rows.map(([name]) => name!.text)).size).toBe(rows.length);
    // Who it was is for those who read records: a review may be read by anybody who has its link.
    expect(rows.map((cells) => cells[4]!.text).join()).not.toContain('@');

    const inFull = tableOf('in-full');
    const at = inFull.columns.findIndex((column) => column.title === '2026 Q3, as frozen then');
    const ledger = inFull.rows.map((cells) => [cells[1]!.figure!, cells[at]!.text] as const);
    expect(new Map(ledger).get(REALISED)).toBe(then.figures[REALISED]!.full);
    const benefits = tableOf('benefits');
    const column = benefits.columns.findIndex((each) => each.title === 'Realised to 2026 Q3, as frozen then');
    const own = benefits.rows.find(([name]) => name!.text.startsWith('BEN-2 '))!;
    expect(own[column]!.value).toBe(then.figures[own[4]!.figure!]!.value);
    expect([benefits.total, benefits.listed]).toEqual([benefits.rows.length, undefined]);

    // Of more than pages list, the document has the numbers of all, and the records of those that are listed.
    await api.sql(
      `insert into benefits select (jsonb_populate_record(b, jsonb_build_object('id', gen_random_uuid(), 'code', 'ZZ-' || n))).*
       from benefits b, generate_series(1, 100) n where b.code = 'BEN-2'`,
    );
    await api.sql('update data_versions set version = version + 1');
    const more = (await api.as('cio').get('/reviews/VR-2026-Q4')).body as Review;
    const all = more.document.sections.at(-1)!.tables.find(({ id }) => id === 'benefits')!;
    expect([all.total, all.rows.length, all.listed]).toEqual([benefits.total + 100, benefits.total + 100, 100]);
    expect(all.rows.map((cells) => cells[4]!.figure !== null)).toEqual(all.rows.map((_, place) => place < 100));
    const [listed, unlisted] = [all.rows[99]!, all.rows[100]!];
    expect(unlisted.map(({ unit }) => unit)).toEqual(listed.map(({ unit }) => unit));
  });

  test('is nothing that a stakeholder is told, nor of a draft, nor of what is not there', async () => {
    expectProblem(await api.as('stakeholder-bu1').get(`/reviews/${review.id}/restatement`), 403, 'forbidden');
    expectProblem(await api.as('cio').get('/reviews/VR-2031-Q1/restatement'), 404, 'not-found');
    expectProblem(await api.as('cio').get('/reviews/VR-2026-Q4/restatement'), 409, 'conflict');
  });
});
