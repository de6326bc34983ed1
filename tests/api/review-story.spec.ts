/** What sentences by rule tell of records: each rule with records that make it true, and silent without them. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { profile } from '../../server/contract/overview.js';
import { review, type Review } from '../../server/contract/review.js';
import { printed } from '../../server/core/review/narrative.js';
import { type Api, emailOf, startApi } from '../support/harness.js';
import { smallChain } from '../support/small-chain.js';

const PERIOD = '2026-Q1';
let api: Api;
let before: Review;
let after: Review;
beforeAll(async () => {
  api = await startApi();
  await smallChain(api);
  before = review.parse((await api.as('cio').post('/reviews', { period: PERIOD })).body);
  await api.sql(RECORDS);
  await api.sql(`update data_versions set version = version + 1`);
  after = review.parse((await api.as('cio').get(`/reviews/${before.id}`)).body);
}, 60_000);
afterAll(() => api.stop());

/** The decision that holds up most has been open for the shortest time. */
const RECORDS = `
  update initiatives set version = version + 1, status = 'delivered', end_date = '2026-03-15' where code = 'N1';
  update initiatives set version = version + 1, status = 'delivered', end_date = '2026-04-01' where code = 'N2';
  insert into priorities (code, name) values ('P1', 'Grow online');
  update outcomes set version = version + 1, target = 10, baseline = 0, priority_id = (select id from priorities where code = 'P1'), target_date = '2026-03-31' where code = 'O1';
  insert into outcome_measurements (outcome_id, measured_on, value) select id, '2026-03-10', 12 from outcomes where code = 'O1';
  update benefits set version = version + 1, nature = 'cashable', owner_email = 'ann@tests.example' where code in ('B1', 'B2');
  update benefits set version = version + 1, owner_email = '${emailOf('finance').toUpperCase()}', declared_note = 'The vendor is late.' where code = 'B1';
  insert into benefit_values (benefit_id, month, planned, changed_by) select id, '2026-03-01', 10, 'a@tests.example' from benefits where code = 'B2';
  insert into benefit_values (benefit_id, month, planned, changed_by) select id, '2026-08-01', 120, 'a@tests.example' from benefits where code = 'B2';
  insert into decisions (code, title, raised_at, decided_at, outcome, given_up)
    values ('D-1', 'Which shop', '2026-01-05T10:00Z', '2026-02-05T10:00Z', 'approved', 'Building it');
  insert into decision_options (decision_id, name, chosen) select id, 'Buying it', true from decisions where code = 'D-1';
  insert into decisions (code, title, raised_at, needed_by) select 'W-' || n, 'Wait', timestamptz '2025-06-01T10:00Z' + n * interval '1 day', '2027-01-01'
    from generate_series(1, 14) n;
  insert into decisions (code, title, raised_at, needed_by, about_type, about_id)
    select 'D-2', 'Who sells', '2026-03-01T10:00Z', '2026-03-10', 'outcome', id from outcomes where code = 'O1'`;

const told = ({ document }: Review, section: string): Map<string, string> =>
  new Map(
    document.sections
      .find(({ id }) => id === section)!
      .sentences.map(({ id, text }) => [id, printed(text, document.figures)]),
  );

describe('the quarter is told by what is recorded of it', () => {
  test('what was delivered, and which outcomes reached their target, for which priority', () => {
    const [then, now] = [told(before, 'headline'), told(after, 'headline')];
    expect(['built', 'enabled', 'attained'].map((id) => then.get(id))).toEqual([
      'No initiative was delivered in the quarter.',
      'No outcome reached its target for the first time in the quarter.',
      undefined,
    ]);
    expect(now.get('built')).toBe(
      'Delivered to the business in the quarter: N1 Name of N1 (for the priority “Grow online”).',
    );
    expect(now.get('enabled')).toBe(
      'The business reached the target of these outcomes in the quarter: O1 Name of O1 (for the priority “Grow online”).',
    );
    // B1 has realised 20.50 in the quarter, all of it by O1; spend of May reaches it later.
    expect(now.get('realised.P1')).toBe(
      'For the priority “Grow online” the business realised 20.5 USD through O1 Name of O1 to date.',
    );
    expect(now.get('attained')).toBe('Of the outcomes that were due so far, 100.0 % reached their target.');
  });

  test('why benefits fell short', () => {
    const why = (of: Review) => [...told(of, 'benefits')].filter(([id]) => id.startsWith('why.'));
    expect(why(before).map(([, text]) => text)).toEqual([
      expect.stringMatching(/^B1 Name of B1 .+ fell short, and nobody has recorded why\.$/),
    ]);
    expect(why(after).map(([, text]) => text)).toEqual([
      expect.stringMatching(
        /^B1 Name of B1 \(−19\.50? USD, for the priority “Grow online”\) fell short: its owner says “The vendor is late”\.$/,
      ),
    ]);
  });

  test('which trade-off was decided, what waits, and what is held up most of all that is open', () => {
    const [then, now] = [told(before, 'decisions'), told(after, 'decisions')];
    expect([...then.keys()].filter((id) => /^(traded|late|delay)/.test(id))).toEqual([]);
    expect(now.get('traded.D-1')).toBe('D-1 Which shop: “Buying it” was chosen, and “Building it” given up for it.');
    expect(now.get('late')).toBe('The business waits past the day for a decision on D-2 Who sells.');
    expect(now.get('delay')).toMatch(/^Most is held up by D-2 Who sells: .+ USD of planned benefit for each month/);
    const costs = Object.keys(after.document.figures).filter((key) => key.startsWith('decision.delay_cost'));
    expect(costs.length).toBeLessThanOrEqual(13);
  });

  test('owners stand by their names, an address only where nobody has a name for it; rows of a table are told apart', async () => {
    const [user] = await api.sql<{ name: string }>('select name from users where email = $1', [emailOf('finance')]);
    const table = (section: string, id: string) =>
      after.document.sections.find((each) => each.id === section)!.tables.find((each) => each.id === id)!.rows;
    const owners = table('appendix', 'benefits').map(([name, owner]) => [name!.text.slice(0, 2), owner!.text]);
    expect(owners.slice(0, 3)).toEqual([
      ['B1', user!.name],
      ['B2', 'ann@tests.example'],
      ['B3', 'No owner'],
    ]);
    const figures = table('appendix', 'in-full').map(([name]) => name!.text);
    expect(new Set(figures).size).toBe(figures.length);
    expect(figures).toEqual(
      expect.arrayContaining(['Realised value, to date', expect.stringMatching(/^Realised value, in 20\d\d Q\d$/)]),
    );
    // The table says of what they are breaks; a row says of which kind.
    expect(table('money', 'gaps').map(([kind]) => kind!.text)).toContain('Outcome without capability');
  });

  test('a quarter that is provisional on the overview is provisional in the drawing', async () => {
    const { quarters } = profile.parse((await api.as('cio').get(`/overview/profile?period=${PERIOD}`)).body);
    const drawn = after.document.sections.flatMap(({ drawings }) => drawings).find(({ kind }) => kind === 'profile');
    if (drawn?.kind !== 'profile') throw new Error('No profile is drawn.');
    expect(drawn.columns.map(({ isProvisional }) => isProvisional === true)).toEqual(
      quarters.map(({ isProvisional, quarter }) => isProvisional && quarter.value.value !== null),
    );
    expect(drawn.columns.map(({ isProvisional }) => isProvisional)).toContain(true);
  });

  test('a chip of a portfolio or a unit shows what its trace shows', async () => {
    const keys = ['spend?period=2026-Q2&portfolio=DIG&span=to_date', 'spend?orgUnit=BU2&period=2026-Q2&span=to_date'];
    const text = keys.map((key) => `[[${key}]]`).join(' ');
    const reply = await api
      .as('cio')
      .patch(
        `/reviews/${after.id}`,
        { narrative: { money: [{ id: 'own', text }] } },
        { 'If-Match': `"v${after.version}"` },
      );
    expect([reply.status, reply.status === 200 ? '' : reply.text]).toEqual([200, '']);
    const { figures } = review.parse(reply.body).document;
    expect(keys.map((key) => figures[key]!.full)).toEqual(['100.00 USD', '50.00 USD']);
    for (const key of keys) {
      const trace = await api.as('cio').get(`/trace/${key}`);
      expect([key, figures[key]!.value]).toEqual([key, trace.body.value]);
    }
  });

  test('owners of what is overdue or short who said nothing are counted, and named with their benefits', () => {
    const silent = ({ document }: Review) => document.checklist.find(({ id }) => id === 'owners_silent');
    expect(silent(before)).toMatchObject({ text: '0', isOpen: false, examples: [] });
    expect(silent(after)).toMatchObject({
      text: '1',
      isOpen: true,
      examples: ['ann@tests.example: B2 Name of B2'],
    });
  });

  test('a value is overdue from the day after its own on, as on every other page', async () => {
    const [settings] = await api.sql<{ day: number }>('select values_due_day as day from settings');
    const on = async (day: number): Promise<(string | undefined)[]> => {
      api.clock.set(`2026-04-${day}T12:00:00.000Z`);
      const { document } = review.parse((await api.as('cio').get(`/reviews/${before.id}`)).body);
      const overdue = document.checklist.find(({ id }) => id === 'overdue_values')!;
      return [overdue.text, ...overdue.examples];
    };
    expect(await on(settings!.day)).toEqual(['0']);
    expect(await on(settings!.day + 1)).toEqual(['1', 'B2 Name of B2, 2026-03']);
  });
});
