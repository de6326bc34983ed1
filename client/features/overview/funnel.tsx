import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Overview } from '../../../server/contract/overview.js';
import { Bar, domainOf } from '../../charts/bars';
import { ChartFigure } from '../../charts/chart-figure';
import type { TwinTable } from '../../charts/twin';
import { compare, isNegative, isZero, negate } from '../../../server/contract/decimal.js';
import { counted, decimalsOf, unitOf, type Scale } from '../../../server/contract/format.js';
import { usePageScope, type PageScope } from '../../ui/page-scope';
import { Empty } from '../../ui/query-state';
import { may, sessionQuery } from '../access/api';
import { ActionsLine } from '../proof/actions-line';
import { printFigure } from './printing';
import { Traced, TracedVariance } from './traced';
import { cellOf } from './twin-cell';

type Step = Overview['funnel'][number];

const WORDS: Record<Step['step'], { label: string; lost: string }> = {
  planned: { label: 'Planned', lost: '' },
  realised: { label: 'Realised', lost: 'not realised' },
  confirmed: { label: 'Confirmed', lost: 'not confirmed' },
  traced: { label: 'Traced', lost: 'not traced to spend' },
};

const LOSSES: Record<Step['step'], string> = {
  planned: '',
  realised: 'planned but not realised',
  confirmed: 'realised but not confirmed',
  traced: 'confirmed but not traced to spend',
};

/** From plan to proof: four bars on one scale, and what each step loses. */
export function Funnel({
  overview,
  scale,
  readsActions,
}: {
  overview: Overview;
  scale: Scale;
  /** Below it stands what is done where a benefit falls short. */
  readsActions: boolean;
}) {
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
      <section className="card card-small" aria-labelledby="funnel-title">
        <h2 id="funnel-title">From plan to proof</h2>
        <Empty>No money benefit has a planned or realised value to date.</Empty>
        {readsActions && <ActionsLine />}
      </section>
    );
  return (
    <ChartFigure
      name="proof-funnel"
      className="funnel-figure"
      message={<Message overview={overview} scale={scale} />}
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
              {...(step === 'planned'
                ? { plan: amount.value }
                : isPending(step, overview)
                  ? { actual: amount.value, plan: funnel[0]?.amount.value }
                  : { actual: amount.value, shortfall: lost?.value })}
              height={14}
            />
            <span className="funnel-lost">
              {step !== 'planned' && amount.value === null && <span className="funnel-word">nothing recorded</span>}
              {lost !== null && lost.value !== null && !isZero(lost.value) && (
                <Lost {...{ step, lost, scale }} decimals={lostDecimals} isPending={isPending(step, overview)} />
              )}
            </span>
          </li>
        ))}
      </ul>
      {readsActions && <ActionsLine />}
    </ChartFigure>
  );
}

type Known = Step & { lost: { value: string; trace: string } };
const isKnown = (step: Step): step is Known => step.lost !== null && step.lost.value !== null;

/** What was planned for months to come is not lost. */
const isPending = (step: Step['step'], { progress }: Overview): boolean => step === 'realised' && progress !== 'over';

interface LostProps {
  step: Step['step'];
  lost: Known['lost'] | NonNullable<Step['lost']>;
  scale: Scale;
  decimals: number;
  isPending: boolean;
}

/** What a step has less than the one before, as a difference: below 0 where it has less. */
function Lost({ step, lost, scale, decimals, isPending }: LostProps) {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const mayConfirm = may(session, 'confirm');
  const isGain = isNegative(lost.value!);
  const word = isGain ? 'gained' : `${WORDS[step].lost}${isPending ? ' yet' : ''}`;
  const impact = isPending ? 'neutral' : isGain ? 'favourable' : 'unfavourable';
  return (
    <>
      <TracedVariance
        figure={{ ...lost, value: negate(lost.value!), impact }}
        form="money"
        scale={scale}
        name={`Against the step before, ${word},`}
        decimals={decimals}
      />{' '}
      <span className={`funnel-word ${impact === 'unfavourable' ? 'variance-bad' : ''}`}>
        {step === 'confirmed' && !isGain && mayConfirm ? (
          <Link to="/confirm" aria-label={`${word}: see what waits`}>
            {word}
          </Link>
        ) : (
          word
        )}
      </span>
    </>
  );
}

/** The finding: where most of the proof is lost; only what is known is a loss. */
function Message({ overview, scale }: { overview: Overview; scale: Scale }) {
  const { funnel } = overview;
  const [planned, realised] = funnel;
  if (realised?.amount.value === null)
    return planned?.amount.value === null ? 'Nothing is planned or realised to date' : 'Nothing is realised to date';
  const losses = funnel.filter(isKnown).filter(({ step }) => !isPending(step, overview));
  const [worst] = losses
    .filter(({ lost }) => compare(lost.value, '0') > 0)
    .sort((a, b) => compare(b.lost.value, a.lost.value));
  if (worst === undefined)
    return funnel.at(-1)?.amount.value === null
      ? 'What is realised is not confirmed'
      : 'All that is realised is proved';
  const amount = (
    <Traced figure={worst.lost} form="money" scale={scale} name={`Benefit ${WORDS[worst.step].lost}`} withUnit />
  );
  return (
    <>
      The largest loss{worst.step === 'realised' ? '' : ' of proof'}: {amount} {LOSSES[worst.step]}
    </>
  );
}

function twinOf(funnel: readonly Step[], page: PageScope): TwinTable {
  return {
    columns: ['Step', `Amount, ${page.currency}`, `Lost at this step, ${page.currency}`],
    rows: funnel.map(({ step, amount, lost, benefits }) => [
      { text: `${WORDS[step].label} (${counted(benefits, 'benefit')})` },
      cellOf(amount, `${WORDS[step].label} to date`, page),
      lost === null ? null : cellOf(lost, `Lost at this step, ${WORDS[step].lost},`, page),
    ]),
  };
}
