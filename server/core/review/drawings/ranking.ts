import type { ReviewDrawing } from '../../../contract/review.js';
import { barScale, BETWEEN, cellText, columnOf, LEAST_BARS, rowsOf } from './bars.js';
import { amountOf, keyOf, printedCell, type KeyItem, type Layout } from './layout.js';
import { COLOUR, rule, text, toneOf, varianceMark } from './svg.js';
import { widest, widthOf, wrapped } from '../../../contract/text-size.js';

type Ranking = Extract<ReviewDrawing, { kind: 'ranking' }>;

const NOTE_SHARE = 0.2;
const NOTE_LINES = 3;
const BESIDE = 6;

/** Differences as bars from one zero line, in the order of the document as on the screen; their text at the end of the bar, share and note in columns. */
export function rankingLayout({ bars, unit }: Ranking): Layout {
  const ranked = bars.map((bar) => ({ ...bar, amount: amountOf(bar.value) }));
  const labels = ranked.map(({ value }) => printedCell(value));
  const shares = ranked.map(({ share }) => printedCell(share));
  const notes = ranked.map(({ note }) => note);
  const room = (isLeft: boolean) => {
    const own = labels.filter((_, at) => (ranked[at]!.amount ?? 0) < 0 === isLeft);
    return own.length === 0 ? 0 : widest(own) + BESIDE;
  };
  const key = keyItems(bars, unit);
  const columnsIn = (width: number) => {
    const noteWidth = columnOf(notes, width, NOTE_SHARE);
    const wrappedNotes = notes.map((note) => wrapped(note, noteWidth, NOTE_LINES));
    const rows = rowsOf(
      ranked.map(({ label }) => label),
      width,
      [wrappedNotes],
    );
    const shareWidth = widest(shares);
    const right = width - (noteWidth === 0 ? 0 : noteWidth + BETWEEN) - shareWidth - BETWEEN;
    return { rows, wrappedNotes, noteWidth, right, left: rows.nameWidth + BETWEEN };
  };

  return {
    needs(width) {
      const { rows, left, right } = columnsIn(width);
      return {
        width: left + room(true) + LEAST_BARS + room(false) + (width - right),
        height: keyOf(key, width).height + rows.height,
      };
    },
    draw({ width, height }) {
      const top = keyOf(key, width);
      const { rows, wrappedNotes, noteWidth, left, right } = columnsIn(width);
      const scale = barScale(
        ranked.map(({ amount }) => amount),
        left + room(true),
        right - room(false),
      );
      const free = height - top.height;
      const [middles, barHeight] = [rows.middles(free), rows.barHeight(free)];
      const end = (middles.at(-1) ?? 0) + barHeight;
      return [
        ...top.marks,
        ...ranked.flatMap(({ amount, value, label }, at) => {
          const y = top.height + middles[at]!;
          const isLeft = (amount ?? 0) < 0;
          const x = scale.at(amount ?? 0) + (isLeft ? -BESIDE : BESIDE);
          return [
            cellText(rows.names[at] ?? wrapped(label, Infinity), 0, y),
            ...(amount === null
              ? []
              : [varianceMark(value.impact, { ...scale.span(0, amount), y: y - barHeight / 2, height: barHeight })]),
            text([labels[at]!], { x, y }, { anchor: isLeft ? 'end' : 'start', fill: toneOf(value.impact) }),
            text([shares[at]!], { x: width - (noteWidth === 0 ? 0 : noteWidth + BETWEEN), y }, { anchor: 'end' }),
            ...(notes[at] === '' ? [] : [cellText(wrappedNotes[at]!, width - noteWidth, y, { fill: COLOUR.ink2 })]),
          ];
        }),
        rule({ x: scale.zero, y: top.height }, { x: scale.zero, y: top.height + end }),
      ];
    },
  };
}

function keyItems(bars: Ranking['bars'], unit: string): KeyItem[] {
  const tells = (impact: string) => bars.some(({ value }) => value.impact === impact);
  return [
    { mark: null, text: unit },
    ...(tells('favourable') ? [{ mark: 'favourable' as const, text: 'favourable' }] : []),
    ...(tells('unfavourable') ? [{ mark: 'unfavourable' as const, text: 'unfavourable' }] : []),
  ].filter(({ text: words }) => widthOf(words) > 0);
}
