import { columnWidths, heightOf, LABEL, tiersOf, type Tier } from '../../../contract/chart-geometry.js';
import { keyOfProvisional, PROVISIONAL } from '../../../contract/review-provisional.js';
import type { ReviewDrawing } from '../../../contract/review.js';
import { amountOf, keyOf, printedCell, type KeyItem, type Layout } from './layout.js';
import { COLOUR, LINE, rule, scenarioMark, text, toneOf, varianceMark, type Box } from './svg.js';
import { widest, wrapped } from '../../../contract/text-size.js';

type Profile = Extract<ReviewDrawing, { kind: 'profile' }>;

/** Between the labels of two columns. */
const APART = 8;
const GUTTER = 34;
const LEAST_BAND = 24;
/** Of both tiers together, under which a difference is no longer seen. */
const LEAST_MARKS = 120;

/** Columns over time: the plan hollow behind, realised solid or forecast hatched in front, differences in a tier above at the same pixels per unit. */
export function profileLayout({ columns, unit }: Profile): Layout {
  const amounts = columns.map((column) => ({
    ...column,
    amount: amountOf(column.value),
    plan: amountOf(column.planned),
    difference: amountOf(column.variance),
  }));
  /** Amounts that are no number are gaps for the scale as well. */
  const texts = amounts.map(({ amount, plan, difference }) => ({
    value: textOf(amount),
    planned: textOf(plan),
    variance: textOf(difference),
  }));
  const words = columns.flatMap(({ label }) => label.split(' '));
  const band = Math.max(
    LEAST_BAND,
    widest([...words, ...columns.flatMap((column) => [valueText(column), printedCell(column.variance)])]) + APART,
  );
  const key = keyItems(columns, unit);
  const labelsIn = (wide: number) => columns.map(({ label }) => wrapped(label, wide - APART).lines);
  const linesIn = (wide: number) => Math.max(1, ...labelsIn(wide).map(({ length }) => length));

  return {
    needs: (width) => ({
      width: GUTTER + band * columns.length,
      height: keyOf(key, width).height + 4 * LABEL + linesIn((width - GUTTER) / columns.length) * LINE + LEAST_MARKS,
    }),
    draw({ width, height }) {
      const wide = (width - GUTTER) / columns.length;
      const top = keyOf(key, width);
      const tiers = tiersOf(texts, height - top.height, 1, linesIn(wide));
      const { front, back } = columnWidths(wide);
      const middle = (at: number) => GUTTER + (at + 0.5) * wide;
      const y = (amount: number, tier: Tier) => top.height + heightOf(amount, tier, tiers.pixelsPerUnit);
      const box = (amount: number, tier: Tier, at: number, breadth: number): Box => ({
        x: middle(at) - breadth / 2,
        y: Math.min(y(amount, tier), y(0, tier)),
        width: breadth,
        height: Math.abs(y(amount, tier) - y(0, tier)),
      });
      const { value, variance } = tiers;
      return [
        ...top.marks,
        ...amounts.flatMap(({ plan }, at) => (plan === null ? [] : [scenarioMark('PL', box(plan, value, at, back))])),
        ...amounts.flatMap(({ amount, scenario }, at) =>
          amount === null ? [] : [scenarioMark(scenario, box(amount, value, at, front))],
        ),
        ...amounts.flatMap(({ difference, variance: { impact } }, at) =>
          difference === null ? [] : [varianceMark(impact, box(difference, variance, at, front))],
        ),
        ...[value, variance].map((tier) => rule({ x: GUTTER, y: y(0, tier) }, { x: width, y: y(0, tier) })),
        text(['ΔPL'], { x: 0, y: y(0, variance) }, { fill: COLOUR.ink2 }),
        ...amounts.map(({ difference, variance: cell }, at) => {
          const hangs = (difference ?? 0) < 0;
          const place = { x: middle(at), y: y(difference ?? 0, variance) + (hangs ? LABEL / 2 : -LABEL / 2) };
          return text([printedCell(cell)], place, { anchor: 'middle', fill: toneOf(cell.impact) });
        }),
        ...amounts.map((column, at) => {
          const { amount, plan } = column;
          const hangs = (amount ?? plan ?? 0) < 0;
          const end = (hangs ? Math.min : Math.max)(0, amount ?? 0, plan ?? 0);
          const place = { x: middle(at), y: y(end, value) + (hangs ? LABEL / 2 : -LABEL / 2) };
          return text([valueText(column)], place, { anchor: 'middle' });
        }),
        ...labelsIn(wide).map((lines, at) =>
          text(
            lines,
            { x: middle(at), y: top.height + tiers.axis + LINE / 2 + 2 },
            { anchor: 'middle', fill: COLOUR.ink2 },
          ),
        ),
      ];
    },
  };
}

/** With its letter, where it is provisional. */
const valueText = ({ value, isProvisional }: Pick<Profile['columns'][number], 'value' | 'isProvisional'>): string =>
  `${printedCell(value)}${isProvisional ? ` ${PROVISIONAL.sign}` : ''}`;

const textOf = (amount: number | null): string | null => (amount === null ? null : String(amount));

function keyItems(columns: Profile['columns'], unit: string): KeyItem[] {
  const has = (scenario: 'AC' | 'FC') => columns.some((column) => column.scenario === scenario);
  const tells = (impact: string) => columns.some(({ variance }) => variance.impact === impact);
  return [
    { mark: null, text: unit },
    ...(has('AC') ? [{ mark: 'AC' as const, text: 'AC realised' }] : []),
    ...(has('FC') ? [{ mark: 'FC' as const, text: 'FC forecast' }] : []),
    ...(columns.some(({ planned }) => amountOf(planned) !== null) ? [{ mark: 'PL' as const, text: 'PL plan' }] : []),
    ...(columns.some(({ isProvisional }) => isProvisional) ? [{ mark: null, text: keyOfProvisional }] : []),
    ...(tells('favourable') ? [{ mark: 'favourable' as const, text: 'ΔPL favourable' }] : []),
    ...(tells('unfavourable') ? [{ mark: 'unfavourable' as const, text: 'ΔPL unfavourable' }] : []),
  ];
}
