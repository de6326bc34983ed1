import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useMemo, useRef, useState, type ReactNode } from 'react';
import { day } from '../../../server/contract/format.js';
import { ApiError } from '../../lib/http';
import { useShortcuts } from '../../lib/shortcuts';
import { Button } from '../../ui/button';
import { ErrorSummary } from '../../ui/field';
import { ReasonField } from '../../ui/reason-field';
import { LeaveGuard } from '../records/leave-guard';
import { meetTheirs } from './changed';
import { Field, isWide, type ProofField, type Typed } from './proof-field';

export type { ProofField, Typed };

export interface FieldProblem {
  name: string | null;
  message: string;
}

interface ProofFormProps<Stored> {
  /** Names the form: `Add an assumption`. */
  label: string;
  /** Where the choices of one field hang on what another holds, a function of what is typed. */
  fields: readonly ProofField[] | ((typed: Typed) => readonly ProofField[]);
  /** What is changed; null for something new. */
  stored: Stored | null;
  /** What the fields show of it. */
  typedOf: (stored: Stored | null) => Typed;
  /** What is wrong before anything is sent. */
  check?: (typed: Typed) => readonly FieldProblem[];
  /** `stored` is what the form was opened with: after a conflict that of somebody else. `reason` is blank where it is not asked for. */
  save: (typed: Typed, stored: Stored | null, reason: string) => Promise<unknown>;
  /** Saving moves figures: why can be said. */
  asksReason?: boolean;
  saveWord: string;
  /** Reads what is stored now out of a refusal. */
  currentOf?: (body: unknown) => Stored | null;
  /** What somebody else changed beside the fields of the form, in words. */
  besides?: (opened: Stored, theirs: Stored) => readonly string[];
  onDone: () => void;
  onCancel: () => void;
  /** Done as soon as it is acknowledged, before the page has read again what follows from it. */
  isDoneAtOnce?: boolean;
  /** Whoever takes the form from the screen while it is sent brings it back where it is refused. */
  onSent?: () => void;
  onRefused?: () => void;
  /** Above the fields: a file to choose. */
  before?: (fieldId: string, problem: string | undefined) => ReactNode;
  /** Whether something beside the fields was chosen. */
  isTouched?: boolean;
  /** Under the fields: what saving what is typed would do. */
  note?: (typed: Typed) => ReactNode;
  /** While it is sent. */
  progress?: ReactNode;
}

/** Adds or changes one thing in its place on the page. What was typed stays until it is saved or given up. */
export function ProofForm<Stored>(props: ProofFormProps<Stored>) {
  const { label, stored, typedOf, check, save, saveWord, currentOf, onDone, onCancel, before } = props;
  const id = useId();
  const idOf = (name: string) => `${id}-${name}`;
  // As it was when the form was opened: what is fetched meanwhile must meet the refusal of a stale version, not slip under it.
  const [opened] = useState(stored);
  const [typed, setTyped] = useState(() => typedOf(stored));
  const fields = typeof props.fields === 'function' ? props.fields(typed) : props.fields;
  const [began] = useState(typed);
  const [reason, setReason] = useState('');
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const [theirs, setTheirs] = useState<Stored | null>(null);
  const [taken, setTaken] = useState<readonly string[]>([]);
  const [isAsked, setAsked] = useState(false);
  const isDone = useRef(false);
  const form = useRef<HTMLFormElement>(null);
  const queryClient = useQueryClient();
  useEffect(() => form.current?.querySelector<HTMLElement>('input, textarea, select')?.focus(), []);
  const meet = (current: Stored) => {
    const met = meetTheirs(typed, theirs ? typedOf(theirs) : began, typedOf(current));
    setTyped(met.typed);
    setTaken(met.taken);
    setTheirs(current);
    setProblems([]);
  };
  const saving = useMutation({
    mutationFn: () => save(typed, theirs ?? opened, reason),
    onSuccess: async () => {
      isDone.current = true;
      const read = queryClient.invalidateQueries();
      if (props.isDoneAtOnce !== true) await read;
      onDone();
    },
    onError: (error) => {
      const current = error instanceof ApiError && error.status === 412 ? currentOf?.(error.body) : null;
      if (current) meet(current);
      else setProblems(refusalsOf(error, fields));
      props.onRefused?.();
    },
  });
  const isDirty = () =>
    !isDone.current && (props.isTouched === true || JSON.stringify(typed) !== JSON.stringify(began));
  const cancel = () => {
    if (isAsked || !isDirty()) onCancel();
    else setAsked(true);
  };
  const isAway = saving.isPending && props.onSent !== undefined;
  useShortcuts({ Escape: isAway ? undefined : { label: 'Close the form', run: cancel } }, label, 'panel');
  const submit = () => {
    if (saving.isPending) return;
    const missing = fields
      .filter(({ name, isRequired }) => isRequired && (typed[name] ?? '').trim() === '')
      .map((field) => ({ name: field.name, message: `${field.label} is missing.` }));
    const found = [...missing, ...outside(fields, typed), ...(check?.(typed) ?? [])];
    setProblems(found);
    if (found.length > 0) return;
    saving.mutate();
    props.onSent?.();
  };
  // The same array until the form is sent again: with another one the summary would take the focus out of the field being typed in.
  const wrong = useMemo(
    () => problems.map(({ name, message }) => ({ message, ...(name && { fieldId: `${id}-${name}` }) })),
    [problems, id],
  );
  const problemOf = (name: string) => problems.find((problem) => problem.name === name)?.message;
  return (
    <form
      ref={form}
      className="proof-form"
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <LeaveGuard isDirty={isDirty} />
      <h3>{label}</h3>
      <ErrorSummary
        title={problems.length === 1 ? 'One thing is wrong' : `${problems.length} things are wrong`}
        errors={wrong}
      />
      {theirs && (
        <Theirs
          {...{ fields, typed, taken }}
          theirs={typedOf(theirs)}
          besides={(opened && props.besides?.(opened, theirs)) ?? []}
        />
      )}
      {before?.(idOf('file'), problemOf('file'))}
      <div className="proof-fields">
        {fields.map((field) => (
          <div key={field.name} className={isWide(field) ? 'proof-wide' : ''}>
            <Field
              {...{ field }}
              id={idOf(field.name)}
              error={problemOf(field.name)}
              value={typed[field.name] ?? ''}
              onChange={(text) => {
                setAsked(false);
                setTyped((all) => ({ ...all, [field.name]: text }));
              }}
            />
          </div>
        ))}
      </div>
      {props.asksReason === true && <ReasonField value={reason} onChange={setReason} />}
      {props.note?.(typed)}
      {saving.isPending && props.progress}
      <p className="caption" role="status">
        {isAsked && 'What you typed is not saved. Cancel again to give it up.'}
      </p>
      <div className="actions">
        <Button type="submit" look="primary" busy={saving.isPending}>
          {saving.isPending ? 'Saving' : saveWord}
        </Button>
        <Button onClick={cancel}>Cancel</Button>
      </div>
    </form>
  );
}

interface TheirsProps {
  fields: readonly ProofField[];
  theirs: Typed;
  typed: Typed;
  /** Names of fields that were not touched here and are theirs now. */
  taken: readonly string[];
  besides: readonly string[];
}

/** As it is told: choices by their labels. */
export const saidOf = ({ kind, choices }: Pick<ProofField, 'kind' | 'choices'>, value = ''): string => {
  const labelOf = (one: string) => choices?.find((choice) => choice.value === one)?.label || one;
  return (kind === 'several' ? value.split(',').map(labelOf).join(', ') : labelOf(value)) || 'blank';
};

/** Somebody else saved meanwhile: what was taken over, what differs, and how to go on. */
function Theirs({ fields, theirs, typed, taken, besides }: TheirsProps) {
  const differing = fields.filter(({ name }) => (theirs[name] ?? '') !== (typed[name] ?? ''));
  const over = fields.filter(({ name }) => taken.includes(name)).map(({ label }) => label);
  return (
    <div className="notice" role="alert">
      <p>Someone else changed this meanwhile. Save again to put yours in its place, or cancel to keep theirs.</p>
      {over.length > 0 && <p>Taken over, as you had not touched it: {over.join(', ')}.</p>}
      {differing.length + besides.length > 0 && (
        <ul>
          {differing.map((field) => (
            <li key={field.name}>
              {field.label}: theirs {saidOf(field, theirs[field.name])}, yours {saidOf(field, typed[field.name])}
            </li>
          ))}
          {besides.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Days that cannot be, before anything is sent. */
const outside = (fields: readonly ProofField[], typed: Typed): FieldProblem[] =>
  fields.flatMap(({ name, label, days }) => {
    const value = typed[name] ?? '';
    if (!days || value === '' || (value >= (days.from ?? '') && value <= days.to)) return [];
    const span =
      days.from === null ? `${day(days.to)} or an earlier day` : `a day from ${day(days.from)} to ${day(days.to)}`;
    return [{ name, message: `${label}: choose ${span}.` }];
  });

/** What the server refused: `/dueOn` is the field `dueOn`. */
const refusalsOf = (error: Error, fields: readonly ProofField[]): FieldProblem[] =>
  error instanceof ApiError && error.errors.length > 0
    ? error.errors.map(({ pointer, message }) => {
        const name = pointer.replace(/^\//, '');
        return { name: name === 'file' || fields.some((field) => field.name === name) ? name : null, message };
      })
    : [{ name: null, message: error.message }];
