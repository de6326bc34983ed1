import { useQuery } from '@tanstack/react-query';
import { count } from '../../../server/contract/format.js';
import { remindersQuery } from './api';

/** How much is overdue or due within seven days, beside the name of its page; nothing where there is nothing, or nobody knows. */
export function DueCount() {
  const { data } = useQuery({ ...remindersQuery, retry: false });
  const near = data ? data.counts.overdue + data.counts.week : 0;
  if (near === 0) return null;
  return (
    <span className="rail-count">
      {count(near)}
      <span className="visually-hidden"> overdue or within 7 days</span>
    </span>
  );
}
