import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import type { SessionInfo } from '../../../server/contract/access.js';
import type { AnyRecord } from '../../../server/contract/records.js';
import type { RecordType } from '../../../server/contract/columns.js';
import type { RegisterType } from '../../lib/registers';
import { Button } from '../../ui/button';
import { ErrorSummary } from '../../ui/field';
import { ReasonField } from '../../ui/reason-field';
import { linksQuery } from './api';
import { ConflictPanel } from './conflict-panel';
import { fieldId, FormControl } from './form-control';
import { LeaveGuard } from './leave-guard';
import { LinkRights } from './link-rights';
import { endOf, layersFor, linkProblems } from './link-ends';
import { SharePanel } from './share-panel';
import { isFixed, useRecordForm } from './use-record-form';
import { declarationOf } from './words';

interface RecordFormProps {
  type: RegisterType;
  /** Null for a new one. */
  record: AnyRecord | null;
  prefill: Readonly<Record<string, unknown>>;
  /** The field that takes the focus. */
  focus: string | undefined;
  session: SessionInfo;
  onSaved: (record: AnyRecord) => void;
  cancelTo: string;
  onCancel: () => void;
}

/** One form for every register: its fields, their controls, help and checks follow from the declaration. */
export function RecordForm({ type, record, prefill, focus, session, onSaved, cancelTo, onCancel }: RecordFormProps) {
  const declaration = declarationOf(type);
  const form = useRecordForm(type, record, prefill);
  const isSaved = useRef(false);
  const found = useLinkProblems(type, record, form.draft);
  // The same array until the form is sent again: with another one the summary would take the focus out of the field being typed in.
  const wrong = useMemo(
    () => form.problems.map(({ field, message }) => ({ message, ...(field && { fieldId: fieldId(field) }) })),
    [form.problems],
  );
  useFocusField(focus);
  const save = async () => {
    const saved = await form.save(found);
    if (!saved) return;
    isSaved.current = true;
    onSaved(saved);
  };
  const fields = Object.entries(declaration.columns).filter(
    ([field]) => record === null || !isFixed(declaration, field),
  );
  return (
    <form
      className="card record-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <LeaveGuard isDirty={() => form.isDirty && !isSaved.current} />
      {form.conflict && (
        <ConflictPanel {...{ type, session }} conflict={form.conflict} draft={form.draft} onSettle={form.settle} />
      )}
      <ErrorSummary
        title={form.problems.length === 1 ? 'One thing is wrong' : `${form.problems.length} things are wrong`}
        errors={wrong}
      />
      {type === 'link' && <LinkRights draft={form.draft} />}
      {fields.map(([field, column]) => (
        <div key={field} className="record-field">
          <FormControl
            {...{ field, column }}
            value={form.draft[field] ?? ''}
            onChange={(value) => form.set(field, value)}
            error={form.problems.find((problem) => problem.field === field)?.message}
            types={typesFor(type, field, form.draft)}
          />
          {type === 'link' && <Shares {...{ field, record }} draft={form.draft} />}
        </div>
      ))}
      {movesFigures(type, record) && <ReasonField value={form.reason} onChange={form.setReason} />}
      <div className="actions">
        <Button type="submit" look="primary" busy={form.isSaving}>
          {form.isSaving ? 'Saving' : 'Save'}
        </Button>
        <a
          href={cancelTo}
          className="button"
          onClick={(event) => {
            event.preventDefault();
            onCancel();
          }}
        >
          Cancel
        </a>
      </div>
    </form>
  );
}

/** A new record moves no figure before it is linked. */
const movesFigures = (type: RegisterType, record: AnyRecord | null): boolean => record !== null || type === 'link';

type Draft = ReturnType<typeof useRecordForm>['draft'];

const typesFor = (type: RegisterType, field: string, draft: Draft): readonly RecordType[] | undefined =>
  type === 'link' && (field === 'fromCode' || field === 'toCode') ? layersFor(field, draft) : undefined;

/** Beside each share of a link: what the other links of its end take, and what is left. */
function Shares({ field, record, draft }: { field: string; record: AnyRecord | null; draft: Draft }): ReactNode {
  const side = field === 'allocation' ? 'from' : field === 'contribution' ? 'to' : null;
  const at = side === null ? null : endOf(draft[`${side}Code`]);
  if (side === null || at === null) return null;
  return <SharePanel end={side} {...at} own={record?.id ?? null} typed={String(draft[field] ?? '')} />;
}

/** What is wrong with a link beside the other links of its ends, known before it is sent. */
function useLinkProblems(type: RegisterType, record: AnyRecord | null, draft: Draft) {
  const [from, to] = type === 'link' ? [endOf(draft['fromCode']), endOf(draft['toCode'])] : [null, null];
  const out = useQuery({ ...linksQuery('from', from?.type ?? '', from?.code ?? ''), enabled: from !== null });
  const into = useQuery({ ...linksQuery('to', to?.type ?? '', to?.code ?? ''), enabled: to !== null });
  const others = (links: AnyRecord[] | undefined) => links?.filter(({ id }) => id !== record?.id);
  return type === 'link' ? linkProblems(draft, { from: others(out.data), to: others(into.data) }) : [];
}

/** Once, when the form is there: the field that the address names, else nothing. */
function useFocusField(field: string | undefined): void {
  useEffect(() => {
    if (field === undefined) return;
    // After the frame has put the focus to the start of the page.
    const timer = setTimeout(() => document.getElementById(fieldId(field))?.focus(), 50);
    return () => clearTimeout(timer);
  }, [field]);
}
