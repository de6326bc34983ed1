import { DECISION_KINDS } from '../../../server/contract/decision.js';
import type { AnyRecord } from '../../../server/contract/records.js';
import { changedFrom } from '../proof/changed';
import { ProofForm, type ProofField } from '../proof/proof-form';
import { addForum, changeForum, currentForum } from './api';
import { forumBody, typedOf } from './forum';
import { LEVEL_CHOICES } from './new-page';
import { KIND_WORDS } from './words';

const CODE: ProofField = {
  name: 'code',
  label: 'Code',
  kind: 'text',
  isRequired: true,
  help: 'Short and unique, such as F3.',
};
const FIELDS: readonly ProofField[] = [
  { name: 'name', label: 'Name', kind: 'text', isRequired: true },
  { name: 'level', label: 'Its level', kind: 'choice', choices: LEVEL_CHOICES },
  {
    name: 'scope',
    label: 'For whom it decides',
    kind: 'text',
    help: 'Blank: for everybody. Two forums of the same words decide for the same.',
  },
  {
    name: 'decides',
    label: 'Kinds that it decides',
    kind: 'several',
    choices: DECISION_KINDS.map((value) => ({ value, label: KIND_WORDS[value] })),
  },
];

/** A forum with its rights as they are meant to be: level, kinds, and for whom. */
export function ForumForm({ forum, onClose }: { forum: AnyRecord | null; onClose: () => void }) {
  return (
    <section className="card proof decision-tools">
      <ProofForm<AnyRecord>
        label={forum === null ? 'Add a forum' : `Change ${String(forum['name'])}`}
        fields={forum === null ? [CODE, ...FIELDS] : FIELDS}
        stored={forum}
        typedOf={typedOf}
        asksReason={forum !== null}
        save={async (typed, stored, reason) => {
          if (stored === null) return addForum(forumBody(typed));
          const changed = forumBody(changedFrom(typed, typedOf(stored)));
          return Object.keys(changed).length === 0 ? stored : changeForum(stored, changed, reason);
        }}
        saveWord={forum === null ? 'Add the forum' : 'Save the forum'}
        currentOf={currentForum}
        onDone={onClose}
        onCancel={onClose}
      />
    </section>
  );
}
