import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { workItem, type AnyRecord } from '../../../server/contract/records.js';
import { keepScope } from '../../lib/address';
import { Button } from '../../ui/button';
import { ProofForm, type ProofField } from '../proof/proof-form';
import { changeItem, currentItem } from './api';
import '../proof/proof.css';

const FIELDS: readonly ProofField[] = [
  { name: 'title', label: 'What it is', kind: 'text' },
  {
    name: 'type',
    label: 'Kind of work',
    kind: 'choice',
    choices: [
      { value: '', label: 'not stated' },
      ...workItem.columns.type.schema.options.map((value) => ({ value, label: value })),
    ],
  },
  {
    name: 'initiativeCode',
    label: 'Initiative',
    kind: 'reference',
    to: ['initiative'],
    help: 'Its portfolio is that of the item. Without one it counts in no portfolio.',
  },
];

const textOf = (item: AnyRecord | null, field: string): string => (item?.[field] as string | null | undefined) ?? '';

/** What an item belongs to and needs; put right in its place by who may change it. */
export function ItemFacts({ item, mayWrite }: { item: AnyRecord; mayWrite: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  const initiative = textOf(item, 'initiativeCode');
  const needed = (item['dependsOn'] ?? []) as string[];
  if (isOpen)
    return (
      <section className="card">
        <ProofForm<AnyRecord>
          label="Change this item"
          fields={FIELDS}
          stored={item}
          typedOf={(stored) => Object.fromEntries(FIELDS.map(({ name }) => [name, textOf(stored, name)]))}
          asksReason
          save={(typed, stored, reason) =>
            changeItem(
              stored!,
              Object.fromEntries(FIELDS.map(({ name }) => [name, (typed[name] ?? '').trim() || null])),
              reason,
            )
          }
          currentOf={currentItem}
          saveWord="Save item"
          onDone={close}
          onCancel={close}
        />
      </section>
    );
  if (initiative === '' && needed.length === 0 && !mayWrite) return null;
  return (
    <p>
      {initiative === '' ? (
        'It is part of no initiative. '
      ) : (
        <>
          Part of the initiative{' '}
          <Link to="/initiatives/$ref" params={{ ref: initiative }} search={keepScope}>
            {initiative}
          </Link>
          .{' '}
        </>
      )}
      {needed.length > 0 && 'Needs first: '}
      {needed.map((code, at) => (
        <span key={code}>
          {at > 0 && ', '}
          <Link to="/work-items/$ref" params={{ ref: code }} search={keepScope}>
            {code}
          </Link>
        </span>
      ))}{' '}
      {mayWrite && (
        <Button look="plain" onClick={() => setOpen(true)}>
          Change this item
        </Button>
      )}
    </p>
  );
}
