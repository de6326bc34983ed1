import { describe, expect, it } from '@jest/globals';
import { overview, profile, type LedgerRow, type Overview, type Profile } from '../../../server/contract/overview.js';
import { periodLabel } from '../../lib/period';
import { measuredNote, overviewMessage, profileMessage, ratesNote, unreportedNote, type Part } from './message';
import { printFigure, scaleOf } from './printing';

const figure = (value: string | null, name = 'x') => ({ value, trace: `/trace/${name}` });
const variance = (value: string | null) => ({ ...figure(value), impact: 'unfavourable' as const });
const row = (
  id: LedgerRow['id'],
  actual: string | null,
  plan: string | null,
  share: string | null = null,
): LedgerRow => ({
  id,
  unit: 'money',
  actual: figure(actual),
  nullReason: null,
  plan: figure(plan),
  variance: null,
  varianceShare: share === null ? null : variance(share),
  change: null,
  series: [],
  signal: null,
  judgedTo: null,
});

/** The example of the design. */
const whole = overview.parse({
  period: '2026-Q3',
  progress: 'over',
  currency: 'EUR',
  isEmpty: false,
  ledger: [row('invested', '38000000.00', '37000000.00'), row('realised', '12400000.00', '15100000.00', '-0.178808')],
  funnel: [],
  expectedShare: figure('0.96'),
  lastPeriod: '2027-Q4',
  untracedSpend: figure('11200000.00'),
  untracedSpendShare: figure('0.294737'),
  unreportedCosts: figure('0'),
  rates: {
    current: figure('0.821192'),
    baseline: figure('0.75'),
    measured: figure('0.88'),
    coverage: figure('0.91'),
    fixed: 12,
    standIns: 0,
  },
  due: figure('14'),
  measured: figure('11'),
  deviations: { worst: [], best: [], compared: 0 },
});

const text = (parts: readonly Part[], scale = scaleOf(whole)): string =>
  parts
    .map((part) =>
      typeof part === 'string' ? part : printFigure(part.figure.value!, { ...part, scale, currency: 'EUR' }).text,
    )
    .join('')
    .replaceAll('\u00a0', ' ');
const message = (changes: Partial<Overview>) => text(overviewMessage({ ...whole, ...changes }, periodLabel));
const invested = whole.ledger[0]!;

describe('the rates', () => {
  const rates = (changes: Partial<Overview['rates']> = {}) => {
    const parts = ratesNote({ ...whole, rates: { ...whole.rates, ...changes } });
    return parts && text(parts);
  };

  it('stand together: current, baseline, measured months, and how many months are measured', () => {
    expect(rates()).toBe(
      '82.1 % of plan; 75.0 % of baseline plan; where measured 88.0 % of plan; 91.0 % of months measured',
    );
  });

  it('say for how many plans the current one stands in, and where none is approved', () => {
    expect(rates({ standIns: 2 })).toContain('75.0 % of baseline plan (2 of 14 not approved);');
    expect(rates({ fixed: 0, standIns: 14 })).toMatch(/^82\.1 % of plan; no plan is approved; where measured/);
  });

  it('say nothing where nothing is measured', () => {
    expect(rates({ current: figure(null), baseline: figure(null), measured: figure(null) })).toBeNull();
  });
});

describe('the message of the overview', () => {
  it('says what was realised of the plan, what is expected, and what is not traced', () => {
    expect(message({})).toBe(
      'Realised 12.4 of 15.1 m EUR planned to date (−17.9 %); 96.0 % of the whole-life plan is expected by 2027 Q4. ' +
        '11.2 m EUR of spend (29.5 %) is not traced to any benefit.',
    );
  });

  it('where nothing is realised, planned or recorded, says that', () => {
    const nothing = { expectedShare: figure(null), lastPeriod: null, untracedSpend: null };
    expect(message({ ...nothing, ledger: [row('realised', null, '15100000')] })).toBe(
      '15.1 m EUR of benefits are planned to date and no realised value is recorded.',
    );
    expect(message({ ...nothing, ledger: [row('realised', '12400000', null)] })).toBe(
      'Realised 12.4 m EUR to date, for which no plan is recorded.',
    );
    expect(message({ ...nothing, ledger: [row('realised', null, null)] })).toBe(
      'No money benefit is recorded to date.',
    );
    expect(
      message({ ...nothing, expectedShare: figure('1'), lastPeriod: '2028-Q1', ledger: [row('realised', null, null)] }),
    ).toBe('No benefit is planned or realised to date; 100.0 % of the whole-life plan is expected by 2028 Q1.');
  });

  it('tells apart no spend, all spend traced and none of it', () => {
    expect(message({ ledger: [row('invested', null, null)] })).toContain('No actual cost is recorded to date.');
    expect(message({ untracedSpend: figure('0.00') })).toContain('All of the 38.0 m EUR spent reaches a benefit.');
    expect(message({ untracedSpend: invested.actual })).toContain('None of the 38.0 m EUR spent reaches a benefit.');
  });

  it('does not speak of money to those who do not read the chain', () => {
    expect(message({ ledger: whole.ledger.slice(1), untracedSpend: null, untracedSpendShare: null })).not.toMatch(
      /spen[dt]|cost/,
    );
  });

  it('prints beside it how many of the benefits due are measured', () => {
    const note = measuredNote(whole)!;
    expect({ ...note, parts: text(note.parts) }).toEqual({
      parts: '11 of 14 benefits due are measured',
      isPartial: true,
    });
    expect(measuredNote({ ...whole, measured: figure('14') })!.isPartial).toBe(false);
    expect(measuredNote({ ...whole, due: figure('0') })).toBeNull();
  });
});

describe('a period that is not over', () => {
  it('says so first, and calls nothing a shortfall that cannot be there yet', () => {
    expect(message({ progress: 'ahead', period: '2027-Q4' })).toMatch(
      /^2027 Q4 lies ahead: months to come count as planned and cannot be measured yet\. Realised 12\.4 of 15\.1 m EUR planned to its end; 96\.0 %/,
    );
    expect(message({ progress: 'under_way' })).toMatch(
      /^2026 Q3 is not over: months to come count as planned\. Realised/,
    );
  });
});

describe('planned costs without an actual', () => {
  it('are counted, and not spoken of where there are none', () => {
    expect(text(unreportedNote({ ...whole, unreportedCosts: figure('188') })!)).toBe(
      '188 planned costs have no actual',
    );
    expect(text(unreportedNote({ ...whole, unreportedCosts: figure('1') })!)).toBe('1 planned cost has no actual');
    expect([unreportedNote(whole), unreportedNote({ ...whole, unreportedCosts: null })]).toEqual([null, null]);
  });
});

describe('the message of the profile', () => {
  const quarter = (period: string, scenario: 'AC' | 'FC', sums: [string | null, string | null], own = sums) => ({
    period,
    scenario,
    isProvisional: false,
    quarter: { value: figure(own[0]), planned: figure('1'), variance: variance(own[1]) },
    cumulative: { value: figure(sums[0]), planned: figure('1'), variance: variance(sums[1]) },
  });
  const say = (...quarters: Profile['quarters']) =>
    text(profileMessage(profile.parse({ period: '2026-Q2', currency: 'EUR', quarters }).quarters, periodLabel));

  it('says how far the realised lies from plan, and when the forecast is back at it', () => {
    expect(
      say(
        quarter('2026-Q2', 'AC', ['4000000', '-1300000']),
        quarter('2026-Q3', 'FC', ['5000000', '-1500000'], ['1000000', '-200000']),
        quarter('2026-Q4', 'FC', ['7000000', '-1400000'], ['2000000', '100000']),
      ),
    ).toBe('1.30 m EUR below plan to 2026 Q2; forecast at plan from 2026 Q4');
  });

  it('says where it stays below, and nothing more where the plan is met', () => {
    expect(
      say(quarter('2026-Q2', 'AC', ['4000000', '-1300000']), quarter('2026-Q3', 'FC', ['5000000', '-1500000'])),
    ).toBe('1.30 m EUR below plan to 2026 Q2; forecast below plan to 2026 Q3');
    expect(say(quarter('2026-Q2', 'AC', ['4000000', '300000']))).toBe('0.300 m EUR above plan to 2026 Q2');
    expect(say(quarter('2026-Q2', 'AC', ['4000000', '0']))).toBe('On plan to 2026 Q2');
  });

  it('says what is expected where nothing is realised', () => {
    expect(say(quarter('2026-Q3', 'FC', ['5000000', null]))).toBe(
      '5.00 m EUR is expected to 2026 Q3; nothing is realised yet',
    );
    expect(say(quarter('2026-Q3', 'FC', [null, null]))).toBe('Nothing is realised or expected in these quarters');
  });
});
