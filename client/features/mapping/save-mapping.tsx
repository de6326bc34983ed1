import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../ui/button';
import { Field } from '../../ui/field';
import { mappingsQuery, saveMapping } from './api';
import type { SheetDraft } from './drafts';

/** Keeps the mapping under a name, to be offered when a sheet with these columns comes again. */
export function SaveMapping({ draft, onChange }: { draft: SheetDraft; onChange: (draft: SheetDraft) => void }) {
  const [name, setName] = useState('');
  const queryClient = useQueryClient();
  const [isMissing, setMissing] = useState(false);
  const save = useMutation({
    mutationFn: () => saveMapping(name.trim(), draft.mapping),
    onSuccess: ({ id, name: saved }) => {
      onChange({ ...draft, saved: { id, name: saved } });
      void queryClient.invalidateQueries({ queryKey: mappingsQuery.queryKey });
    },
  });
  const isSaved = save.isSuccess && draft.saved?.id === save.data.id;
  return (
    <section className="card import-form" aria-labelledby="save-title">
      <h2 id="save-title">Next time</h2>
      <form
        className="save-mapping"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setMissing(name.trim() === '');
          if (name.trim() !== '' && !save.isPending) save.mutate();
        }}
      >
        <Field
          label="Save this mapping for next time as"
          value={name}
          maxLength={120}
          placeholder={draft.saved?.name ?? ''}
          error={isMissing && name.trim() === '' ? 'Give the mapping a name.' : save.error?.message}
          onChange={({ target }) => {
            setName(target.value);
            if (save.isSuccess) save.reset();
          }}
        />
        <Button type="submit" busy={save.isPending}>
          Save the mapping
        </Button>
        <span role="status" className="caption">
          {isSaved && `Saved. It is offered when a sheet with these columns comes again.`}
        </span>
      </form>
    </section>
  );
}
