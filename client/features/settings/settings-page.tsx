import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { settings as schema, type ChangeSettings, type Settings } from '../../../server/contract/access.js';
import { day, monthName } from '../../../server/contract/format.js';
import { ApiError, call } from '../../lib/http';
import { Button } from '../../ui/button';
import { ErrorSummary, Field } from '../../ui/field';
import { PageHeader } from '../../ui/page-header';
import { Empty, QueryState } from '../../ui/query-state';
import { ReasonField } from '../../ui/reason-field';
import { may, sessionQuery, settingsQuery } from '../access/api';
import { LeaveGuard } from '../records/leave-guard';
import { changesOf, EDITABLE, typedOf, type Editable, type FieldProblem, type Typed } from './settings-form';
import './settings.css';

/** What decides what figures mean, for all of the enterprise. */
export function SettingsPage() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const query = useQuery(settingsQuery);
  const isAdministrator = may(session, 'settings');
  const [saves, setSaves] = useState(0);
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader
        title="Settings"
        question="By which rules are values due, locked and judged?"
        message={query.data ? messageOf(query.data) : '\u00a0'}
      >
        For all of the enterprise · each change is in the audit trail
      </PageHeader>
      {isAdministrator ? (
        <QueryState query={query} what="the settings" rows={8}>
          {(found) => <SettingsForm key={saves} current={found} onSaved={() => setSaves(saves + 1)} />}
        </QueryState>
      ) : (
        <Empty>Settings are changed by administrators.</Empty>
      )}
    </main>
  );
}

const messageOf = ({ valuesDueDay, lockedThrough }: Settings): string =>
  `Values are due on day ${valuesDueDay} of the next month; ${
    lockedThrough === null ? 'no month is locked' : `months to ${day(lockedThrough)} are locked`
  }.`;

interface FieldWords {
  label: string;
  help: string;
  type?: 'month';
}

const FIELDS: Record<Editable, FieldWords> = {
  lockedThrough: {
    label: 'Locked through',
    help: 'The last locked month, as 2026-07. Values of months up to it change only with a reason. Empty: none is locked.',
    type: 'month',
  },
  valuesDueDay: {
    label: 'Day on which values are due',
    help: 'Of the month after the one that they belong to, 1 to 28. Entry, register and reminders follow it.',
  },
  onTrackFrom: {
    label: 'On track from, % of the plan',
    help: 'A benefit that realised this share of its plan to date, or more, is on track.',
  },
  atRiskFrom: {
    label: 'At risk from, % of the plan',
    help: 'From here to on track a benefit is at risk; below, it is off track.',
  },
  discountRate: {
    label: 'Discount rate, % a year',
    help: 'By which the investment case discounts.',
  },
};

const idOf = (field: Editable) => `setting-${field}`;

function SettingsForm({ current, onSaved }: { current: Settings; onSaved: () => void }) {
  const client = useQueryClient();
  // As they were when the form was opened: what is read again later must neither take away what was typed nor be overwritten unseen.
  const [settings] = useState(current);
  const [typed, setTyped] = useState<Typed>(() => typedOf(settings));
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const isSaved = useRef(false);
  const errors = useMemo(
    () => [
      ...problems.map(({ field, message }) => ({ message, fieldId: idOf(field) })),
      ...(refusal === null ? [] : [{ message: refusal }]),
    ],
    [problems, refusal],
  );
  const save = useMutation({
    mutationFn: (changes: ChangeSettings) =>
      call('/settings', schema, {
        method: 'PATCH',
        body: changes,
        of: settings,
        reason,
      }),
    onSuccess: async () => {
      isSaved.current = true;
      await client.invalidateQueries();
      onSaved();
    },
    onError: (error) =>
      setRefusal(
        error instanceof ApiError && error.status === 412
          ? 'Someone else changed the settings meanwhile. Reload the page to see theirs, then change them again.'
          : error.message,
      ),
  });
  const { changes } = changesOf(settings, typed);
  const isDirty = EDITABLE.some((field) => typed[field] !== typedOf(settings)[field]);
  const submit = () => {
    const read = changesOf(settings, typed);
    setProblems(read.problems);
    setRefusal(null);
    if (read.problems.length === 0 && isDirty && !save.isPending) save.mutate(read.changes);
  };
  return (
    <div className="settings">
      <form
        className="card settings-form"
        noValidate
        aria-label="Settings"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <LeaveGuard isDirty={() => isDirty && !isSaved.current} />
        <ErrorSummary
          title={errors.length === 1 ? 'One thing is wrong' : `${errors.length} things are wrong`}
          errors={errors}
        />
        {EDITABLE.map((field) => (
          <Field
            key={field}
            {...FIELDS[field]}
            id={idOf(field)}
            inputMode={field === 'lockedThrough' ? undefined : 'decimal'}
            autoComplete="off"
            value={typed[field]}
            error={problems.find((problem) => problem.field === field)?.message}
            onChange={({ target }) => setTyped({ ...typed, [field]: target.value })}
          />
        ))}
        <ReasonField value={reason} onChange={setReason} />
        {(changes.onTrackFrom !== undefined || changes.atRiskFrom !== undefined) && (
          <p className="notice">Saving judges all benefits anew, in periods that are over too.</p>
        )}
        <div className="actions">
          <Button type="submit" look="primary" busy={save.isPending}>
            {save.isPending ? 'Saving' : 'Save settings'}
          </Button>
          {isDirty && (
            <Button
              onClick={() => {
                setTyped(typedOf(settings));
                setReason('');
                setProblems([]);
                setRefusal(null);
              }}
            >
              Undo my changes
            </Button>
          )}
        </div>
        <p role="status" className="caption">
          {isDirty ? 'Not saved yet.' : 'All is saved.'}
        </p>
      </form>
      <section className="card" aria-labelledby="fixed-title">
        <h2 id="fixed-title">Set at the start</h2>
        <dl className="settings-fixed">
          <dt>Reporting currency</dt>
          <dd>{settings.reportingCurrency}</dd>
          <dt>Reporting time zone</dt>
          <dd>{settings.reportingTimeZone}</dd>
          <dt>First month of the fiscal year</dt>
          <dd>{monthName(settings.fiscalYearStartMonth)}</dd>
        </dl>
        <p className="caption">These change what every figure means; they are changed through the API only.</p>
      </section>
    </div>
  );
}
