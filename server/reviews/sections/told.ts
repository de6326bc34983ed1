import { calledInText, isSayable, joined } from './blocks.js';

/** Words of sentences by rule that tell of records: pure, of what was recorded and nothing else. */

export interface Named {
  readonly code: string;
  readonly name: string;
}

/** Names that are said in full; the rest stand in their lists. */
const MOST_NAMED = 3;
/** Longer words of somebody are not quoted: they stand where they were written. */
const LONGEST_QUOTE = 240;

/** `A, B and C`, of more than three `A, B, C and others`. @param otherwise for a name that cannot stand in a sentence: `one decision` */
export const namesInText = (records: readonly Named[], otherwise: string): string => {
  const told = records.slice(0, MOST_NAMED).map((record) => calledInText(record, otherwise));
  return joined([...new Set(told), ...(records.length > MOST_NAMED ? ['others'] : [])]);
};

/** Words of somebody without their full stop; null where there are none, or they cannot stand in a sentence. */
const quotable = (text: string | null): string | null => {
  const words = (text ?? '').trim().replace(/\.+$/, '');
  return words !== '' && words.length <= LONGEST_QUOTE && isSayable(words) ? words : null;
};

/** The highest priorities by their names; `the three highest business priorities` where a name cannot stand in a sentence. */
export const prioritiesInText = (priorities: readonly Named[]): string => {
  const names = priorities.map(({ name }) => name);
  if (names.length === 0 || !names.every(isSayable)) return 'the three highest business priorities';
  return `the highest business priorities (${joined(names.map((name) => `“${name}”`))})`;
};

/** What was finished in the quarter; null where nothing was. */
export const builtText = (delivered: readonly Named[]): string | null =>
  delivered.length === 0
    ? null
    : `Delivered to the business in the quarter: ${namesInText(delivered, 'one initiative')}.`;

/** An outcome with the name of the priority that it is for. */
export interface Reached extends Named {
  readonly priority: string | null;
}

/** Outcomes that reached their target in the quarter, each with its priority; null where none did. */
export const enabledText = (reached: readonly Reached[]): string | null => {
  if (reached.length === 0) return null;
  const told = reached.slice(0, MOST_NAMED).map((outcome) => {
    const priority = quotable(outcome.priority);
    return `${calledInText(outcome, 'one outcome')}${priority === null ? '' : ` (for the priority “${priority}”)`}`;
  });
  return `The business reached the target of these outcomes in the quarter: ${joined([
    ...told,
    ...(reached.length > MOST_NAMED ? ['others'] : []),
  ])}.`;
};

/** What is recorded of a benefit that fell short. */
export interface Shortfall extends Named {
  /** What its owner says of its status. */
  readonly note: string | null;
  /** Values of months before the end of the period are overdue. */
  readonly isLate: boolean;
  /** For a part of what is realised there is no evidence that counts. */
  readonly isUnproven: boolean;
  /** A decision about it is open and past the day on which it was needed. */
  readonly isUndecided: boolean;
}

/** Why a benefit fell short, as recorded. @param variance its chip */
export const shortfallText = (of: Shortfall, variance: string): string => {
  const note = quotable(of.note);
  const reasons = [
    note === null ? '' : `its owner says “${note}”`,
    note === null && (of.note ?? '').trim() !== '' ? 'its owner’s comment stands on its page' : '',
    of.isUndecided ? 'a decision about it is overdue' : '',
    of.isLate ? 'values of some months are overdue' : '',
    of.isUnproven ? 'a part of what is realised has no evidence' : '',
  ].filter((reason) => reason !== '');
  const name = calledInText(of, 'one benefit');
  return reasons.length === 0
    ? `${name} (${variance}) fell short, and nobody has recorded why.`
    : `${name} (${variance}) fell short: ${joined(reasons)}.`;
};

/** What was chosen in a decision, what was given up for it, or the trade-off in one. */
export interface TradeOff extends Named {
  readonly chosen: string | null;
  readonly givenUp: string | null;
  readonly tradeOff: string | null;
}

/** A trade-off that was decided; null where none is recorded that a sentence can hold. */
export const tradeOffText = (of: TradeOff): string | null => {
  const [chosen, givenUp, tradeOff] = [quotable(of.chosen), quotable(of.givenUp), quotable(of.tradeOff)];
  const name = calledInText(of, 'One decision');
  if (chosen !== null && givenUp !== null) return `${name}: “${chosen}” was chosen, and “${givenUp}” given up for it.`;
  return tradeOff === null ? null : `${name} was decided with this trade-off: ${tradeOff}.`;
};
