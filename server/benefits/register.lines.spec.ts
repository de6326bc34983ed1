import { describe, expect, test } from '@jest/globals';
import { standingOf } from '../core/benefit-status.js';
import { amongText, filtered, lineOf, measuredAmong, type RegisterLine, sumOfLines } from './register.lines.js';
import type { LifeRow } from './register.queries.js';
import type { BenefitRow } from './standing.queries.js';

/** A benefit with a plan and a realised value to date, as little of it as a line needs. */
interface Given {
  code: string;
  planned: string | null;
  realised: string | null;
  nature?: string;
  money?: boolean;
  better?: 'higher' | 'lower';
  declared?: string;
  owner?: string;
  open?: string;
  life?: string;
}

const months = (sum: string | null) => ({ count: sum === null ? 0 : 1, sum, latest: sum });

const line = (given: Given): RegisterLine => {
  const { planned, realised, money = true } = given;
  const row = {
    id: given.code,
    code: given.code,
    name: `Benefit ${given.code}`,
    type: 'cost',
    nature: given.nature ?? 'cashable',
    owner: given.owner ?? null,
    money,
    aggregation: null,
    better: given.better ?? null,
    declaredStatus: given.declared ?? null,
    planned,
    realised,
  } as BenefitRow;
  const both = planned !== null && realised !== null;
  const standing = standingOf(
    {
      planned: months(planned),
      realised: months(realised),
      bothPlanned: months(both ? planned : null),
      bothRealised: months(both ? realised : null),
    },
    { money, aggregation: null, better: given.better ?? null },
    { onTrackFrom: '0.95', atRiskFrom: '0.80' },
  );
  const life = {
    id: given.code,
    lifePlanned: given.life ?? planned,
    expected: realised,
    openMonth: given.open ?? null,
  } as LifeRow;
  const of = { row, standing, baseline: standing, evidenceLevel: realised === null ? 0 : 1 };
  return lineOf(of, life, { outcomes: [], gaps: [], dueDay: 15, on: '2026-11-16' });
};

const GOOD = line({ code: 'A', planned: '100', realised: '99.5', declared: 'at_risk', owner: 'ada@example.org' });
const BAD = line({ code: 'B', planned: '100', realised: '10.25', declared: 'on_track', open: '2026-10' });
const SILENT = line({ code: 'C', planned: '40', realised: null, declared: 'off_track', open: '2026-11' });
const HARM = line({ code: 'D', planned: '-20', realised: '-15', nature: 'non_cashable' });
const DAYS = line({ code: 'E', planned: '12', realised: '-3', nature: 'non_financial', money: false, better: 'lower' });
const ALL = [GOOD, BAD, SILENT, HARM, DAYS];
const codes = (lines: readonly RegisterLine[]): string => lines.map(({ of }) => of.row.code).join('');

describe('A line of the register', () => {
  test('is a dis-benefit where its whole life lies below zero, unless lower is better', () => {
    expect(ALL.map(({ isDisbenefit }) => isDisbenefit)).toEqual([false, false, false, true, false]);
    expect(line({ code: 'F', planned: '5', realised: null, life: '-1' }).isDisbenefit).toBe(true);
    expect(line({ code: 'G', planned: '-5', realised: null, money: false, better: 'lower' }).isDisbenefit).toBe(false);
  });

  test('is declared better only where the claim is better than the figures; what is not measured is as off track', () => {
    expect(ALL.map((each) => each.isDeclaredOtherwise)).toEqual([true, true, true, false, false]);
    expect(ALL.map((each) => each.isDeclaredBetter)).toEqual([false, true, false, false, false]);
    const notDue = line({ code: 'H', planned: null, realised: null, declared: 'on_track' });
    expect([notDue.isDeclaredOtherwise, notDue.isDeclaredBetter]).toEqual([true, false]);
  });

  test('is due by the day of the next month, and overdue from the day after', () => {
    expect(BAD.due).toEqual({ month: '2026-10', on: '2026-11-15', isOverdue: true });
    expect(SILENT.due).toEqual({ month: '2026-11', on: '2026-12-15', isOverdue: false });
    expect(GOOD.due).toBeNull();
  });
});

describe('Filters', () => {
  test.each([
    [{ class: 'cashable' }, 'ABC'],
    [{ class: 'financial' }, 'ABCD'],
    [{ class: 'disbenefit' }, 'D'],
    [{ class: 'cashable', effect: 'disbenefit' }, ''],
    [{ owner: 'none' }, 'BCDE'],
    [{ owner: 'ada@example.org' }, 'A'],
    [{ status: 'unmeasured' }, 'C'],
    [{ declared: 'differs' }, 'ABC'],
    [{ declared: 'better' }, 'B'],
    [{ evidence: '0' }, 'C'],
    [{ due: 'overdue' }, 'B'],
    [{ due: 'upcoming' }, 'C'],
    [{ due: 'none' }, 'ADE'],
    [{ q: 'benefit b' }, 'B'],
    [{ gap: 'no_owner' }, ''],
    [{}, 'ABCDE'],
  ] as const)('%j leaves %s', (filter, wanted) => {
    expect(codes(filtered(ALL, filter))).toBe(wanted);
  });

  test('are the same text in whatever order they came', () => {
    expect(amongText({ status: 'at_risk', class: 'cashable', q: undefined })).toBe('class=cashable&status=at_risk');
    expect(amongText({ class: 'cashable', status: 'at_risk' })).toBe('class=cashable&status=at_risk');
  });
});

describe('Sums', () => {
  const text = (amount: { n: bigint; d: bigint } | null): number | null =>
    amount && Number(amount.n) / Number(amount.d);

  test('add money and nothing else, a dis-benefit below zero', () => {
    expect(text(sumOfLines(ALL, 'planned'))).toBe(220);
    expect(text(sumOfLines(ALL, 'realised'))).toBe(94.75);
    expect(text(sumOfLines([DAYS], 'planned'))).toBeNull();
  });

  test('over lines without any value are not 0', () => {
    expect(sumOfLines([SILENT], 'realised')).toBeNull();
    expect(sumOfLines([], 'planned')).toBeNull();
  });

  test('say how many of their benefits are measured', () => {
    expect(measuredAmong(ALL)).toEqual({ due: 4, measured: 3 });
  });
});
