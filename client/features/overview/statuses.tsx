import type { Value } from '../../../server/contract/benefit.js';
import { BENEFIT_STATUSES } from '../../../server/contract/status.js';
import { count, counted } from '../../lib/format';
import { Num } from '../../ui/num';
import { Status, statusWord } from '../../ui/status';

/** How many benefits stand where; the status is computed, never set by hand. */
export function Statuses({ value }: { value: Value }) {
  const total = value.counts.benefits;
  return (
    <section className="card" aria-labelledby="statuses-title">
      <h2 id="statuses-title">
        {total === 0 ? (
          'No benefit is recorded'
        ) : (
          <>
            <Num trace={{ figure: 'benefits' }} label={counted(total, 'benefit')}>
              {counted(total, 'benefit')}
            </Num>
            , by status
          </>
        )}
      </h2>
      {total > 0 && (
        <ul className="statuses">
          {BENEFIT_STATUSES.map((status) => {
            const times = value.benefits.filter((benefit) => benefit.status === status).length;
            return (
              <li key={status} data-none={times === 0 || undefined}>
                <Num
                  trace={{ figure: 'status', kind: status }}
                  label={`${statusWord(status)}: ${counted(times, 'benefit')}`}
                >
                  {count(times)}
                </Num>
                <Status status={status} />
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
