import type { Ref } from 'react';
import { cellsOf } from '../../../server/contract/review-cells.js';
import { figureNameIn } from '../../../server/contract/named-figure.js';
import { counted } from '../../../server/contract/format.js';
import type { ReviewDocument } from '../../../server/contract/review.js';
import type { ReviewPage } from '../../../server/contract/review-paging.js';

interface NotesProps {
  page: ReviewPage;
  document: ReviewDocument;
  ref: Ref<HTMLElement>;
}

/** What is said beside a page: where each figure on it comes from, those of its sentences first. */
export function Notes({ page, document, ref }: NotesProps) {
  const { figures } = document;
  const nameOf = figureNameIn(document);
  const shown = figuresOn(page).flatMap((key) => (Object.hasOwn(figures, key) ? [{ key, ...figures[key]! }] : []));
  return (
    // A region that scrolls is reached by the keyboard.
    <aside ref={ref} className="presented-notes" aria-label="Notes" tabIndex={0}>
      {shown.length === 0 && <p>No figure stands on this page.</p>}
      <ul>
        {shown.map(({ key, full, formula, records }) => (
          <li key={key}>
            {nameOf(key)}: {full} – {formula.text} ({formula.version}, {counted(records.count, 'record')})
          </li>
        ))}
      </ul>
    </aside>
  );
}

/** Keys of figures, each once: of the message, the sentences, the drawings and the tables. */
const figuresOn = ({ title, part, blocks }: ReviewPage): string[] => {
  const sentences = blocks.flatMap((block) => ('sentences' in block ? block.sentences : []));
  const cells = [
    ...blocks.flatMap((block) => ('drawings' in block ? block.drawings.flatMap(cellsOf) : [])),
    ...blocks.flatMap((block) => (block.kind === 'table' ? block.table.rows.flat() : [])),
  ];
  return [
    ...new Set([
      ...[...(part === 1 ? [title] : []), ...sentences].flat().flatMap((said) => ('chip' in said ? said.chip : [])),
      ...cells.flatMap(({ figure }) => figure ?? []),
    ]),
  ];
};
