import type { InvestmentCase } from '../../../server/contract/case.js';
import { unitOf, type Scale } from '../../../server/contract/format.js';
import { nullSentence } from '../../../server/contract/null-words.js';
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
          <Sums {...{ forecast, scale, currency }} />
        </table>
      </div>
    </>
  );
}

/** A sum is held against a sum of the same: where some have no calibrated forecast, those that have one come first, then all. */
function Sums({ forecast, scale, currency }: { forecast: Forecasts; scale: Scale; currency: string }) {
  const { benefits, leftOut, claimed, calibrated, claimedOfCalibrated } = forecast;
  if (benefits.length === 1) return null;
  const isWhole = leftOut.length === 0 || calibrated.value === null;
  const without = leftOut.length <= NAMED ? leftOut.join(', ') : `${leftOut.length} of ${benefits.length} benefits`;
  return (
    <tfoot>
      {!isWhole && (
        <tr>
          <th scope="row">Without {without}</th>
          <Cells
            pair={{ claimed: claimedOfCalibrated, calibrated }}
            of={`those without ${without}`}
            {...{ scale, currency }}
          />
        </tr>
      )}
      <tr>
        <th scope="row">All of them</th>
        {isWhole ? (
          <Cells pair={forecast} of="all benefits" {...{ scale, currency }} />
        ) : (
          <>
            <Cell figure={claimed} kind="claimed" of="all benefits" {...{ scale, currency }} />
            <td className="numeric">
              <span className="case-remark">not known of {without}</span>
            </td>
          </>
        )}
      </tr>
    </tfoot>
  );
}

interface CellsProps {
  pair: Pair;
  of: string;
  scale: Scale;
  currency: string;
}

const Cells = ({ pair, ...rest }: CellsProps) =>
  (['claimed', 'calibrated'] as const).map((kind) => <Cell key={kind} figure={pair[kind]} kind={kind} {...rest} />);

interface CellProps extends Omit<CellsProps, 'pair'> {
  figure: Pair['claimed'];
  kind: keyof Pair;
}

function Cell({ figure, kind, of, scale, currency }: CellProps) {
  return (
    <td className="numeric">
      <span className="forecast-amount">
        <Figure
          figure={figure}
          name={`${kind === 'claimed' ? 'Claimed' : 'Calibrated'} forecast of ${of}, the part due,`}
          form="money"
          {...{ scale, currency }}
        />
      </span>
      {figure.value === null && (
        <span className="case-remark">{nullSentence(figure.nullReason).replace(/\.$/, '')}</span>
      )}
    </td>
  );
}
