import { useEffect, useMemo } from 'react';
import type { Review } from '../../../../server/contract/review.js';
import { dayIn } from '../../../lib/ago';
import { browserStore } from '../../entry/drafts';
import { type Earlier, earlierIn, lookedAt, readLooks, shownIn, writeLooks } from './looks';

/**
 * What figures of a draft were when this person looked at it before, by key; of those alone that are others now.
 * @param isDraft else nothing is kept: what is frozen does not change
 */
export function useEarlier({ id, document }: Review, userId: string, isDraft: boolean): ReadonlyMap<string, Earlier> {
  const looks = useMemo(() => {
    const today = dayIn(document.settings.timeZone, new Date());
    return lookedAt(readLooks(browserStore(), userId, id), today, shownIn(document));
  }, [id, document, userId]);
  useEffect(() => {
    if (isDraft) writeLooks(browserStore(), userId, id, looks);
  }, [id, userId, isDraft, looks]);
  return useMemo(() => earlierIn(looks), [looks]);
}
