import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { DECLARATIONS } from '../../../server/contract/records.js';
import { useShortcuts } from '../../lib/shortcuts';
import { TextFilter } from '../records/register-filters';
import type { AuditFilter } from './api';
import { objectWord } from './event-words';
import '../../ui/filters.css';

const TYPES = [...DECLARATIONS.map(({ type }) => type), 'import', 'settings', 'user', 'token'];

/** By kind of object, by object and by person; all of it in the address. */
export function AuditFilters({ filter }: { filter: AuditFilter }) {
  const navigate = useNavigate();
  const first = useRef<HTMLInputElement>(null);
  useShortcuts({ '/': { label: 'Filter', run: () => first.current?.focus() } });
  const set = (name: keyof AuditFilter, value: string) =>
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
  return (
    <div className="filter-bar" role="search" aria-label="Filter events">
      <TextFilter label="Who (e-mail)" value={filter.actor} onChange={(text) => set('actor', text)} input={first} />
      <label className="filter">
        <span>Kind of object</span>
        <select
          className="input"
          value={filter.objectType ?? ''}
          onChange={({ target }) => set('objectType', target.value)}
        >
          <option value="">all</option>
          {filter.objectType !== undefined && !TYPES.includes(filter.objectType) && (
            <option value={filter.objectType}>{objectWord(filter.objectType)}</option>
          )}
          {TYPES.map((type) => (
            <option key={type} value={type}>
              {objectWord(type)}
            </option>
          ))}
        </select>
      </label>
      <TextFilter label="Id of the object" value={filter.objectId} onChange={(text) => set('objectId', text)} />
    </div>
  );
}
