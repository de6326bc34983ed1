import { useQuery } from '@tanstack/react-query';
import type { SessionInfo } from '../../server/contract/access.js';
import { may } from '../features/access/api';
import { instant } from '../../server/contract/format.js';
import { useFrozenWords } from '../lib/frozen-page';
import { lastChangeQuery } from './scope-api';

/** Whether the figures move, and when they last did; or when they were frozen. */
export function DataState({ session }: { session: SessionInfo }) {
  const frozen = useFrozenWords();
  const { data: at } = useQuery({ ...lastChangeQuery, enabled: frozen === null && may(session, 'audit') });
  if (frozen !== null)
    return (
      <p className="data-state" title="Figures are as they were when the review was frozen.">
        <span className="frozen-mark" aria-hidden="true" />
        Frozen<span className="data-state-when"> {frozen}</span>
      </p>
    );
  return (
    <p className="data-state" title="Figures follow the records as they are now.">
      <span className="live-mark" aria-hidden="true" />
      Live{at ? <span className="data-state-when"> · last change {instant(at)}</span> : null}
    </p>
  );
}
