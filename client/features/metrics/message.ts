import type { SignalCounts } from './order';

/** `3 of 43 metrics have really changed: 1 of concern, 2 improving`: what moves by chance is no message. */
export function changedOf({ metrics, known, concern, improving, changed }: SignalCounts): string {
  if (known === 0) return `${metrics} metrics are defined, none is measured in this period`;
  const signals = concern + improving + changed;
  const kinds = [
    concern > 0 && `${concern} of concern`,
    improving > 0 && `${improving} improving`,
    changed > 0 && `${changed} changed with no better way`,
  ].filter(Boolean);
  if (signals === 0) return `None of the ${metrics} metrics has really changed`;
  return `${signals} of ${metrics} metrics ${signals === 1 ? 'has' : 'have'} really changed: ${kinds.join(', ')}`;
}

/** The same, and how many cannot tell. */
export function messageOf(counts: SignalCounts): string {
  const { known, few, silent } = counts;
  const has = (many: number, what: string) => (many === 0 ? '' : ` ${many} ${many === 1 ? 'has' : 'have'} ${what}.`);
  const rest = known === 0 ? '' : has(few, 'too few points to tell') + has(silent, 'no value in this period');
  return `${changedOf(counts)}.${rest}`;
}
