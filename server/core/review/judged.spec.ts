import { expect, test } from '@jest/globals';
import type { Impact } from '../../contract/overview.js';
import type { ReviewTable } from '../../contract/review.js';
import { judgedIn } from '../../contract/review-judged.js';
import { directionsOf } from './judged.js';
import { drawingIn } from './drawn-columns.js';

const cell = (figure: string, value: string | null, impact: Impact | null) => ({
  ...{ text: value ?? '–', value, unit: 'EUR', figure, impact },
});
const beside = (...row: ReturnType<typeof cell>[]) => ({
  sections: [{ id: 'headline' as const, tables: [{ rows: [row] } as unknown as ReviewTable], drawings: [] }],
  ...{ later: 0, keyHere: (key: string) => key.replace('2026-Q1', '2026-Q2') },
});

test('figures are judged as their own sections judge them, by the keys of the frozen review', () => {
  const there = beside(
    cell('variance.realised?period=2026-Q1', '-1', 'unfavourable'),
    cell('spend', '3', null),
    cell('variance.spend', null, 'neutral'),
  );
  expect(judgedIn(there)).toEqual({ 'variance.realised?period=2026-Q2': 'unfavourable' });
});

test('which way is good follows from a difference that is judged and not nothing, and of a metric from its definition', () => {
  const columns = [
    beside(cell('variance.spend', '2', 'unfavourable'), cell('variance.realised', '-2', 'unfavourable')),
    beside(cell('variance.expected', '0', 'neutral'), cell('decision.overdue_open', '4', 'favourable')),
    beside(cell('variance.expected', '5', 'favourable'), cell('spend', '5', 'favourable')),
  ];
  expect(directionsOf(columns, (name) => (name === 'decision.overdue_open' ? 'lower' : undefined))).toEqual({
    'variance.spend': 'lower',
    'variance.realised': 'higher',
    'variance.expected': 'higher',
    'decision.overdue_open': 'lower',
  });
  expect(directionsOf(columns.slice(1, 2), () => 'none')).toEqual({});
});

test('figures that no column judges have the good way of their kind, of their metric, or of what is lost', () => {
  const ranked = beside(cell('node.variance?ref=BEN-1&type=benefit', '-2', 'unfavourable'));
  const keys = ['node.variance?ref=BEN-2&type=benefit', 'node.variance?ref=INI-1&type=initiative', 'lost.outcome'];
  const metrics = ['flow.wip?period=2026-Q1', 'flow.dependencies', 'spend', 'variance.spend'];
  const directions = directionsOf(
    [ranked],
    (name) => ({ 'flow.wip': 'lower' as const, 'flow.dependencies': 'none' as const })[name],
    [...keys, ...metrics],
  );
  expect(directions).toEqual({
    'node.variance?ref=BEN-1&type=benefit': 'higher',
    'node.variance?ref=BEN-2&type=benefit': 'higher',
    'lost.outcome': 'lower',
    'flow.wip?period=2026-Q1': 'lower',
  });
});

test('a mark of another column keeps how it is judged there, and its change is judged, too', () => {
  const bars = (value: string, impact: Impact) => ({
    ...{ kind: 'ranking' as const, id: 'd', message: '', about: '', unit: 'EUR' },
    bars: [{ label: 'BEN-1', value: cell('node.variance', value, impact), share: cell('s', '1', null), note: '' }],
  });
  const [mark] = drawingIn(bars('-1.00', 'unfavourable'), bars('2.00', 'favourable'), beside(), {
    'node.variance': 'higher',
  }).marks;
  expect(mark).toMatchObject({
    frozen: { impact: 'unfavourable' },
    other: { impact: 'favourable' },
    change: { value: '3.00', impact: 'favourable' },
  });
});
