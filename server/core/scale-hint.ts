/**
 * In what amounts can be shown without losing a digit: millions (`m`) or thousands (`k`) that divide each of them without rest. Null where
 * neither does, or there is no amount but 0.
 *
 * @param amounts exact decimals; null is skipped
 */
export const scaleHint = (amounts: readonly (string | null)[]): 'k' | 'm' | null => {
  const zeros = amounts.flatMap((amount) => (amount === null ? [] : trailingZeros(amount)));
  const least = Math.min(...zeros);
  if (least === Infinity) return null;
  return least >= 6 ? 'm' : least >= 3 ? 'k' : null;
};

/** Zeros at the end of a whole amount, 0 for one with a fraction; 0 itself is divided by all. */
const trailingZeros = (amount: string): number => {
  const [whole = '', fraction = ''] = amount.split('.');
  if (/[1-9]/.test(fraction)) return 0;
  return /[1-9]/.test(whole) ? /0*$/.exec(whole)![0].length : Infinity;
};
