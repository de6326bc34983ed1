import { Link, useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import {
  CONFIRMATION_REASONS,
  CONFIRMATION_SORTS,
  CONFIRMATION_STATES,
} from '../../../server/contract/confirmation.js';
import { useShortcuts } from '../../lib/shortcuts';
import { TextFilter } from '../records/register-filters';
import { SORT_WORDS, STATE_WORDS, WHY_WORDS, type ConfirmSearch, type readSearch } from './search';
import '../../ui/filters.css';

/** Waiting, confirmed, rejected; each with an address of its own. */
export function StateTabs() {
  return (
    <nav className="confirm-tabs" aria-label="States">
      {CONFIRMATION_STATES.map((each) => (
        <Link
          key={each}
          to="/confirm"
          search={(current: ConfirmSearch) => ({
            ...current,
            state: each === 'waiting' ? undefined : each,
            why: undefined,
            rows: undefined,
          })}
          className="confirm-tab"
          activeOptions={{ exact: true, includeSearch: true }}
        >
          {STATE_WORDS[each]}
        </Link>
      ))}
    </nav>
  );
}

/** Why it waits, words, and the order; all of it in the address. */
export function ConfirmFilters({ search }: { search: ReturnType<typeof readSearch> }) {
  const navigate = useNavigate();
  const first = useRef<HTMLInputElement>(null);
  useShortcuts({ '/': { label: 'Filter', run: () => first.current?.focus() } });
  const set = (name: keyof ConfirmSearch, value: string) =>
    void navigate({
      to: '.',
      search: (current: ConfirmSearch) => ({
        ...current,
        [name]: value === '' ? undefined : value,
        rows: undefined,
      }),
      replace: true,
      resetScroll: false,
    });
  return (
    <div className="filter-bar" role="search" aria-label="Filter values">
      <TextFilter label="Code, name or e-mail" value={search.q} onChange={(text) => set('q', text)} input={first} />
      {search.state === 'waiting' && (
        <label className="filter">
          <span>Why it waits</span>
          <select className="input" value={search.why ?? ''} onChange={({ target }) => set('why', target.value)}>
            <option value="">all</option>
            {CONFIRMATION_REASONS.map((why) => (
              <option key={why} value={why}>
                {WHY_WORDS[why]}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="filter">
        <span>Order</span>
        <select
          className="input"
          value={search.sort}
          onChange={({ target }) => set('sort', target.value === '-amount' ? '' : target.value)}
        >
          {CONFIRMATION_SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {SORT_WORDS[sort]}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
