import { Link, useLocation } from '@tanstack/react-router';
import type { Gap, GapKind } from '../../../server/contract/chain.js';
import { AssignOwner } from './assign-owner';
import { nodeId } from './graph';
import { GAPS } from './words';

/** What a record's gap is repaired by: a form of its own, a link, or one field here. */

const LINK_ON: readonly GapKind[] = [
  'investment_without_initiative',
  'initiative_without_capability',
  'capability_without_outcome',
  'outcome_without_benefit',
];
const LINK_BACK: readonly GapKind[] = [
  'benefit_without_outcome',
  'outcome_without_capability',
  'capability_without_initiative',
  'initiative_without_investment',
];
const FIELDS: Partial<Record<GapKind, { path: 'benefits' | 'outcomes'; field: string }>> = {
  benefit_without_baseline: { path: 'benefits', field: 'baseline' },
  outcome_without_target: { path: 'outcomes', field: 'target' },
  value_not_defined_upfront: { path: 'benefits', field: 'approvedOn' },
};

/** Whom to ask, where the repair is not the reader's: the server says both. */
const askWhom = ({ ask }: Gap): string => ask ?? 'an administrator';

interface FixActionProps {
  gap: Gap;
  /** What was done, for those who hear the page. */
  onDone: (words: string) => void;
}

export function FixAction({ gap, onDone }: FixActionProps) {
  const here = useLocation().href;
  const { kind, type, code, name } = gap;
  const words = GAPS[kind].fix;
  const label = `${words}: ${name}`;
  if (!gap.mayWrite)
    return (
      <span className="about">
        {words}: ask <span className="ask-whom">{askWhom(gap)}</span>
      </span>
    );
  if (kind === 'no_owner') return <AssignOwner gap={gap} onDone={onDone} />;
  if (LINK_ON.includes(kind) || LINK_BACK.includes(kind)) {
    const end = LINK_ON.includes(kind) ? { from: nodeId(type, code) } : { to: nodeId(type, code) };
    return (
      <Link to="/links/new" search={{ ...end, return: here }} className="fix" aria-label={label}>
        {words}
      </Link>
    );
  }
  const form = FIELDS[kind];
  if (form)
    return (
      <Link
        to={`/${form.path}/$ref/edit`}
        params={{ ref: code }}
        search={{ field: form.field, return: here }}
        className="fix"
        aria-label={label}
      >
        {words}
      </Link>
    );
  return (
    <Link to="/benefits/$ref" params={{ ref: code }} hash="values" className="fix" aria-label={label}>
      {words}
    </Link>
  );
}
