import type { CapabilityMap, CapabilityOnMap } from '../../../server/contract/capability.js';
import { toGeometry } from '../../../server/contract/decimal.js';

/** What the boxes of the map are coloured by, in five steps; null is white: not known. */

const COLOURS = ['maturity', 'gap', 'spend', 'benefit'] as const;
export type Colour = (typeof COLOURS)[number];

/** What the map can be coloured by; the first is the default. Where no level is known, that is money alone. */
export const coloursOf = (unassessed: CapabilityMap['unassessed']): readonly Colour[] =>
  unassessed === null ? COLOURS : COLOURS.filter((colour) => colour === 'spend' || colour === 'benefit');

export const COLOUR_WORDS: Record<Colour, string> = {
  maturity: 'Maturity',
  gap: 'Gap',
  spend: 'Spend',
  benefit: 'Benefit',
};

/** What each step means, the first one lightest. */
export const STEP_WORDS: Record<Colour, readonly string[]> = {
  maturity: ['to 1', 'to 2', 'to 3', 'to 4', 'to 5'],
  gap: ['none', 'to 0.5', 'to 1', 'to 2', 'over 2'],
  spend: ['to a fifth of the largest', 'to two fifths', 'to three fifths', 'to four fifths', 'to the largest'],
  benefit: ['to a fifth of the largest', 'to two fifths', 'to three fifths', 'to four fifths', 'to the largest'],
};

const GAP_ENDS = [0, 0.5, 1, 2];

/** The largest amounts of the map, which the others are held against. */
export const largestOf = (items: readonly CapabilityOnMap[], amount: 'cost' | 'realised'): number =>
  Math.max(0, ...items.map((item) => toGeometry(item[amount])));

/** 1 to 5, or null where it is not known. */
export function shadeOf(
  item: CapabilityOnMap,
  colour: Colour,
  largest: { cost: number; realised: number },
): number | null {
  switch (colour) {
    case 'maturity':
      return item.level === null ? null : Math.min(5, Math.max(1, Math.ceil(toGeometry(item.level))));
    case 'gap': {
      if (item.gap === null) return null;
      const gap = toGeometry(item.gap);
      const step = GAP_ENDS.findIndex((end) => gap <= end);
      return step < 0 ? 5 : step + 1;
    }
    case 'spend':
      return fifth(toGeometry(item.cost), largest.cost);
    case 'benefit':
      return fifth(toGeometry(item.realised), largest.realised);
  }
}

const fifth = (amount: number, largest: number): number =>
  largest <= 0 ? 1 : Math.min(5, Math.max(1, Math.ceil((amount / largest) * 5)));
