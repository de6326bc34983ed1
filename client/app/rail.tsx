import { Link, useLocation } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { SessionInfo } from '../../server/contract/access.js';
import { DueCount } from '../features/reminders/due-count';
import { keepScope, placesOf, registerAt, registerName, registersOf } from './places';

/**
 * The pages that this person may open; on a narrow screen behind a button. The records of a number lie under no page: they are reached from
 * every one, Esc leads back to it, and none is marked as the current one.
 */
export function Rail({ session }: { session: SessionInfo }) {
  const [isOpen, setOpen] = useState(false);
  const register = registerAt(useLocation().pathname);
  const registers = registersOf(session);
  return (
    <nav className={`rail ${isOpen ? 'rail-open' : ''}`} aria-label="Pages">
      <button
        type="button"
        className="button rail-button"
        aria-expanded={isOpen}
        aria-controls="rail-items"
        onClick={() => setOpen(!isOpen)}
      >
        <span aria-hidden="true">☰ </span>Menu
      </button>
      <ul id="rail-items" onClick={() => setOpen(false)}>
        {placesOf(session).map(({ to, label }) =>
          label === 'Records' ? (
            <li key={label}>
              {register ? (
                // The register below it is the current page, and the way to its list.
                <span className="rail-link rail-link-open">{label}</span>
              ) : (
                <RailLink to={to} label={label} />
              )}
              {register && (
                <ul className="rail-registers" aria-label="Registers">
                  {registers.map((each) => (
                    <li key={each.type}>
                      <RailLink to={`/${each.path}`} label={registerName(each)} />
                    </li>
                  ))}
                </ul>
              )}
            </li>
          ) : (
            <li key={label}>
              <RailLink to={to} label={label}>
                {to === '/reminders' && <DueCount />}
              </RailLink>
            </li>
          ),
        )}
      </ul>
    </nav>
  );
}

function RailLink({ to, label, children }: { to: string; label: string; children?: ReactNode }) {
  return (
    <Link to={to} search={keepScope} activeOptions={{ exact: to === '/', includeSearch: false }} className="rail-link">
      {label}
      {children}
    </Link>
  );
}
