import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { readSchema, RECORDS, type AnyRecord } from '../../../server/contract/records.js';
import { currentIn } from '../../lib/current';
import { ApiError } from '../../lib/http';
import { day } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { useQuickReason } from '../../ui/quick-reason';
import { Empty, QueryState } from '../../ui/query-state';
import { settingsQuery } from '../access/api';
import { EmailText } from '../records/owner-name';
import { changeOf, createOf, ofBenefitQuery } from './api';
import { createCoded, tryKeys } from './coded';
import { Mark } from './mark';
import { ProofForm, type ProofField, type Typed } from './proof-form';
import { isOver } from './words';
import './proof.css';

const STATUSES = [
  { value: 'open', label: 'Open: not known yet' },
  { value: 'holds', label: 'Holds' },
  { value: 'broken', label: 'Broken' },
] as const;
type AssumptionStatus = (typeof STATUSES)[number]['value'];
const WORDS: Record<AssumptionStatus, string> = { open: 'Open', holds: 'Holds', broken: 'Broken' };

const statusOf = (record: AnyRecord): AssumptionStatus =>
  STATUSES.find(({ value }) => value === record['status'])?.value ?? 'open';

const FIELDS: readonly ProofField[] = [
  { name: 'statement', label: 'What is assumed', kind: 'long', isRequired: true },
  { name: 'ownerEmail', label: 'Owner', kind: 'email', help: 'E-mail of who keeps an eye on it.' },
  { name: 'status', label: 'Status', kind: 'choice', choices: STATUSES },
  { name: 'reviewOn', label: 'Look at it again on', kind: 'date' },
];

const typedOf = (record: AnyRecord | null): Typed => ({
  statement: String(record?.['statement'] ?? ''),
  ownerEmail: String(record?.['ownerEmail'] ?? ''),
  status: record ? statusOf(record) : 'open',
  reviewOn: String(record?.['reviewOn'] ?? ''),
});
const bodyOf = (typed: Typed) =>
  Object.fromEntries(Object.entries(typed).map(([name, text]) => [name, text.trim() === '' ? null : text]));

const schema = readSchema(RECORDS.assumption);
const currentOf = (body: unknown): AnyRecord | null => currentIn(schema, body);

/** What must hold for a benefit to come, whether it does, and when it is looked at again. */
export function BenefitAssumptions({ code, mayWrite }: { code: string; mayWrite: boolean }) {
  const assumptions = useQuery(ofBenefitQuery('assumption', code));
  const [editing, setEditing] = useState<string | null>(null);
  const opener = useRef<Element | null>(null);
  const [keyOf] = useState(tryKeys);
  const open = (which: string) => {
    opener.current = document.activeElement;
    setEditing(which);
  };
  const close = () => {
    setEditing(null);
    const back = opener.current?.isConnected ? opener.current : document.getElementById('assumptions-head');
    if (back instanceof HTMLElement) back.focus();
  };
  const save = (typed: Typed, stored: AnyRecord | null, reason: string) => {
    if (stored) return changeOf('assumption', stored, bodyOf(typed), reason);
    const taken = (assumptions.data ?? []).map((record) => String(record['code']));
    return createCoded(code, 'S', taken, (made) => {
      const body = { ...bodyOf(typed), code: made, benefitCode: code };
      return createOf('assumption', body, keyOf(JSON.stringify(body)));
    });
  };
  const form = (record: AnyRecord | null) => (
    <ProofForm<AnyRecord>
      label={record ? 'Change the assumption' : 'Add an assumption'}
      fields={FIELDS}
      stored={record}
      {...{ typedOf, save, currentOf }}
      asksReason={record !== null}
      saveWord={record ? 'Save' : 'Add assumption'}
      onDone={close}
      onCancel={close}
    />
  );
  return (
    <section className="card proof" id="assumptions" aria-labelledby="assumptions-head">
      <div className="section-head">
        <h2 id="assumptions-head" tabIndex={-1}>
          Assumptions
        </h2>
        {mayWrite && <Button onClick={() => open('new')}>Add an assumption</Button>}
      </div>
      <QueryState query={assumptions} what="the assumptions" rows={3}>
        {(records) => (
          <>
            {editing === 'new' && form(null)}
            {records.length === 0 && editing === null && (
              <Empty>
                Nothing is written down that must hold for this benefit to come.
                {mayWrite && ' Add what you rely on, and when you will look at it again.'}
              </Empty>
            )}
            {records.length > 0 && (
              <ul className="proof-list">
                {records.map((record) => (
                  <li key={record.id}>
                    {editing === record.id ? (
                      form(record)
                    ) : (
                      <Assumption {...{ record, mayWrite }} onChange={() => open(record.id)} />
                    )}
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </QueryState>
    </section>
  );
}

interface AssumptionProps {
  record: AnyRecord;
  mayWrite: boolean;
  onChange: () => void;
}

function Assumption({ record, mayWrite, onChange }: AssumptionProps) {
  const { ownerEmail, reviewOn } = record;
  const { today } = useSuspenseQuery(settingsQuery).data;
  const status = statusOf(record);
  const isLate = isOver(reviewOn, today);
  const statement = String(record['statement'] ?? record['code']);
  const why = useQuickReason(`Status of: ${statement}`, 'choose the status');
  return (
    <div className="proof-item">
      <div className="proof-main">
        <p className="proof-title proof-statement">{statement}</p>
        <p className="caption">
          {typeof ownerEmail === 'string' ? <EmailText address={ownerEmail} /> : 'No owner'}
          {typeof reviewOn === 'string' && !isLate && ` · look at it again on ${day(reviewOn)}`}
          {isLate && (
            <span className="proof-late">
              {' · '}
              <Mark of="late" /> to be looked at since {day(String(reviewOn))}
            </span>
          )}
        </p>
      </div>
      {mayWrite ? (
        <StatusChoice {...{ record, status, statement }} reason={why.reason} onDone={why.clear} />
      ) : (
        <p className={`proof-mark ${status === 'broken' ? 'proof-bad' : ''}`}>
          <Mark of={status} />
          {WORDS[status]}
        </p>
      )}
      {mayWrite && (
        <div className="actions proof-actions">
          {why.button}
          <Button look="plain" aria-label={`Change the assumption: ${statement}`} onClick={onChange}>
            Change
          </Button>
        </div>
      )}
      {mayWrite && why.field}
    </div>
  );
}

interface StatusChoiceProps {
  record: AnyRecord;
  status: AssumptionStatus;
  statement: string;
  /** Why, as far as somebody said. */
  reason: string;
  onDone: () => void;
}

/** Changes the status where it stands; what somebody else saved meanwhile is told, and shown. */
function StatusChoice({ record, status, statement, reason, onDone }: StatusChoiceProps) {
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: (next: string) => changeOf('assumption', record, { status: next }, reason),
    onSuccess: onDone,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['proof'] }),
  });
  const shown = change.isPending ? (STATUSES.find(({ value }) => value === change.variables)?.value ?? status) : status;
  const isStale = change.error instanceof ApiError && change.error.status === 412;
  return (
    <div className={`proof-mark proof-choice ${shown === 'broken' ? 'proof-bad' : ''}`}>
      <Mark of={shown} />
      <select
        className="input"
        aria-label={`Status of: ${statement}`}
        value={shown}
        // Not disabled while it is saved: that would take the focus away.
        aria-busy={change.isPending}
        onChange={({ target }) => !change.isPending && change.mutate(target.value)}
      >
        {STATUSES.map(({ value }) => (
          <option key={value} value={value}>
            {WORDS[value]}
          </option>
        ))}
      </select>
      {change.error && (
        <p className="field-error" role="alert">
          {isStale ? 'Someone changed it meanwhile; it is shown as it is now. Choose again.' : change.error.message}
        </p>
      )}
    </div>
  );
}
