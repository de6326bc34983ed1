import type { ReactNode } from 'react';
import { isZero } from '../../lib/decimal';
import { percent } from '../../lib/format';
import { Amount } from '../../ui/amount';
import { Num } from '../../ui/num';
import { reachedBy, type Figures } from './figures';

/** Two sentences, made by rule from the figures: what was realised of what was planned, and how much spend reaches a benefit. */
export function OverviewMessage({ figures }: { figures: Figures }) {
  return (
    <>
      <Benefits {...figures} /> <Spend {...figures} />
    </>
  );
}

function Benefits({ value: { funnel, counts, realisationRate }, scale }: Figures): ReactNode {
  const amount = (name: string, figure: 'planned' | 'realised' | 'confirmed', withUnit = true) => (
    <Amount amount={funnel[figure]} scale={scale} name={name} trace={{ figure }} withUnit={withUnit} />
  );
  if (counts.planned === 0 && counts.realised === 0) return 'No money benefit is recorded to date.';
  if (counts.realised === 0)
    return <>{amount('Planned to date', 'planned')} of benefits are planned to date; no realised value is recorded.</>;
  const confirmed =
    counts.confirmed === 0 ? (
      'none of it is confirmed'
    ) : (
      <>{amount('Confirmed to date', 'confirmed')} is confirmed by finance</>
    );
  if (counts.planned === 0)
    return (
      <>
        Realised {amount('Realised to date', 'realised')}, of which no plan is recorded; {confirmed}.
      </>
    );
  return (
    <>
      Realised {amount('Realised to date', 'realised', false)} of {amount('Planned to date', 'planned')} planned to date
      {realisationRate !== null && (
        <>
          {' '}
          (
          <Num trace={{ figure: 'realisation_rate' }} label={`Realisation rate ${percent(realisationRate)}`}>
            {percent(realisationRate)}
          </Num>
          )
        </>
      )}
      ; {confirmed}.
    </>
  );
}

function Spend({ money, scale }: Figures): ReactNode {
  if (money === null) return null;
  if (money.spend === null) return 'No actual cost is recorded to date.';
  const spend = (withUnit: boolean) => (
    <Amount amount={money.spend!} scale={scale} name="Spend to date" trace={{ figure: 'spend' }} withUnit={withUnit} />
  );
  const reached = reachedBy(money.chain, 'benefit');
  if (reached === undefined || isZero(reached.cost)) return <>None of the {spend(true)} spent reaches a benefit.</>;
  const share = money.tracedSpendShare.value;
  return (
    <>
      Of {spend(true)} spent,{' '}
      <Amount
        amount={reached.cost}
        scale={scale}
        name="Spend that reaches a benefit"
        trace={{ figure: 'traced_spend' }}
        withUnit
      />
      {share !== null && (
        <>
          {' '}
          (
          <Num
            trace={{ figure: 'traced_spend_share' }}
            label={`Share of spend that reaches a benefit ${percent(share)}`}
          >
            {percent(share)}
          </Num>
          )
        </>
      )}{' '}
      reaches a benefit.
    </>
  );
}
