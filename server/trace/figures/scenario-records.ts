import type { Side } from '../../contract/scenario-words.js';
import { ratio } from '../../core/money.js';
import { type Effect, lines as of, monthWords, type Source } from '../../scenarios/effect.service.js';
import type { Listed } from '../figure.js';

/** The months behind a figure of a what-if, each with what became of it. */

type Line = of.Lines['lines'][number];

const WHY: Record<Line['flow']['why'], string> = {
  as_planned: '',
  scaled: 'other funding',
  moved: '',
  stopped: 'stopped',
  beyond: 'would come after the last planned month',
};

/** What happens to the line, and how much of the entered amount it is of. */
const noteOf = (effect: Effect, line: Line, isValue: boolean): string => {
  const { flow } = line;
  const { cell, lands, why, part } = flow;
  const share = isValue ? shareOf(effect, line) : null;
  return [
    isValue ? (cell.isPlan ? 'planned, no forecast' : 'forecast') : (cell.kind ?? ''),
    share !== null &&
      share !== 1 &&
      `${Number((share * 100).toPrecision(6))} % of it${part ? ', credited' : ', not credited'}`,
    lands !== null && lands !== cell.month && `comes in ${monthWords(lands)}`,
    WHY[why],
  ]
    .filter((words) => typeof words === 'string' && words !== '')
    .join(' · ');
};

const shareOf = ({ whatIf }: Effect, { flow }: Line): number | null =>
  flow.cell.units === 0n ? null : ratio(flow.before, flow.cell.units * (whatIf.valueDenominator / 10n ** 14n));

/** One item is one month of one cost or value on one strand; what adds nothing is left out. */
export const listedLines = (
  effect: Effect,
  { lines, denominator }: of.Lines,
  side: Side,
  column?: of.Column,
): Listed[] => {
  const { rows } = effect;
  return lines
    .map((line) => ({ line, n: of.amountOf(line, side, column) }))
    .filter(({ n }) => n !== 0n)
    .sort((a, b) => order(a.line, b.line))
    .map(({ line, n }) => {
      const { type, code, name } = rows[line.node]!;
      const source: Source = line.flow.cell;
      const isValue = type === 'benefit';
      return {
        type: isValue ? 'benefit_value' : 'investment_cost',
        code,
        name,
        at: source.month,
        note: noteOf(effect, line, isValue) || null,
        entered: source.entered,
        enteredUnit: source.unit,
        amount: { n, d: denominator },
      };
    });
};

const order = (a: Line, b: Line): number =>
  a.node - b.node || (a.flow.cell.month < b.flow.cell.month ? -1 : a.flow.cell.month > b.flow.cell.month ? 1 : 0);

/** What of a benefit is credited to each changed investment, and to changed initiatives beside it. */
export const listedCredits = ({ whatIf, rows, changes }: Effect, benefit: number | null): Listed[] =>
  whatIf.parts.flatMap(({ investment, benefits, changes: bearing }) => {
    const n = benefit === null ? 0n : (benefits.numerators[benefit] ?? 0n);
    if (n === 0n) return [];
    const changed = rows[investment ?? bearing[0]!.node]!;
    const own = changes
      .filter(({ node }) => bearing.some((change) => change.node === node))
      .map(({ change }) => change.code);
    return [
      {
        type: changed.type,
        code: changed.code,
        name: changed.name,
        at: null,
        note: investment === null ? 'due to no investment' : `through the change of ${[...new Set(own)].join(', ')}`,
        amount: { n, d: benefits.denominator },
      },
    ];
  });
