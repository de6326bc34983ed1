import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { View } from '../../../server/contract/view.js';
import { Button } from '../../ui/button';
import { Field } from '../../ui/field';
import { ConfirmDialog } from '../../ui/overlays';
import { changeView, createView } from './api';

interface NameDialogProps {
  page: string;
  search: string;
  own: readonly View[];
  /** The view to rename; null: what the page shows is saved. */
  view: View | null;
  onClose: () => void;
}

/** A name for what the page shows, or another name for a view. A name of one's own that is there already can be given to what is shown now. */
export function NameDialog({ page, search, own, view, onClose }: NameDialogProps) {
  const [name, setName] = useState(view?.name ?? '');
  const [shared, setShared] = useState(view?.shared ?? false);
  const [missing, setMissing] = useState(false);
  const given = name.trim();
  const same = own.find((each) => each.name.toLowerCase() === given.toLowerCase() && each.id !== view?.id);
  const replaced = view === null ? same : undefined;
  const save = useMutation({
    mutationFn: () => {
      if (view !== null) return changeView(view, { name: given, shared });
      if (replaced !== undefined) return changeView(replaced, { search, shared });
      return createView({ page, name: given, search, shared });
    },
    onSuccess: onClose,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(given === '');
    if (given !== '' && !save.isPending) save.mutate();
  };
  const error = missing && given === '' ? 'A view needs a name.' : save.error?.message;
  return (
    <ConfirmDialog title={view === null ? 'Save this view' : `Rename “${view.name}”`} isOpen onClose={onClose}>
      <form className="views-form" onSubmit={submit}>
        <Field
          label="Name"
          value={name}
          maxLength={80}
          autoFocus
          help={
            view === null
              ? 'Filters, order and columns are kept; period and portfolio stay those of the page.'
              : undefined
          }
          error={error}
          onChange={({ target }) => setName(target.value)}
        />
        {replaced !== undefined && (
          <p className="caption" role="status">
            You have a view with this name: saving puts what is shown now in its place.
          </p>
        )}
        <label className="choice">
          <input type="checkbox" checked={shared} onChange={({ target }) => setShared(target.checked)} />
          <span>
            Share with everyone <span className="field-help">Others can open it; only you can change it.</span>
          </span>
        </label>
        <div className="actions">
          <Button type="submit" look="primary" busy={save.isPending}>
            {replaced === undefined ? 'Save' : 'Replace'}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </ConfirmDialog>
  );
}
