import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { AnyRecord } from '../../../server/contract/records.js';
import { day } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { statusWord } from '../../ui/status';
import { settingsQuery } from '../access/api';
import { EmailText } from '../records/owner-name';
import { ActionForm, DoneForm } from './action-form';
import { needsActionQuery, ofBenefitQuery } from './api';
import { EffectAmount } from './effect-amount';
import { Mark } from './mark';
import { isOver } from './words';
import './proof.css';

interface BenefitActionsProps {
  code: string;
  /** The benefit's currency or unit. */
  unit: string;
  mayWrite: boolean;
}

type Editing = { what: 'new' } | { what: 'change' | 'done'; id: string } | null;

/** What is done about a benefit that falls short, by whom, until when; and what came of it. */
export function BenefitActions({ code, unit, mayWrite }: BenefitActionsProps) {
  const actions = useQuery(ofBenefitQuery('corrective_action', code));
  const [editing, setEditing] = useState<Editing>(null);
  const opener = useRef<Element | null>(null);
  const open = (next: Editing) => {
    opener.current = document.activeElement;
    setEditing(next);
  };
  const close = () => {
    setEditing(null);
    const back = opener.current?.isConnected ? opener.current : document.getElementById('actions-head');
    if (back instanceof HTMLElement) back.focus();
  };
  return (
    <section className="card proof" id="actions" aria-labelledby="actions-head">
      <div className="section-head">
        <h2 id="actions-head" tabIndex={-1}>
          Corrective actions
        </h2>
        {mayWrite && <Button onClick={() => open({ what: 'new' })}>Add an action</Button>}
      </div>
      <NeedNotice {...{ code, mayWrite }} />
      <QueryState query={actions} what="the corrective actions" rows={3}>
        {(records) => {
          const taken = records.map((record) => String(record['code']));
          const form = (action: AnyRecord | null) => (
            <ActionForm benefitCode={code} {...{ unit, action, taken }} onClose={close} />
          );
          const edited = (action: AnyRecord) => {
            if (editing === null || editing.what === 'new' || editing.id !== action.id) return null;
            return editing.what === 'change' ? form(action) : <DoneForm action={action} onClose={close} />;
          };
          return (
            <>
              {editing?.what === 'new' && form(null)}
              {records.length === 0 && editing === null && <Empty>No corrective action was asked for.</Empty>}
              {records.length > 0 && (
                <ul className="proof-list">
                  {inOrder(records).map((action) => (
                    <li key={action.id}>
                      {edited(action) ?? (
                        <ActionRow
                          benefit={code}
                          {...{ action, unit, mayWrite }}
                          onOpen={(what) => open({ what, id: action.id })}
                        />
                      )}
                    </li>
                  ))}
                </ul>
              )}
            </>
          );
        }}
      </QueryState>
    </section>
  );
}

/** Open ones by their day, then what is done, the latest first. */
const inOrder = (records: readonly AnyRecord[]): AnyRecord[] => {
  const doneOn = (record: AnyRecord) => (record['doneOn'] as string | null) ?? '';
  return [
    ...records.filter((record) => doneOn(record) === ''),
    ...records.filter((record) => doneOn(record) !== '').sort((a, b) => doneOn(b).localeCompare(doneOn(a))),
  ];
};

/** Why an action is required here, where it is. */
function NeedNotice({ code, mayWrite }: { code: string; mayWrite: boolean }) {
  const { data } = useQuery(needsActionQuery(usePageScope()));
  const need = data?.benefits.find((benefit) => benefit.code === code);
  if (!need) return null;
  return (
    <p className="notice proof-need" role="status">
      An action is required: this benefit was {statusWord(need.before).toLowerCase()} at the end of the quarter before
      and is {statusWord(need.now).toLowerCase()} now, and no action is open.
      {mayWrite ? '' : ' Ask the manager of its portfolio.'}
    </p>
  );
}

interface ActionRowProps {
  /** Code of the benefit. */
  benefit: string;
  action: AnyRecord;
  unit: string;
  mayWrite: boolean;
  onOpen: (what: 'change' | 'done') => void;
}

function ActionRow({ benefit, action, unit, mayWrite, onOpen }: ActionRowProps) {
  const { ownerEmail, dueOn, doneOn, effect, effectAmount, result } = action;
  const { today } = useSuspenseQuery(settingsQuery).data;
  const title = String(action['title'] ?? action['code']);
  const isDone = typeof doneOn === 'string';
  const isLate = !isDone && isOver(dueOn, today);
  return (
    <div className="proof-item">
      <div className="proof-main">
        <p className="proof-title">{title}</p>
        {(typeof effectAmount === 'string' || typeof effect === 'string') && (
          <p>
            Expected:{' '}
            {typeof effectAmount === 'string' && (
              <b>
                <EffectAmount {...{ benefit, unit }} action={String(action['code'])} value={effectAmount} />
              </b>
            )}
            {typeof effectAmount === 'string' && typeof effect === 'string' && ' · '}
            {typeof effect === 'string' && effect}
          </p>
        )}
        {typeof result === 'string' && <p>Result: {result}</p>}
        <p className="caption">
          {typeof ownerEmail === 'string' ? <EmailText address={ownerEmail} /> : 'No owner'}
          {typeof dueOn === 'string' ? ` · due ${day(dueOn)}` : ' · no day is set'}
        </p>
      </div>
      <p className={`proof-mark ${isLate ? 'proof-bad' : ''}`}>
        <Mark of={isDone ? 'holds' : isLate ? 'late' : 'open'} />
        {isDone ? `Done ${day(doneOn)}` : isLate ? 'Overdue' : 'Open'}
      </p>
      {mayWrite && (
        <div className="actions proof-actions">
          {!isDone && (
            <Button look="plain" aria-label={`Mark as done: ${title}`} onClick={() => onOpen('done')}>
              Mark as done
            </Button>
          )}
          {isDone && (
            <Button look="plain" aria-label={`Change the result of: ${title}`} onClick={() => onOpen('done')}>
              Change result
            </Button>
          )}
          <Button look="plain" aria-label={`Change: ${title}`} onClick={() => onOpen('change')}>
            Change
          </Button>
        </div>
      )}
    </div>
  );
}
