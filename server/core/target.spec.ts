import { describe, expect, test } from '@jest/globals';
import { outOfRange } from '../contract/metric-range.js';
import { fractionOf } from './benefit-status.js';
import { METRICS, metricOf } from './metrics/catalogue.js';
import { impactOf, statusOf, targetInForce, targetProblems } from './target.js';

const of = (target: string | null, amber: string | null = null) => ({ from: '2026-Q1', target, amber });

describe('the target in force', () => {
  test('is the latest that begins no later than the period', () => {
    const targets = [of('2'), { ...of('1'), from: '2025-Q2' }, { ...of('3'), from: '2026-Q3' }];
    expect(targetInForce(targets, '2025-Q1')).toBeNull();
    expect(targetInForce(targets, '2026-Q2')?.target).toBe('2');
    expect(targetInForce(targets, '2026-Q3')?.target).toBe('3');
  });
});

describe('the status', () => {
  test.each([
    [80, 'higher', 'met'],
    [75, 'higher', 'near'],
    [69.9, 'higher', 'missed'],
    [80, 'lower', 'met'],
    [80.1, 'lower', 'missed'],
    [75, 'none', null],
    [null, 'higher', null],
  ] as const)('of %s where %s is better is %s', (value, better, status) => {
    expect(statusOf(value, of('80', '70'), better)).toBe(status);
  });

  test('of exact money is told to the last cent, beyond what a float holds', () => {
    const value = fractionOf('90071992547409.92');
    expect(statusOf(value, of('90071992547409.93'), 'higher')).toBe('missed');
    expect(statusOf(value, of('90071992547409.92'), 'higher')).toBe('met');
    expect(impactOf(value, '90071992547409.93', 'higher')).toBe('unfavourable');
    expect(impactOf(value, '90071992547409.92', 'higher')).toBe('neutral');
  });
});

describe('what is wrong with a target', () => {
  const higher = { better: 'higher' } as const;
  test.each([
    ['nothing is', higher, '0.8', '0.7', null],
    ['both the same', higher, '0.8', '0.80', null],
    ['no target from here on', higher, null, null, null],
    ['lower is better', { better: 'lower' } as const, '20', '30', null],
    ['nobody has said which way is better', { better: null }, '20', '30', null],
    ['nothing of that name', null, '1', null, 'reference.unknown'],
    ['amber alone', higher, null, '0.7', 'target.amber_alone'],
    ['amber beyond', higher, '0.8', '0.9', 'target.amber_beyond'],
    ['amber beyond, lower', { better: 'lower' } as const, '30', '20', 'target.amber_beyond'],
    ['no better way', { better: 'none' } as const, '30', '20', 'target.amber_meaningless'],
  ])('%s', (_what, metric, target, amber, code) => {
    expect(targetProblems('flow.x', metric, { target, amber })[0]?.code ?? null).toBe(code);
  });

  test.each([
    ['flow.waiting_share', '80', 'This share lies between 0 and 1. Write 0.8 for 80 %.'],
    ['quality.availability', '99.95', 'This share lies between 0 and 1. Write 0.9995 for 99.95 %.'],
    ['alignment.traced_spend_share', '-0.1', 'This share lies between 0 and 1. Write 0.8 for 80 %.'],
    ['stakeholder.trust', '7', 'A score lies between 1 and 5. Write 3.5, for example.'],
    ['stakeholder.trust', '0', 'A score lies between 1 and 5. Write 3.5, for example.'],
    ['capability.maturity_gap', '5.5', 'A level lies between 0 and 5. Write 3.5, for example.'],
    ['stakeholder.nps', '30', 'This net share lies between −1 and 1. Write 0.2 for 20 points.'],
    ['flow.wip', '-3', 'It is never below 0. Write 0 or more.'],
    ['flow.cycle_time', '-1', 'It is never below 0. Write 0 or more.'],
    ['efficiency.return_on_spend', '1.5', null],
    ['outcome.realisation_rate', '1.2', null],
    ['outcome.revenue_enabled', '-2000000', null],
  ] as const)('%s can or cannot be %s', (id, amount, message) => {
    const found = targetProblems(id, metricOf(id)!, { target: amount, amber: null });
    expect(found).toEqual(message === null ? [] : [{ field: 'target', code: 'target.out_of_range', message }]);
  });

  test('the ends of a range can be aimed at, and an own indicator has none', () => {
    const ENDS = { share: ['0', '1'], net_share: ['-1', '1'], level: ['0', '5'], score: ['1', '5'] } as const;
    for (const metric of METRICS)
      for (const amount of ENDS[metric.unit as keyof typeof ENDS] ?? ['0', '100000'])
        expect([metric.id, outOfRange(metric, amount)]).toEqual([metric.id, null]);
    expect(targetProblems('IND-1', { better: null }, { target: '-80', amber: null })).toEqual([]);
  });
});
