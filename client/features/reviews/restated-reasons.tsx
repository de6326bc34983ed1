import { counted } from '../../../server/contract/format.js';
import type { RestatedFigure } from '../../../server/contract/review-after.js';
import { reasonsOf } from '../../../server/contract/review-reasons.js';
import { FigureLink } from './figure-link';
import { useWallRoom } from './wall-room';

const MOST_REASONS = 3;

/** The first reasons why a figure is restated, and how many more its panel has. */
const shortReasons = (
  figure: RestatedFigure,
  most = MOST_REASONS,
): { first: readonly string[]; all: number; more: number } => {
  const reasons = reasonsOf(figure);
  const all = reasons.length;
  return { first: reasons.slice(0, most), all, more: Math.max(0, all - most) };
};

/** Opens the panel of the figure, with all of its bridge. */
const More = ({ figure: { key }, count }: { figure: RestatedFigure; count: number }) => (
  <FigureLink figure={key} text={`and ${count} more`} remark="why it is restated" />
);

/** Why a figure is restated, what moved it most first, one below the other; where there is little room that one, and the way to all. */
export function ReasonsList({ figure }: { figure: RestatedFigure }) {
  const { first, all, more } = shortReasons(figure);
  return (
    <>
      <ul className="review-why">
        {first.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
        {more > 0 && (
          <li>
            <More figure={figure} count={more} />
          </li>
        )}
      </ul>
      {all > 1 && (
        <span className="review-why-all">
          <FigureLink figure={figure.key} text={`All ${all} reasons`} remark="why it is restated" />
        </span>
      )}
    </>
  );
}

/** Under a table or drawing: what each `r` in it comes from, as much as there is room for. All of it is in the panel of the figure. */
export function RestatedReasons({ figures }: { figures: readonly RestatedFigure[] }) {
  const { room, isWall } = useWallRoom();
  if (figures.length === 0) return null;
  const [first, more] = [figures.slice(0, room.figures), figures.slice(room.figures)];
  const why = `${first.length === 0 ? counted(more.length, 'figure') : `${more.length} more`} ${more.length === 1 ? 'is' : 'are'} restated`;
  return (
    <div className="caption restated-reasons">
      {first.length > 0 && <Lines figures={first} most={room.reasons} />}
      {more.length > 0 &&
        (isWall ? (
          <p>
            <b>r</b> Why {why} stands in the reader.
          </p>
        ) : (
          <details>
            <summary>Why {why}</summary>
            <Lines figures={more} most={room.reasons} />
          </details>
        ))}
    </div>
  );
}

const Lines = ({ figures, most }: { figures: readonly RestatedFigure[]; most: number }) => (
  <ul aria-label="Why figures are restated">
    {figures.map((figure) => {
      const { first, more } = shortReasons(figure, most);
      return (
        <li key={figure.key}>
          <b>r</b> {figure.title}: {figure.frozen.text} → <FigureLink figure={figure.key} text={figure.today.text} />
          {first.length > 0 && (
            <>
              {` (${first.join('; ')}`}
              {more > 0 && (
                <>
                  ; <More figure={figure} count={more} />
                </>
              )}
              )
            </>
          )}
        </li>
      );
    })}
  </ul>
);
