import { localInstant } from './format.js';
import type { BridgeStep, RestatedFigure } from './review-after.js';

/** Why a figure of a review is another now, in words. */

/** The instant of a review as everybody reads it, whatever their time zone: `14 Oct 2026, 16:02 UTC`. */
export const instantWords = (iso: string): string => `${localInstant(new Date(iso).toISOString())} UTC`;

type Cause = BridgeStep['causes'][number];

/** Values are told as they were entered, negative ones with a minus as everywhere. */
const told = (value: string | null): string => value?.replace(/^-(?=\d)/, '−') ?? 'nothing';
const of = (from: string | null, to: string | null): string =>
  from === null ? told(to) : `${told(from)} → ${told(to)}`;

/** What was done, of a month that came with many others with what it was and is: `imported 12.4 → 11.9`. */
const doneWords = ({ field, action, from, to }: Cause): string => {
  if (field !== null) return `${field.replaceAll('_', ' ')} ${of(from, to)}`;
  const done = action.replaceAll(/[._]/g, ' ');
  return from === null && to === null ? done : `${done} ${of(from, to)}`;
};

/** `realised value 12.4 → 11.9, evidence withdrawn, A. Meyer, 3 Nov 2026, 09:12 UTC`. */
export const causeWords = (cause: Cause): string =>
  [cause.of, doneWords(cause), cause.reason, cause.actor, instantWords(cause.at)].filter(Boolean).join(', ');

/** Why a figure is another today, its largest step first as the bridge has them. */
export const whyRestated = ({ bridge }: RestatedFigure): string[] =>
  (bridge ?? []).flatMap(({ record, causes }) =>
    causes.length === 0
      ? [`${record.code} ${record.name}`]
      : causes.map((cause) => [record.code, record.at, causeWords(cause)].filter(Boolean).join(' ')),
  );
