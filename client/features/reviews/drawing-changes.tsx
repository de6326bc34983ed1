import type { OtherDrawing, OtherMark } from '../../../server/contract/review-columns.js';
import type { ReviewDrawing } from '../../../server/contract/review.js';
import { PrintedCell } from './printed-cell';
import { changeWords, useReading, whereWords } from './reading';
import { useWallRoom } from './wall-room';

interface DrawingChangesProps {
  other: OtherDrawing;
  frozen: ReviewDrawing;
}

/** Under a drawing of another column: which marks differ from those as frozen, by how much, and what the drawing said as frozen. */
export function DrawingChanges({ other: { drawing, marks, gone, added }, frozen }: DrawingChangesProps) {
  const reading = useReading();
  const { room, isWall } = useWallRoom();
  const [first, more] = [marks.slice(0, room.marks), marks.slice(room.marks)];
  const where = whereWords(reading);
  const said = drawing !== null && drawing.message !== frozen.message;
  const isSame = marks.length + gone.length + added.length === 0;
  return (
    <div className="caption drawing-changes">
      {said && <p>As frozen it said: {frozen.message}</p>}
      {isSame && <p>Every mark {where} is as frozen.</p>}
      {first.length > 0 && <Changes marks={first} />}
      {more.length > 0 &&
        (isWall ? (
          <p>{more.length} more differ; they stand in the reader.</p>
        ) : (
          <details>
            <summary>{more.length} more</summary>
            <Changes marks={more} />
          </details>
        ))}
      {added.length > 0 && (
        <p>
          Only {where}: {added.join('; ')}.
        </p>
      )}
      {gone.length > 0 && <p>Only as frozen: {gone.join('; ')}.</p>}
    </div>
  );
}

function Changes({ marks }: { marks: readonly OtherMark[] }) {
  const reading = useReading();
  const isToday = reading.column === 'today';
  return (
    <ul aria-label={changeWords(reading)}>
      {marks.map(({ label, frozen, other, change }) => {
        const [from, to] = isToday ? [frozen, other] : [other, frozen];
        return (
          <li key={label}>
            {label}: <PrintedCell cell={from} /> → <PrintedCell cell={to} />
            {change !== null && (
              <>
                {' '}
                (<b>Δ</b> <PrintedCell cell={change} />)
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}
