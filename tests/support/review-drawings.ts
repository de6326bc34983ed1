import type { ReviewDrawing } from '../../server/contract/review.js';
import { amounts, number, variances } from './review-blocks.js';

type Drawing<Kind> = Extract<ReviewDrawing, { kind: Kind }>;

const QUARTERS = ['2025 Q4', '2026 Q1', '2026 Q2', '2026 Q3', '2026 Q4', '2027 Q1', '2027 Q2', '2027 Q3'];
const VALUES = ['4100000', '5350000', '7900000', '12400000', '13100000', '14000000', '14950000', '16200000'];
const PLANNED = ['4000000', '6000000', '9000000', '15100000', '15400000', '15900000', '16000000', '16100000'];
const DIFFERENCES = ['100000', '-650000', '-1100000', '-2700000', '-2300000', '-1900000', '-1050000', '100000'];

const profile = (): Drawing<'profile'> => {
  const [value, planned] = [amounts(VALUES), amounts(PLANNED)];
  const variance = variances(DIFFERENCES, VALUES);
  return {
    id: 'profile',
    kind: 'profile',
    message: 'Benefits of 2026 Q3 are 12.4 m EUR, 2.70 m EUR below plan',
    about: 'Meridian Group, benefits by quarter, realised and expected against plan',
    unit: 'm EUR',
    columns: QUARTERS.map((label, at) => ({
      label,
      scenario: at < 4 ? 'AC' : 'FC',
      value: value[at]!,
      planned: planned[at]!,
      variance: variance[at]!,
    })),
  };
};

const ranking = (): Drawing<'ranking'> => {
  const lost = ['-1350000', '-700000', '-410000', '-180000', '-60000'];
  const cells = variances(lost, lost);
  const labels = [
    'BEN-014 Fewer stock-outs in the stores of the northern region and what follows from them for returns',
    'BEN-031 Faster onboarding',
    'BEN-007 Lower licence cost <b>bold</b> & “quotes”',
    'BEN-101 إيرادات جديدة',
    'BEN-044 Self-service 🚀',
  ];
  return {
    id: 'ranking',
    kind: 'ranking',
    message: 'Five benefits carry the whole shortfall, one of them half of it',
    about: 'Meridian Group, benefits furthest below plan, 2026 Q3',
    unit: 'm EUR',
    bars: labels.map((label, at) => ({
      label,
      value: cells[at]!,
      share: number(['50.0 %', '25.9 %', '15.2 %', '6.7 %', '2.2 %'][at]!, String(Number(lost[at]) / -2700000), {
        unit: 'share',
      }),
      note: at === 0 ? 'Store roll-out four months late; Amira Haddad' : '',
    })),
  };
};

const coverage = (): Drawing<'coverage'> => {
  const reached = amounts(['48000000', '41500000', '33200000', '27900000', '12400000']);
  const lost = amounts(['6500000', '8300000', '5300000', '15500000']);
  const labels = ['Investment', 'Initiative', 'Capability', 'Outcome', 'Benefit'];
  return {
    id: 'coverage',
    kind: 'coverage',
    message: 'Of 48.0 m EUR invested, 12.4 m EUR reach a benefit that is realised',
    about: 'Meridian Group, investment by how far it is linked, 2026 Q3',
    unit: 'm EUR',
    bars: labels.map((label, at) => ({ label, value: reached[at]!, lost: lost[at - 1] ?? null })),
  };
};

const xmr = (): Drawing<'xmr'> => {
  const days = [41, 43, 40, 42, 44, 39, 41, 43, 58, 60, 61, 59];
  const in_ = (value: number | string) => number(String(value), String(value), { unit: 'days' });
  return {
    id: 'cycle-time',
    kind: 'xmr',
    message: 'Cycle time has become longer since March: 59 days, 18 more than before',
    about: 'Meridian Group, median cycle time by month, 2025-10 to 2026-09',
    unit: 'days',
    points: days.map((value, at) => ({
      label: `${at < 3 ? 2025 : 2026}-${String(((at + 9) % 12) + 1).padStart(2, '0')}`,
      value: in_(value),
      isSignal: at >= 8,
    })),
    limits: { centre: in_(41.6), lower: in_(34.9), upper: in_(48.3) },
    target: in_(35),
  };
};

/** One drawing of each kind. */
export const drawings = { profile, ranking, coverage, xmr };
