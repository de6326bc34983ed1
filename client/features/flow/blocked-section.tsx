import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ItemMoves } from '../../../server/contract/flow.js';
import { readSchema, workItem, type AnyRecord } from '../../../server/contract/records.js';
import { dayIn, instantOn } from '../../lib/ago';
import { currentIn } from '../../lib/current';
import { Button } from '../../ui/button';
import { settingsQuery } from '../access/api';
import { ProofForm, type ProofField, type Typed } from '../proof/proof-form';
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

/** What the form shows of an item; the day in the reporting time zone, as it is told everywhere. */
const typedIn = (timeZone: string, stored: AnyRecord | null): Typed => {
  const since = textOf(stored, 'blockedSince');
  return {
    blockedReason: textOf(stored, 'blockedReason') ?? '',
    blockedSince: since === null ? '' : dayIn(timeZone, new Date(since)),
  };
};

const save = (
  { blockedReason = '', blockedSince = '' }: Typed,
  stored: AnyRecord | null,
  timeZone: string,
  why: string,
) => {
  const reason = blockedReason.trim();
  const isSame = typedIn(timeZone, stored)['blockedSince'] === blockedSince;
  return changeItem(
    stored!,
    {
      blockedReason: reason === '' ? null : reason,
      ...(reason === '' || blockedSince === ''
        ? { blockedSince: null }
        : isSame
          ? {}
          : { blockedSince: instantOn(timeZone, blockedSince) }),
    },
    why,
  );
};

/** What blocks an item, and since when; who may change it says so here. @param told the same in the reporting time zone */
export function BlockedSection({ item, told }: { item: AnyRecord; told: Told }) {
  const { data: rights } = useQuery(itemRightsQuery(item.id));
  const { data: settings } = useSuspenseQuery(settingsQuery);
  const timeZone = settings.reportingTimeZone;
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  const isBlocked = told.blockedReason !== null || told.blockedSince !== null;
  return (
    <section className="card" aria-labelledby="blocked-head">
      <h2 id="blocked-head">What blocks it</h2>
      {isOpen ? (
        <ProofForm<AnyRecord>
          label="What blocks it"
          fields={FIELDS}
          stored={item}
          typedOf={(stored) => typedIn(timeZone, stored)}
          asksReason
          save={(typed, stored, reason) => save(typed, stored, timeZone, reason)}
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
