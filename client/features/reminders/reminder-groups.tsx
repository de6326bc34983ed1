import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { REMINDER_TIMES, type Reminder, type Reminders, type ReminderTime } from '../../../server/contract/reminder.js';
import { count, money } from '../../../server/contract/format.js';
import type { TraceStep } from '../../lib/trace-path';
import { Num } from '../../ui/num';
import { KIND_WORDS, TIME_WORDS, targetOf, whenWords } from './words';

/** A word and a shape: how near it is shows without colour. */
const SHAPES: Record<ReminderTime, ReactNode> = {
  overdue: <path d="M6 1 11 10.5H1Z" />,
  week: <circle cx="6" cy="6" r="4.5" />,
  later: <circle cx="6" cy="6" r="4.5" className="hollow" />,
};

/** Of all that waits, whatever scope the page has: a list of what is due is about a person. */
const WAITING: TraceStep = { figure: 'claims_amount', kind: 'waiting', portfolio: '', orgUnit: '' };

/** What is due, the most urgent group first. */
export function ReminderGroups({ due }: { due: Reminders }) {
  const groups = REMINDER_TIMES.filter((time) => due.counts[time] > 0);
  return (
    <div className="reminder-groups">
      {groups.map((time) => (
        <section key={time} aria-labelledby={`due-${time}`}>
          <h3 id={`due-${time}`} className={`status ${time === 'overdue' ? 'status-bad' : ''}`}>
            <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
              {SHAPES[time]}
            </svg>
            {TIME_WORDS[time]} <span className="reminder-count">{count(due.counts[time])}</span>
          </h3>
          <ul className="reminder-list">
            {due.items
              .filter((item) => item.time === time)
              .map((item) => (
                <Item key={item.id} item={item} today={due.today} />
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Item({ item, today }: { item: Reminder; today: string }) {
  const { kind, title, object, amount, link } = item;
  return (
    <li className="reminder">
      <span className="reminder-what">
        {link === null ? title : <ReminderLink link={link}>{title}</ReminderLink>}
        <span className="caption">
          {KIND_WORDS[kind]}
          {object && ` · ${object.code}`}
          {amount && (
            <>
              {' · '}
              <Num trace={WAITING} label={`Values to confirm, in money: ${money(amount.value, amount.currency)}`}>
                {money(amount.value, amount.currency)}
              </Num>
            </>
          )}
        </span>
      </span>
      <span className="reminder-when">{whenWords(item, today)}</span>
    </li>
  );
}

/** Portfolio and unit are left behind: what is due for somebody may lie outside of what they were looking at. */
function ReminderLink({ link, children }: { link: string; children: ReactNode }) {
  const { to, search } = targetOf(link);
  return (
    <Link to={to} search={{ ...search, portfolio: undefined, orgUnit: undefined }}>
      {children}
    </Link>
  );
}
