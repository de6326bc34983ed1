import { useRef } from 'react';
import { DECISION_KINDS, DECISION_OUTCOMES, DECISION_VIEWS } from '../../../server/contract/decision.js';
import type { AnyRecord } from '../../../server/contract/records.js';
import { useShortcuts } from '../../lib/shortcuts';
import { FoldedFilters } from '../../ui/folded-filters';
import { TextFilter } from '../records/register-filters';
import { FILTERS, type LogFilter, type LogSearch } from './search';
import { KIND_WORDS, LEVELS, OUTCOME_WORDS, VIEW_WORDS } from './words';
import '../../ui/filters.css';

interface LogFiltersProps {
  search: LogSearch;
  forums: readonly AnyRecord[];
  onChange: (name: LogFilter, value: string) => void;
}

interface Choice {
  value: string;
  label: string;
}

const LEVEL_CHOICES: readonly Choice[] = LEVELS.map((label, at) => ({ value: String(at + 1), label }));

/** What the log can be narrowed by, all of it in the address. */
export function LogFilters({ search, forums, onChange }: LogFiltersProps) {
  const first = useRef<HTMLInputElement>(null);
  useShortcuts({ '/': { label: 'Filter the log', run: () => first.current?.focus() } });
  const select = (name: LogFilter, label: string, choices: readonly Choice[]) => (
    <label className="filter">
      <span>{label}</span>
      <select className="input" value={search[name] ?? ''} onChange={({ target }) => onChange(name, target.value)}>
        <option value="">all</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  );
  const folded = FILTERS.filter((name) => name !== 'q');
  return (
    <div className="filter-bar" role="search" aria-label="Filter the log">
      <TextFilter label="Words" value={search.q} onChange={(text) => onChange('q', text)} input={first} />
      <FoldedFilters set={folded.filter((name) => search[name] !== undefined).length}>
        {select(
          'show',
          'Show',
          DECISION_VIEWS.map((value) => ({ value, label: VIEW_WORDS[value] })),
        )}
        {select('kind', 'Kind', [
          ...DECISION_KINDS.map((value) => ({ value, label: KIND_WORDS[value] })),
          { value: '-', label: 'no kind' },
        ])}
        {select('forum', 'Forum', [
          ...forums.map((forum) => ({ value: String(forum['code']), label: String(forum['name']) })),
          { value: '-', label: 'no forum' },
        ])}
        {select(
          'outcome',
          'Outcome',
          DECISION_OUTCOMES.map((value) => ({ value, label: OUTCOME_WORDS[value] })),
        )}
        {select('intended', 'Intended level', LEVEL_CHOICES)}
        {select('decided', 'Decided at', LEVEL_CHOICES)}
      </FoldedFilters>
    </div>
  );
}
