import type { InvestmentCase } from '../../../server/contract/case.js';
import { unitOf, type Scale } from '../../lib/format';
import { nullSentence } from '../../ui/quantity';
import { RecordLink } from '../records/record-link';
import { Figure } from './figure';

type Forecasts = InvestmentCase['forecast'];
type Pair = Pick<Forecasts, 'claimed' | 'calibrated'>;

/** More codes than these are counted. */
const NAMED = 3;

/** What is still to come of the benefits that it pays for: as they claim, and beside it as earlier forecasts of their like came true. */
export function CaseForecasts({ data, scale }: { data: InvestmentCase; scale: Scale }) {
  const { forecast, currency } = data;
  const unit = unitOf(scale, currency);
  if (forecast.benefits.length === 0)
    return <p className="about">Its benefits plan and forecast nothing after the period.</p>;
  return (
    <>
      <p className="about">
        Calibrated: claimed times realised ÷ forecast made three months earlier, over past months of benefits of the
        same type and portfolio. It stands beside the claimed forecast; the case above is worked out with the claimed
        one.
      </p>
      <div className="table-region" role="region" aria-label="Forecasts of the case" tabIndex={0}>
        <table className="table case-forecasts">
          <caption className="visually-hidden">
            Forecast of later months by benefit, the part due to the investment: claimed and calibrated
          </caption>
          <thead>
            <tr>
              <th scope="col">Benefit, the part due</th>
              <th scope="col" className="numeric">
                Claimed<span className="case-unit">FC, {unit}</span>
              </th>
              <th scope="col" className="numeric">
                Calibrated<span className="case-unit">FC, {unit}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {forecast.benefits.map((each) => (
              <tr key={each.code}>
                <th scope="row">
                  <RecordLink type="benefit" code={each.code}>
                    {each.name}
                  </RecordLink>
                  <span className="case-unit">{each.code}</span>
                </th>
                <Cells pair={each} of={each.code} {...{ scale, currency }} />
              </tr>
            ))}
          </tbody>
          {forecast.benefits.length > 1 && (
            <tfoot>
              <tr>
                <th scope="row">All of them</th>
                <Cells pair={forecast} of="all benefits" without={withoutWords(forecast)} {...{ scale, currency }} />
              </tr>
            </tfoot>
          )}
        </table>
      </div>
    </>
  );
}

interface CellsProps {
  pair: Pair;
  of: string;
  without?: string | null;
  scale: Scale;
  currency: string;
}

function Cells({ pair, of, without = null, scale, currency }: CellsProps) {
  return (['claimed', 'calibrated'] as const).map((kind) => {
    const { value, nullReason } = pair[kind];
    const remark =
      value === null ? nullSentence(nullReason).replace(/\.$/, '') : kind === 'calibrated' ? without : null;
    return (
      <td key={kind} className="numeric">
        <span className="forecast-amount">
          <Figure
            figure={pair[kind]}
            name={`${kind === 'claimed' ? 'Claimed' : 'Calibrated'} forecast of ${of}, the part due,`}
            form="money"
            {...{ scale, currency }}
          />
        </span>
        {remark !== null && <span className="case-remark">{remark}</span>}
      </td>
    );
  });
}

/** The sum is of those that have one; who is not in it is said. */
function withoutWords({ leftOut, benefits, calibrated }: Forecasts): string | null {
  if (leftOut.length === 0 || calibrated.value === null) return null;
  return `without ${leftOut.length <= NAMED ? leftOut.join(', ') : `${leftOut.length} of ${benefits.length} benefits`}`;
}
