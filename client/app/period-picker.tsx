import { Link, useNavigate } from '@tanstack/react-router';
import type { PageSearch } from '../lib/address';
import { day } from '../../server/contract/format.js';
import { lastDay, periodChoices, periodLabel, shiftPeriod } from '../lib/period';

interface PeriodPickerProps {
  period: string;
  /** The quarter under way: its months are not all in. */
  currentPeriod: string;
  /** Where pages open. */
  openPeriod: string;
  fiscalYearStartMonth: number;
}

/** The fiscal quarter of the page, with the day it reaches to. */
export function PeriodPicker({ period, currentPeriod, openPeriod, fiscalYearStartMonth }: PeriodPickerProps) {
  const navigate = useNavigate();
  const label = (value: string) =>
    `${periodLabel(value, fiscalYearStartMonth)}${value === currentPeriod ? ', under way' : ''}`;
  const choose = (value: string) =>
    void navigate({ to: '.', search: (current: PageSearch) => ({ ...current, period: value }), resetScroll: false });
  const step = (quarters: number, sign: string, word: string) => (
    <Link
      to="."
      search={(current: PageSearch) => ({ ...current, period: shiftPeriod(period, quarters) })}
      resetScroll={false}
      className="step"
      aria-label={`${word} quarter, ${label(shiftPeriod(period, quarters))}`}
      activeProps={{}}
    >
      <span aria-hidden="true">{sign}</span>
    </Link>
  );
  return (
    <div className="period-picker">
      {step(-1, '‹', 'Previous')}
      <label className="picker">
        <span className="visually-hidden">Period</span>
        <select value={period} onChange={(event) => choose(event.target.value)}>
          {periodChoices(currentPeriod, openPeriod, period).map((choice) => (
            <option key={choice} value={choice}>
              {label(choice)}
            </option>
          ))}
        </select>
      </label>
      {period < currentPeriod && step(1, '›', 'Next')}
      <span className="as-of caption">to {day(lastDay(period, fiscalYearStartMonth))}</span>
    </div>
  );
}
