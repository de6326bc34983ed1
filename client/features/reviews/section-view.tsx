import type { ReactNode } from 'react';
import { REVIEW_SECTIONS, type ReviewSection } from '../../../server/contract/review.js';
import { type MarkedPart, markedSentence, markedTitle, toldSection } from '../../../server/contract/review-marks.js';
import { isUntold, nothingTold, sectionOnPage } from '../../../server/contract/review-pages.js';
import { Drawing } from './drawing';
import { KeyOfMarks, MarkedText } from './marked-text';
import { OwnRowsList } from './own-rows';
import { useReading, whereWords } from './reading';
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
  // Whoever has but a link has no workbook: nothing is left out for it.
  const reading = useReading();
  const { isLinked, beside } = reading;
  const { id, about, tables, drawings } = isLinked ? sectionOnPage(section) : section;
  const added = beside?.added.filter((each) => each.section === id) ?? [];
  const question = REVIEW_SECTIONS.find((each) => each.id === id)?.question;
  return (
    <section className="card review-section" id={id} aria-labelledby={`${id}-title`} data-section={id}>
      <p className="caption">{question}</p>
      <h2 id={`${id}-title`}>
        <MarkedText parts={markedTitle(section)} />
      </h2>
      <p className="about">{about}</p>
      {head}
      {narrative ?? <Sentences section={section} />}
      {isUntold(section) && <p className="caption">{nothingTold(section)}</p>}
      {drawings.map((drawing) => (
        <Drawing key={drawing.id} section={id} drawing={drawing} />
      ))}
      {tables.map((table) => (
        <ReviewTable key={table.id} section={id} table={table} />
      ))}
      {added.map(({ title, rows }) =>
        rows === null || rows.count === 0 ? (
          <p key={title} className="caption">
            Only {whereWords(reading)}: “{title}”.
          </p>
        ) : (
          <OwnRowsList key={title} what={`Only ${whereWords(reading)}: “${title}”`} rows={rows} />
        ),
      )}
    </section>
  );
}

/** The sentences of a section, and what the marks in them and its title mean. */
export function Sentences({ section }: { section: ReviewSection }) {
  const { figures } = useReading().document;
  return (
    <>
      {section.sentences.length > 0 && <Prose texts={section.sentences.map(markedSentence)} />}
      <KeyOfMarks text={toldSection(section, figures).key} />
    </>
  );
}

/** Sentences with their chips and marks. */
export const Prose = ({ texts }: { texts: readonly (readonly MarkedPart[])[] }) => (
  <div className="prose review-prose">
    {texts.map((parts, at) => (
      <p key={at}>
        <MarkedText parts={parts} />
      </p>
    ))}
  </div>
);
