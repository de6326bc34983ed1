import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { benefitList, type BenefitLine, type BenefitList } from '../../server/contract/register.js';
import { expectProblem, startApi, type Api, type Person } from '../support/harness.js';

/** The register of benefits over the golden tables: what it lists, what its classes add up to, and who sees what of it. */

let api: Api;

beforeAll(async () => {
  api = await startApi({ golden: true });
}, 120_000);
afterAll(() => api.stop());

const PERIODS = ['2025-Q2', '2025-Q3', '2026-Q4'] as const;
const read = async (question: string, person: Person = 'cio'): Promise<BenefitList> => {
  const reply = await api.as(person).get(`/value/benefits?period=2026-Q4${question}`);
  expect([reply.status, reply.status === 200 ? '' : reply.text]).toEqual([200, '']);
  const parsed = benefitList.safeParse(reply.body);
  expect(parsed.error).toBeUndefined();
  return parsed.data!;
};
const traced = async (path: string): Promise<string | null> => {
  const reply = await api.as('cio').get(path);
  expect(reply.status).toBe(200);
  return reply.body.value;
};

/** Σ of decimal texts, exactly, in cents. */
const cents = (texts: readonly (string | null)[]): bigint =>
  texts.reduce((sum, text) => sum + (text === null ? 0n : BigInt(text.replace('.', ''))), 0n);
const moneyOf = (list: BenefitList, name: string): BenefitLine[] =>
  list.items.filter((line) => line.class === name && line.money);

interface Golden {
  overview: { funnel: Record<string, number>; benefitStatus: Record<string, string> };
}
const golden = JSON.parse(readFileSync(new URL('../golden/data/expected.json', import.meta.url), 'utf8')) as Record<
  string,
  Golden
>;

describe('Against the golden figures', () => {
  test.each(PERIODS)('statuses and sums of %s are those of the independent implementation', async (period) => {
    const { overview } = golden[period]!;
    const list = benefitList.parse((await api.as('cio').get(`/value/benefits?period=${period}`)).body);
    expect(Object.fromEntries(list.items.map(({ code, status }) => [code, status]))).toEqual(overview.benefitStatus);
    for (const kind of ['planned', 'realised'] as const) {
      const sum = list.groups.reduce((total, { sums }) => total + Number(sums?.[kind] ?? 0), 0);
      const wanted = overview.funnel[kind]!;
      expect(Math.abs(sum - wanted)).toBeLessThanOrEqual(Math.max(0.02, Math.abs(wanted) * 1e-6));
    }
  });
});

describe('Lines', () => {
  test('hold the figures of /value, and each is what its trace says', async () => {
    const list = await read('');
    const { benefits } = (await api.as('cio').get('/value?period=2026-Q4')).body;
    expect(list.items).toHaveLength(benefits.length);
    for (const value of benefits) {
      const line = list.items.find(({ code }) => code === value.code)!;
      const { status, declaredStatus, evidenceLevel, variance, owner, money, unit } = value;
      expect(line).toMatchObject({ status, declaredStatus, evidenceLevel, variance, owner, money, unit });
      const of = `period=2026-Q4&type=benefit&ref=${line.code}`;
      for (const [name, figure] of [
        ['planned', 'node.planned'],
        ['realised', 'node.realised'],
        ['variance', 'node.variance'],
        ['varianceShare', 'node.variance_share'],
        ['expected', 'node.expected'],
      ] as const)
        if (line[name] !== null)
          expect([line.code, name, line[name]]).toEqual([line.code, name, await traced(`/trace/${figure}?${of}`)]);
    }
  });

  test('come all at once, or page by page with the same facts and sums', async () => {
    const { items, nextCursor, ...all } = await read('');
    expect([nextCursor, all.total]).toEqual([null, items.length]);
    const paged: BenefitLine[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: BenefitList = await read(`&limit=2${cursor && `&cursor=${cursor}`}`);
      expect(page).toMatchObject(all);
      paged.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(items);
    expectProblem(await api.as('cio').get('/value/benefits?cursor=x'), 422, 'validation-failed');
  });

  test('expected values of money benefits add up to what the overview expects', async () => {
    const list = await read('');
    const expected = await traced('/trace/expected?period=2026-Q4');
    const sum = cents(list.items.filter(({ money }) => money).map((line) => line.expected));
    expect(Math.abs(Number(sum) - Number(expected!.replace('.', '')))).toBeLessThanOrEqual(8);
  });

  test('name their outcomes, and the first month without a value', async () => {
    const { body } = await api.as('admin').get('/links?toCode=BEN-1&limit=50');
    const list = await read('&on=2026-11-21');
    const line = list.items.find(({ code }) => code === 'BEN-1')!;
    const outcomes = body.items.filter((link: { toType: string }) => link.toType === 'benefit');
    expect(line.outcomes.map(({ code }) => code).sort()).toEqual(
      outcomes.map(({ fromCode }: { fromCode: string }) => fromCode).sort(),
    );
    const values = (await api.as('admin').get('/benefits/BEN-1/values')).body.items;
    const open = values.find(
      (value: { realised: string | null; planned: string | null; forecast: string | null }) =>
        value.realised === null && (value.planned ?? value.forecast) !== null,
    );
    expect(line.due?.month).toBe(open?.month);
  });
});

describe('Classes', () => {
  const FILTERS = [
    '',
    '&status=off_track',
    '&class=financial',
    '&q=BEN-1',
    '&type=risk',
    '&evidence=1',
    '&due=overdue',
  ];

  test.each(FILTERS)('add up exactly the lines that are shown%s', async (question) => {
    const list = await read(question);
    expect(list.groups.reduce((sum, { benefits }) => sum + benefits, 0)).toBe(list.total);
    expect(list.items).toHaveLength(list.total);
    for (const { class: name, sums } of list.groups) {
      const lines = moneyOf(list, name);
      if (sums === null) {
        expect(lines).toEqual([]);
        continue;
      }
      for (const kind of ['planned', 'realised', 'expected'] as const) {
        const off = Number(cents([sums[kind]]) - cents(lines.map((line) => line[kind])));
        // Each line is rounded to the cent, the sum once.
        expect([name, kind, Math.abs(off) <= lines.length / 2]).toEqual([name, kind, true]);
        const among = new URLSearchParams({ period: '2026-Q4', among: sums.among });
        expect([name, kind, await traced(`/trace/listed.${kind}?${among}`)]).toEqual([name, kind, sums[kind]]);
      }
      const variance = cents([sums.realised]) - cents([sums.planned]);
      if (sums.variance !== null) expect(Number(cents([sums.variance]) - variance)).toBeLessThanOrEqual(1);
    }
  });

  test('are never added to each other, but the two of money where a reader asks for money only', async () => {
    expect((await read('')).financial).toBeNull();
    expect((await read('&class=cashable')).financial).toBeNull();
    const list = await read('&class=financial');
    const sum = cents(list.groups.map(({ sums }) => sums!.planned));
    expect(Math.abs(Number(cents([list.financial!.planned]) - sum))).toBeLessThanOrEqual(1);
    expect(list.items.every(({ class: name }) => name === 'cashable' || name === 'non_cashable')).toBe(true);
  });
});

describe('The facts of the scope', () => {
  test('count all benefits whatever is filtered, and are what their traces say', async () => {
    for (const [code, declaredStatus] of [
      ['BEN-1', 'on_track'],
      ['BEN-4', 'off_track'],
      ['BEN-5', 'at_risk'],
    ] as const) {
      const { headers } = await api.as('admin').get(`/benefits/${code}`);
      const changed = await api
        .as('admin')
        .patch(`/benefits/${code}`, { declaredStatus }, { 'if-match': headers.get('etag')! });
      expect(changed.status).toBe(200);
    }
    const { facts, items } = await read('');
    expect((await read('&status=at_risk&q=zzz')).facts).toEqual(facts);
    const counted = await Promise.all(
      facts.statuses.map(({ status }) => traced(`/trace/status?period=2026-Q4&kind=${status}`)),
    );
    expect(facts.statuses.map(({ count }) => String(count))).toEqual(counted);
    expect(facts.declared).toBe(3);
    expect(facts.declaredOtherwise).toBe(
      items.filter(({ declaredStatus, status }) => declaredStatus !== null && declaredStatus !== status).length,
    );
    expect(facts.declaredBetter).toBe(items.filter(({ isDeclaredBetter }) => isDeclaredBetter).length);
    for (const [figure, value] of [
      ['declared', facts.declared],
      ['declared_otherwise', facts.declaredOtherwise],
      ['declared_better', facts.declaredBetter],
    ] as const)
      expect([figure, await traced(`/trace/${figure}?period=2026-Q4`)]).toEqual([figure, String(value)]);
    const share = Number(await traced('/trace/unevidenced_share?period=2026-Q4'));
    expect(facts.unevidencedShare).toBeCloseTo(share, 9);
    const [evidenced, realised] = [
      Number(await traced('/trace/evidenced?period=2026-Q4')),
      Number(await traced('/trace/realised?period=2026-Q4')),
    ];
    expect(facts.unevidencedShare).toBeCloseTo(1 - evidenced / realised, 6);
  });

  test('a status that is not declared is no mismatch: without one the share is not known', async () => {
    const list = await read('&portfolio=DIG');
    const declared = list.items.filter(({ declaredStatus }) => declaredStatus !== null);
    expect(list.facts.declared).toBe(declared.length);
    if (declared.length === 0) expect(list.facts.statusMismatchShare).toBeNull();
  });
});

describe('Who sees what', () => {
  test('a scope holds its own benefits only', async () => {
    const { items } = (await api.as('admin').get('/benefits?portfolioCode=DIG&limit=500')).body;
    const list = await read('&portfolio=DIG');
    expect(list.items.map(({ code }) => code).sort()).toEqual(items.map(({ code }: { code: string }) => code).sort());
    expectProblem(await api.as('cio').get('/value/benefits?portfolio=NONE'), 404, 'not-found');
  });

  test('a stakeholder sees benefits and outcomes of own units, and no gaps', async () => {
    const own = (await api.as('stakeholder-bu1').get('/benefits?limit=500')).body.items;
    const outcomes = (await api.as('stakeholder-bu1').get('/outcomes?limit=500')).body.items;
    const list = await read('', 'stakeholder-bu1');
    expect(list.items.map(({ code }) => code).sort()).toEqual(own.map(({ code }: { code: string }) => code).sort());
    expect(list.facts.benefits).toBe(own.length);
    const visible = new Set(outcomes.map(({ code }: { code: string }) => code));
    expect(list.items.flatMap((line) => line.outcomes).filter(({ code }) => !visible.has(code))).toEqual([]);
    expect(list.items.every(({ gaps }) => gaps === null)).toBe(true);
    const path = '/value/benefits?period=2026-Q4&gap=no_owner';
    expectProblem(await api.as('stakeholder-bu1').get(path), 403, 'forbidden');
    const among = encodeURIComponent('gap=no_owner');
    expectProblem(await api.as('stakeholder-bu1').get(`/trace/listed.planned?among=${among}`), 403, 'forbidden');
    expectProblem(await api.as('stakeholder-bu1').get('/value/benefits?orgUnit=BU2'), 404, 'not-found');
    expectProblem(await api.as('nobody').get('/value/benefits'), 403, 'forbidden');
    expectProblem(await api.as('anonymous').get('/value/benefits'), 401, 'unauthenticated');
  });

  test('what cannot be asked is refused with its name', async () => {
    for (const question of ['class=zzz', 'evidence=4', 'due=soon', 'on=2026-02-30', 'colour=red'])
      expectProblem(await api.as('cio').get(`/value/benefits?${question}`), 422, 'validation-failed');
    for (const among of ['class=zzz', 'colour=red', 'zzz'])
      expectProblem(
        await api.as('cio').get(`/trace/listed.planned?among=${encodeURIComponent(among)}`),
        422,
        'validation-failed',
      );
    expectProblem(await api.as('cio').get('/trace/planned?among=class%3Dcashable'), 422, 'validation-failed');
  });

  test('the same question is answered once, until the day or the data change', async () => {
    const made = await api.as('cio').post('/tokens', { name: 'Tomorrow', expiresAt: '2026-12-31T00:00:00Z' });
    const reader = api.client({ authorization: `Bearer ${made.body.token}` });
    const asked = (etag = '') => reader.get('/value/benefits?period=2026-Q4', etag ? { 'if-none-match': etag } : {});
    const etag = (await asked()).headers.get('etag')!;
    expect((await asked(etag)).status).toBe(304);
    api.clock.advance(26 * 60 * 60 * 1000);
    expect((await asked(etag)).status).toBe(200);
  });
});
