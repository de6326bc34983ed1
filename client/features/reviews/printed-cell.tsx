import type { ReviewCell } from '../../../server/contract/review.js';
import { FigureLink } from './figure-link';
import { withoutUnit } from './under-header';
import { isSaid, WholeWords } from './whole-words';

interface PrintedCellProps {
  cell: ReviewCell | null;
  /** What the header has said. */
  unit?: string | null;
  /** What stood there as frozen, where that is another today. */
  was?: string | null;
  /** Stands there as it was frozen, while others are compared. */
  isAsFrozen?: boolean;
  /** Whose change it is, where the cell is a difference and no figure of its own. */
  of?: string | undefined;
  /** Why there is nothing, where the column that is read has no such cell. */
  lacking?: string;
}

/** A cell as the document prints it: nothing here makes a number. */
export function PrintedCell({ cell, unit = null, was = null, isAsFrozen = false, of, lacking }: PrintedCellProps) {
  if (cell === null) return <abbr title={lacking ?? 'The review of the quarter before does not hold it'}>x</abbr>;
  const isRestated = was !== null;
  const { figure, impact } = cell;
  const text = withoutUnit(cell.text, unit);
  const isJudged = impact === 'favourable' || impact === 'unfavourable';
  const remark = [isRestated ? 'restated' : '', isJudged ? impact : ''].filter(Boolean).join(', ');
  const key = figure ?? of;
  return (
    <span
      className={
        isAsFrozen
          ? 'as-frozen'
          : impact === 'favourable'
            ? 'variance-good'
            : impact === 'unfavourable'
              ? 'variance-bad'
              : undefined
      }
      data-impact={impact ?? undefined}
    >
      {isJudged && !/[▲▼]/.test(text) && <span aria-hidden="true">{impact === 'favourable' ? '▲ ' : '▼ '}</span>}
      {key === undefined ? (
        <>
          {isSaid(text) ? (
            <span className="review-said">
              <WholeWords text={text} />
            </span>
          ) : (
            <WholeWords text={text} />
          )}
          {isJudged && <span className="visually-hidden">, {impact}</span>}
        </>
      ) : (
        <FigureLink figure={key} text={text} remark={remark} />
      )}
      {isRestated && <abbr title={`restated: as frozen ${was}`}> r</abbr>}
    </span>
  );
}
