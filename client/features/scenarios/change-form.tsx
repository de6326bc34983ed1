import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type FormEvent } from 'react';
import {
  CHANGED_TYPES,
  MOST_DELAY,
  scenarioChange,
  type ChangeKind,
  type ScenarioChange,
} from '../../../server/contract/scenario-words.js';
import { readNumber, typedNumber } from '../../lib/read-number';
import { Button } from '../../ui/button';
import { ErrorSummary } from '../../ui/field';
import { FormField } from '../../ui/form-field';
import { ReferenceField } from '../../ui/reference-field';
import { nameQuery } from '../records/api';
import { useChoices } from '../records/search-choices';

const KINDS: readonly { value: ChangeKind; label: string }[] = [
  { value: 'stop', label: 'It is stopped' },
  { value: 'delay', label: 'It is delayed' },
  { value: 'funding', label: 'It is funded otherwise' },
];

interface ChangeFormProps {
  /** The change that is edited; null for a new one. */
  change: ScenarioChange | null;
  /** From which month on, where nobody has said. */
  suggestedFrom: string;
  /** Refuses with a sentence: the same is changed already. */
  onDone: (change: ScenarioChange) => string | null;
  onCancel?: () => void;
}

interface Typed {
  /** `investment:INV-1`. */
  record: string;
  kind: ChangeKind;
  months: string;
  percent: string;
  from: string;
}

type Wrong = { [name in keyof Typed]?: string };

const ids = {
  record: 'change-record',
  kind: 'change-kind',
  months: 'change-months',
  percent: 'change-percent',
  from: 'change-from',
};

/** What happens to which record, and from which month on. */
export function ChangeForm({ change, suggestedFrom, onDone, onCancel }: ChangeFormProps) {
  const [typed, setTyped] = useState<Typed>(() => typedOf(change, suggestedFrom));
  const [wrong, setWrong] = useState<Wrong>({});
  const errors = useMemo(
    () => Object.entries(wrong).map(([name, message]) => ({ message, fieldId: ids[name as keyof Typed] })),
    [wrong],
  );
  const { choices, search } = useChoices(CHANGED_TYPES, true);
  const [type, code] = splitRecord(typed.record);
  const name = useQuery({ ...nameQuery(type ?? 'investment', code), enabled: type !== undefined });
  const set = (given: Partial<Typed>) => setTyped((current) => ({ ...current, ...given }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readTyped(typed);
    if ('wrong' in read) {
      setWrong(read.wrong);
      return;
    }
    const refused = onDone(read.change);
    setWrong(refused === null ? {} : { record: refused });
    if (refused === null && change === null) setTyped({ ...typedOf(null, typed.from), kind: typed.kind });
  };
  return (
    <form className="change-form" noValidate onSubmit={submit} aria-label={change ? 'Edit the change' : 'Add a change'}>
      <ErrorSummary
        title={errors.length === 1 ? 'One thing is missing' : `${errors.length} things are missing`}
        errors={errors}
      />
      <div className="change-fields">
        <ReferenceField
          label="Investment or initiative"
          id={ids.record}
          isRequired
          value={typed.record}
          error={wrong.record}
          onChange={(record) => set({ record })}
          choices={choices}
          onSearch={search}
          note={name.data}
        />
        <FormField label="What happens" id={ids.kind}>
          {(control) => (
            <select
              {...control}
              className="input"
              value={typed.kind}
              onChange={({ target }) => set({ kind: target.value as ChangeKind })}
            >
              {KINDS.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </FormField>
        {typed.kind === 'delay' && (
          <FormField label="By how many months" id={ids.months} error={wrong.months} isRequired>
            {(control) => (
              <input
                {...control}
                className="input figures"
                inputMode="numeric"
                autoComplete="off"
                value={typed.months}
                onChange={({ target }) => set({ months: target.value })}
              />
            )}
          </FormField>
        )}
        {typed.kind === 'funding' && (
          <FormField label="To how much of the plan, %" id={ids.percent} error={wrong.percent} isRequired>
            {(control) => (
              <input
                {...control}
                className="input figures"
                inputMode="decimal"
                autoComplete="off"
                value={typed.percent}
                onChange={({ target }) => set({ percent: target.value })}
              />
            )}
          </FormField>
        )}
        <FormField label="From month" id={ids.from} error={wrong.from} isRequired>
          {(control) => (
            <input
              {...control}
              className="input"
              type="month"
              value={typed.from}
              onChange={({ target }) => set({ from: target.value })}
            />
          )}
        </FormField>
        <div className="actions">
          <Button type="submit" look="primary">
            {change ? 'Change it' : 'Add this change'}
          </Button>
          {onCancel && <Button onClick={onCancel}>Cancel</Button>}
        </div>
      </div>
    </form>
  );
}

const typedOf = (change: ScenarioChange | null, from: string): Typed => ({
  record: change ? `${change.type}:${change.code}` : '',
  kind: change?.kind ?? 'stop',
  months: change?.kind === 'delay' ? String(change.months) : '6',
  percent: change?.kind === 'funding' ? typedNumber(change.percent) : '50',
  from: change?.from ?? from,
});

const splitRecord = (record: string): [type: (typeof CHANGED_TYPES)[number] | undefined, code: string] => {
  const at = record.indexOf(':');
  const type = CHANGED_TYPES.find((each) => each === record.slice(0, at));
  return [type, record.slice(at + 1)];
};

function readTyped(typed: Typed): { change: ScenarioChange } | { wrong: Wrong } {
  const [type, code] = splitRecord(typed.record);
  const wrong: Wrong = {};
  if (type === undefined || code === '')
    wrong.record =
      typed.record === ''
        ? 'Choose an investment or an initiative.'
        : 'Choose one of the investments and initiatives that are found.';
  const percent = readNumber(typed.percent.replace(/%\s*$/, ''));
  if (typed.kind === 'delay' && (!/^\d{1,3}$/.test(typed.months.trim()) || Number(typed.months) > MOST_DELAY))
    wrong.months = `Write a whole number of months from 0 to ${MOST_DELAY}.`;
  if (typed.kind === 'funding' && !isPercent(percent))
    wrong.percent = 'Write a percentage from 0 to 1000 with at most two decimals, for example 50.';
  if (typed.from === '') wrong.from = 'Choose the month from which on it happens.';
  if (Object.keys(wrong).length > 0) return { wrong };
  const more = typed.kind === 'delay' ? { months: Number(typed.months) } : typed.kind === 'funding' ? { percent } : {};
  const read = scenarioChange.safeParse({ kind: typed.kind, type, code, from: typed.from, ...more });
  if (read.success) return { change: read.data };
  return { wrong: { from: read.error.issues[0]?.message ?? 'This cannot be read.' } };
}

const isPercent = (percent: string | null): boolean =>
  percent !== null && /^\d{1,4}(\.\d{1,2})?$/.test(percent) && Number(percent) <= 1000;
