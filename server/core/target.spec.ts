import { describe, expect, test } from '@jest/globals';
import { fractionOf } from './benefit-status.js';
import { impactOf, statusOf, targetInForce, targetProblem } from './target.js';

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
    expect(targetProblem('flow.x', metric, { target, amber })?.code ?? null).toBe(code);
  });
});
