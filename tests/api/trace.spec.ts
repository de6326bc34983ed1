/** Every figure can be followed to its records, and they add up to it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  ADDED_FIGURES as FIGURES,
  type Figure,
  trace as traceSchema,
  type Trace,
  traceRecords,
  type TraceRecords,
} from '../../server/contract/trace.js';
import { parametersOf } from '../../server/trace/parameters.js';
import { type Api, expectProblem, type Person, startApi } from '../support/harness.js';
import { named } from '../support/trace-questions.js';

/** All ways to ask for a figure. */
const waysOf = (figure: Figure): string[] => {
  const { spans, until, nature } = parametersOf(figure);
  const ends = (span: string): string[] =>
    until && (span === 'later' || span === 'life' || spans.length === 1) ? ['', '&until=2027-Q1'] : [''];
  const natures = nature ? ['', '&nature=cashable', '&nature=non_cashable'] : [''];
  return spans.flatMap((span) => ends(span).flatMap((end) => natures.map((of) => `&span=${span}${end}${of}`)));
};

/** Decimal text as whole units of 10^-12. */
const exact = (text: string): bigint => {
  const [, sign, whole, part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)!;
  const units = BigInt(whole! + part.padEnd(12, '0').slice(0, 12));
  return sign ? -units : units;
};

describe('traces', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi({ golden: true });
    const action = { code: 'ACT-T', benefitCode: 'BEN-4', title: 'Train the agents', effectAmount: '1200.5' };
    expect((await api.as('admin').post('/corrective-actions', action)).status).toBe(201);
    const indicator = { code: 'IND-T', name: 'Calls', unit: 'calls a day', servesCode: 'OUT-1' };
    expect((await api.as('admin').post('/indicators', indicator)).status).toBe(201);
    const items = [{ month: '2026-08', value: '377.25' }];
    expect((await api.as('admin').put('/indicators/IND-T/values', { items })).status).toBe(200);
  }, 60_000);
  afterAll(() => api.stop());

  const read = async (path: string, person: Person = 'cio'): Promise<Trace> => {
    const reply = await api.as(person).get(path);
    expect({ path, status: reply.status, text: reply.status === 200 ? '' : reply.text }).toEqual({
      path,
      status: 200,
      text: '',
    });
    return traceSchema.strict().parse(reply.body);
  };

  /** All pages, by small ones, so that rounding is carried over their borders. */
  const readRecords = async (url: string, person: Person = 'cio'): Promise<TraceRecords> => {
    const items: TraceRecords['items'] = [];
    let cursor: string | null = null;
    for (;;) {
      const reply = await api.as(person).get(`${url}&limit=40${cursor ? `&cursor=${cursor}` : ''}`);
      expect({ url, status: reply.status, text: reply.status === 200 ? '' : reply.text }).toEqual({
        url,
        status: 200,
        text: '',
      });
      const page = traceRecords.strict().parse(reply.body);
      items.push(...page.items);
      cursor = page.nextCursor;
      if (cursor === null) return { ...page, items };
    }
  };

  const expectRecordsToAddUp = async (found: Trace, person: Person = 'cio'): Promise<void> => {
    const records = await readRecords(found.records.url, person);
    expect(records.items).toHaveLength(found.records.count);
    expect(records.total.count).toBe(found.records.count);
    const sum = records.items.reduce((total, item) => total + exact(item.amount), 0n);
    expect(sum).toBe(exact(records.total.amount));
    // What is earned back, and when, is read off the net of each month: the records add up to value less cost.
    if (/^case\.(irr|payback|roi)$/.test(found.figure)) {
      const [value, cost] = found.inputs.slice(-2).map((input) => (input.value === null ? 0n : exact(input.value)));
      const cent = exact('0.01');
      const off = exact(records.total.amount) - (value! - cost!);
      expect(off <= cent && off >= -cent).toBe(true);
      return;
    }
    // A share's records are those of its numerator, which is its first input; a share that a link states has none, parts of a value are themselves.
    const isPart = /^node\.(un)?credit(ed)?_shares?$/.test(found.figure);
    const isOfInput = (found.unit === 'share' && !isPart) || found.figure.startsWith('case.driver_');
    const wanted = isOfInput ? (found.inputs[0] ?? found) : found;
    if (wanted.value === null) return;
    expect({ figure: found.figure, total: records.total.amount, unit: records.unit }).toEqual({
      figure: found.figure,
      total: wanted.value,
      unit: wanted.unit,
    });
  };

  // Halfway through what the tables hold: values lie before and after it.
  const PERIOD = '2026-Q2';
  const scopes = ['', '&portfolio=DIG', '&orgUnit=BU1'] as const;
  const asked = FIGURES.flatMap((figure) => [
    ...waysOf(figure).map((way) => [figure, way] as const),
    ...scopes.slice(1).map((scope) => [figure, scope] as const),
  ]);

  test.each(asked)('%s%s: the records add up to the figure', async (figure, way) => {
    const found = await read(`/trace/${figure}?period=${PERIOD}${way}${named(figure)}`);
    await expectRecordsToAddUp(found);
  });

  test.each([...scopes, '&span=period', '&span=later', '&span=life&until=2026-Q4', '&nature=cashable'])(
    'every input has the value that its own trace gives, down to the records: whole%s',
    async (scope) => {
      const values = new Map<string, string | null>();
      const follow = async (path: string): Promise<string | null> => {
        if (values.has(path)) return values.get(path)!;
        const found = await read(path);
        values.set(path, found.value);
        for (const { label, value, trace } of found.inputs)
          if (trace) expect({ path, label, value: await follow(trace) }).toEqual({ path, label, value });
        return found.value;
      };
      const { span = 'to_date', until, nature } = Object.fromEntries(new URLSearchParams(scope));
      const figures = FIGURES.filter((figure) => {
        const knows = parametersOf(figure);
        return knows.spans.some((each) => each === span) && (!until || knows.until) && (!nature || knows.nature);
      });
      for (const figure of figures) await follow(`/trace/${figure}?period=${PERIOD}${scope}${named(figure)}`);
      expect(values.size).toBeGreaterThan(figures.length);
    },
    60_000,
  );

  test('the figures are those of /chain, /value and /chain/gaps', async () => {
    const chain = (await api.as('cio').get('/chain?period=2026-Q4')).body;
    const value = (await api.as('cio').get('/value?period=2026-Q4')).body;
    const gaps = (await api.as('cio').get('/chain/gaps?period=2026-Q4')).body;
    const figure = async (name: string, rest = ''): Promise<string | null> =>
      (await read(`/trace/${name}?period=2026-Q4${rest}`)).value;
    expect(await figure('spend')).toBe(chain.totals.cost);
    for (const step of ['planned', 'realised', 'confirmed', 'traced'])
      expect(await figure(step)).toBe(value.funnel[step]);
    for (const rate of [
      ['realisation_rate', value.realisationRate],
      ['measured_rate', value.measuredRate],
      ['coverage', value.coverage],
      ['assumed_share', chain.assumedShare],
    ] as const)
      expect(Number(await figure(rate[0]))).toBeCloseTo(rate[1] as number, 9);
    for (const layer of chain.totals.reached) {
      expect(await figure(`reached.${layer.type}`)).toBe(layer.cost);
      if (layer.type !== 'benefit') expect(await figure(`lost.${layer.type}`)).toBe(layer.unallocated);
    }
    for (const { kind, count, amountAtStake, noStake } of gaps.counts) {
      expect(await figure('gap', `&kind=${kind}`)).toBe(String(count));
      expect(await figure('gap_at_stake', `&kind=${kind}`)).toBe(noStake === null ? amountAtStake : null);
    }
    for (const node of chain.nodes.filter((each: { code: string }) =>
      /^(INV-1|INI-9|CAP-2|OUT-1|BEN-4)$/.test(each.code),
    ))
      for (const quantity of ['cost', 'planned', 'realised', 'confirmed', 'forecast'])
        expect(await figure(`node.${quantity}`, `&type=${node.type}&ref=${node.code}`)).toBe(node[quantity]);
  });

  test('a benefit that is not money is traced in its own unit', async () => {
    const value = (await api.as('cio').get('/value?period=2026-Q4')).body;
    for (const code of ['BEN-3', 'BEN-5', 'BEN-8', 'BEN-16']) {
      const benefit = value.benefits.find((each: { code: string }) => each.code === code);
      for (const kind of ['planned', 'realised', 'confirmed'] as const) {
        const found = await read(`/trace/node.${kind}?period=2026-Q4&type=benefit&ref=${code}`);
        expect({ code, kind, value: found.value, unit: found.unit }).toEqual({
          code,
          kind,
          value: benefit[kind],
          unit: 'points',
        });
        await expectRecordsToAddUp(found);
      }
    }
  });

  test('a figure without a value says why', async () => {
    const rate = await read('/trace/realisation_rate?period=2020-Q1');
    expect([rate.value, rate.nullReason]).toEqual([null, 'nothing_planned']);
    const spend = await read('/trace/spend?period=2020-Q1');
    expect([spend.value, spend.nullReason, spend.records.count]).toEqual(['0.00', null, 0]);
  });

  test('the quality says how much is assumed and how much is unmeasured', async () => {
    const spend = await read('/trace/traced_spend?period=2026-Q4');
    expect(spend.quality).toEqual([expect.stringMatching(/^\d+ of 69 links carry an assumed share/)]);
    const realised = await read('/trace/realised?period=2026-Q4');
    expect(realised.quality[0]).toMatch(/^2 of 12 money benefits have no realised value/);
  });

  test('a stakeholder traces figures of own benefits, and of nothing else', async () => {
    const own = await read('/trace/planned?period=2026-Q4', 'stakeholder-bu1');
    const unit = await read('/trace/planned?period=2026-Q4&orgUnit=BU1');
    expect(own.value).toBe(unit.value);
    await expectRecordsToAddUp(own, 'stakeholder-bu1');
    const listed = (await readRecords(own.records.url, 'stakeholder-bu1')).items.map((item) => item.code);
    expect([...new Set(listed)].sort()).toEqual(['BEN-14', 'BEN-4']);
    for (const input of own.inputs) if (input.trace) await read(input.trace, 'stakeholder-bu1');
    expectProblem(await api.as('stakeholder-bu1').get('/trace/spend?period=2026-Q4'), 403, 'forbidden');
    expectProblem(await api.as('stakeholder-bu1').get('/trace/node.planned?type=benefit&ref=BEN-1'), 404, 'not-found');
    expectProblem(
      await api.as('stakeholder-bu1').get('/trace/node.planned?type=initiative&ref=INI-9'),
      404,
      'not-found',
    );
    expectProblem(await api.as('stakeholder-bu1').get('/trace/planned?orgUnit=BU2'), 404, 'not-found');
  });

  test('the history is of the records behind the figure, and a stakeholder sees no foreign one', async () => {
    const [foreign] = await api.sql<{ id: string }>(`select id from benefits where code = 'BEN-1'`);
    const event = {
      at: '2026-11-20T00:00:00.000Z',
      actor: 'a@tests.example',
      action: 'changed',
      objectType: 'benefit_value',
      objectId: foreign!.id,
      objectCode: 'BEN-1',
    };
    await api.sql('select append_audit_event($1)', [JSON.stringify(event)]);
    await api.sql(`update data_versions set version = version + 1 where scope = 'enterprise'`);
    expect((await read('/trace/planned?period=2026-Q4')).history[0]).toMatchObject({
      actor: 'a@tests.example',
      object: 'benefit_value BEN-1',
    });
    expect((await read('/trace/planned?period=2026-Q4', 'stakeholder-bu1')).history).toEqual([]);
    // An import touches everything; a stakeholder is not told of it, because it may have been of foreign records.
    expect((await read('/trace/spend?period=2026-Q4')).history.map((each) => each.object)).toEqual(['import']);
    const objects = async (ref: string): Promise<string[]> =>
      (await read(`/trace/node.planned?type=benefit&ref=${ref}`)).history.map((each) => each.object);
    expect(await objects('BEN-1')).toEqual(['benefit_value BEN-1', 'import']);
    expect(await objects('BEN-2')).toEqual(['import']);
  });

  test('a figure that is not fully named is refused with what is missing', async () => {
    expectProblem(await api.as('cio').get('/trace/node.cost'), 422, 'validation-failed');
    expectProblem(await api.as('cio').get('/trace/status'), 422, 'validation-failed');
    expectProblem(await api.as('cio').get('/trace/gap?kind=on_track'), 422, 'validation-failed');
    expectProblem(await api.as('cio').get('/trace/node.variance?type=initiative&ref=INI-9'), 422, 'validation-failed');
    expectProblem(await api.as('cio').get('/trace/spend/records?cursor=nonsense'), 422, 'validation-failed');
    for (const figure of FIGURES.filter((each) => each.startsWith('node.')))
      for (const end of ['', '/records'])
        expectProblem(await api.as('cio').get(`/trace/${figure}${end}?type=benefit&ref=NONE`), 404, 'not-found');
  });

  test.each([
    ['spend?span=life', 'The figure spend is known for the spans period, to_date only.'],
    ['node.cost?span=later&type=initiative&ref=INI-9', 'The figure node.cost is known for the spans'],
    ['expected?span=period', 'The figure expected is known for the spans to_date only.'],
    ['spend?nature=cashable', 'The figure spend is not split by nature. Leave nature out.'],
    ['spend?until=2027-Q1', 'The figure spend always ends with its period. Leave until out.'],
    ['planned?until=2027-Q1', 'Only the spans later and life end at another period.'],
    ['planned?span=life&until=2026-Q1', 'until must not lie before the period 2026-Q2.'],
    ['spend?type=initiative', 'The figure spend is not of one record. Leave type out.'],
    ['spend?ref=INI-9', 'The figure spend is not of one record. Leave ref out.'],
    ['status?kind=off_track&ref=BEN-1', 'The figure status is not of one record. Leave ref out.'],
    ['realised?kind=no_owner', 'The figure realised is not split by kind. Leave kind out.'],
    ['node.cost?type=initiative&ref=INI-9&kind=no_owner', 'The figure node.cost is not split by kind. Leave kind out.'],
  ])('%s is refused with a sentence', async (path, message) => {
    const reply = await api.as('cio').get(`/trace/${path}&period=2026-Q2`);
    expectProblem(reply, 422, 'validation-failed');
    expect(reply.body.errors[0].message).toContain(message);
  });
});
