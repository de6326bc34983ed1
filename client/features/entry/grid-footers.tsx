import { memo, useMemo } from 'react';
import { scaleFor, unitOf } from '../../lib/format';
import type { Model } from './model';
import type { Edits } from './staged';
import { footersOf, savedSums } from './totals';
import { shownValue } from './words';

/** What the rows on the screen add up to, by month: a line for each currency. What is no money is not added. */
export const GridFooters = memo(function GridFooters({ model, edits }: { model: Model; edits: Edits }) {
  const { grid, field, scale } = model;
  const months = useMemo(() => grid.months.map(({ month }) => month), [grid]);
  const saved = useMemo(() => savedSums(grid.rows, months, field), [grid, months, field]);
  const footers = useMemo(() => footersOf(saved, grid.rows, months, field, edits), [saved, grid, months, field, edits]);
  if (footers.length === 0) return null;
  return (
    <div role="rowgroup" className="entry-foot">
      {footers.map(({ currency, rows, sums }) => {
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
                </span>
              </div>
              <div role="gridcell" className="entry-unit">
                {unit}
              </div>
              <div role="gridcell" className="entry-last" />
            </div>
            {sums.map((sum, at) => (
              <div key={grid.months[at]!.month} role="gridcell" className="entry-cell figures">
                <span className="entry-text">{sum === null ? 'x' : shownValue(sum, exponent)}</span>
              </div>
            ))}
          </div>
        );
      })}
    </div>
  );
});
