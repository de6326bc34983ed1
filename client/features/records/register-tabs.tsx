import { Link } from '@tanstack/react-router';
import type { SessionInfo } from '../../../server/contract/access.js';
import { REGISTERS } from '../../lib/registers';

/** The six registers, of which the reader sees those of their role. */
export function RegisterTabs({ session }: { session: SessionInfo }) {
  return (
    <nav className="register-tabs" aria-label="Registers">
      {REGISTERS.filter(({ type }) => session.reads.includes(type)).map(({ path, many }) => (
        <Link key={path} to={`/${path}`} activeOptions={{ exact: true, includeSearch: false }} className="register-tab">
          {many.charAt(0).toUpperCase() + many.slice(1)}
        </Link>
      ))}
    </nav>
  );
}
