import type { SignalCounts } from './order';

/** Counts signals only: what moves by chance is no message. */
export function messageOf({ metrics, known, concern, improving, changed, few, silent }: SignalCounts): string {
  if (known === 0) return `${metrics} metrics are defined, none is measured in this period.`;
  const signals = concern + improving + changed;
  const kinds = [
    concern > 0 && `${concern} of concern`,
    improving > 0 && `${improving} improving`,
    changed > 0 && `${changed} changed with no better way`,
  ].filter(Boolean);
  const has = (many: number, what: string) => (many === 0 ? '' : ` ${many} ${many === 1 ? 'has' : 'have'} ${what}.`);
  const rest = has(few, 'too few points to tell') + has(silent, 'no value in this period');
  if (signals === 0) return `None of the ${metrics} metrics has really changed.${rest}`;
  return `${signals} of ${metrics} metrics ${signals === 1 ? 'has' : 'have'} really changed: ${kinds.join(', ')}.${rest}`;
}
