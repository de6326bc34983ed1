import type { Figure } from '../../server/contract/trace.js';

/** How each figure is asked of the golden tables. */

const OF_BENEFITS = [
  'node.baseline_planned',
  'node.variance',
  'node.variance_share',
  'node.unrealised',
  'node.unconfirmed',
  'node.untraced',
  'node.outlook',
  'node.expected',
  'node.variance_outlook',
  'node.variance_expected',
  'node.realisation_rate',
  'node.baseline_realisation_rate',
  'node.measured_rate',
  'node.coverage',
  'node.uncredited_planned',
  'node.uncredited_realised',
  'node.baseline_variance',
  'node.uncredited_share',
  'node.credit_shares',
  'node.calibrated_expected',
];
const CHANGES =
  'stop:investment:INV-5:2026-08::delay:initiative:INI-9:2026-07:3::funding:initiative:INI-1:2026-07:62.5';
const MORE_OF_SCENARIO: Partial<Record<Figure, string>> = {
  'scenario.cost': '&kind=difference',
  'scenario.credited': '&kind=difference',
  'scenario.net': '&kind=baseline',
  'scenario.value': '&kind=scenario&from=2026-07&to=2026-12',
  'scenario.share': '&type=benefit&ref=BEN-4',
  'scenario.credited_share': '&type=benefit&ref=BEN-4',
};
/** What a figure needs to be told beyond period and scope. */
export const named = (figure: Figure): string => {
  if (OF_BENEFITS.includes(figure)) return '&type=benefit&ref=BEN-4';
  if (figure.startsWith('node.credited_')) return '&type=benefit&ref=BEN-4&to=INV-5';
  if (figure === 'node.action_effect') return '&type=benefit&ref=BEN-4&action=ACT-T';
  if (figure === 'measure.value') return '&type=outcome&ref=OUT-1&on=2025-09-01';
  if (figure.startsWith('maturity.')) return '&type=capability&ref=CAP-3';
  if (figure.startsWith('measure.')) return '&type=outcome&ref=OUT-1';
  if (figure === 'value.verdict') return '&type=benefit&ref=BEN-4&month=2025-04&version=1';
  if (figure.startsWith('node.plan_')) return '&type=benefit&ref=BEN-4&version=1';
  if (figure.startsWith('case.driver_')) return '&type=investment&ref=INV-5&driver=rate';
  if (/^case\.(.*_forecast|claimed_of_calibrated)$/.test(figure)) return '&type=investment&ref=INV-5';
  if (figure === 'case.cumulative') return '&type=investment&ref=INV-5&kind=expected&month=2026-05';
  if (figure.startsWith('case.')) return '&type=investment&ref=INV-5&kind=expected';
  if (figure.startsWith('scenario.')) return `&changes=${CHANGES}${MORE_OF_SCENARIO[figure] ?? ''}`;
  if (figure === 'decision.delay_cost') return '&decision=DEC-21';
  if (figure.startsWith('perception.')) return '&question=trust';
  if (figure === 'indicator.value') return '&indicator=IND-T';
  if (figure.startsWith('node.')) return '&type=initiative&ref=INI-9';
  if (figure.startsWith('listed.')) return `&among=${encodeURIComponent('class=cashable&type=risk')}`;
  if (figure.startsWith('link.')) return '&type=investment&ref=INV-5&to=INI-8';
  if (figure === 'path.spend') return '&path=investment:INV-5:INI-8';
  if (figure === 'view.unreached') return '&layer=outcome';
  if (figure === 'view.smaller') return '&layer=initiative&min=1000000';
  if (figure.startsWith('value.')) return '&type=benefit&ref=BEN-4&month=2026-03';
  if (figure.startsWith('claims')) return '&kind=waiting';
  if (figure === 'view.link') return '&from=smaller:investment&to=smaller:initiative&min=100000000';
  return figure === 'status' ? '&kind=off_track' : '';
};
