import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { SessionInfo } from '../../../server/contract/access.js';
import { instant } from '../../../server/contract/format.js';
import type { RegisterType } from '../../lib/registers';
import { Button } from '../../ui/button';
import { may } from '../access/api';
import { historyQuery } from './api';
import { draftOf, type Draft } from './form-values';
import type { Conflict } from './use-record-form';
import { choiceWord, declarationOf, labelOf } from './words';

interface ConflictPanelProps {
  type: RegisterType;
  conflict: Conflict;
  draft: Draft;
  session: SessionInfo;
  onSettle: (field: string, choice: 'mine' | 'theirs') => void;
}

/** Somebody else saved meanwhile: who and when, both values, and a choice for each field that both changed. */
export function ConflictPanel({ type, conflict, draft, session, onSettle }: ConflictPanelProps) {
  const panel = useRef<HTMLDivElement>(null);
  const { theirs, fields, taken } = conflict;
  useEffect(() => panel.current?.focus(), [theirs]);
  const { data: history } = useQuery({ ...historyQuery(type, theirs.id, 1), enabled: may(session, 'audit') });
  const who = history?.items[0]?.actor ?? 'Someone else';
  const theirDraft = draftOf(declarationOf(type), theirs);
  return (
    <div ref={panel} className="error-summary conflict" role="alert" tabIndex={-1}>
      <h2>
        {who} changed this on {instant(theirs.updatedAt)}, while you were editing
      </h2>
      {taken.length > 0 && <p>Taken over, as you had not touched it: {taken.map(labelOf).join(', ')}.</p>}
      {fields.length === 0 ? (
        <p>Nothing is in conflict. Save again to keep your changes.</p>
      ) : (
        <>
          <p>Both of you changed the following. Choose for each, then save.</p>
          <ul className="conflict-fields">
            {fields.map((field) => (
              <li key={field} role="group" aria-label={labelOf(field)}>
                <dl>
                  <dt>{labelOf(field)}, theirs</dt>
                  <dd>{shown(theirDraft[field])}</dd>
                  <dt>{labelOf(field)}, yours</dt>
                  <dd>{shown(draft[field])}</dd>
                </dl>
                <div className="actions">
                  <Button onClick={() => onSettle(field, 'theirs')}>Take theirs</Button>
                  <Button onClick={() => onSettle(field, 'mine')}>Keep mine</Button>
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

const shown = (value: Draft[string] | undefined): string => {
  const text = typeof value === 'string' ? value : (value ?? []).join(', ');
  return text === '' ? 'nothing stated' : choiceWord(text);
};
