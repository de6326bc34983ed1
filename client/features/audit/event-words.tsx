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

/** As many changes as a cell holds; the rest is counted, and stands on the event's own page. */
const SHOWN = 6;

/** What changed, from what to what. */
export function Changes({ event, all = false }: { event: AuditEvent; all?: boolean }) {
  const changes = changesOf(event);
  const shown = all ? changes : changes.slice(0, SHOWN);
  if (changes.length === 0) return <span className="caption">no field</span>;
  return (
    <ul className="event-changes">
      {shown.map((change) => (
        <li key={change.field}>
          <b>{fieldWord(change.field)}</b> <FromTo {...{ change }} />
        </li>
      ))}
      {shown.length < changes.length && <li className="caption">and {changes.length - shown.length} more fields</li>}
    </ul>
  );
}

function FromTo({ change: { from, to } }: { change: FieldChange }) {
  if (from === null) return <>{to}</>;
  return (
    <>
      {from} <span aria-hidden="true">→</span>
      <span className="visually-hidden"> became </span> {to ?? <span className="caption">nothing</span>}
    </>
  );
}
