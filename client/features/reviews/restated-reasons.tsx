import type { RestatedFigure } from '../../../server/contract/review-after.js';
import { FigureLink } from './figure-link';
import { whyRestated } from './words';

const MOST = 3;

/** Under a table or drawing: what each `r` in it comes from. All of it is in the panel of the figure. */
export function RestatedReasons({ figures }: { figures: readonly RestatedFigure[] }) {
  if (figures.length === 0) return null;
  return (
    <ul className="caption restated-reasons" aria-label="Why figures are restated">
      {figures.map((figure) => {
        const why = whyRestated(figure);
        return (
          <li key={figure.key}>
            <b>r</b> {figure.title}: {figure.frozen.text} → <FigureLink figure={figure.key} text={figure.today.text} />
            {why.length > 0 &&
              ` (${why.slice(0, MOST).join('; ')}${why.length > MOST ? `; and ${why.length - MOST} more` : ''})`}
          </li>
        );
      })}
    </ul>
  );
}
