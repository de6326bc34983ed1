import { localInstant } from './format.js';
import type { BridgeStep, RestatedFigure } from './review-after.js';

/** Why a figure of a review is another now, in words. */

/** The instant of a review as everybody reads it, whatever their time zone: `14 Oct 2026, 16:02 UTC`. */
export const instantWords = (iso: string): string => `${localInstant(new Date(iso).toISOString())} UTC`;

const of = (from: string | null, to: string | null): string =>
  from === null ? (to ?? 'nothing') : `${from} → ${to ?? 'nothing'}`;

type Cause = BridgeStep['causes'][number];

/** `realised value 12.4 → 11.9, evidence withdrawn, A. Meyer, 3 Nov 2026, 09:12 UTC`. */
export const causeWords = ({ of: what, field, action, from, to, reason, actor, at }: Cause): string =>
  [
    what,
    field === null ? action.replaceAll(/[._]/g, ' ') : `${field.replaceAll('_', ' ')} ${of(from, to)}`,
    reason,
    actor,
    instantWords(at),
  ]
    .filter(Boolean)
    .join(', ');

/** Why a figure is another today, its largest step first as the bridge has them. */
export const whyRestated = ({ bridge }: RestatedFigure): string[] =>
  (bridge ?? []).flatMap(({ record, causes }) =>
    causes.length === 0
      ? [`${record.code} ${record.name}`]
      : causes.map((cause) => [record.code, record.at, causeWords(cause)].filter(Boolean).join(' ')),
  );
