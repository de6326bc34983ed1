import type { CapabilityOnMap } from '../../../server/contract/capability.js';

/** How far need and money lie apart, whichever is larger: what is not known counts as nothing. */
const apart = ({ needShare, spendShare }: CapabilityOnMap): number => Math.abs((needShare ?? 0) - (spendShare ?? 0));

/** The widest mismatch first, then by code. */
export const widestFirst = (items: readonly CapabilityOnMap[]): CapabilityOnMap[] =>
  [...items].sort((a, b) => apart(b) - apart(a) || a.code.localeCompare(b.code));
