import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { NeedsAction } from '../../../server/contract/action.js';
import { recordPath } from '../../lib/registers';
import { usePageScope } from '../../ui/page-scope';
import { Traced } from '../overview/traced';
import { needsActionQuery } from './api';
import './actions-line.css';

const COUNTS = { exponent: 0, suffix: '' } as const;

/** On the overview: how many benefits need action, how many actions are open and overdue, in one line that leads to the list. */
export function ActionsLine() {
  const { data, error } = useQuery(needsActionQuery(usePageScope()));
  // Its place is kept while it loads, so that nothing moves when it comes.
  if (!data)
    return (
      <p className={`actions-line ${error ? '' : 'skeleton'}`}>{error ? 'The actions cannot be shown.' : '\u00a0'}</p>
    );
  const { needed, open, overdue } = data;
  return (
    <p className="actions-line">
      <Link to="/actions">Actions</Link>{' '}
      <span>
        <Traced figure={needed} form="count" scale={COUNTS} name="Benefits that need action" />{' '}
        {needed.value === '1' ? 'benefit needs one' : 'benefits need one'} ·{' '}
        <Traced figure={open} form="count" scale={COUNTS} name="Open corrective actions" /> open,{' '}
        <Traced figure={overdue} form="count" scale={COUNTS} name="Overdue corrective actions" /> overdue
      </span>
    </p>
  );
}

/** Beside a benefit's status: it needs action, or an action is open. */
export function ActionMark({ code, name }: { code: string; name: string }) {
  const { data } = useQuery(needsActionQuery(usePageScope()));
  const state = data && stateOf(data, code);
  if (!state) return null;
  const words = { needed: 'needs action', open: 'action open', overdue: 'action overdue' }[state];
  return (
    <Link
      to={recordPath('benefit', code)}
      hash="actions"
      className={`action-mark ${state === 'open' ? '' : 'action-mark-bad'}`}
      title={words}
      aria-label={`${name}: ${words}`}
    >
      <span aria-hidden="true">{state === 'needed' ? '!' : '→'}</span>
    </Link>
  );
}

const stateOf = ({ benefits, openActions }: NeedsAction, code: string): 'needed' | 'open' | 'overdue' | null => {
  if (benefits.some((benefit) => benefit.code === code)) return 'needed';
  const open = openActions.filter(({ benefit }) => benefit.code === code);
  if (open.length === 0) return null;
  return open.some(({ isOverdue }) => isOverdue) ? 'overdue' : 'open';
};
