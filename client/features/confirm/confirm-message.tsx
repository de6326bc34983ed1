import type { Confirmations } from '../../../server/contract/confirmation.js';
import { count, counted, day, money, scaleFor } from '../../../server/contract/format.js';
import type { TraceStep } from '../../lib/trace-path';
import { Num } from '../../ui/num';

/** `41 values wait, 3.2 m EUR; the oldest since 18 Oct 2026 (34 days); 5 changed since they were confirmed.` */
export function ConfirmMessage({ list }: { list: Confirmations }) {
  const { oldest, oldestDays } = list;
  const waiting = list.counts.find(({ state }) => state === 'waiting')!;
  if (waiting.count === 0) return <>Nothing waits for you.</>;
  const changed = list.reasons.find(({ why }) => why === 'changed')!.count;
  const again = list.reasons.find(({ why }) => why === 'resubmitted')!.count;
  return (
    <>
      <Count kind="waiting" value={waiting.count} text={counted(waiting.count, 'value')} name="Values that wait" />{' '}
      {waiting.count === 1 ? 'waits' : 'wait'}, <Sum kind="waiting" list={list} name="Values that wait" />
      {oldest !== null &&
        `; the oldest since ${day(oldest)} (${oldestDays === 0 ? 'today' : counted(oldestDays!, 'day')})`}
      {changed > 0 && (
        <>
          ; <Count kind="changed" value={changed} name="Changed since they were confirmed" /> changed since{' '}
          {changed === 1 ? 'it was' : 'they were'} confirmed
        </>
      )}
      {again > 0 && (
        <>
          ; <Count kind="resubmitted" value={again} name="Reported anew" /> reported anew after a rejection
        </>
      )}
      .
    </>
  );
}

/** What there is beside it: confirmed and rejected. */
export function ConfirmAbout({ list }: { list: Confirmations }) {
  return (
    <>
      {(['confirmed', 'rejected'] as const).map((state) => {
        const { count: value } = list.counts.find((each) => each.state === state)!;
        return (
          <span key={state}>
            {' · '}
            <Count kind={state} value={value} name={`Values ${state}`} /> {state}
            {value > 0 && (
              <>
                , <Sum kind={state} list={list} name={`Values ${state}`} />
              </>
            )}
          </span>
        );
      })}
    </>
  );
}

interface CountProps {
  kind: string;
  value: number;
  name: string;
  text?: string;
}

/** All months count, whatever the period of the page. */
const stepOf = (figure: 'claims' | 'claims_amount', kind: string): TraceStep => ({ figure, kind });

function Count({ kind, value, name, text = count(value) }: CountProps) {
  return (
    <Num trace={stepOf('claims', kind)} label={`${name}: ${count(value)}`}>
      {text}
    </Num>
  );
}

function Sum({
  kind,
  list,
  name,
}: {
  kind: Confirmations['counts'][number]['state'];
  list: Confirmations;
  name: string;
}) {
  const { amount } = list.counts.find(({ state }) => state === kind)!;
  const text = money(amount, list.currency, scaleFor([amount]));
  return (
    <Num trace={stepOf('claims_amount', kind)} label={`${name}, in money: ${text}`}>
      {text}
    </Num>
  );
}
