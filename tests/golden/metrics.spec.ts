/**
 * Every metric of the API against figures that a second, independent implementation worked out from the same tables: value, n and detail, to one
 * part in a million (money to half a cent), and each figure again from the records that are listed behind it.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { METRIC_IDS, type Metric } from '../../server/contract/metric.js';
import { type Api, emailOf, type Person, startApi } from '../support/harness.js';
import { isClose, notRecomputed, scorecardOf, unknownIn } from '../support/metrics.js';

interface Wanted {
  value: number | null;
  n: number;
  detail?: Record<string, unknown>;
}
type Golden = Record<string, { metrics: Record<string, Wanted> }>;

const folder = new URL('./data/', import.meta.url);
const golden = (name: string): Golden => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Golden;

/** Half a unit of the last of the ten decimals that the golden file prints. */
const PRINTED = 5e-11;

const detailDifferences = (found: unknown, wanted: unknown, path: string): string[] => {
  if (wanted !== null && typeof wanted === 'object')
    return Object.entries(wanted).flatMap(([name, inner]) =>
      detailDifferences((found as Record<string, unknown> | undefined)?.[name], inner, `${path}.${name}`),
    );
  return isClose(found, wanted, PRINTED) ? [] : [`${path}: ${String(found)}, expected ${String(wanted)}`];
};

const differences = (found: Metric | undefined, wanted: Wanted): string[] => {
  if (!found) return ['is not there'];
  const slack = found.unit === 'money' ? 0.005 + 1e-9 : PRINTED;
  return [
    ...(isClose(found.value, wanted.value, slack) ? [] : [`value ${found.value}, expected ${wanted.value}`]),
    ...(found.n === wanted.n ? [] : [`n ${found.n}, expected ${wanted.n}`]),
    ...(wanted.value === null ? (found.nullReason === null ? ['has no reason for its null'] : []) : []),
    ...detailDifferences(found.detail, wanted.detail ?? {}, 'detail'),
  ];
};

const FILES = [
  ['expected.json', ''],
  ['expected-portfolio-DIG.json', '&portfolio=DIG'],
  ['expected-unit-BU1.json', '&orgUnit=BU1'],
] as const;
const CASES = FILES.flatMap(([file, scope]) =>
  Object.keys(golden(file)).map((period) => [file, period, scope] as const),
);

const SURVEYED = ['satisfaction', 'responsiveness', 'effectiveness', 'trust', 'enabling', 'nps'].map(
  (name) => `stakeholder.${name}`,
);
/** What is told of the whole enterprise or of a unit only. */
const NOT_OF_PORTFOLIOS = [
  'alignment.priority_stability',
  'capability.strategic_maturity',
  'capability.maturity_gap',
  'capability.competency_coverage',
  'outcome.experience_improvement',
  'outcome.attained_share',
  'efficiency.cost_per_capability',
  'efficiency.cost_per_outcome',
  'quality.availability',
  'quality.performance_attainment',
  'quality.change_failure_rate',
  'quality.incidents_per_service_month',
  ...SURVEYED,
  'stakeholder.response_rate',
];
const NO_SPEND = [
  'alignment.strategic_spend_share',
  'alignment.top_priority_spend_share',
  'alignment.funding_shift',
  'alignment.traced_spend_share',
  'efficiency.duplicate_effort_share',
];

/** Each question with who asks it, and the metrics without a value in its answer by their reason. */
const SCOPES: readonly (readonly [string, Person, ReturnType<typeof unknownIn>])[] = [
  ['period=2025-Q2', 'cio', { no_records: ['efficiency.cost_per_outcome'] }],
  [
    'period=2025-Q3',
    'cio',
    {
      no_records: [
        'efficiency.cost_per_capability',
        'efficiency.cost_per_outcome',
        'stakeholder.strategic_involvement',
      ],
      too_few_responses: SURVEYED,
    },
  ],
  [
    'period=2026-Q4',
    'cio',
    {
      no_records: ['flow.delivery_predictability', 'efficiency.cost_per_capability'],
      too_few_responses: SURVEYED,
    },
  ],
  [
    'period=2026-Q4&portfolio=DIG',
    'cio',
    {
      not_in_scope: NOT_OF_PORTFOLIOS,
      no_records: ['decision.time_to_decide', 'flow.delivery_predictability', 'stakeholder.strategic_involvement'],
    },
  ],
  [
    'period=2026-Q4&orgUnit=BU1',
    'cio',
    {
      no_spend: NO_SPEND,
      not_in_scope: ['alignment.priority_stability', 'stakeholder.response_rate'],
      no_records: [
        'decision.time_to_decide',
        'flow.delivery_predictability',
        'efficiency.cost_per_capability',
        'efficiency.cost_per_outcome',
        'stakeholder.trust',
        'stakeholder.strategic_involvement',
      ],
      too_few_responses: SURVEYED.filter((id) => id !== 'stakeholder.trust'),
    },
  ],
  [
    'period=2025-Q3&portfolio=DIG&orgUnit=BU1',
    'cio',
    {
      not_in_scope: NOT_OF_PORTFOLIOS,
      no_records: [
        'decision.time_to_decide',
        'decision.escalation_levels',
        'decision.at_intended_level_share',
        'decision.reopened_share',
        'stakeholder.strategic_involvement',
      ],
    },
  ],
  [
    'period=2026-Q4&portfolio=DIG&orgUnit=BU1',
    'cio',
    {
      no_spend: NO_SPEND,
      not_in_scope: NOT_OF_PORTFOLIOS,
      no_records: ['decision.time_to_decide', 'flow.delivery_predictability', 'stakeholder.strategic_involvement'],
    },
  ],
  [
    'period=2025-Q3&portfolio=CORE&orgUnit=BU4',
    'cio',
    {
      no_spend: ['alignment.funding_shift'],
      not_in_scope: NOT_OF_PORTFOLIOS,
      no_records: ['flow.delivery_predictability', 'stakeholder.strategic_involvement'],
    },
  ],
  [
    'period=2025-Q3',
    'stakeholder-bu1',
    {
      not_in_scope: ['stakeholder.response_rate'],
      no_records: ['stakeholder.enabling', 'stakeholder.strategic_involvement'],
      too_few_responses: SURVEYED.filter((id) => id !== 'stakeholder.enabling'),
    },
  ],
  [
    'period=2026-Q4',
    'stakeholder-bu1',
    {
      not_in_scope: ['stakeholder.response_rate'],
      no_records: ['stakeholder.strategic_involvement'],
      too_few_responses: SURVEYED,
    },
  ],
];

describe('the metrics of the golden tables', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi({ golden: true });
    // A stakeholder of two units.
    await api.sql(
      `insert into user_roles (user_id, role, org_unit_id) select u.id, 'stakeholder', o.id from users u, org_units o
       where u.email = $1 and o.code = 'BU2'`,
      [emailOf('stakeholder-bu1')],
    );
  }, 60_000);
  afterAll(() => api.stop());

  test('are those of the contract, each with a figure in the golden files', () => {
    const told = Object.keys(Object.values(golden('expected.json'))[0]!.metrics);
    expect([...METRIC_IDS].sort()).toEqual([...told].sort());
  });

  test.each(CASES)('agree with %s at %s%s', async (file, period, scope) => {
    const found = await scorecardOf(api, `period=${period}${scope}`);
    const wrong = Object.entries(golden(file)[period]!.metrics).flatMap(([id, wanted]) =>
      differences(found.get(id), wanted).map((each) => `${id}: ${each}`),
    );
    expect(wrong).toEqual([]);
  });

  test.each(SCOPES)('are recomputed from the records behind them (%s as %s)', async (query, who, unknown) => {
    const found = await scorecardOf(api, query, who);
    expect(unknownIn(found)).toEqual(unknown);
    expect(await notRecomputed(api, found, query, who)).toEqual([]);
  });
});
