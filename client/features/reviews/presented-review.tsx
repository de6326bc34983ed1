import { useSearch } from '@tanstack/react-router';
import { type CSSProperties, type RefObject, useMemo, useRef, useState } from 'react';
import { coverOf } from '../../../server/contract/review-cover.js';
import { shortIdentityOf } from '../../../server/contract/review-identity.js';
import { reviewPages, type ReviewPage } from '../../../server/contract/review-paging.js';
import type { Block } from '../../../server/contract/review-sheet.js';
import type { Review } from '../../../server/contract/review.js';
import { UNIT } from '../../../server/contract/wall-heights.js';
import type { PageSearch } from '../../lib/address';
import { usePresentedPages } from '../../lib/presented-pages';
import { useShortcuts } from '../../lib/shortcuts';
import { CoverFacts, Recommended } from './cover';
import { Drawing } from './drawing';
import { KeyOfMarks, MarkedText } from './marked-text';
import { FollowUp } from './presented-follow-up';
import { Notes } from './presented-notes';
import { usePresentedRecords } from './presented-records';
import { columnWord, useReading, type ReviewColumn } from './reading';
import { ReviewTable } from './review-table';
import { Prose } from './section-view';
import { useFitting } from './use-fitting';
import { WallRoomContext } from './wall-room';
import './presented-review.css';

interface PresentedReviewProps {
  review: Review;
  /** Whether decisions and actions can be recorded. */
  isWriter: boolean;
  /** The column that was asked for, while it is not there: the tables show what was frozen. */
  coming: ReviewColumn | null;
}

/** The review on a wall, a page at a time; what is said beside it, and what the meeting decides, by one key each. */
export function PresentedReview({ review, isWriter, coming }: PresentedReviewProps) {
  const { document, sha256, code } = review;
  const { column } = useReading();
  const { present } = useSearch({ strict: false }) as PageSearch;
  const pages = useMemo(() => reviewPages(document, sha256), [document, sha256]);
  const at = Math.min(Number(present ?? '1'), pages.length);
  const page = pages[at - 1];
  const [hasNotes, setNotes] = useState(false);
  const [isBlank, setBlank] = useState(false);
  const [said, say] = useState('');
  const notes = useRef<HTMLElement>(null);
  usePresentedPages(pages.length);
  const { isOpen, record, forms } = usePresentedRecords(code, say);
  const [isFollowing, setFollowing] = useState(false);
  const canRecord = isWriter && !isOpen && !isFollowing;
  useShortcuts(
    {
      n: { label: 'Notes', run: () => setNotes(!hasNotes) },
      ArrowDown: hasNotes ? { label: 'Notes further down', run: () => scroll(notes, 1) } : undefined,
      ArrowUp: hasNotes ? { label: 'Notes further up', run: () => scroll(notes, -1) } : undefined,
      b: { label: 'Blank screen', run: () => setBlank(!isBlank) },
      Escape: isBlank ? { label: 'Show the page again', run: () => setBlank(false) } : undefined,
      a: canRecord ? { label: 'Record an action', run: () => record('action') } : undefined,
      d: canRecord ? { label: 'Record a decision', run: () => record('decision') } : undefined,
      u: canRecord ? { label: 'Follow up what was agreed before', run: () => setFollowing(true) } : undefined,
    },
    'Present mode',
  );
  if (page === undefined) return null;
  return (
    <main id="content" className="page presented" tabIndex={-1} data-testid="presented">
      <div className="presented-place">
        <PresentedSection key={`${at} ${column}`} page={page} review={review} />
      </div>
      {hasNotes && <Notes key={at} ref={notes} page={page} document={document} />}
      {forms}
      {isFollowing && <FollowUp review={code} say={say} onClose={() => setFollowing(false)} />}
      <footer className="presented-foot caption">
        <span>
          {shortIdentityOf(document, sha256)}
          {column !== 'frozen' &&
            ` · sentences as frozen · tables and drawings: ${columnWord(column, document.previous)}`}
          {coming !== null && ` · as frozen; ${columnWord(coming, document.previous)} is on its way`}
        </span>
        <span role="status">{said}</span>
        <span className="presented-at">
          page {at} of {pages.length}
        </span>
      </footer>
      {isBlank && (
        <button
          type="button"
          className="presented-blank"
          autoFocus
          aria-label="Show the page again"
          onClick={() => setBlank(false)}
        />
      )}
    </main>
  );
}

/** By what a reader has not seen, but for a line or two. */
const scroll = ({ current }: RefObject<HTMLElement | null>, direction: 1 | -1): void =>
  current?.scrollBy({ top: direction * current.clientHeight * 0.8 });

interface PresentedSectionProps {
  page: ReviewPage;
  review: Review;
}

function PresentedSection({ page: { section, title, part, parts, blocks }, review }: PresentedSectionProps) {
  const isFirst = part === 1;
  const [fitted, room, isTight] = useFitting();
  const cover = section.id === 'cover' ? coverOf(review.document, review.sha256) : null;
  return (
    <section
      ref={fitted}
      className={isFirst ? 'presented-page' : 'presented-page presented-on'}
      aria-labelledby="presented-title"
      data-section={section.id}
      data-tight={isTight || undefined}
    >
      {isFirst && cover && <p className="about presented-above">{cover.organisation}</p>}
      <h1 id="presented-title">
        {cover ? cover.title : <MarkedText parts={title} />}
        {part > 1 && (
          <span className="about">
            {' '}
            ({part} of {parts})
          </span>
        )}
      </h1>
      {isFirst && !cover && <p className="about">{section.about}</p>}
      {isFirst && cover && (
        <p className="presented-message">
          <MarkedText parts={title} />
        </p>
      )}
      <WallRoomContext value={{ room, isWall: true }}>
        {blocks.map((block, at) => (
          <PresentedBlock key={at} {...{ block, section }} />
        ))}
      </WallRoomContext>
    </section>
  );
}

interface PresentedBlockProps extends Pick<ReviewPage, 'section'> {
  block: Block;
}

function PresentedBlock({ block, section: { id } }: PresentedBlockProps) {
  switch (block.kind) {
    case 'recommended':
      return (
        <div className="review-cover">
          <Recommended items={block.items} />
        </div>
      );
    case 'facts':
      return <CoverFacts facts={block.facts} />;
    case 'texts':
      return (
        <div className="presented-texts">
          <Prose texts={block.sentences} />
        </div>
      );
    case 'note':
      return <KeyOfMarks text={block.text} />;
    case 'table':
      return <ReviewTable section={id} table={block.table} />;
    case 'shown':
    case 'drawings':
      return (
        <div
          className={`presented-${block.kind}`}
          style={{ '--drawn': `${block.drawn.wall / UNIT}rem` } as CSSProperties}
        >
          {block.kind === 'shown' && <Prose texts={block.sentences} />}
          {block.drawings.map((drawing) => (
            <Drawing key={drawing.id} section={id} drawing={drawing} />
          ))}
        </div>
      );
  }
}
