/** What a reader is told that they may do is what the server then does: gaps and records, for every role. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { gaps as gapsSchema, LAYERS, type Gap } from '../../server/contract/chain.js';
import { rights } from '../../server/contract/rights.js';
import { expectProblem, startApi, type Api, type Person } from '../support/harness.js';

let api: Api;
beforeAll(async () => {
  api = await startApi({ golden: true });
}, 60_000);
afterAll(() => api.stop());

const PATHS = {
  investment: 'investments',
  initiative: 'initiatives',
  capability: 'capabilities',
  outcome: 'outcomes',
  benefit: 'benefits',
} as const;

const gapsFor = async (person: Person): Promise<Gap[]> =>
  gapsSchema.strict().parse((await api.as(person).get('/chain/gaps?period=2026-Q4&limit=500')).body).items;

/** A change of nothing is refused like any other, and changes nothing. */
const isWritten = async (person: Person, path: string): Promise<boolean> => {
  const { version } = (await api.as('admin').get(path)).body;
  const reply = await api.as(person).patch(path, {}, { 'if-match': `"v${version}"` });
  if (reply.status !== 200) expectProblem(reply, 403, 'forbidden');
  return reply.status === 200;
};

const DECIDED_HERE = ['investment_without_initiative', 'initiative_without_capability', 'benefit_without_outcome'];
const isOfLinks = ({ kind }: Gap): boolean =>
  /^(investment|initiative|capability|outcome|benefit)_without_(investment|initiative|capability|outcome|benefit)$/.test(
    kind,
  );

describe.each(['admin', 'pm-dig', 'pm-core', 'cio', 'finance'] as const)('%s', (person) => {
  test('may repair those gaps of which the list says so', async () => {
    const found = await gapsFor(person);
    expect(found.length).toBeGreaterThan(20);
    const tried = new Map<string, boolean>();
    for (const gap of found.filter((each) => !isOfLinks(each) || DECIDED_HERE.includes(each.kind))) {
      const path = `/${PATHS[gap.type]}/${gap.code}`;
      if (!tried.has(path)) tried.set(path, await isWritten(person, path));
      expect([gap.kind, gap.code, gap.mayWrite]).toEqual([gap.kind, gap.code, tried.get(path)]);
    }
    // The other end of these links decides, and may be a record of one's own.
    const others = found.filter((each) => isOfLinks(each) && !DECIDED_HERE.includes(each.kind));
    expect(new Set(others.map(({ mayWrite }) => mayWrite))).toEqual(
      new Set(others.length === 0 ? [] : [person === 'admin' || person.startsWith('pm-')]),
    );
    if (person.startsWith('pm-')) expect(new Set(tried.values())).toEqual(new Set([true, false]));
  });

  test('may write those records of which the server says so', async () => {
    for (const type of LAYERS)
      for (const { code } of (await api.as('admin').get(`/${PATHS[type]}?limit=8`)).body.items as { code: string }[]) {
        const path = `/${PATHS[type]}/${code}`;
        const found = rights.strict().parse((await api.as(person).get(`${path}/rights`)).body);
        expect([path, found.mayWrite]).toEqual([path, await isWritten(person, path)]);
        if (!['admin', 'pm-dig', 'pm-core'].includes(person))
          expect(found).toMatchObject({ mayLinkFrom: false, mayLinkTo: false });
      }
  });
});

test('whom to ask is the manager of the portfolio, where one is named', async () => {
  const { version } = (await api.as('admin').get('/portfolios/DIG')).body;
  const body = { managerEmail: 'dana@tests.example' };
  expect((await api.as('admin').patch('/portfolios/DIG', body, { 'if-match': `"v${version}"` })).status).toBe(200);
  const benefits = (await api.as('admin').get('/benefits?limit=500')).body.items as Record<string, string>[];
  const portfolioOf = new Map(benefits.map(({ code, portfolioCode }) => [code, portfolioCode]));
  const managers = new Map(
    ((await api.as('admin').get('/portfolios?limit=500')).body.items as Record<string, string | null>[]).map(
      ({ code, managerEmail }) => [code, managerEmail],
    ),
  );
  const found = (await gapsFor('pm-core')).filter(({ type }) => type === 'benefit');
  expect(found.some(({ ask }) => ask === 'dana@tests.example')).toBe(true);
  for (const { code, ask } of found) expect([code, ask]).toEqual([code, managers.get(portfolioOf.get(code)!) ?? null]);
});

test('a record that is out of sight or not there has no rights', async () => {
  expectProblem(await api.as('stakeholder-bu1').get('/benefits/BEN-1/rights'), 404, 'not-found');
  expectProblem(await api.as('stakeholder-bu1').get('/investments/INV-1/rights'), 403, 'forbidden');
  expectProblem(await api.as('admin').get('/benefits/NONE/rights'), 404, 'not-found');
});
