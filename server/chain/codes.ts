const byCode = new Intl.Collator('en', { numeric: true }).compare;

/** Codes as people count (`INV-2` before `INV-10`), and never equal unless they are the same. */
export const compareCodes = (a: string, b: string): number => byCode(a, b) || (a === b ? 0 : a < b ? -1 : 1);
