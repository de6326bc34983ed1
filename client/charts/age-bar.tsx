import './decision-dots.css';

interface AgeBarProps {
  /** Days since it was raised; `due`: days from then to the day on which it is needed. */
  age: number;
  due: number | null;
  /** What the longest bar of the list stands for. */
  reach: number;
  isLate: boolean;
}

const HEIGHT = 14;

/** How long something is open, in a cell: solid up to now, with a mark where it was to end. The figures stand beside it as text. */
export function AgeBar({ age, due, reach, isLate }: AgeBarProps) {
  const part = (days: number) => `${(Math.max(0, days) / reach) * 98}%`;
  return (
    <svg className="bar age-bar" width="100%" height={HEIGHT} aria-hidden="true" focusable="false">
      <rect
        className="mark-age"
        x="0"
        y="3"
        height={HEIGHT - 6}
        width={part(due === null ? age : Math.min(age, due))}
      />
      {isLate && due !== null && (
        <rect className="mark-over" x={part(due)} y="3" height={HEIGHT - 6} width={part(age - due)} />
      )}
      {due !== null && <line className="mark-due" x1={part(due)} x2={part(due)} y1="0" y2={HEIGHT} />}
    </svg>
  );
}
