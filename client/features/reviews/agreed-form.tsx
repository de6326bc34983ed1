import { useQueryClient } from '@tanstack/react-query';
import type { ReviewAction } from '../../../server/contract/review-after.js';
import { ProofForm, type ProofField, type Typed } from '../proof/proof-form';
import { agreedQuery, changeAction, currentAction, recordAction } from './agreed-api';
import '../proof/proof.css';

const AGREED: readonly ProofField[] = [
  { name: 'text', label: 'What', kind: 'text', isRequired: true },
  { name: 'owner', label: 'Who does it', kind: 'text' },
  { name: 'dueOn', label: 'By when', kind: 'date' },
];
const OUTCOME: readonly ProofField[] = [
  {
    name: 'outcome',
    label: 'What became of it',
    kind: 'choice',
    choices: [
      { value: 'open', label: 'Open' },
      { value: 'kept', label: 'Kept' },
      { value: 'not_kept', label: 'Not kept' },
    ],
  },
  { name: 'note', label: 'Why, or what came of it', kind: 'text' },
];

const orNull = (text = ''): string | null => text.trim() || null;
const agreedOf = ({ text = '', owner, dueOn }: Typed) => ({
  text: text.trim(),
  owner: orNull(owner),
  dueOn: orNull(dueOn),
});

interface RecordFormProps {
  /** Code of the review. */
  review: string;
  kind: ReviewAction['kind'];
  onDone: () => void;
  onCancel: () => void;
  onSent?: () => void;
  onRefused?: () => void;
}

/** Records what is decided or agreed: a line of text and Enter are enough. */
export function RecordForm({ review, kind, ...told }: RecordFormProps) {
  const client = useQueryClient();
  const { queryKey } = agreedQuery(review);
  return (
    <ProofForm<ReviewAction>
      label={kind === 'decision' ? 'Record a decision' : 'Record an action'}
      fields={AGREED}
      stored={null}
      typedOf={() => ({ text: '', owner: '', dueOn: '' })}
      save={async (typed) => {
        const made = await recordAction(review, { kind, ...agreedOf(typed) });
        client.setQueryData(queryKey, (known) => known && { ...known, items: [...known.items, made] });
      }}
      saveWord="Save"
      isDoneAtOnce
      {...told}
    />
  );
}

interface FollowUpFormProps {
  review: string;
  action: ReviewAction;
  onClose: () => void;
}

interface KeptFormProps extends Pick<FollowUpFormProps, 'review' | 'action'> {
  outcome: 'kept' | 'not_kept';
  onDone: () => void;
  onCancel: () => void;
}

/** On the wall, once the key has said whether it was kept: why, or what came of it, and Enter. */
export function KeptForm({ review, action, outcome, ...told }: KeptFormProps) {
  const client = useQueryClient();
  const { queryKey } = agreedQuery(review);
  const isKept = outcome === 'kept';
  return (
    <ProofForm<ReviewAction>
      label={`${isKept ? 'Kept' : 'Not kept'}: “${action.text}”`}
      fields={[{ name: 'note', label: isKept ? 'What came of it' : 'Why', kind: 'text', isRequired: !isKept }]}
      stored={action}
      typedOf={(stored) => ({ note: stored?.note ?? '' })}
      save={async ({ note }, stored) => {
        const made = await changeAction(review, stored!, { outcome, note: orNull(note) });
        const replaced = (all: readonly ReviewAction[]) => all.map((each) => (each.id === made.id ? made : each));
        client.setQueryData(
          queryKey,
          (known) => known && { ...known, items: replaced(known.items), previous: replaced(known.previous) },
        );
      }}
      currentOf={currentAction}
      saveWord="Save"
      isDoneAtOnce
      {...told}
    />
  );
}

/** Changes what was agreed, or says what became of it. */
export const FollowUpForm = ({ review, action, onClose }: FollowUpFormProps) => (
  <ProofForm<ReviewAction>
    label={`Follow up “${action.text}”`}
    fields={[...OUTCOME, ...AGREED]}
    stored={action}
    typedOf={(stored) => ({
      text: stored?.text ?? '',
      owner: stored?.owner ?? '',
      dueOn: stored?.dueOn ?? '',
      outcome: stored?.outcome ?? 'open',
      note: stored?.note ?? '',
    })}
    check={({ outcome, note = '' }) =>
      outcome === 'not_kept' && note.trim() === '' ? [{ name: 'note', message: 'Say why it was not kept.' }] : []
    }
    save={(typed, stored) =>
      changeAction(review, stored!, {
        ...agreedOf(typed),
        outcome: typed['outcome'] as ReviewAction['outcome'],
        note: orNull(typed['note']),
      })
    }
    currentOf={currentAction}
    saveWord="Save"
    onDone={onClose}
    onCancel={onClose}
  />
);
