import { Link } from '@tanstack/react-router';
import type { ChangedType } from '../../../server/contract/scenario-words.js';
import { keepScope } from '../../app/places';

/** The way from a record to the question what would be lost without it. */
export function StopLink({ type, code }: { type: ChangedType; code: string }) {
  return (
    <Link
      to="/scenarios/new"
      search={(current) => ({ ...keepScope(current), stop: `${type}:${code}` })}
      className="button"
    >
      What if this stopped?
    </Link>
  );
}
