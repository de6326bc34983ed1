import { decimalsOf, scaled, type Scale } from '../../../server/contract/format.js';

export const decimalsIn = (amounts: readonly string[], scale: Scale): number =>
  Math.max(0, ...amounts.map((amount) => decimalsOf(scaled(amount, scale))));
