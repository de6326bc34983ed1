import { calledInText, isSayable, joined } from './blocks.js';

/** Words of sentences by rule that tell of records: pure, of what was recorded and nothing else. */

export interface Named {
  readonly code: string;
  readonly name: string;
}

/** Names that are said in full; the rest stand in their lists. */
export const MOST_NAMED = 3;
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

/** A record with the names of the priorities that it is for. */
export interface Serving extends Named {
  readonly priorities: readonly string[];
}

/** `for the priority “Grow online”`; empty where none is known that a sentence can name. */
const purposeOf = ({ priorities }: Serving): string => {
  const names = priorities.flatMap((name) => quotable(name) ?? []);
  if (names.length === 0) return '';
  const told = [
    ...names.slice(0, MOST_NAMED).map((name) => `“${name}”`),
    ...(names.length > MOST_NAMED ? ['others'] : []),
  ];
  return `for the ${names.length === 1 ? 'priority' : 'priorities'} ${joined(told)}`;
};

/** Each with what it is for, of more than three the first three and that there are others. */
const servingInText = (records: readonly Serving[], otherwise: string): string =>
  joined([
    ...records.slice(0, MOST_NAMED).map((record) => {
      const purpose = purposeOf(record);
      return `${calledInText(record, otherwise)}${purpose === '' ? '' : ` (${purpose})`}`;
    }),
    ...(records.length > MOST_NAMED ? ['others'] : []),
  ]);

/** What was finished in the quarter, and for which priorities; null where nothing could be. @param isAny whether initiatives are recorded at all */
export const builtText = (delivered: readonly Serving[], isAny: boolean): string | null =>
  delivered.length === 0
    ? isAny
      ? 'No initiative was delivered in the quarter.'
      : null
    : `Delivered to the business in the quarter: ${servingInText(delivered, 'one initiative')}.`;

/** Outcomes that reached their target in the quarter, each with its priority; null where none could. @param isAny whether outcomes are recorded at all */
export const enabledText = (reached: readonly Serving[], isAny: boolean): string | null =>
  reached.length === 0
    ? isAny
      ? 'No outcome reached its target for the first time in the quarter.'
      : null
    : `The business reached the target of these outcomes in the quarter: ${servingInText(reached, 'one outcome')}.`;

/** What the business realised for a priority, by outcome, the most first. */
export interface Realised extends Named {
  /** Chips of what was realised through each of those that are named. */
  readonly through: readonly { readonly outcome: Named; readonly chip: string }[];
  readonly hasMore: boolean;
  /** Spend of IT reaches one of the outcomes. */
  readonly isReached: boolean;
}

/** What was realised for one priority: IT contributed to it where its spend leads there, and it is the business that realised it. */
export const realisedText = ({ name, through, hasMore, isReached }: Realised): string => {
  const known = quotable(name);
  const priority = known === null ? 'one business priority' : `the priority “${known}”`;
  const amounts = through.map(({ outcome, chip }) => `${chip} through ${calledInText(outcome, 'one outcome')}`);
  const realised = `the business realised ${joined([...amounts, ...(hasMore ? ['more through others'] : [])])}`;
  return isReached ? `IT contributed to ${priority}: ${realised} to date.` : `For ${priority} ${realised} to date.`;
};

const COUNTS = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

/** For which priorities more something was realised; null for none. */
export const realisedMoreText = (more: readonly Named[]): string | null => {
  if (more.length === 0) return null;
  const names = more.flatMap(({ name }) => quotable(name) ?? []).slice(0, MOST_NAMED);
  const many = more.length === 1 ? 'priority' : 'priorities';
  const rest = names.length < more.length ? ['others'] : [];
  const told =
    names.length === 0
      ? `${COUNTS[more.length] ?? 'more than twelve'} other ${many}`
      : `the ${many} ${joined([...names.map((name) => `“${name}”`), ...rest])}`;
  return `For ${told} the business realised value, too.`;
};

/** What is recorded of a benefit that fell short. */
export interface Shortfall extends Serving {
  /** What its owner, where it has one, says of its status. */
  readonly note: string | null;
  readonly isOwned: boolean;
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
    note === null ? '' : `${of.isOwned ? 'its owner says' : 'it is noted'} “${note}”`,
    note === null && (of.note ?? '').trim() !== '' ? 'what is noted of it stands on its page' : '',
    of.isUndecided ? 'a decision about it is overdue' : '',
    of.isLate ? 'values of some months are overdue' : '',
    of.isUnproven ? 'a part of what is realised has no evidence' : '',
  ].filter((reason) => reason !== '');
  const name = `${calledInText(of, 'one benefit')} (${[variance, purposeOf(of)].filter(Boolean).join(', ')})`;
  return reasons.length === 0
    ? `${name} fell short, and nobody has recorded why.`
    : `${name} fell short: ${joined(reasons)}.`;
};

/** What was chosen in a decision, what was given up for it, or the trade-off in one. */
export interface TradeOff extends Named {
  readonly chosen: string | null;
  readonly givenUp: string | null;
  readonly tradeOff: string | null;
  /** `approved`; null where nobody stated it. */
  readonly outcome: string | null;
}

/** A trade-off that was decided; null where none is recorded that a sentence can hold. */
export const tradeOffText = (of: TradeOff): string | null => {
  const [chosen, givenUp, tradeOff] = [quotable(of.chosen), quotable(of.givenUp), quotable(of.tradeOff)];
  const name = calledInText(of, 'One decision');
  if (chosen !== null && givenUp !== null) return `${name}: “${chosen}” was chosen, and “${givenUp}” given up for it.`;
  if (tradeOff === null) return null;
  return chosen === null
    ? `${name} was ${of.outcome ?? 'decided'}, with this trade-off: ${tradeOff}.`
    : `${name}: “${chosen}” was chosen, with this trade-off: ${tradeOff}.`;
};
