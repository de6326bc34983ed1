import type { ScenarioEffect, Sides } from '../../../server/contract/scenario.js';
import { isZero } from '../../../server/contract/decimal.js';
import { day, decimalsOf, scaled, signed, unitOf, type Scale } from '../../../server/contract/format.js';
import { usePageScope } from '../../ui/page-scope';
import { Figure } from './figure';

const ROWS = [
  { id: 'cost', name: 'Cost to come', about: 'of what is changed' },
  { id: 'benefit', name: 'Expected benefit', about: 'credited to what is changed' },
  { id: 'net', name: 'Benefit less cost to come', about: 'net' },
] as const;

/** What is still to be paid and still to be expected: as recorded, with the changes, and the difference. What is spent stands apart. */
export function Totals({ effect, scale }: { effect: ScenarioEffect; scale: Scale }) {
  const { totals, firstMonth, horizon } = effect;
  const { currency } = usePageScope();
  const decimals = decimalsIn(
    ROWS.flatMap(({ id }) => [totals[id].baseline.value, totals[id].scenario.value]).concat(totals.sunk.value),
    (value) => scaled(value, scale),
  );
  const ofDifference = decimalsIn(
    ROWS.map(({ id }) => totals[id].difference.value),
    (value) => signed(value, scale),
  );
  const sunk = <Figure figure={totals.sunk} name="Spent already" {...{ scale, decimals }} />;
  const isDelayed = totals.delayed.value !== null && !isZero(totals.delayed.value);
  return (
    <>
      <div className="table-region" role="region" aria-label="Cost and benefit to come" tabIndex={0}>
        <table className="table scenario-totals">
          <caption>
            From {day(firstMonth)} to {horizon === null ? 'the last planned month' : day(horizon)},{' '}
            {unitOf(scale, currency)}
          </caption>
          <thead>
            <tr>
              <th scope="col">Of what is changed</th>
              <th scope="col" className="numeric">
                As recorded
              </th>
              <th scope="col" className="numeric">
                What if
              </th>
              <th scope="col" className="numeric">
                Difference
              </th>
            </tr>
          </thead>
          <tbody>
            {ROWS.map(({ id, name, about }) => (
              <tr key={id} data-total={id}>
                <th scope="row">
                  {name} <span className="unit">{about}</span>
                </th>
                <SideCells sides={totals[id]} {...{ name, scale, decimals, ofDifference }} />
              </tr>
            ))}
            <tr className="scenario-sunk" data-total="sunk">
              <th scope="row">
                Spent already <span className="unit">either way</span>
              </th>
              <td className="numeric">{sunk}</td>
              <td className="numeric">{sunk}</td>
              <td className="numeric caption">the same</td>
            </tr>
          </tbody>
        </table>
      </div>
      {isDelayed && (
        <p className="about">
          Of the expected benefit,{' '}
          <Figure figure={totals.delayed} name="Expected benefit that comes later" scale={scale} withUnit /> comes later
          than planned, but still within these months.
        </p>
      )}
    </>
  );
}

interface SideCellsProps {
  sides: Sides;
  name: string;
  scale: Scale;
  decimals: number;
  ofDifference: number;
}

function SideCells({ sides, name, scale, decimals, ofDifference }: SideCellsProps) {
  return (
    <>
      <td className="numeric">
        <Figure figure={sides.baseline} name={`${name}, as recorded,`} {...{ scale, decimals }} />
      </td>
      <td className="numeric">
        <Figure figure={sides.scenario} name={`${name}, what if,`} {...{ scale, decimals }} />
      </td>
      <td className="numeric">
        <Figure figure={sides.difference} name={`${name}, difference`} isSigned scale={scale} decimals={ofDifference} />
      </td>
    </>
  );
}

/** The most decimals that any of them prints with. */
export const decimalsIn = (values: readonly (string | null)[], print: (value: string) => string): number =>
  Math.max(0, ...values.flatMap((value) => (value === null ? [] : [decimalsOf(print(value))])));
