import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ItemMoves } from '../../../server/contract/flow.js';
import { readSchema, workItem, type AnyRecord } from '../../../server/contract/records.js';
import { currentIn } from '../../lib/current';
import { Button } from '../../ui/button';
import { ProofForm, type ProofField } from '../proof/proof-form';
import { changeItem, itemRightsQuery } from './api';
import { Blocked } from './words';
import '../proof/proof.css';

const FIELDS: readonly ProofField[] = [
  { name: 'blockedReason', label: 'What blocks it', kind: 'long', help: 'Whom or what it waits for. Blank: nothing.' },
  { name: 'blockedSince', label: 'Since', kind: 'date' },
];

type Told = Pick<ItemMoves, 'blockedReason' | 'blockedSince'>;

const schema = readSchema(workItem);
const currentOf = (body: unknown): AnyRecord | null => currentIn(schema, body);
const textOf = (item: AnyRecord | null, field: string): string | null =>
  (item?.[field] as string | null | undefined) ?? null;

/** Noon, so that it is the same day wherever it is read. */
const instantOf = (day: string): string => `${day}T12:00:00Z`;

const save = ({ blockedReason = '', blockedSince = '' }, stored: AnyRecord | null, known: string) => {
  const reason = blockedReason.trim();
  const isSame = known === blockedSince;
  return changeItem(stored!, {
    blockedReason: reason === '' ? null : reason,
    ...(reason === '' || blockedSince === ''
      ? { blockedSince: null }
      : isSame
        ? {}
        : { blockedSince: instantOf(blockedSince) }),
  });
};

/** What blocks an item, and since when; who may change it says so here. @param told the same in the reporting time zone */
export function BlockedSection({ item, told }: { item: AnyRecord; told: Told }) {
  const { data: rights } = useQuery(itemRightsQuery(item.id));
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  const isBlocked = told.blockedReason !== null || told.blockedSince !== null;
  const dayOf = (stored: AnyRecord | null): string =>
    (stored?.version === item.version ? told.blockedSince : textOf(stored, 'blockedSince'))?.slice(0, 10) ?? '';
  return (
    <section className="card" aria-labelledby="blocked-head">
      <h2 id="blocked-head">What blocks it</h2>
      {isOpen ? (
        <ProofForm<AnyRecord>
          label="What blocks it"
          fields={FIELDS}
          stored={item}
          typedOf={(stored) => ({
            blockedReason: textOf(stored, 'blockedReason') ?? '',
            blockedSince: dayOf(stored),
          })}
          save={(typed, stored) => save(typed, stored, dayOf(stored))}
          currentOf={currentOf}
          saveWord="Save"
          onDone={close}
          onCancel={close}
        />
      ) : (
        <p>
          {isBlocked ? <Blocked {...told} /> : 'Nobody says that anything blocks it.'}{' '}
          {rights?.mayWrite && (
            <Button look="plain" onClick={() => setOpen(true)}>
              {isBlocked ? 'Change' : 'Say what blocks it'}
            </Button>
          )}
        </p>
      )}
    </section>
  );
}
