import { memo, useMemo } from 'react';
import { scaleFor, unitOf } from '../../../server/contract/format.js';
import type { Model } from './model';
import type { Edits } from './staged';
import { footersOf } from './totals';
import { shownValue } from './words';

/** What the rows on the screen add up to, by month: a line for each currency, as the server says until something is typed over it. */
export const GridFooters = memo(function GridFooters({ model, edits }: { model: Model; edits: Edits }) {
  const { grid, field, scale } = model;
  const months = useMemo(() => grid.months.map(({ month }) => month), [grid]);
  const footers = useMemo(() => footersOf(grid.sums, grid.rows, months, field, edits), [grid, months, field, edits]);
  if (footers.length === 0) return null;
  return (
    <div role="rowgroup" className="entry-foot">
      {footers.map(({ currency, rows, sums, typed }) => {
        const isTyped = typed.includes(true);
        const shown = scaleFor(scale === 'full' ? [] : sums.filter((sum) => sum !== null));
        const { exponent } = shown;
        const unit = unitOf(shown, currency);
        return (
          <div role="row" className="entry-row-foot" key={currency}>
            <div className="entry-frozen" role="presentation">
              <div role="rowheader" className="entry-id">
                Sum
              </div>
              <div role="gridcell" className="entry-name">
                <span>
                  {rows === 1 ? 'of 1 row' : `of ${rows} rows`} in {currency}
                  {isTyped && ', as typed'}
                </span>
              </div>
              <div role="gridcell" className="entry-unit">
                {unit}
              </div>
              <div role="gridcell" className="entry-last" />
            </div>
            {sums.map((sum, at) => (
              <div
                key={grid.months[at]!.month}
                role="gridcell"
                className={`entry-cell figures ${typed[at] ? 'entry-edited' : ''}`}
                title={typed[at] ? 'With what is typed here and not saved' : undefined}
              >
                <span className="entry-text">{sum === null ? 'x' : shownValue(sum, exponent)}</span>
                {typed[at] && <span className="visually-hidden">, as typed, not saved</span>}
              </div>
            ))}
          </div>
        );
      })}
    </div>
  );
});
