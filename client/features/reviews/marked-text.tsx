import { Fragment } from 'react';
import { MARKS, type MarkedPart } from '../../../server/contract/review-marks.js';
import { FigureLink } from './figure-link';

/** A text of the review with its chips, each the text of its figure, and its marks, each with what it means for those who do not see it. */
export const MarkedText = ({ parts }: { parts: readonly MarkedPart[] }) => (
  <>
    {parts.map((part, at) => {
      if ('chip' in part) return <FigureLink key={at} figure={part.chip} />;
      if ('text' in part) return <Fragment key={at}>{part.text}</Fragment>;
      const { sign, said } = MARKS[part.mark];
      return (
        <span key={at} title={said}>
          <span aria-hidden="true">{sign}</span>
          <span className="visually-hidden"> ({said})</span>
        </span>
      );
    })}
  </>
);

/** What the marks in the texts above mean. */
export const KeyOfMarks = ({ text }: { text: string | null }) => text !== null && <p className="caption">{text}</p>;
