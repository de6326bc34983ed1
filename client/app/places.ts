import type { SessionInfo } from '../../server/contract/access.js';
import { may, readsChain } from '../features/access/api';
import { REGISTERS, type Register } from '../lib/registers';

/** Where one can go from everywhere: the rail, the palette and the keys show the same places to the same people. */

export interface Place {
  to: string;
  label: string;
  /** The second key after `g`. */
  key: string;
}

/** The registers that this person may read, in the order of the chain. */
export const registersOf = (session: SessionInfo): Register[] =>
  REGISTERS.filter(({ type }) => session.reads.includes(type));

export const registerName = ({ many }: Register): string => many.charAt(0).toUpperCase() + many.slice(1);

/** Records open at the benefits, which everybody looks for. */
const firstRegister = (registers: readonly Register[]): Register | undefined =>
  registers.find(({ type }) => type === 'benefit') ?? registers[0];

/** The pages that this person may open. */
export function placesOf(session: SessionInfo): Place[] {
  const first = firstRegister(registersOf(session));
  const places: (Place | false)[] = [
    { to: '/', label: 'Overview', key: 'o' },
    readsChain(session) && { to: '/chain', label: 'Chain', key: 'c' },
    { to: '/metrics', label: 'Metrics', key: 'm' },
    readsChain(session) && { to: '/signs', label: 'Signs', key: 'g' },
    session.reads.includes('decision') && { to: '/decisions', label: 'Decisions', key: 'k' },
    session.reads.includes('work_item') && { to: '/flow', label: 'Flow', key: 'l' },
    session.reads.includes('capability') && { to: '/capabilities', label: 'Capabilities', key: 'b' },
    session.grants.length > 0 && { to: '/services', label: 'Services', key: 'v' },
    readsChain(session) && { to: '/efficiency', label: 'Efficiency', key: 'y' },
    session.grants.length > 0 && { to: '/stakeholders', label: 'Stakeholders', key: 'h' },
    session.grants.length > 0 && { to: '/reviews', label: 'Reviews', key: 'q' },
    first !== undefined && { to: `/${first.path}`, label: 'Records', key: 'r' },
    session.grants.length > 0 && { to: '/reminders', label: 'Due', key: 'u' },
    readsChain(session) && { to: '/scenarios', label: 'What-if', key: 'w' },
    session.writes.includes('benefit_value') && { to: '/enter', label: 'Enter data', key: 'd' },
    may(session, 'confirm') && { to: '/confirm', label: 'Confirm', key: 'f' },
    session.reads.includes('corrective_action') && { to: '/actions', label: 'Actions', key: 't' },
    may(session, 'import') && { to: '/import', label: 'Import', key: 'i' },
    may(session, 'export') && { to: '/export', label: 'Export', key: 'e' },
    may(session, 'audit') && { to: '/audit', label: 'Audit', key: 'a' },
    may(session, 'settings') && { to: '/settings', label: 'Settings', key: 's' },
  ];
  return places.filter((place) => place !== false);
}

/** The register that a page belongs to: its list, a record, a form. */
export const registerAt = (pathname: string): Register | undefined =>
  REGISTERS.find(({ path }) => pathname === `/${path}` || pathname.startsWith(`/${path}/`));

export { keepScope } from '../lib/address';
