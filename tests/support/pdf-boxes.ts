import { SHEET } from '../../server/contract/paper-sheet.js';
import type { Box, ReadPdf } from './read-pdf.js';

/** Points of pixels. */
const pt = (pixels: number): number => pixels * 0.75;
/** Of what writers round, and of half a line's width. */
const ROUNDING = 1;

const [WIDTH, HEIGHT] = [pt(SHEET.width), pt(SHEET.height)];
const MARGIN = {
  top: pt(SHEET.margin.top),
  right: pt(SHEET.margin.right),
  bottom: pt(SHEET.margin.bottom),
  left: pt(SHEET.margin.left),
};

/** The line of the page stands in the lower margin, and nothing else does. */
const isInFoot = ({ text, top }: Box): boolean => text !== null && top < MARGIN.bottom;
/** The paper itself. */
const isSheet = ({ text, left, right }: Box): boolean => text === null && right - left > WIDTH - 2;

const isInside = (box: Box): boolean =>
  box.left >= MARGIN.left - ROUNDING &&
  box.right <= WIDTH - MARGIN.right + ROUNDING &&
  box.top <= HEIGHT - MARGIN.top + ROUNDING &&
  box.bottom >= (isInFoot(box) ? 0 : MARGIN.bottom - ROUNDING);

const isOver = (one: Box, other: Box): boolean =>
  Math.min(one.right, other.right) - Math.max(one.left, other.left) > ROUNDING &&
  Math.min(one.top, other.top) - Math.max(one.bottom, other.bottom) > ROUNDING;

const told = ({ text, left, right, bottom, top }: Box): string =>
  `${text === null ? 'a drawn line or surface' : `“${text}”`} (${[left, right, bottom, top].map(Math.round).join(' ')})`;

/** What leaves the margins of its page, and texts that stand upon one another. */
export const misplaced = ({ boxes }: ReadPdf): string[] =>
  boxes.flatMap((all, at) => {
    const texts = all.filter(({ text }) => text !== null).sort((one, other) => other.top - one.top);
    return [
      ...all
        .filter((box) => !isSheet(box) && !isInside(box))
        .map((box) => `page ${at + 1}: ${told(box)} leaves the page`),
      ...texts.flatMap((one, from) =>
        texts
          .slice(from + 1)
          .filter((other) => isOver(one, other))
          .map((other) => `page ${at + 1}: ${told(one)} stands upon ${told(other)}`),
      ),
    ];
  });
