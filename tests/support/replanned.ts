import { expect } from '@jest/globals';
import type { Api } from './harness.js';

/** Benefits of which most were planned anew after their approval, so that the current plan tells less than the baseline plan. */

interface Plan {
  readonly first: Record<string, string>;
  readonly realised: Record<string, string>;
  readonly anew?: Record<string, string | null>;
  readonly more?: Record<string, unknown>;
}

const OPEN = { approvedOn: undefined };

/**
 * By hand, to the end of 2026-Q1, in USD, against the current and the baseline plan: HIDDEN 0 and −150; GROWN −80 and +20; MOVED none and −60;
 * LOWER, where less is better, −30 and +20; PLAIN −10 and −10, of two months one is measured; GOOD, not approved, +30 and +30.
 */
const PLANS: Record<string, Plan> = {
  HIDDEN: {
    first: { '2026-01': '100', '2026-02': '100', '2026-03': '100' },
    realised: { '2026-01': '50', '2026-02': '50', '2026-03': '50' },
    anew: { '2026-01': '50', '2026-02': '50', '2026-03': '50' },
  },
  GROWN: { first: { '2026-01': '100' }, realised: { '2026-01': '120' }, anew: { '2026-01': '200' } },
  MOVED: {
    first: { '2026-02': '100' },
    realised: { '2026-02': '40' },
    anew: { '2026-02': null, '2026-12': '100' },
  },
  LOWER: {
    first: { '2026-01': '100' },
    realised: { '2026-01': '120' },
    anew: { '2026-01': '150' },
    more: { better: 'lower' },
  },
  PLAIN: { first: { '2026-01': '100', '2026-02': '10' }, realised: { '2026-01': '100' } },
  GOOD: { first: { '2026-01': '100' }, realised: { '2026-01': '130' }, more: OPEN },
};
const REASON = 'The supplier is late.';

const put = async (api: Api, code: string, items: unknown[]): Promise<void> => {
  api.clock.advance(60_000);
  const reply = await api.as('admin').put(`/benefits/${code}/values`, { items });
  expect([code, reply.status, reply.status === 200 ? '' : reply.text]).toEqual([code, 200, '']);
};

export const enterReplanned = async (api: Api): Promise<void> => {
  for (const [code, { first, realised, anew, more }] of Object.entries(PLANS)) {
    const created = await api.as('admin').post('/benefits', {
      code,
      name: `Benefit ${code.toLowerCase()}`,
      portfolioCode: 'DIG',
      orgUnitCode: 'BU1',
      currency: 'USD',
      nature: 'cashable',
      approvedOn: '2025-12-01',
      ...more,
    });
    expect([code, created.status]).toEqual([code, 201]);
    const months = Object.keys(first);
    await put(
      api,
      code,
      months.map((month) => ({
        month,
        planned: first[month],
        ...(realised[month] === undefined ? {} : { realised: realised[month] }),
      })),
    );
    if (anew)
      await put(
        api,
        code,
        Object.entries(anew).map(([month, planned]) => ({
          month,
          planned,
          reason: REASON,
          ...(first[month] === undefined ? {} : { version: 1 }),
        })),
      );
  }
};
