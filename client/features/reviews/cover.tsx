import type { ReviewDocument } from '../../../server/contract/review.js';
import { CLASSIFICATION_WORDS, PURPOSE_WORDS } from './words';

/** What the review is for, who may read it, and what it recommends. */
export function Cover({ cover: { purpose, classification, recommendations } }: Pick<ReviewDocument, 'cover'>) {
  return (
    <div className="review-cover">
      <p>
        {PURPOSE_WORDS[purpose]} · {CLASSIFICATION_WORDS[classification]}
      </p>
      {recommendations.length > 0 && (
        <>
          <h3>We recommend</h3>
          <ol>
            {recommendations.map((recommendation) => (
              <li key={recommendation}>{recommendation}</li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}
