import { percent } from '../../server/contract/format.js';
import './answer-bars.css';

/** Answers to one question as parts of a whole, from the lowest answer to the highest, each printed with its share. */
export interface AnswerParts {
  /** What each part stands for, from the lowest. */
  names: readonly string[];
  counts: readonly number[];
}

/** A bar of 100 %: one hue, darker for better answers. Null where the answers must not be told. */
export function AnswerBar({ parts, label }: { parts: AnswerParts; label: string }) {
  const total = parts.counts.reduce((sum, count) => sum + count, 0);
  return (
    <div className={`answer-bar answer-bar-${parts.counts.length}`} role="img" aria-label={label}>
      {parts.counts.map((count, at) =>
        count === 0 ? null : (
          <span
            key={parts.names[at]}
            className={`answer-part answer-part-${at + 1}`}
            style={{ flexGrow: count }}
            data-answer={parts.names[at]}
          >
            <span className="answer-share">{percent(count / total)}</span>
          </span>
        ),
      )}
    </div>
  );
}
