import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Dialog, Heading } from 'react-aria-components/Modal';
import { figureKey } from '../../../server/contract/figure-key.js';
import { chipsOf } from '../../../server/contract/narrative.js';
import { sectionId, type Review, type ReviewSummary } from '../../../server/contract/review.js';
import type { Trace } from '../../../server/contract/trace.js';
import { keepScope } from '../../lib/address';
import { periodLabel } from '../../lib/period';
import { stepQuery, type TraceStep } from '../../lib/trace-path';
import { Button } from '../../ui/button';
import { Field } from '../../ui/field';
import { FormField } from '../../ui/form-field';
import { Overlay } from '../../ui/overlays';
import { usePageScope } from '../../ui/page-scope';
import { QueryState } from '../../ui/query-state';
import { may, sessionQuery } from '../access/api';
import { browserStore } from '../entry/drafts';
import { changeReview, reviewQuery, reviewsQuery } from './api';
import { carryPinned, newSentence, writtenIn } from './editor/edits';
import { refusalWords, SECTION_WORDS } from './words';
import './share.css';

interface PinProps {
  trace: Trace;
  step: TraceStep;
}

/** Takes the figure of a trace over into the draft of a review, as a number that follows the records until it is frozen. */
export function PinToReview({ trace, step }: PinProps) {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const isWriter = may(session, 'reviews');
  const { data } = useQuery({ ...reviewsQuery, enabled: isWriter });
  const page = usePageScope();
  const [isOpen, setOpen] = useState(false);
  const drafts = data?.items.filter(({ state }) => state === 'draft') ?? [];
  const draft = drafts.find(({ period }) => period === page.period) ?? drafts[0];
  // A what-if is nothing that was.
  if (!isWriter || draft === undefined || step.changes !== undefined) return null;
  const query = Object.entries(stepQuery(step, page)).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const figure = figureKey(`/trace/${step.figure}?${new URLSearchParams(query).toString()}`, draft.period);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Pin to review</Button>
      {isOpen && (
        <Overlay onClose={() => setOpen(false)}>
          <Dialog className="dialog">
            <Heading slot="title">Pin to the review of {periodLabel(draft.period, page.fiscalYearStartMonth)}</Heading>
            <Draft draft={draft} figure={figure} title={trace.title} onClose={() => setOpen(false)} />
          </Dialog>
        </Overlay>
      )}
    </>
  );
}

interface DraftProps {
  draft: ReviewSummary;
  /** Its key in the document. */
  figure: string;
  title: string;
  onClose: () => void;
}

function Draft(props: DraftProps) {
  const query = useQuery({ ...reviewQuery(props.draft.code), refetchOnMount: 'always' });
  return (
    <QueryState query={query} what="the draft" rows={4}>
      {(review) => <Pinning {...props} review={review} />}
    </QueryState>
  );
}

function Pinning({ review, figure, title, onClose }: DraftProps & { review: Review }) {
  const client = useQueryClient();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const sections = review.document.sections.filter(({ id }) => id !== 'cover' && id !== 'appendix');
  const [id, setId] = useState(sections[0]?.id ?? 'headline');
  const [words, setWords] = useState(title);
  const section = sections.find((each) => each.id === id);
  const isThere = section?.sentences.some(({ text }) => chipsOf(text).includes(figure)) ?? false;
  const pinning = useMutation({
    mutationFn: async () => {
      const pinned = newSentence(id, `${words.trim()}: [[${figure}]].`);
      const sentences = [...(section ? writtenIn(section) : []), pinned];
      const stored = await changeReview(review, { narrative: { [id]: sentences } });
      carryPinned(browserStore(), session.user.id, review, { section: id, pinned, version: stored.version });
      return stored;
    },
    onSuccess: (stored) => client.setQueryData(reviewQuery(review.code).queryKey, stored),
    onError: () => client.invalidateQueries({ queryKey: reviewQuery(review.code).queryKey }),
  });
  if (pinning.isSuccess)
    return (
      <>
        <p role="status">
          Pinned to {SECTION_WORDS[id]}: {words.trim()}: {pinning.data.document.figures[figure]?.text}.
        </p>
        <div className="actions">
          <Link
            to="/reviews/$id"
            params={{ id: review.code }}
            search={keepScope}
            hash={id}
            className="button button-primary"
            onClick={onClose}
          >
            Open the review
          </Link>
          <Button onClick={onClose}>Stay here</Button>
        </div>
      </>
    );
  return (
    <div className="review-pin">
      <FormField label="Where" note={isThere ? 'The figure stands in this section already.' : undefined}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={id}
            onChange={({ target }) => setId(sectionId.parse(target.value))}
          >
            {sections.map((each) => (
              <option key={each.id} value={each.id}>
                {SECTION_WORDS[each.id]}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <Field
        label="Words before the figure"
        help="It is added as a sentence of its own, which can be rewritten in the review; the figure follows the records until it is frozen."
        value={words}
        maxLength={400}
        onChange={({ target }) => setWords(target.value)}
      />
      {pinning.error && <p role="alert">▲ {refusalWords(pinning.error)}</p>}
      <div className="actions">
        <Button look="primary" busy={pinning.isPending} disabled={words.trim() === ''} onClick={() => pinning.mutate()}>
          {pinning.isPending ? 'Pinning' : 'Pin it'}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </div>
  );
}
