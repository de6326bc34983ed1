import { Link } from '@tanstack/react-router';
import type { ReviewDocument } from '../../../server/contract/review.js';
import { Choice } from '../overview/choice';
import { COLUMNS, columnWord, type ReviewColumn } from './reading';
import { SECTION_WORDS } from './words';

interface StripProps {
  document: ReviewDocument;
  /** Absent in a draft, which has one column. */
  column?: ReviewColumn;
  onColumn?: (column: ReviewColumn) => void;
  /** Whether the figures of the other columns have come: until then the tables show those as frozen. */
  isThere?: boolean;
}

/** The way to each section and to what the meeting decides beside them, and which of the three columns all tables and drawings show. */
export function Strip({ document, column, onColumn, isThere = true }: StripProps) {
  const ways = [
    ...document.sections.map(({ id }) => ({ id, word: SECTION_WORDS[id] })),
    { id: 'agreed', word: 'Meeting' },
  ];
  return (
    <div className="review-strip">
      <nav aria-label="Sections of the review">
        <ol>
          {ways.map(({ id, word }) => (
            <li key={id}>
              <Link
                to="."
                search={(current: Record<string, unknown>) => current}
                hash={id}
                replace
                activeProps={{}}
                activeOptions={{ includeHash: true }}
              >
                {word}
              </Link>
            </li>
          ))}
        </ol>
      </nav>
      {column !== undefined && onColumn !== undefined && (
        <>
          <Choice
            label="Which column the tables show"
            choices={COLUMNS.map(({ value }) => ({ value, word: columnWord(value, document.previous) }))}
            value={isThere ? column : 'frozen'}
            onChange={onColumn}
          />
          <p role="status" className="caption">
            {column !== 'frozen' &&
              (isThere
                ? 'Sentences as frozen; tables and drawings show this column.'
                : 'The other columns are on their way; the tables show what was frozen.')}
          </p>
        </>
      )}
    </div>
  );
}
