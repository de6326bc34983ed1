import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { RegisterType } from '../../lib/registers';
import { useShortcuts } from '../../lib/shortcuts';
import { FoldedFilters } from '../../ui/folded-filters';
import { gapKindsOf, gapWord } from './gap-words';
import { FIELDS, FILTER_NAMES, type RegisterSearch } from './register-search';
import { choiceWord, declarationOf, labelOf } from './words';
import '../../ui/filters.css';

interface FiltersProps {
  type: RegisterType;
  search: RegisterSearch;
  seesChain: boolean;
}

type Name = keyof RegisterSearch;

/** Text, and whatever has few values; all of it in the address. */
export function RegisterFilters({ type, search, seesChain }: FiltersProps) {
  const navigate = useNavigate();
  const set = (name: Name, value: string) =>
    void navigate({
      to: '.',
      search: (current: Record<string, unknown>) => ({
        ...current,
        [name]: value === '' ? undefined : value,
        rows: undefined,
      }),
      replace: true,
      resetScroll: false,
    });
  const first = useRef<HTMLInputElement>(null);
  useShortcuts({ '/': { label: 'Filter', run: () => first.current?.focus() } });
  const { columns } = declarationOf(type);
  const chosen = (Object.entries(FIELDS) as [Name, string][]).flatMap(([name, field]) => {
    const kind = columns[field]?.type;
    return kind?.kind === 'choice' || kind?.kind === 'yesNo' ? [{ name, field, kind }] : [];
  });
  const folded = FILTER_NAMES.filter((name) => name !== 'q' && name !== 'sort' && search[name] !== undefined);
  return (
    <div className="filter-bar" role="search" aria-label={`Filter ${type === 'link' ? 'links' : 'the list'}`}>
      {type === 'link' ? (
        <>
          <TextFilter label="From code" value={search.from} onChange={(text) => set('from', text)} input={first} />
          <TextFilter label="To code" value={search.to} onChange={(text) => set('to', text)} />
        </>
      ) : (
        <TextFilter label="Code or name" value={search.q} onChange={(text) => set('q', text)} input={first} />
      )}
      {type !== 'link' && (
        <FoldedFilters set={folded.length}>
          <TextFilter label="Owner’s e-mail" value={search.owner} onChange={(text) => set('owner', text)} />
          {chosen.map(({ name, field, kind }) => (
            <Select
              key={name}
              label={labelOf(field)}
              value={search[name]}
              onChange={(value) => set(name, value)}
              choices={
                kind.kind === 'choice'
                  ? kind.values.map((value) => ({ value, label: choiceWord(value) }))
                  : ['yes', 'no'].map((value) => ({ value, label: value }))
              }
            />
          ))}
          {seesChain && (
            <Select
              label="Gap"
              value={search.gap}
              onChange={(value) => set('gap', value)}
              choices={gapKindsOf(type).map((kind) => ({ value: kind, label: gapWord(kind) }))}
            />
          )}
        </FoldedFilters>
      )}
    </div>
  );
}

interface TextFilterProps {
  label: string;
  value: string | undefined;
  onChange: (value: string) => void;
  input?: React.RefObject<HTMLInputElement | null>;
}

const PAUSE_MS = 300;

/** Filters once typing pauses. */
export function TextFilter({ label, value = '', onChange, input }: TextFilterProps) {
  const [typed, setTyped] = useState({ value, text: value });
  // Set from outside: Back, or “clear filters”.
  if (typed.value !== value) setTyped({ value, text: value });
  const { text } = typed;
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => onChange(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  });
  return (
    <label className="filter">
      <span>{label}</span>
      <input
        ref={input}
        type="search"
        className="input"
        value={text}
        onChange={({ target }) => setTyped({ value, text: target.value })}
      />
    </label>
  );
}

interface SelectProps {
  label: string;
  value: string | undefined;
  onChange: (value: string) => void;
  choices: readonly { value: string; label: string }[];
}

function Select({ label, value = '', onChange, choices }: SelectProps) {
  return (
    <label className="filter">
      <span>{label}</span>
      <select className="input" value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="">all</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  );
}
