import type { Value } from '../../../server/contract/benefit.js';
import { BENEFIT_STATUSES } from '../../../server/contract/status.js';
import { count, counted } from '../../../server/contract/format.js';
import { Num } from '../../ui/num';
import { Status, statusWord } from '../../ui/status';

/** How many benefits stand where, in one line; the status is computed, never set by hand. */
export function Statuses({ value }: { value: Value }) {
  const total = value.counts.benefits;
  if (total === 0) return null;
  return (
    <span className="statuses" role="list" aria-label="Benefits by status">
      <span role="listitem">
        <Num trace={{ figure: 'benefits' }} label={counted(total, 'benefit')}>
          {counted(total, 'benefit')}
        </Num>
      </span>
      {BENEFIT_STATUSES.map((status) => {
        const times = value.benefits.filter((benefit) => benefit.status === status).length;
        if (times === 0) return null;
        return (
          <span role="listitem" key={status}>
            <Num
              trace={{ figure: 'status', kind: status }}
              label={`${statusWord(status)}: ${counted(times, 'benefit')}`}
            >
              {count(times)}
            </Num>
            <Status status={status} />
          </span>
        );
      })}
    </span>
  );
}
