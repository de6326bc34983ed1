import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Review, ReviewSectionId } from '../../../../server/contract/review.js';
import { ApiError } from '../../../lib/http';
import { browserStore } from '../../entry/drafts';
import { changeReview, reviewQuery } from '../api';
import {
  changedOf,
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
  /** The review as somebody else saved it meanwhile. */
  const [theirs, setTheirs] = useState<Review | null>(null);
  const keep = (next: Edits) => {
    // What is begun now begins from what is on the screen.
    const kept = isEdited(edits) ? next : { ...next, version: review.version };
    setEdits(kept);
    writeEdits(store, userId, review.id, kept);
  };
  const query = reviewQuery(review.code);
  const saving = useMutation({
    mutationFn: (sent: Edits) => changeReview({ id: review.id, version: sent.version }, changedOf(sent)),
    onSuccess: (stored) => {
      client.setQueryData(query.queryKey, stored);
      setEdits(noEdits(stored.version));
      writeEdits(store, userId, review.id, noEdits(stored.version));
      setTheirs(null);
    },
    onError: async (error) => {
      if (error instanceof ApiError && error.status === 412)
        setTheirs(await client.fetchQuery({ ...query, staleTime: 0 }));
    },
  });
  const withNarrative = (section: ReviewSectionId, sentences: EditedSentence[] | null) =>
    keep({ ...edits, narrative: { ...edits.narrative, [section]: sentences } });
  return {
    edits,
    isEdited: isEdited(edits),
    saving,
    theirs,
    writeCover: (cover: EditedCover) => keep({ ...edits, cover: { ...edits.cover, ...cover } }),
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
