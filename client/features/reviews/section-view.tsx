import type { ReactNode } from 'react';
import { REVIEW_SECTIONS, type ReviewSection, type ReviewSentence } from '../../../server/contract/review.js';
import { Drawing } from './drawing';
import { PrintedText } from './figure-link';
import { ReviewTable } from './review-table';

interface SectionViewProps {
  section: ReviewSection;
  /** Before the sentences: what the cover has. */
  head?: ReactNode;
  /** In place of the sentences, where they are edited. */
  narrative?: ReactNode;
}

/** A section of the review, which is a page of what is handed out: what it says, of whom and when, sentences, drawings, tables. */
export function SectionView({ section, head, narrative }: SectionViewProps) {
  const { id, title, about, sentences, tables, drawings } = section;
  const question = REVIEW_SECTIONS.find((each) => each.id === id)?.question;
  return (
    <section className="card review-section" id={id} aria-labelledby={`${id}-title`} data-section={id}>
      <p className="caption">{question}</p>
      <h2 id={`${id}-title`}>
        <PrintedText text={title} />
      </h2>
      <p className="about">{about}</p>
      {head}
      {narrative ?? <Sentences sentences={sentences} />}
      {drawings.map((drawing) => (
        <Drawing key={drawing.id} drawing={drawing} />
      ))}
      {tables.map((table) => (
        <ReviewTable key={table.id} table={table} />
      ))}
    </section>
  );
}

function Sentences({ sentences }: { sentences: readonly ReviewSentence[] }) {
  if (sentences.length === 0) return null;
  return (
    <div className="prose review-prose">
      {sentences.map(({ id, text }) => (
        <p key={id}>
          <PrintedText text={text} />
        </p>
      ))}
    </div>
  );
}
