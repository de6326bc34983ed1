import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SavedMapping } from '../../../server/contract/mapping.js';
import { day } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { Field } from '../../ui/field';
import { ConfirmDialog } from '../../ui/overlays';
import { deleteMapping, mappingsQuery, renameMapping } from './api';
import { tableOf } from './fields';

/** One’s own saved mappings, to be renamed or deleted; nothing where there are none. */
export function SavedMappings() {
  const { data } = useQuery(mappingsQuery);
  const [chosen, setChosen] = useState<{ mapping: SavedMapping; to: 'rename' | 'delete' } | null>(null);
  const close = () => setChosen(null);
  if (!data || data.items.length === 0) return null;
  return (
    <section className="card import-form" aria-labelledby="saved-mappings">
      <h2 id="saved-mappings">Your saved mappings</h2>
      <ul className="import-form">
        {data.items.map((mapping) => (
          <li key={mapping.id} className="actions">
            <span>
              {mapping.name}{' '}
              <span className="caption">
                {[...new Set(mapping.mapping.targets.map(({ table }) => tableOf(table).label))].join(', ')} ·{' '}
                {day(mapping.updatedAt.slice(0, 10))}
              </span>
            </span>
            <Button look="plain" onClick={() => setChosen({ mapping, to: 'rename' })}>
              Rename<span className="visually-hidden"> {mapping.name}</span>
            </Button>
            <Button look="plain" onClick={() => setChosen({ mapping, to: 'delete' })}>
              Delete<span className="visually-hidden"> {mapping.name}</span>
            </Button>
          </li>
        ))}
      </ul>
      {chosen?.to === 'rename' && <Rename mapping={chosen.mapping} onClose={close} />}
      {chosen?.to === 'delete' && <Delete mapping={chosen.mapping} onClose={close} />}
    </section>
  );
}

interface DialogProps {
  mapping: SavedMapping;
  onClose: () => void;
}

function useChange<Given>(change: (given: Given) => Promise<unknown>, onClose: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    // Also where it was refused: somebody else's window may have changed it.
    onSettled: () => queryClient.invalidateQueries({ queryKey: mappingsQuery.queryKey }),
    onSuccess: onClose,
  });
}

function Rename({ mapping, onClose }: DialogProps) {
  const [name, setName] = useState(mapping.name);
  const rename = useChange((given: string) => renameMapping(mapping, given), onClose);
  return (
    <ConfirmDialog title={`Rename “${mapping.name}”`} isOpen onClose={onClose}>
      <form
        className="import-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '' && !rename.isPending) rename.mutate(name.trim());
        }}
      >
        <Field
          label="Name"
          value={name}
          maxLength={120}
          autoFocus
          error={name.trim() === '' ? 'Give the mapping a name.' : rename.error?.message}
          onChange={({ target }) => setName(target.value)}
        />
        <div className="actions">
          <Button type="submit" look="primary" busy={rename.isPending}>
            Save
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </ConfirmDialog>
  );
}

function Delete({ mapping, onClose }: DialogProps) {
  const remove = useChange(() => deleteMapping(mapping), onClose);
  return (
    <ConfirmDialog title={`Delete “${mapping.name}”?`} isOpen onClose={onClose}>
      <p>It is offered no more. What was imported with it stays.</p>
      {remove.error && (
        <p className="failure" role="alert">
          <span aria-hidden="true">▲ </span>
          {remove.error.message}
        </p>
      )}
      <div className="actions">
        <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate(undefined)}>
          Delete
        </Button>
        <Button onClick={onClose}>Keep it</Button>
      </div>
    </ConfirmDialog>
  );
}
