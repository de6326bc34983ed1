import { coverOf, type ReviewCover } from '../../../server/contract/review-cover.js';
import type { ReviewDocument } from '../../../server/contract/review.js';
import { KeyOfMarks, MarkedText } from './marked-text';

interface CoverProps {
  document: ReviewDocument;
  /** Of the document; null of a draft. */
  sha256: string | null;
}

/** What the review is for, who may read it, what it recommends, and which review it is. */
export function Cover({ document, sha256 }: CoverProps) {
  const { purpose, classification, recommendations, facts, key } = coverOf(document, sha256);
  return (
    <div className="review-cover">
      <p>
        {purpose} · {classification}
      </p>
      {recommendations.length > 0 && <Recommended items={recommendations} />}
      <KeyOfMarks text={key} />
      <CoverFacts facts={facts} />
    </div>
  );
}

/** What a review recommends. */
export const Recommended = ({ items }: { items: ReviewCover['recommendations'] }) => (
  <>
    <h3>We recommend</h3>
    <ol>
      {items.map((parts, at) => (
        <li key={at}>
          <MarkedText parts={parts} />
        </li>
      ))}
    </ol>
  </>
);

/** Which review it is, in whose hands, and how it was written. */
export const CoverFacts = ({ facts }: { facts: ReviewCover['facts'] }) => (
  <dl className="review-facts">
    {facts.map(([name, text]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{text}</dd>
      </div>
    ))}
  </dl>
);
