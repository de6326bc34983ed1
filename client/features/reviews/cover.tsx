import type { ReviewDocument } from '../../../server/contract/review.js';
import { PrintedText } from './figure-link';
import { CLASSIFICATION_WORDS, PURPOSE_WORDS } from './words';

/** What the review is for, who may read it, and what it recommends. */
export function Cover({ cover: { purpose, classification, written } }: Pick<ReviewDocument, 'cover'>) {
  return (
    <div className="review-cover">
      <p>
        {PURPOSE_WORDS[purpose]} · {CLASSIFICATION_WORDS[classification]}
      </p>
      {written.length > 0 && (
        <>
          <h3>We recommend</h3>
          <ol>
            {written.map(({ id, text }) => (
              <li key={id}>
                <PrintedText text={text} />
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}
