import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { newBenefit, save, stored } from '../support/entries.js';
import { startApi, type Api, type Reply } from '../support/harness.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const MONTHS = ['2026-08', '2026-09'];

/** What somebody does next; what it needs to know (versions, amounts, entries) it finds when its turn comes. */
const step = fc.oneof(
  fc.record({
    kind: fc.constant('enter' as const),
    cells: fc.subarray(MONTHS, { minLength: 1 }),
    field: fc.constantFrom('planned', 'forecast', 'realised'),
    amount: fc.option(fc.integer({ min: -3, max: 3 }).map(String)),
  }),
  fc.record({
    kind: fc.constant('correct' as const),
    month: fc.constantFrom(...MONTHS),
    amount: fc.nat(3).map(String),
  }),
  fc.record({ kind: fc.constantFrom('confirm' as const, 'reject' as const), month: fc.constantFrom(...MONTHS) }),
  fc.record({ kind: fc.constant('undo' as const), back: fc.nat(3) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

interface Stage {
  code: string;
  entries: string[];
}

const take = async (stage: Stage, done: Step): Promise<Reply | null> => {
  const rows = await stored(api, stage.code);
  const at = (month: string) => rows.find((row) => row['month'] === month);
  switch (done.kind) {
    case 'enter': {
      const items = done.cells.map((month) => ({
        benefit: stage.code,
        month,
        [done.field]: done.amount,
        ...(at(month) ? { version: at(month)!['version'] } : {}),
      }));
      const reply = await save(api, items, { reason: 'step' });
      if (reply.status === 200 && reply.body.cells > 0) stage.entries.push(reply.body.id);
      return reply;
    }
    case 'correct': {
      const row = at(done.month);
      const item = {
        month: done.month,
        realised: done.amount,
        reason: 'step',
        ...(row ? { version: row['version'] } : {}),
      };
      return api.as('admin').put(`/benefits/${stage.code}/values`, { items: [item] });
    }
    case 'undo': {
      const id = stage.entries.at(-1 - done.back);
      return id ? api.as('pm-dig').post(`/entries/${id}/undo`) : null;
    }
    default: {
      const row = at(done.month);
      if (!row || row['realised'] === null) return null;
      const given = { version: row['version'], amount: row['realised'] };
      return api.as('finance').post(`/benefits/${stage.code}/values/${done.month}/${done.kind}`, given);
    }
  }
};

/** Rows that break a law: a value that is not its last revision, or a confirmation of another amount than stands there. */
const BROKEN = `
  select v.month, v.version from benefit_values v
    left join lateral (select * from benefit_value_revisions r where r.benefit_value_id = v.id order by version desc limit 1) r on true
    left join lateral (select * from confirmations c where c.benefit_value_id = v.id order by id desc limit 1) c on true
  where (v.version, v.planned, v.forecast, v.realised, v.evidence, v.reported_by, v.confirmed_by, v.confirmed_amount, v.archived_at is not null)
      is distinct from (r.version, r.planned, r.forecast, r.realised, r.evidence, r.reported_by, r.confirmed_by, r.confirmed_amount, r.archived)
    or (select count(*) from benefit_value_revisions r where r.benefit_value_id = v.id) <> v.version
    or v.confirmed_by is not null and (v.confirmed_amount is distinct from v.realised or c.verdict <> 'confirmed' or c.amount <> v.realised)
    or v.confirmed_by is null and c.verdict = 'confirmed'`;

/** Runs so many sequences and looks after each step of each. @returns how often each kind of step ended how */
const walk = async (random: Pick<fc.Parameters, 'numRuns' | 'seed' | 'path'>): Promise<Record<string, number>> => {
  const seen: Record<string, number> = {};
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), async (steps) => {
      const stage: Stage = { code: await newBenefit(api), entries: [] };
      for (const done of steps) {
        const reply = await take(stage, done);
        if (!reply) continue;
        expect([200, 409]).toContain(reply.status);
        const name = `${done.kind} ${reply.status}`;
        seen[name] = (seen[name] ?? 0) + 1;
        expect({ name, broken: await api.sql(BROKEN) }).toEqual({ name, broken: [] });
      }
    }),
    { ...random, endOnFailure: true },
  );
  return seen;
};

test('any sequence of entering, correcting, confirming, rejecting and undoing leaves, after each step, the last revision and no confirmation of another amount', async () => {
  const seen = await walk({ numRuns: 200, seed: 4 });
  // The sequences went where they should: each kind succeeded, and undo was refused, too.
  expect(Object.keys(seen).sort()).toEqual(
    expect.arrayContaining(['confirm 200', 'correct 200', 'enter 200', 'reject 200', 'undo 200', 'undo 409']),
  );
}, 300_000);

// Other sequences each time: where one fails, the failure names its seed and path, and these as parameters of `walk` repeat it.
test('so does any sequence that nobody tried before', async () => {
  await walk({ numRuns: 60 });
}, 300_000);
