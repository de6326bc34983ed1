import { expect, test } from '@jest/globals';
import type { ProfileFinding } from '../../contract/profile-finding.js';
import { coverageText, furthestText, profileText } from './drawing-messages.js';

const figure = (value: string) => ({ value, trace: '/trace/x' });

test('A profile says how far benefits lie from plan, and whether the forecast returns to it', () => {
  const told = (finding: ProfileFinding | null) => profileText(finding, 'EUR', (period) => period.replace('-', ' '));
  const below = { kind: 'below', to: '2026-Q3', variance: figure('-2740000') } as const;
  expect(
    [
      null,
      { kind: 'expected', to: '2026-Q3', value: figure('1000000') } as const,
      { kind: 'unplanned', to: '2026-Q3', value: figure('1000000') } as const,
      { ...below, kind: 'on', variance: figure('0'), forecast: null } as const,
      { ...below, kind: 'above', variance: figure('5000'), forecast: null } as const,
      { ...below, forecast: null },
      { ...below, forecast: { isBack: true, period: '2027-Q1' } },
      { ...below, forecast: { isBack: false, period: '2027-Q3' } },
    ].map(told),
  ).toEqual([
    'No benefit is realised or expected in these quarters.',
    'Benefits are expected to bring 1.00 m EUR to 2026 Q3; nothing is realised yet.',
    'Benefits brought 1.00 m EUR to 2026 Q3, without a plan.',
    'Realised benefits lie on plan to 2026 Q3.',
    'Realised benefits lie 5.00 k EUR above plan to 2026 Q3.',
    'Realised benefits lie 2.74 m EUR below plan to 2026 Q3.',
    'Realised benefits lie 2.74 m EUR below plan to 2026 Q3; the forecast is at plan from 2027 Q1.',
    'Realised benefits lie 2.74 m EUR below plan to 2026 Q3; the forecast stays below plan to 2027 Q3.',
  ]);
});

test('A ranking says which benefit lies furthest from which of its plans', () => {
  const off = { name: 'BEN-10 Rework', side: 'below', isToBaseline: true, off: '−0.906 m EUR' } as const;
  expect([furthestText(null), furthestText(off), furthestText({ ...off, side: 'above', isToBaseline: false })]).toEqual(
    [
      'Every benefit with a plan and a measured value lies on its plan to date.',
      'BEN-10 Rework lies furthest below its baseline plan: −0.906 m EUR.',
      'BEN-10 Rework lies furthest above its plan: −0.906 m EUR.',
    ],
  );
});

test('A coverage says where most of the money stops', () => {
  const cell = (value: string) => ({ text: value, value, unit: 'EUR', figure: null, impact: null });
  const told = (first: string, second: string) =>
    coverageText({
      ...{ kind: 'coverage', id: 'coverage', about: '', unit: 'm EUR' },
      bars: [
        { label: 'Investment', value: cell('9'), lost: null },
        { label: 'Initiative', value: cell('7'), lost: cell(first) },
        { label: 'Capability', value: cell('4'), lost: cell(second) },
      ],
    });
  expect([told('2', '3'), told('2', '0'), told('0', '0')]).toEqual([
    'Most of the money that reaches no benefit stops at the initiative: 3 of 9 m EUR has no capability.',
    'Most of the money that reaches no benefit stops at the investment: 2 of 9 m EUR has no initiative.',
    'All of the 9 m EUR spent reaches a benefit.',
  ]);
});
