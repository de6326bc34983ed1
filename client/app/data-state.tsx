import { useQuery } from '@tanstack/react-query';
import type { SessionInfo } from '../../server/contract/access.js';
import { may } from '../features/access/api';
import { instant } from '../../server/contract/format.js';
import { lastChangeQuery } from './scope-api';

/** Whether the figures move, and when they last did. */
export function DataState({ session }: { session: SessionInfo }) {
  const { data: at } = useQuery({ ...lastChangeQuery, enabled: may(session, 'audit') });
  return (
    <p className="data-state" title="Figures follow the records as they are now.">
      <span className="live-mark" aria-hidden="true" />
      Live{at ? <span className="data-state-when"> · last change {instant(at)}</span> : null}
    </p>
  );
}
