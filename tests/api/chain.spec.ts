/** The chain, its gaps and the value of a scope, as the API answers them: shape, scope, paging, and answers that are kept by version. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { chain as chainSchema, type Chain, gaps as gapsSchema, type Gap } from '../../server/contract/chain.js';
import { value as valueSchema, type Value } from '../../server/contract/benefit.js';
import { type Api, expectProblem, startApi } from '../support/harness.js';

const cents = (text: string): bigint => BigInt(text.replace('.', ''));
const sum = (texts: readonly string[]): bigint => texts.reduce((total, text) => total + cents(text), 0n);
/** Rounded parts of an exact whole: each may be off by half a cent. */
const expectNear = (found: bigint, wanted: bigint, parts: number): void => {
  const off = found > wanted ? found - wanted : wanted - found;
  expect(off <= BigInt(Math.ceil(parts / 2))).toBe(true);
};

const bump = (api: Api) => api.sql(`update data_versions set version = version + 1 where scope = 'enterprise'`);

describe('over the golden tables', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi({ golden: true });
  }, 60_000);
  afterAll(() => api.stop());

  const chain = async (path: string): Promise<Chain> => {
    const reply = await api.as('cio').get(path);
    expect(reply.status).toBe(200);
    return chainSchema.strict().parse(reply.body);
  };
  const value = async (path: string, person: 'cio' | 'stakeholder-bu1' = 'cio'): Promise<Value> => {
    const reply = await api.as(person).get(path);
    expect(reply.status).toBe(200);
    return valueSchema.strict().parse(reply.body);
  };

  test('what comes in at investments comes out at benefits or is left on the way, to the cent', async () => {
    const { totals, nodes } = await chain('/chain?period=2026-Q4');
    const benefits = nodes.filter((node) => node.type === 'benefit');
    expectNear(
      sum(benefits.map((node) => node.cost)) + cents(totals.unallocated),
      cents(totals.cost),
      benefits.length + 2,
    );
    const investments = nodes.filter((node) => node.type === 'investment');
    for (const kind of ['planned', 'forecast', 'realised', 'confirmed'] as const)
      expectNear(
        sum(investments.map((node) => node[kind])) + cents(totals.otherCauses[kind]),
        cents(totals[kind]),
        investments.length + 2,
      );
  });

  test('a scope filters costs and values and keeps nodes, links and shares', async () => {
    const whole = await chain('/chain?period=2026-Q4');
    const part = await chain('/chain?period=2026-Q4&portfolio=dig');
    const shape = (of: Chain) =>
      of.links.map(({ from, to, allocation, contribution }) => ({ from, to, allocation, contribution }));
    expect(shape(part)).toEqual(shape(whole));
    expect(part.nodes.map((node) => node.code)).toEqual(whole.nodes.map((node) => node.code));
    expect(cents(part.totals.cost) < cents(whole.totals.cost)).toBe(true);
  });

  test('span=period counts the months of the period only; the periods of a year add up to its last', async () => {
    const quarters = await Promise.all(
      ['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4'].map((period) => chain(`/chain?span=period&period=${period}`)),
    );
    const toDate = await chain('/chain?period=2025-Q4');
    expectNear(sum(quarters.map((quarter) => quarter.totals.cost)), cents(toDate.totals.cost), 5);
    expect(quarters.every((quarter) => quarter.span === 'period')).toBe(true);
  });

  test('without a period the current one is meant, by the clock and the settings', async () => {
    expect((await chain('/chain')).period).toBe('2026-Q4');
    api.clock.set('2026-04-01T00:00:00.000Z');
    expect((await value('/value')).period).toBe('2026-Q2');
    api.clock.set('2026-11-21T12:00:00.000Z');
  });

  test('a trace holds one node, all that its cost reaches and all that its value comes from', async () => {
    const whole = await chain('/chain?period=2026-Q4');
    const trace = await chain('/chain/capability/cap-2/trace?period=2026-Q4');
    const node = whole.nodes.find((each) => each.code === 'CAP-2')!;
    expect(trace.totals.cost).toBe(node.cost);
    expect(trace.totals.planned).toBe(node.planned);
    const down = trace.nodes.filter((each) => each.type === 'outcome' || each.type === 'benefit');
    expect(sum(down.filter((each) => each.type === 'benefit').map((each) => each.cost)) > 0n).toBe(true);
    // The cost of other nodes of its own layer and of those before it is zero.
    for (const each of trace.nodes.filter((found) => found.code !== 'CAP-2' && !down.includes(found)))
      expect(each.cost).toBe('0.00');
    const codes = new Set(trace.nodes.map((each) => each.code));
    expect(trace.links.every((link) => codes.has(link.from.code) && codes.has(link.to.code))).toBe(true);
    expect(trace.nodes.length < whole.nodes.length).toBe(true);
    expectProblem(await api.as('cio').get('/chain/capability/INI-1/trace'), 404, 'not-found');
    expectProblem(await api.as('cio').get('/chain/planet/INI-1/trace'), 422, 'validation-failed');
  });

  test('each step of the funnel falls by the losses of its benefits, and months and types add up to it', async () => {
    const found = await value('/value?period=2026-Q4');
    const { planned, realised, confirmed, traced } = found.funnel;
    const fall = {
      realised: cents(planned) - cents(realised),
      confirmed: cents(realised) - cents(confirmed),
      traced: cents(confirmed) - cents(traced),
    };
    for (const step of ['realised', 'confirmed', 'traced'] as const) {
      const losses = found.losses.filter((loss) => loss.step === step).map((loss) => loss.amount);
      expectNear(sum(losses), fall[step], losses.length + 1);
    }
    const amounts = found.losses.map((loss) => cents(loss.amount));
    expect([...amounts].sort((a, b) => (a === b ? 0 : a > b ? -1 : 1))).toEqual(amounts);
    for (const kind of ['planned', 'realised', 'confirmed'] as const) {
      expectNear(sum(found.byMonth.map((month) => month[kind])), cents(found.funnel[kind]), found.byMonth.length);
      expectNear(sum(found.byType.map((type) => type[kind])), cents(found.funnel[kind]), found.byType.length);
    }
    expect(found.byType.reduce((total, type) => total + type.benefits, 0)).toBe(found.counts.benefits);
    expect(found.realisationRate).toBeCloseTo(Number(realised) / Number(planned), 6);
  });

  test('a stakeholder gets the value of own units with all below them, asked or not, and no chain', async () => {
    const own = await value('/value?period=2026-Q4', 'stakeholder-bu1');
    expect(own.benefits.map((benefit) => benefit.code)).toEqual(['BEN-3', 'BEN-4', 'BEN-14', 'BEN-16']);
    expect(own).toEqual(await value('/value?period=2026-Q4&orgUnit=BU1'));
    expect(own).toEqual(await value('/value?period=2026-Q4&orgUnit=bu1', 'stakeholder-bu1'));
    for (const foreign of ['orgUnit=BU2', 'orgUnit=ENT', 'portfolio=DIG', 'orgUnit=NONE', 'portfolio=NONE'])
      expectProblem(await api.as('stakeholder-bu1').get(`/value?${foreign}`), 404, 'not-found');
    expectProblem(await api.as('stakeholder-bu1').get('/chain'), 403, 'forbidden');
    expectProblem(await api.as('stakeholder-bu1').get('/chain/gaps'), 403, 'forbidden');
    expectProblem(await api.as('anonymous').get('/value'), 401, 'unauthenticated');
  });

  test.each(['/chain', '/chain/gaps', '/value', '/chain/benefit/BEN-1/trace', '/trace/spend'])(
    '%s refuses a scope that is not there and a word that it does not know',
    async (path) => {
      for (const scope of ['portfolio=NONE', 'orgUnit=NONE', 'portfolio=00000000-0000-7000-8000-000000000000'])
        expectProblem(await api.as('cio').get(`${path}?${scope}`), 404, 'not-found');
      expectProblem(await api.as('cio').get(`${path}?periode=2026-Q4`), 422, 'validation-failed');
      expectProblem(await api.as('cio').get(`${path}?period=2026`), 422, 'validation-failed');
    },
  );

  test('pages of gaps join up without a gap, the largest amount first', async () => {
    const all = gapsSchema.strict().parse((await api.as('cio').get('/chain/gaps?period=2026-Q4&limit=500')).body);
    const items: Gap[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = gapsSchema.parse(
        (await api.as('cio').get(`/chain/gaps?period=2026-Q4&limit=7${cursor && `&cursor=${cursor}`}`)).body,
      );
      expect(page.total).toBe(all.total);
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(items).toEqual(all.items);
    const amounts = items.map((gap) => cents(gap.amountAtStake));
    expect([...amounts].sort((a, b) => (a === b ? 0 : a > b ? -1 : 1))).toEqual(amounts);
    expect(all.counts.reduce((total, { count }) => total + count, 0)).toBe(all.total);
    const one = gapsSchema.parse((await api.as('cio').get('/chain/gaps?period=2026-Q4&kind=no_owner')).body);
    expect([one.total, one.items.length, new Set(one.items.map((gap) => gap.kind))]).toEqual([
      7,
      7,
      new Set(['no_owner']),
    ]);
    expect(one.counts).toEqual(all.counts);
    expectProblem(await api.as('cio').get('/chain/gaps?cursor=bm9uZQ'), 422, 'validation-failed');
  });

  test('in a scope only its own records are gaps; capabilities and outcomes belong to no portfolio', async () => {
    const inPortfolio = gapsSchema.parse((await api.as('cio').get('/chain/gaps?portfolio=DIG&limit=500')).body);
    const owned = await api.sql<{ code: string }>(
      `select x.code from (select code, portfolio_id from investments union all select code, portfolio_id from initiatives union all
         select code, portfolio_id from benefits) x join portfolios p on p.id = x.portfolio_id where p.code = 'DIG'`,
    );
    const codes = new Set(owned.map((row) => row.code));
    expect(inPortfolio.items.filter((gap) => !codes.has(gap.code))).toEqual([]);
    expect(inPortfolio.items.length).toBeGreaterThan(0);
    const inUnit = gapsSchema.parse((await api.as('cio').get('/chain/gaps?orgUnit=BU1&limit=500')).body);
    expect(new Set(inUnit.items.map((gap) => gap.type)).has('outcome')).toBe(true);
  });
});

describe('over a few records', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi();
  }, 60_000);
  afterAll(() => api.stop());

  const insert = async (table: string, row: Record<string, unknown>): Promise<string> => {
    const names = Object.keys(row);
    const text = `insert into ${table} (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')}) returning id`;
    return (await api.sql<{ id: string }>(text, Object.values(row)))[0]!.id;
  };
  const link = (fromType: string, from: string, toType: string, to: string) =>
    insert('links', { from_type: fromType, from_id: from, to_type: toType, to_id: to });
  const upfront = async (): Promise<string[]> => {
    await bump(api);
    const { body } = await api.as('cio').get('/chain/gaps?period=2026-Q4&kind=value_not_defined_upfront&limit=500');
    return gapsSchema
      .parse(body)
      .items.map((gap) => gap.code)
      .sort();
  };

  test('value is not defined upfront where the first plan date lies after the start of the first initiative that leads to it', async () => {
    const outcome = await insert('outcomes', { code: 'O', name: 'O' });
    const capability = await insert('capabilities', { code: 'C', name: 'C' });
    const early = await insert('initiatives', { code: 'EARLY', name: 'Early', start_date: '2025-03-01' });
    const late = await insert('initiatives', { code: 'LATE', name: 'Late', start_date: '2025-06-01' });
    const dateless = await insert('initiatives', { code: 'DATELESS', name: 'No start' });
    for (const initiative of [early, late, dateless]) await link('initiative', initiative, 'capability', capability);
    await link('capability', capability, 'outcome', outcome);
    const benefit = async (code: string, row: Record<string, unknown> = {}): Promise<string> => {
      const id = await insert('benefits', { code, name: code, currency: 'USD', ...row });
      await link('outcome', outcome, 'benefit', id);
      return id;
    };
    await benefit('ON-THE-DAY', { approved_on: '2025-03-01' });
    await benefit('DAY-AFTER', { approved_on: '2025-03-02' });
    await benefit('NEVER-PLANNED');
    await insert('benefits', { code: 'UNLINKED', name: 'Unlinked', approved_on: '2026-01-01' });
    const enter = async (id: string, at: string): Promise<void> => {
      await api.sql(
        `insert into benefit_values (benefit_id, month, planned, changed_by, reason, first_planned_at)
           values ($1, '2026-01-01', 10, 'a@tests.example', 'entered later', $2)`,
        [id, at],
      );
    };
    // Approved late, entered in time: the earlier of the two counts. The day is that of the reporting time zone.
    await enter(await benefit('ENTERED-BEFORE', { approved_on: '2025-12-01' }), '2025-02-28T23:30:00Z');
    await enter(await benefit('ENTERED-AFTER'), '2025-03-02T00:30:00Z');
    await enter(await benefit('ENTERED-THAT-NIGHT'), '2025-03-02T03:00:00Z');
    expect(await upfront()).toEqual(['DAY-AFTER', 'ENTERED-AFTER', 'ENTERED-THAT-NIGHT']);
    await api.sql(`update settings set reporting_time_zone = 'America/New_York', version = version + 1`);
    expect(await upfront()).toEqual(['DAY-AFTER']);
    await api.sql(`update settings set reporting_time_zone = 'UTC', version = version + 1`);
    // Without the early initiative the first is the late one.
    await api.sql(`update initiatives set start_date = null, version = version + 1 where code = 'EARLY'`);
    expect(await upfront()).toEqual([]);
  });

  test('what is archived counts nowhere, and a blank currency of an investment is the reporting currency', async () => {
    const kept = await insert('investments', { code: 'KEPT', name: 'Kept' });
    const gone = await insert('investments', { code: 'GONE', name: 'Gone', currency: 'USD' });
    for (const investment of [kept, gone])
      await insert('investment_costs', {
        investment_id: investment,
        month: '2026-01-01',
        kind: 'opex',
        actual: '100.10',
      });
    await insert('investment_costs', {
      investment_id: kept,
      month: '2026-02-01',
      kind: 'opex',
      actual: '1',
      archived_at: '2026-03-01',
    });
    await api.sql(`update investments set archived_at = now(), version = version + 1 where code = 'GONE'`);
    await bump(api);
    const found = chainSchema.parse((await api.as('cio').get('/chain?period=2026-Q4')).body);
    expect(found.totals.cost).toBe('100.10');
    expect(found.nodes.filter((node) => node.type === 'investment').map((node) => node.code)).toEqual(['KEPT']);
    expectProblem(await api.as('cio').get('/chain/investment/GONE/trace'), 404, 'not-found');
  });

  test('an empty enterprise has sums of 0 and no rates', async () => {
    const other = await startApi();
    try {
      const found = valueSchema.parse((await other.as('cio').get('/value')).body);
      expect(found.funnel).toEqual({ planned: '0.00', realised: '0.00', confirmed: '0.00', traced: '0.00' });
      expect([found.realisationRate, found.measuredRate, found.coverage, found.counts.benefits]).toEqual([
        null,
        null,
        null,
        0,
      ]);
      expect(chainSchema.parse((await other.as('cio').get('/chain')).body).assumedShare).toBeNull();
    } finally {
      await other.stop();
    }
  });
});
