import { useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { identityOf } from '../../../server/contract/review-identity.js';
import { chipsOf } from '../../../server/contract/narrative.js';
import { markedSentence, markedTitle, toldSection } from '../../../server/contract/review-marks.js';
import type { Review, ReviewDocument, ReviewSection } from '../../../server/contract/review.js';
import type { ReviewAction } from '../../../server/contract/review-after.js';
import type { PageSearch } from '../../lib/address';
import { usePresentedPages } from '../../lib/presented-pages';
import { useShortcuts } from '../../lib/shortcuts';
import { RecordForm } from './agreed-form';
import { Cover } from './cover';
import { Drawing } from './drawing';
import { KeyOfMarks, MarkedText } from './marked-text';
import { presentedPages, type PresentedPage } from './presented-pages';
import { columnWord, useReading } from './reading';
import { ReviewTable } from './review-table';
import { Sentences } from './section-view';
import './presented-review.css';

interface PresentedReviewProps {
  review: Review;
  /** Whether decisions and actions can be recorded. */
  isWriter: boolean;
}

/** The review on a wall, a page at a time; what is said beside it, and what the meeting decides, by one key each. */
export function PresentedReview({ review, isWriter }: PresentedReviewProps) {
  const { document, sha256, code } = review;
  const { column } = useReading();
  const { present } = useSearch({ strict: false }) as PageSearch;
  const pages = useMemo(() => presentedPages(document), [document]);
  const at = Math.min(Number(present ?? '1'), pages.length);
  const page = pages[at - 1];
  const [hasNotes, setNotes] = useState(false);
  const [isBlank, setBlank] = useState(false);
  const [kind, setKind] = useState<ReviewAction['kind'] | null>(null);
  const [said, say] = useState('');
  usePresentedPages(pages.length);
  const record = (recorded: ReviewAction['kind']) => {
    say('');
    setKind(recorded);
  };
  const close = () => {
    setKind(null);
    globalThis.document.getElementById('content')?.focus({ preventScroll: true });
  };
  useShortcuts(
    {
      n: { label: 'Notes', run: () => setNotes(!hasNotes) },
      b: { label: 'Blank screen', run: () => setBlank(!isBlank) },
      Escape: isBlank ? { label: 'Show the page again', run: () => setBlank(false) } : undefined,
      a: isWriter && kind === null ? { label: 'Record an action', run: () => record('action') } : undefined,
      d: isWriter && kind === null ? { label: 'Record a decision', run: () => record('decision') } : undefined,
    },
    'Present mode',
  );
  if (page === undefined) return null;
  return (
    <main id="content" className="page presented" tabIndex={-1} data-testid="presented">
      <PresentedSection key={at} page={page} review={review} />
      {hasNotes && <Notes section={page.section} document={document} />}
      {kind !== null && (
        <div className="presented-record">
          <RecordForm
            key={kind}
            {...{ review: code, kind }}
            onDone={() => {
              say(kind === 'decision' ? 'Decision recorded' : 'Action recorded');
              close();
            }}
            onCancel={close}
          />
        </div>
      )}
      <footer className="presented-foot caption">
        <span>
          {identityOf(document, sha256)}
          {column !== 'frozen' && ` · tables and drawings: ${columnWord(column, document.previous)}`}
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

function PresentedSection({
  page: { section, part, parts, blocks },
  review: { document, sha256 },
}: {
  page: PresentedPage;
  review: Review;
}) {
  const isBare = blocks.length === 0;
  return (
    <section className="presented-page" aria-labelledby="presented-title" data-section={section.id}>
      <h1 id="presented-title">
        <MarkedText parts={markedTitle(section)} />
        {parts > 1 && (
          <span className="about">
            {' '}
            ({part} of {parts})
          </span>
        )}
      </h1>
      <p className="about">{section.about}</p>
      {section.id === 'cover' && <Cover document={document} sha256={sha256} />}
      {isBare && <Sentences section={section} />}
      {blocks.map((block) =>
        'drawing' in block ? (
          <Drawing key={block.drawing.id} section={section.id} drawing={block.drawing} />
        ) : (
          <ReviewTable key={block.table.id} section={section.id} table={block.table} />
        ),
      )}
    </section>
  );
}

/** What is said beside the page: its sentences, and of each figure in them where it comes from. */
function Notes({ section, document: { figures } }: { section: ReviewSection; document: ReviewDocument }) {
  const cited = [...new Set(section.sentences.flatMap(({ text }) => chipsOf(text)))];
  return (
    <aside className="presented-notes" aria-label="Notes">
      {section.sentences.length === 0 && <p>This page has no sentences.</p>}
      {section.sentences.map((sentence) => (
        <p key={sentence.id}>
          <MarkedText parts={markedSentence(sentence)} />
        </p>
      ))}
      <KeyOfMarks text={toldSection(section, figures).key} />
      <ul className="caption">
        {cited.map((key) => {
          const figure = figures[key];
          return (
            figure && (
              <li key={key}>
                {figure.title}: {figure.full} – {figure.formula.text} ({figure.formula.version}, {figure.records.count}{' '}
                {figure.records.count === 1 ? 'record' : 'records'})
              </li>
            )
          );
        })}
      </ul>
    </aside>
  );
}
