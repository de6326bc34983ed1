/** The overview says what the traces say: value for value, in every scope, and to each reader only what is theirs. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  overview as overviewSchema,
  type Overview,
  profile as profileSchema,
  type Profile,
} from '../../server/contract/overview.js';
import { startWith } from '../support/bundles.js';
import { type Api, expectProblem, type Person, startApi } from '../support/harness.js';
import { GOLDEN_TABLES, loadTables } from '../support/load-tables.js';

/** Every figure with a trace, wherever it stands in a body. */
const tracedIn = (body: unknown): { value: string | null; trace: string }[] => {
  if (typeof body !== 'object' || body === null) return [];
  const own =
    'trace' in body && typeof body.trace === 'string' ? [body as { value: string | null; trace: string }] : [];
  return [...own, ...Object.values(body).flatMap(tracedIn)];
};

const read = async (api: Api, path: string, person: Person = 'cio') => {
  const reply = await api.as(person).get(path);
  expect({ path, status: reply.status, text: reply.status === 200 ? '' : reply.text }).toEqual({
    path,
    status: 200,
    text: '',
  });
  return reply.body;
};
const overviewAt = async (api: Api, query: string, person: Person = 'cio'): Promise<Overview> =>
  overviewSchema.strict().parse(await read(api, `/overview?${query}`, person));
const profileAt = async (api: Api, query: string, person: Person = 'cio'): Promise<Profile> =>
  profileSchema.strict().parse(await read(api, `/overview/profile?${query}`, person));

/** Null only where no record stands behind the figure; else what the trace says. */
const expectTraced = async (api: Api, body: unknown, person: Person = 'cio'): Promise<number> => {
  const figures = tracedIn(body);
  for (const { value, trace } of figures) {
    const found = await read(api, trace, person);
    if (value === null && found.value !== null)
      expect({ trace, value, records: found.records.count }).toEqual({ trace, value, records: 0 });
    else expect({ trace, value }).toEqual({ trace, value: found.value });
  }
  return figures.length;
};

const rowOf = (of: Overview, id: string) => of.ledger.find((row) => row.id === id)!;

describe('over the golden tables', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi();
    await loadTables(api, GOLDEN_TABLES);
  }, 60_000);
  afterAll(() => api.stop());

  const scopes = ['', '&portfolio=DIG', '&orgUnit=BU1', '&portfolio=CORE&orgUnit=BU2'];

  test.each(['2026-Q4', '2025-Q3', '2020-Q1'].flatMap((period) => scopes.map((scope) => [period, scope])))(
    'overview of %s%s: every figure is what its trace says',
    async (period, scope) => {
      const found = await overviewAt(api, `period=${period}${scope}`);
      expect(await expectTraced(api, found)).toBeGreaterThan(30);
    },
    60_000,
  );

  test.each(['', '&nature=cashable', '&nature=non_cashable', '&portfolio=DIG'])(
    'profile%s: every figure is what its trace says',
    async (rest) => {
      const found = await profileAt(api, `period=2026-Q2${rest}`);
      expect(await expectTraced(api, found)).toBeGreaterThan(30);
    },
    60_000,
  );
});
