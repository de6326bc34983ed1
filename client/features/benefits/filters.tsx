import { useRef, type ReactNode } from 'react';
import { EVIDENCE_FILTERS, NO_OWNER, type BenefitList } from '../../../server/contract/register.js';
import { BENEFIT_STATUSES } from '../../../server/contract/status.js';
import { useShortcuts } from '../../lib/shortcuts';
import { EVIDENCE_WORDS } from '../../ui/evidence';
import { FoldedFilters } from '../../ui/folded-filters';
import { statusWord } from '../../ui/status';
import { gapKindsOf, gapWord } from '../records/gap-words';
import { TextFilter } from '../records/register-filters';
import { FILTERS, type BenefitSearch, type Filter } from './search';
import { CLASS_WORDS, DUE_WORDS, TYPE_WORDS } from './words';
import '../../ui/filters.css';

interface FiltersProps {
  search: BenefitSearch;
  list: BenefitList | undefined;
  readsGaps: boolean;
  onChange: (name: Filter, value: string) => void;
  /** What stands at the end of the bar. */
  children: ReactNode;
}

interface Choice {
  value: string;
  label: string;
}
const choicesOf = (words: Record<string, string>): Choice[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** Whatever the lines can be narrowed by, all of it in the address; portfolio and area are those of the page. */
export function BenefitFilters({ search, list, readsGaps, onChange, children }: FiltersProps) {
  const first = useRef<HTMLInputElement>(null);
  useShortcuts({ '/': { label: 'Filter', run: () => first.current?.focus() } });
  const select = (name: Filter, label: string, choices: readonly Choice[]) => (
    <Select {...{ label, choices }} value={search[name]} onChange={(value) => onChange(name, value)} />
  );
  const owners = list?.owners ?? [];
  // One that the address names and nobody is stays visible as what it is.
  const unknown = search.owner !== undefined && search.owner !== NO_OWNER && !owners.includes(search.owner);
  const folded = FILTERS.filter((name) => name !== 'q');
  return (
    <div className="filter-bar benefit-filters" role="search" aria-label="Filter the list">
      <TextFilter label="Code or name" value={search.q} onChange={(text) => onChange('q', text)} input={first} />
      <FoldedFilters set={folded.filter((name) => search[name] !== undefined).length}>
        {select('class', 'Class', choicesOf(CLASS_WORDS))}
        {select('type', 'Type', choicesOf(TYPE_WORDS))}
        {select('owner', 'Owner', [
          { value: NO_OWNER, label: 'no owner' },
          ...(unknown ? [search.owner!] : []).concat(owners).map((value) => ({ value, label: value })),
        ])}
        {select(
          'status',
          'Status',
          BENEFIT_STATUSES.map((value) => ({ value, label: statusWord(value) })),
        )}
        {select('declared', 'Declared', [
          { value: 'differs', label: 'other than computed' },
          { value: 'better', label: 'better than computed' },
        ])}
        {select(
          'evidence',
          'Evidence',
          EVIDENCE_FILTERS.map((value) => ({ value, label: `${value} ${EVIDENCE_WORDS[Number(value)]}` })),
        )}
        {select('due', 'Next value', choicesOf(DUE_WORDS))}
        {readsGaps &&
          select(
            'gap',
            'Gap',
            gapKindsOf('benefit').map((value) => ({ value, label: gapWord(value) })),
          )}
      </FoldedFilters>
      <div className="benefit-tools">{children}</div>
    </div>
  );
}

interface SelectProps {
  label: string;
  value: string | undefined;
  onChange: (value: string) => void;
  choices: readonly Choice[];
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
