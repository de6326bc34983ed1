import { COVERAGE_KEY, coverageSteps } from '../../../contract/review-coverage.js';
import type { ReviewDrawing } from '../../../contract/review.js';
import { barScale, BETWEEN, cellText, LEAST_BARS, rowsOf } from './bars.js';
import { amountOf, keyOf, printedCell, type KeyItem, type Layout } from './layout.js';
import { COLOUR, element, rule, scenarioMark, text, triangle } from './svg.js';
import { widest } from '../../../contract/text-size.js';

type Coverage = Extract<ReviewDrawing, { kind: 'coverage' }>;

/** Of the triangle with the space around it. */
const TRIANGLE = 18;

/** What reaches each step as bars on one scale; at the end of each what the step before had more, named. */
export function coverageLayout(coverage: Coverage): Layout {
  const { unit } = coverage;
  const steps = coverageSteps(coverage).map(({ label, value, short, lost, lacks }) => ({
    ...{ label, value },
    amount: amountOf(value),
    short: amountOf({ value: short }),
    loss: lost === null ? null : [printedCell(lost), lacks ?? []].flat().join(' '),
  }));
  const values = steps.map(({ value }) => printedCell(value));
  const lossWidth = widest(steps.flatMap(({ loss }) => loss ?? [])) + TRIANGLE;
  const key: KeyItem[] = [
    { mark: null, text: unit },
    { mark: 'AC', text: `AC ${COVERAGE_KEY.reached}` },
    ...(steps.some(({ loss }) => loss !== null) ? [{ mark: 'short' as const, text: COVERAGE_KEY.lost }] : []),
  ];
  const columnsIn = (width: number) => {
    const rows = rowsOf(
      steps.map(({ label }) => label),
      width,
    );
    const valueEnd = rows.nameWidth + BETWEEN + widest(values);
    return { rows, valueEnd, left: valueEnd + BETWEEN };
  };

  return {
    needs(width) {
      const { rows, left } = columnsIn(width);
      return { width: left + LEAST_BARS + lossWidth, height: keyOf(key, width).height + rows.height };
    },
    draw({ width, height }) {
      const top = keyOf(key, width);
      const { rows, valueEnd, left } = columnsIn(width);
      const scale = barScale(
        steps.flatMap(({ amount, short }) => [amount, endOf(amount, short)]),
        left,
        width - lossWidth,
      );
      const free = height - top.height;
      const [middles, barHeight] = [rows.middles(free), rows.barHeight(free)];
      return [
        ...top.marks,
        ...steps.flatMap(({ amount, short, loss }, at) => {
          const y = top.height + middles[at]!;
          const box = { y: y - barHeight / 2, height: barHeight };
          const end = scale.at(endOf(amount, short) ?? 0);
          const isShort = amount !== null && short !== null && short > 0;
          return [
            cellText(rows.names[at]!, 0, y),
            text([values[at]!], { x: valueEnd, y }, { anchor: 'end' }),
            ...(amount === null ? [] : [scenarioMark('AC', { ...box, ...scale.span(0, amount) })]),
            ...(isShort
              ? [
                  element('rect', {
                    ...scale.span(amount, amount + short),
                    y: y - barHeight * 0.3,
                    height: barHeight * 0.6,
                    fill: COLOUR.bad,
                    'data-gap': '',
                  }),
                ]
              : []),
            ...(loss === null
              ? []
              : [
                  ...(isShort ? [triangle({ x: end + TRIANGLE / 2, y }, false, COLOUR.bad)] : []),
                  text([loss], { x: end + TRIANGLE, y }, { fill: isShort ? COLOUR.bad : COLOUR.ink2 }),
                ]),
          ];
        }),
        rule({ x: scale.zero, y: top.height }, { x: scale.zero, y: top.height + (middles.at(-1) ?? 0) + barHeight }),
      ];
    },
  };
}

/** Where the bar with its shortfall ends; what would be longer than the step before is none. */
const endOf = (amount: number | null, short: number | null): number | null =>
  amount === null ? null : amount + Math.max(0, short ?? 0);
