import { useEffect, useRef } from 'react';
import { counted } from '../../../server/contract/format.js';
import type { Finding, Review } from './model';
import { CODES, placeOf } from './words';

export interface Refusal {
  /** The cell it is about; null for the entry as a whole. */
  key: string | null;
  message: string;
  /** Leads to the reason, not to a cell. */
  isReason?: boolean;
}

interface ProblemsProps {
  review: Review;
  refusals: readonly Refusal[];
  /** Counts up each time the summary is to take the focus. */
  calls: number;
  onGo: (finding: Finding) => void;
  onReason: () => void;
}

const MOST = 50;

/** What is wrong, each with a link to its cell, in the words of the cell; then what is odd. */
export function Problems({ review, refusals, calls, onGo, onReason }: ProblemsProps) {
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (calls > 0) summary.current?.focus();
  }, [calls]);
  const { problems, warnings, conflicts, edits } = review;
  const wrong = problems.length + refusals.length + conflicts.length;
  const place = ({ edit, number }: Finding) => placeOf(edit, number);
  return (
    <>
      {wrong > 0 && (
        <div ref={summary} className="error-summary entry-problems" role="alert" tabIndex={-1}>
          <h2>{wrong === 1 ? 'There is a problem' : `There are ${wrong} problems`}</h2>
          <ul>
            {refusals.map(({ key, message, isReason = false }) => {
              const found = edits.find((each) => each.key === key);
              return (
                <li key={`${key} ${message}`}>
                  {isReason ? (
                    <Go onGo={onReason}>{message}</Go>
                  ) : found ? (
                    <Go onGo={() => onGo(found)}>{`${place(found)}: ${message}`}</Go>
                  ) : (
                    message
                  )}
                </li>
              );
            })}
            {conflicts.slice(0, MOST).map((found) => (
              <li key={found.key}>
                <Go onGo={() => onGo(found)}>
                  {`${place(found)}: ${found.theirs.by ?? 'someone else'} saved another value meanwhile. Choose between the two when you save.`}
                </Go>
              </li>
            ))}
            {problems.slice(0, MOST).map((found) => (
              <li key={found.key}>
                <Go onGo={() => onGo(found)}>{`${place(found)}: ${found.edit.problem}`}</Go>
              </li>
            ))}
            {problems.length > MOST && <li>and {problems.length - MOST} more</li>}
          </ul>
        </div>
      )}
      {warnings.length > 0 && (
        <details className="entry-warnings">
          <summary>
            <span aria-hidden="true">? </span>
            {counted(warnings.length, 'value')} to look at again; {warnings.length === 1 ? 'it' : 'they'} can be saved
          </summary>
          <ul>
            {warnings.slice(0, MOST).map((found) => (
              <li key={found.key}>
                <Go onGo={() => onGo(found)}>
                  {`${place(found)} ${CODES[found.edit.field]}: ${found.warnings.join('; ')}`}
                </Go>
              </li>
            ))}
            {warnings.length > MOST && <li>and {warnings.length - MOST} more</li>}
          </ul>
        </details>
      )}
    </>
  );
}

/** A link that stays on the page: the address belongs to the router. */
function Go({ onGo, children }: { onGo: () => void; children: string }) {
  return (
    <a
      href="#entry"
      onClick={(event) => {
        event.preventDefault();
        onGo();
      }}
    >
      {children}
    </a>
  );
}
