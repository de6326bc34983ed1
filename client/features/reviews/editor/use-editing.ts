import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Review, ReviewSectionId } from '../../../../server/contract/review.js';
import { ApiError } from '../../../lib/http';
import { browserStore } from '../../entry/drafts';
import { changeReview, reviewQuery } from '../api';
import {
  changedOf,
  editsSince,
  isEdited,
  noEdits,
  readEdits,
  writeEdits,
  type EditedCover,
  type EditedSentence,
  type Edits,
} from './edits';

/** Edits of a draft: kept in the browser at each key, sent when somebody saves. */
export function useEditing(review: Review, userId: string) {
  const client = useQueryClient();
  const store = browserStore();
  const [edits, setEdits] = useState<Edits>(() => readEdits(store, userId, review.id) ?? noEdits(review.version));
  // As they are at this moment, also where an answer comes between two drawings of the page.
  const latest = useRef(edits);
  /** The review as somebody else saved it meanwhile. */
  const [theirs, setTheirs] = useState<Review | null>(null);
  const put = (kept: Edits) => {
    latest.current = kept;
    setEdits(kept);
    writeEdits(store, userId, review.id, kept);
  };
  // What is begun now begins from what is on the screen.
  const keep = (next: Edits) => put(isEdited(latest.current) ? next : { ...next, version: review.version });
  const query = reviewQuery(review.code);
  const saving = useMutation({
    mutationFn: (sent: Edits) => changeReview({ id: review.id, version: sent.version }, changedOf(sent)),
    onSuccess: (stored, sent) => {
      client.setQueryData(query.queryKey, stored);
      put(editsSince(sent, latest.current, stored.version));
      setTheirs(null);
    },
    onError: async (error) => {
      if (error instanceof ApiError && error.status === 412)
        setTheirs(await client.fetchQuery({ ...query, staleTime: 0 }));
    },
  });
  const withNarrative = (section: ReviewSectionId, sentences: EditedSentence[] | null) =>
    keep({ ...latest.current, narrative: { ...latest.current.narrative, [section]: sentences } });
  return {
    edits,
    isEdited: isEdited(edits),
    saving,
    theirs,
    writeCover: (cover: EditedCover) => keep({ ...latest.current, cover: { ...latest.current.cover, ...cover } }),
    writeSection: (section: ReviewSectionId, sentences: EditedSentence[]) => withNarrative(section, sentences),
    giveBack: (section: ReviewSectionId) => withNarrative(section, null),
    dropSection: (section: string) => {
      const { [section]: _, ...narrative } = edits.narrative;
      keep({ ...edits, narrative });
    },
    dropCover: () => keep({ ...edits, cover: {} }),
    dropAll: () => {
      saving.reset();
      setTheirs(null);
      keep(noEdits(review.version));
    },
    save: () => saving.mutate(edits),
    /** Puts what is left of the edits over what somebody else saved. */
    saveOver: (version: number) => {
      const next = { ...edits, version };
      keep(next);
      saving.mutate(next);
    },
    decideLater: () => setTheirs(null),
  };
}
export type Editing = ReturnType<typeof useEditing>;
