import { BODY, type Box, Flow, GAP, MARGIN, type Slide, TEXT_WIDTH, titleIn } from './slide-flow.js';
import { BOLD } from './slide-tables.js';
import { type Fitted, fitted, heightOf, linesOf } from './slide-text.js';

/** The first slide: what the review is for and what it asks, and how it is known. What it cannot hold stands on the slides after it. Inches. */

/** Texts of the cover, each on one line. */
export interface CoverTexts {
  readonly organisation: string;
  readonly title: string;
  /** What it is for, and who may read it. */
  readonly purpose: string;
  /** A sentence. */
  readonly message: string;
  readonly recommended: readonly string[];
  readonly said: readonly string[];
  /** How the review is known, a line each. */
  readonly known: readonly string[];
}

export interface Placed extends Fitted {
  readonly box: Box;
}
export interface BodyLine {
  readonly text: string;
  readonly kind: 'heading' | 'numbered' | 'plain';
}
export interface Cover {
  readonly organisation: Placed;
  readonly title: Placed;
  readonly purpose: Placed;
  readonly message: Fitted;
  readonly body: { readonly lines: readonly BodyLine[]; readonly points: number; readonly box: Box } | null;
  readonly known: { readonly lines: readonly string[]; readonly points: number; readonly box: Box };
  /** What the cover has no room for, in full. */
  readonly further: readonly Slide[];
}

export const COVER_TITLE = 2.1;
export const BODY_AFTER = 0.083;
/** Left of a numbered line. */
export const INDENT = 0.375;
const [BODY_TOP, BOTTOM] = [3.25, 6.95];
const BODY_SIZES = [18, 16, 14] as const;
const KNOWN = { points: 11, most: 1.3 } as const;
const HEADING = 'We recommend';

const placed = (text: string, y: number, height: number, sizes: readonly number[], factor = 1): Placed => ({
  ...fitted(text, TEXT_WIDTH / factor, height, sizes),
  box: { x: MARGIN, y, width: BODY.width, height },
});

const knownHeight = (lines: readonly Fitted[]): number =>
  lines.reduce((sum, { text }) => sum + heightOf(linesOf(text, TEXT_WIDTH, KNOWN.points).length, KNOWN.points), 0);

/** The lines by which it is known, each as short as all of them need to be. */
const knownIn = (known: readonly string[]): readonly Fitted[] => {
  const ways = [Infinity, 2, 1].map((lines) =>
    known.map((text) => fitted(text, TEXT_WIDTH, heightOf(lines, KNOWN.points), [KNOWN.points])),
  );
  return ways.find((way) => knownHeight(way) <= KNOWN.most) ?? ways.at(-1)!;
};

const bodyHeight = (lines: readonly BodyLine[], points: number): number =>
  lines.reduce((sum, { text, kind }) => {
    const width = (kind === 'numbered' ? TEXT_WIDTH - INDENT : TEXT_WIDTH) / (kind === 'heading' ? BOLD : 1);
    return sum + heightOf(linesOf(text, width, points).length, points) + BODY_AFTER;
  }, 0);

/** As many lines as fit, from the first; a heading alone is none. */
const bodyIn = (lines: readonly BodyLine[], room: number): { count: number; points: number } => {
  const points = BODY_SIZES.find((size) => bodyHeight(lines, size) <= room) ?? BODY_SIZES.at(-1)!;
  let count = lines.length;
  while (count > 0 && (bodyHeight(lines.slice(0, count), points) > room || lines[count - 1]!.kind === 'heading'))
    count -= 1;
  return { count, points };
};

/**
 * Lays the cover out.
 * @param about line of the slides that go on after it
 */
export function coverOn(texts: CoverTexts, about: string): Cover {
  const organisation = placed(texts.organisation, 0.5, 0.35, [16, 14, 12, 10]);
  const title = placed(texts.title, 0.85, 0.75, [36, 32, 28, 24], BOLD);
  const purpose = placed(texts.purpose, 1.6, 0.35, [16, 14, 12, 10]);
  const message = titleIn(texts.message);
  const known = knownIn(texts.known);
  const height = knownHeight(known);
  const room = BOTTOM - height - GAP - BODY_TOP;
  const lines: BodyLine[] = [
    ...(texts.recommended.length === 0 ? [] : [{ text: HEADING, kind: 'heading' } as const]),
    ...texts.recommended.map((text) => ({ text, kind: 'numbered' }) as const),
    ...texts.said.map((text) => ({ text, kind: 'plain' }) as const),
  ];
  const { count, points } = bodyIn(lines, room);
  const cut = (whole: string, { isCut }: Fitted): string[] => (isCut ? [whole] : []);
  const rest = lines.slice(count).map(({ text, kind }, at) => {
    // The heading has no number.
    return kind === 'numbered' ? `${count + at}. ${text}` : text;
  });
  const isGoingOn = lines[count]?.kind === 'numbered';
  const further = new Flow(texts.message, about, true);
  further.say(
    [
      ...cut(texts.organisation, organisation),
      ...cut(texts.title, title),
      ...cut(texts.purpose, purpose),
      ...cut(texts.message, message),
      ...(isGoingOn ? [HEADING] : []),
      ...rest,
      ...known.flatMap((line, at) => cut(texts.known[at]!, line)),
    ].map((text) => ({ text, figures: [] })),
  );
  further.turn();
  return {
    ...{ organisation, title, purpose, message, further: further.slides },
    body:
      count === 0
        ? null
        : {
            lines: lines.slice(0, count),
            points,
            box: { x: MARGIN, y: BODY_TOP, width: BODY.width, height: room },
          },
    known: {
      lines: known.map(({ text }) => text),
      points: KNOWN.points,
      box: { x: MARGIN, y: BOTTOM - height, width: BODY.width, height },
    },
  };
}
