import type { Overview } from '../../../server/contract/overview.js';
import { Bar, domainOf } from '../../charts/bars';
import { ChartFigure } from '../../charts/chart-figure';
import type { TwinTable } from '../../charts/twin';
import { compare, isNegative, isZero } from '../../lib/decimal';
import { counted, decimalsOf, unitOf, type Scale } from '../../lib/format';
import { usePageScope, type PageScope } from '../../ui/page-scope';
import { Empty } from '../../ui/query-state';
import { printFigure } from './printing';
import { Traced } from './traced';
import { cellOf } from './twin-cell';

type Step = Overview['funnel'][number];

const WORDS: Record<Step['step'], { label: string; lost: string }> = {
  planned: { label: 'Planned', lost: '' },
  realised: { label: 'Realised', lost: 'not realised' },
  confirmed: { label: 'Confirmed', lost: 'not confirmed' },
  traced: { label: 'Traced', lost: 'not traced to spend' },
};

/** From plan to proof: four bars on one scale, and what each step loses. */
export function Funnel({ overview, scale }: { overview: Overview; scale: Scale }) {
  const page = usePageScope();
  const { funnel } = overview;
  const domain = domainOf(funnel.map(({ amount }) => amount.value));
  const decimals = (values: readonly (string | null | undefined)[]) =>
    Math.max(
      0,
      ...values
        .filter((value) => typeof value === 'string')
        .map((value) => decimalsOf(printFigure(value, { form: 'money', scale, currency: page.currency }).text)),
    );
  const amountDecimals = decimals(funnel.map(({ amount }) => amount.value));
  const lostDecimals = decimals(funnel.map(({ lost }) => lost?.value));
  if (funnel.every(({ amount }) => amount.value === null))
    return (
      <section className="card" aria-labelledby="funnel-title">
        <h2 id="funnel-title">From plan to proof</h2>
        <Empty>No money benefit has a planned or realised value to date.</Empty>
      </section>
    );
  return (
    <ChartFigure
      name="proof-funnel"
      className="funnel-figure"
      message={<Message funnel={funnel} scale={scale} />}
      about={`${page.scopeName} · proof, ${unitOf(scale, page.currency)}, rounded · to date`}
      twin={twinOf(funnel, page)}
    >
      <ul className="funnel">
        {funnel.map(({ step, amount, lost, benefits }) => (
          <li key={step}>
            <span className="funnel-step">{WORDS[step].label}</span>
            <span className="funnel-amount">
              <Traced
                figure={amount}
                form="money"
                scale={scale}
                name={`${WORDS[step].label} to date, ${counted(benefits, 'benefit')},`}
                decimals={amountDecimals}
              />
            </span>
            <Bar
              domain={domain}
              {...(step === 'planned' ? { plan: amount.value } : { actual: amount.value, shortfall: lost?.value })}
              height={14}
            />
            <span className="funnel-lost">
              {lost !== null && lost.value !== null && !isZero(lost.value) && (
                <span className={isNegative(lost.value) ? '' : 'variance-bad'}>
                  <span aria-hidden="true">{isNegative(lost.value) ? '▲ ' : '▼ '}</span>
                  <Traced
                    figure={lost}
                    form="money"
                    scale={scale}
                    name={`Lost at this step, ${WORDS[step].lost},`}
                    decimals={lostDecimals}
                  />{' '}
                  <span className="funnel-word">{isNegative(lost.value) ? 'gained' : WORDS[step].lost}</span>
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </ChartFigure>
  );
}

function Message({ funnel, scale }: { funnel: readonly Step[]; scale: Scale }) {
  const known = funnel.filter(
    (step): step is Step & { lost: { value: string; trace: string } } =>
      step.lost !== null && step.lost.value !== null && compare(step.lost.value, '0') > 0,
  );
  const worst = known.sort((a, b) => compare(b.lost.value, a.lost.value))[0];
  if (worst === undefined) return 'From plan to proof nothing is lost';
  return (
    <>
      Most is {WORDS[worst.step].lost}:{' '}
      <Traced figure={worst.lost} form="money" scale={scale} name={`Benefit ${WORDS[worst.step].lost}`} withUnit />
    </>
  );
}

function twinOf(funnel: readonly Step[], page: PageScope): TwinTable {
  return {
    columns: ['Step', `Amount, ${page.currency}`, `Lost at this step, ${page.currency}`],
    rows: funnel.map(({ step, amount, lost, benefits }) => [
      { text: `${WORDS[step].label} (${counted(benefits, 'benefit')})` },
      cellOf(amount, `${WORDS[step].label} to date`, page),
      lost === null ? null : cellOf(lost, `Lost at this step, ${WORDS[step].lost}`, page),
    ]),
  };
}
