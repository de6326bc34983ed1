import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { ApiError } from '../../lib/http';
import { day } from '../../../server/contract/format.js';
import { useShortcuts } from '../../lib/shortcuts';
import { typedNumber } from '../../lib/read-number';
import { Button } from '../../ui/button';
import { ErrorSummary } from '../../ui/field';
import { FormField } from '../../ui/form-field';
import { REASON } from '../../ui/reason';
import { LeaveGuard } from './leave-guard';
import { itemOf, type MonthField, type MonthProblem, type MonthRow } from './month-values';

interface MonthFormProps {
  fields: readonly MonthField[];
  /** The month that is changed; null for one that is not there yet. */
  row: MonthRow | null;
  /** Sends one month; gives the months as they are then. */
  send: (item: Record<string, unknown>) => Promise<unknown>;
  /** Reads the months again, after somebody else changed them. */
  reread: () => Promise<readonly MonthRow[]>;
  /** Finds the row that is meant by what is typed. */
  find: (typed: Readonly<Record<string, string>>, rows: readonly MonthRow[]) => MonthRow | null;
  rows: readonly MonthRow[];
  onDone: () => void;
}

const idOf = (name: string) => `month-${name}`;

/** Adds or changes one month. */
export function MonthForm({ fields, row, send, reread, find, rows, onDone }: MonthFormProps) {
  const [typed, setTyped] = useState(() => start(fields, row));
  const [began] = useState(typed);
  const [problems, setProblems] = useState<readonly MonthProblem[]>([]);
  // The same array until the form is sent again: with another one the summary would take the focus out of the field being typed in.
  const wrong = useMemo(
    () => problems.map(({ name, message }) => ({ message, ...(name && { fieldId: idOf(name) }) })),
    [problems],
  );
  const [theirs, setTheirs] = useState<MonthRow | null>(null);
  const isDone = useRef(false);
  const first = useRef<HTMLFormElement>(null);
  const queryClient = useQueryClient();
  useEffect(() => first.current?.querySelector<HTMLElement>('input:not([readonly]), select')?.focus(), []);
  const save = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      isDone.current = true;
      await queryClient.invalidateQueries();
      onDone();
    },
    onError: async (error) => {
      if (error instanceof ApiError && error.status === 412) {
        setTheirs(find(typed, await reread()));
        return;
      }
      setProblems(refusals(error));
    },
  });
  const current = row ?? find(typed, rows);
  const base = theirs ?? current;
  const submit = () => {
    const read = itemOf(fields, typed, base);
    setProblems(read.problems);
    if (read.problems.length > 0 || save.isPending) return;
    save.mutate(read.item);
  };
  const isDirty = () => !isDone.current && JSON.stringify(typed) !== JSON.stringify(began);
  const [isAsked, setAsked] = useState(false);
  useShortcuts(
    {
      Escape: {
        label: 'Close the month',
        run: () => {
          if (isAsked || !isDirty()) onDone();
          else setAsked(true);
        },
      },
    },
    'This month',
    'panel',
  );
  return (
    <form
      ref={first}
      className="month-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <LeaveGuard isDirty={isDirty} />
      <ErrorSummary
        title={problems.length === 1 ? 'One thing is wrong' : `${problems.length} things are wrong`}
        errors={wrong}
      />
      {theirs && <Theirs {...{ fields, theirs, typed }} />}
      {row === null && current && (
        <p className="notice" role="status">
          This month is there already; saving changes what you fill in and leaves the rest.
        </p>
      )}
      <div className="month-fields">
        {fields
          .map((field) => asked(field, typed, base))
          .map(({ name, label, kind, help, choices, isKey = false, isNeeded }) => (
            <div key={name} className={name === 'reason' ? 'reason-field' : ''}>
              <FormField
                label={label}
                id={idOf(name)}
                help={help}
                error={problems.find((problem) => problem.name === name)?.message}
                isRequired={isNeeded}
              >
                {(control) => {
                  const input = {
                    ...control,
                    value: typed[name] ?? '',
                    onChange: ({ target }: { target: { value: string } }) => {
                      setAsked(false);
                      setTyped({ ...typed, [name]: target.value });
                    },
                  };
                  if (choices)
                    return (
                      <select {...input} className="input" disabled={isKey && row !== null}>
                        {choices.map((choice) => (
                          <option key={choice}>{choice}</option>
                        ))}
                      </select>
                    );
                  return (
                    <input
                      {...input}
                      className={`input ${kind === 'amount' ? 'figures' : ''}`}
                      type={kind === 'month' ? 'month' : 'text'}
                      inputMode={kind === 'amount' ? 'decimal' : undefined}
                      readOnly={isKey && row !== null}
                      autoComplete="off"
                    />
                  );
                }}
              </FormField>
            </div>
          ))}
      </div>
      <p className="caption" role="status">
        {isAsked && 'What you typed is not saved. Press Esc again to give it up.'}
      </p>
      <div className="actions">
        <Button type="submit" look="primary" busy={save.isPending}>
          {save.isPending ? 'Saving' : 'Save month'}
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </form>
  );
}

/** A field for what is typed: a reason that nobody has to give says so, and what it is for. */
const asked = (
  field: MonthField,
  typed: Readonly<Record<string, string>>,
  row: MonthRow | null,
): MonthField & { isNeeded: boolean } => {
  const isNeeded = field.isKey === true || field.isRequired?.(typed, row) === true;
  return { ...field, ...(field.name === 'reason' && !isNeeded && REASON), isNeeded };
};

function Theirs({
  fields,
  theirs,
  typed,
}: {
  fields: readonly MonthField[];
  theirs: MonthRow;
  typed: Record<string, string>;
}) {
  const differing = fields.filter(
    ({ name, kind }) => kind === 'amount' && (theirs[name] ?? '') !== (typed[name] ?? ''),
  );
  return (
    <div className="notice" role="alert">
      <p>
        Someone else changed {day(String(theirs.month))} meanwhile. Save again to put yours in its place, or cancel.
      </p>
      <ul>
        {differing.map(({ name, label }) => (
          <li key={name}>
            {label}: theirs {(theirs[name] ?? null) === null ? 'blank' : typedNumber(String(theirs[name]))}, yours{' '}
            {typed[name] || 'blank'}
          </li>
        ))}
      </ul>
    </div>
  );
}

const start = (fields: readonly MonthField[], row: MonthRow | null): Record<string, string> =>
  Object.fromEntries(
    fields.map(({ name, kind, choices }) => {
      const value = row?.[name];
      if (value === null || value === undefined) return [name, choices?.[0] ?? ''];
      return [name, kind === 'amount' ? typedNumber(String(value)) : String(value)];
    }),
  );

/** What the server refused: `/items/0/reason` is the field `reason`. */
const refusals = (error: Error): MonthProblem[] =>
  error instanceof ApiError && error.errors.length > 0
    ? error.errors.map(({ pointer, message }) => ({ name: /^\/items\/0\/(\w+)$/.exec(pointer)?.[1] ?? null, message }))
    : [{ name: null, message: error.message }];
