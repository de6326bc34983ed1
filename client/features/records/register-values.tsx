import { decimalsOf, scaled, type Scale } from '../../lib/format';

export const decimalsIn = (amounts: readonly string[], scale: Scale): number =>
  Math.max(0, ...amounts.map((amount) => decimalsOf(scaled(amount, scale))));

/** By level. A benefit is not better proven than its least proven month, and says so. */
export const EVIDENCE = ['none', 'weakest: claimed', 'weakest: evidenced', 'confirmed'] as const;
