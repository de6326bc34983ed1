import type { ConfirmationItem } from '../../../server/contract/confirmation.js';
import { isNegative, isZero } from '../../../server/contract/decimal.js';
import { counted, day, inFull, money } from '../../../server/contract/format.js';
import type { TraceStep } from '../../lib/trace-path';
import type { CurrencySum } from './selection';

/** Sentences of the work list. */

type Of = Pick<ConfirmationItem, 'benefit' | 'month'>;

/** Currency, else the unit; nothing where neither is stated. */
export const unitWord = ({ benefit }: Pick<ConfirmationItem, 'benefit'>): string =>
  benefit.currency ?? benefit.unit ?? '';

/** Every digit, with its currency or unit: what is confirmed is confirmed to the cent. */
export const amountWords = (item: Pick<ConfirmationItem, 'benefit'>, amount: string): string =>
  inFull(amount, unitWord(item));

/** The amount of a verdict, in the currency or unit in which it was said. */
export const saidWords = ({ amount, currency, unit }: Said): string => inFull(amount, currency ?? unit ?? '');
type Said = Pick<NonNullable<ConfirmationItem['before']>, 'amount' | 'currency' | 'unit'>;

export const signedWords = (item: Pick<ConfirmationItem, 'benefit'>, amount: string): string =>
  `${isZero(amount) || isNegative(amount) ? '' : '+'}${amountWords(item, amount)}`;

/** `EX-BEN-01, Mar 2026`. */
export const placeWords = ({ benefit, month }: Of): string => `${benefit.code}, ${day(month)}`;

/** `1.2 m EUR + 30 k CHF`; nothing where no money is among them. */
export const sumWords = (sums: readonly CurrencySum[]): string =>
  sums.map(({ currency, amount }) => money(amount, currency)).join(' + ');

/** `12 values · 1.2 m EUR`. */
export const chosenWords = (values: number, sums: readonly CurrencySum[]): string =>
  [counted(values, 'value'), ...(sums.length === 0 ? [] : [sumWords(sums)])].join(' · ');

export const OWN = 'You reported it: someone else must judge it.';

/** What a number of a row is. */
export const stepOf = (
  { benefit, month }: Of,
  figure: 'value.realised' | 'value.planned' | 'value.variance' | 'value.reporting',
): TraceStep => ({ figure, type: 'benefit', ref: benefit.code, month });
