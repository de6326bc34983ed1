import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type FormEvent } from 'react';
import { FoldedFilters } from '../../ui/folded-filters';
import type { Field } from './staged';
import { CODES, FIELD_WORDS } from './words';

/** What the address says about the sheet. */
export interface EntrySearch {
  q?: string;
  /** `all`: whoever's they are; without it, mine. */
  show?: string;
  /** `1`: only measures with a value due. */
  due?: string;
  /** `AC`, `FC`, `PL`. */
  as?: string;
  from?: string;
  to?: string;
  /** `hint`: in thousands or millions where all of a row divide by it. */
  scale?: string;
}

export const fieldOf = ({ as }: EntrySearch): Field =>
  as === 'FC' ? 'forecast' : as === 'PL' ? 'planned' : 'realised';

interface ControlsProps {
  search: EntrySearch;
  /** The months that are shown, where the address names none. */
  from: string | undefined;
  to: string | undefined;
}

/** Which measures, which months, and which of their values. */
export function Controls({ search, from, to }: ControlsProps) {
  const navigate = useNavigate();
  const change = (given: EntrySearch) =>
    void navigate({
      to: '.',
      search: (current: EntrySearch) => ({ ...current, ...given }),
      resetScroll: false,
      replace: true,
    });
  const set = [search.as, search.from, search.to, search.scale, search.due].filter((each) => each !== undefined).length;
  return (
    <div className="filter-bar entry-controls" role="search" aria-label="Filters">
      <label className="filter">
        Show
        <select
          className="input"
          value={search.show ?? 'mine'}
          onChange={({ target }) => change({ show: target.value === 'all' ? 'all' : undefined })}
        >
          <option value="mine">My measures</option>
          <option value="all">All measures</option>
        </select>
      </label>
      <FoldedFilters set={set}>
        <label className="filter">
          Values
          <select
            className="input"
            value={CODES[fieldOf(search)]}
            onChange={({ target }) => change({ as: target.value === 'AC' ? undefined : target.value })}
          >
            {(['realised', 'forecast', 'planned'] as const).map((field) => (
              <option key={field} value={CODES[field]}>
                {FIELD_WORDS[field]} ({CODES[field]})
              </option>
            ))}
          </select>
        </label>
        <MonthField label="From" value={search.from ?? from} onChange={(month) => change({ from: month })} />
        <MonthField label="To" value={search.to ?? to} onChange={(month) => change({ to: month })} />
        <label className="filter">
          Amounts
          <select
            className="input"
            value={search.scale === 'hint' ? 'hint' : 'full'}
            onChange={({ target }) => change({ scale: target.value === 'hint' ? 'hint' : undefined })}
          >
            <option value="full">In full</option>
            <option value="hint">k or m where they divide</option>
          </select>
        </label>
        <label className="filter entry-due-only">
          Due
          <select
            className="input"
            value={search.due === '1' ? '1' : ''}
            onChange={({ target }) => change({ due: target.value === '1' ? '1' : undefined })}
          >
            <option value="">Due or not</option>
            <option value="1">Only with a value due</option>
          </select>
        </label>
      </FoldedFilters>
      <WordsField key={search.q ?? ''} value={search.q ?? ''} onChange={(q) => change({ q: q || undefined })} />
    </div>
  );
}

interface TextFieldProps {
  value: string;
  onChange: (value: string) => void;
}

function WordsField({ value, onChange }: TextFieldProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => onChange(typed.trim()), 600);
    return () => clearTimeout(timer);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChange(typed.trim());
  };
  return (
    <form onSubmit={submit}>
      <label className="filter">
        ID or name
        <input
          type="search"
          className="input"
          data-page-filter=""
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
      </label>
    </form>
  );
}

/** A month that is written in part is no month yet: it counts when it is whole. */
function MonthField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | undefined;
  onChange: (month: string) => void;
}) {
  return (
    <label className="filter">
      {label}
      <input
        key={value}
        type="month"
        className="input"
        defaultValue={value}
        onBlur={({ target }) => {
          if (target.value !== '' && target.value !== value) onChange(target.value);
        }}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter' && currentTarget.value !== '' && currentTarget.value !== value)
            onChange(currentTarget.value);
        }}
      />
    </label>
  );
}
