import { useState } from 'react';
import { counted } from '../../../server/contract/format.js';
import { localised } from '../../../server/contract/locale-number.js';
import { isPeriod, periodLabel } from '../../lib/period';
import { Button } from '../../ui/button';
import { usePageScope } from '../../ui/page-scope';
import { labelOf } from '../records/words';
import type { AuditEvent } from '../../../server/contract/access.js';
import { changesOf, type FieldChange } from './event-changes';

/** `benefit_value` → `benefit value`. */
export const objectWord = (type: string): string => type.replaceAll('_', ' ');
export const actionWord = (action: string): string => action.replaceAll(/[._]/g, ' ');

/** What happened to what, in a few words: `benefit value changed`; an import says itself once. */
export const eventWord = ({ objectType, action }: Pick<AuditEvent, 'objectType' | 'action'>): string =>
  action === 'imported' ? 'import' : `${objectWord(objectType)} ${actionWord(action)}`;

/** `2026-07 planned` stays; `ownerEmail` is `Owner`. */
export const fieldWord = (field: string): string => labelOf(field.replaceAll('_', ' '));

/** As many changes as a cell holds at first; the rest is counted, and opens in its place. */
const SHOWN = 6;

/** What changed, from what to what. */
export function Changes({ event, all = false }: { event: AuditEvent; all?: boolean }) {
  const changes = changesOf(event);
  const [isOpen, setOpen] = useState(all);
  const shown = isOpen ? changes : changes.slice(0, SHOWN);
  if (changes.length === 0) return <span className="caption">no field</span>;
  return (
    <ul className="event-changes">
      {shown.map((change) => (
        <li key={change.field}>
          <b>{fieldWord(change.field)}</b> <FromTo {...{ change }} />
        </li>
      ))}
      {!all && changes.length > SHOWN && (
        <li>
          <Button look="plain" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Show fewer' : `and ${counted(changes.length - SHOWN, 'more field')}`}
          </Button>
        </li>
      )}
    </ul>
  );
}

/** What changed, and under it why, where whoever did it said so. */
export const Reasoned = ({ event }: { event: AuditEvent }) => (
  <>
    <Changes event={event} />
    {event.reason !== null && changesOf(event).every(({ field }) => field !== 'reason') && (
      <p className="caption">Reason: {event.reason}</p>
    )}
  </>
);

function FromTo({ change: { from, to } }: { change: FieldChange }) {
  const { fiscalYearStartMonth } = usePageScope();
  const say = (text: string) => printed(text, fiscalYearStartMonth);
  if (from === null) return <>{to !== null && say(to)}</>;
  return (
    <>
      {say(from)} <span aria-hidden="true">→</span>
      <span className="visually-hidden"> became </span>{' '}
      {to === null ? <span className="caption">nothing</span> : say(to)}
    </>
  );
}

/** Quarters and amounts as the rest of the product prints them; anything else as it was recorded. */
function printed(text: string, fiscalYearStartMonth: number): string {
  if (isPeriod(text)) return periodLabel(text, fiscalYearStartMonth);
  return /^-?\d+\.\d+$/.test(text) ? localised(text) : text;
}
