import type { InvestmentCase } from '../../../server/contract/case.js';
import { SwingBar, swingDomain } from '../../charts/swing-bar';
import { decimalsOf, scaled, unitOf, type Scale } from '../../../server/contract/format.js';
import { Pad } from '../../ui/amount';
import { Figure } from './figure';

/** What moves the expected NPV: one row a driver, the widest swing first, all bars on one scale. */
export function Tornado({ data, scale }: { data: InvestmentCase; scale: Scale }) {
  const { drivers, currency, cases } = data;
  const base = cases.find(({ id }) => id === 'expected')?.npv;
  if (drivers.length === 0 || !base || base.value === null)
    return (
      <p className="about">
        Nothing moves the expected NPV: no cost is expected, or all has happened at a rate that bears on one month.
      </p>
    );
  const domain = swingDomain(
    base.value,
    drivers.flatMap(({ low, high }) => [low.value, high.value]),
  );
  const texts = drivers.flatMap(({ low, high }) => [low.value, high.value]).filter((value) => value !== null);
  const decimals = Math.max(...texts.map((value) => decimalsOf(scaled(value, scale))));
  const figure = (end: (typeof drivers)[number]['low'], label: string) => (
    <>
      <Figure
        figure={end}
        name="Expected NPV"
        remark={`with ${label} ${end.setting}`}
        form="money"
        {...{ scale, currency }}
      />
      {end.value !== null && <Pad text={scaled(end.value, scale)} decimals={decimals} />}
      <span className="case-remark">{end.setting}</span>
    </>
  );
  return (
    <div className="table-region" role="region" aria-label="What moves the expected NPV" tabIndex={0}>
      <table className="table case-tornado">
        <caption>
          Expected NPV with one thing changed, {unitOf(scale, currency)}; nothing changed{' '}
          <Figure figure={base} name="Expected NPV, nothing changed," form="money" {...{ scale, currency }} />
        </caption>
        <thead>
          <tr>
            <th scope="col">What changes</th>
            <th scope="col" className="case-range">
              Range
            </th>
            <th scope="col" className="numeric">
              Lowest
            </th>
            <th scope="col" className="case-swing">
              <span className="visually-hidden">Drawing</span>
            </th>
            <th scope="col" className="numeric">
              Highest
            </th>
          </tr>
        </thead>
        <tbody>
          {drivers.map(({ id, label, range, low, high }) => (
            <tr key={id} data-driver={id}>
              <th scope="row">{label}</th>
              <td className="nowrap case-range">{range}</td>
              <td className="numeric">{figure(low, label)}</td>
              <td className="case-swing">
                <SwingBar base={base.value!} low={low.value} high={high.value} domain={domain} />
              </td>
              <td className="numeric">{figure(high, label)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
