import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import type { EntryGrid, EntryItem, EntryReceipt, SaveEntry } from '../../../server/contract/entry.js';
import { ApiError } from '../../lib/http';
import { saveEntry, staleOf } from './api';
import { modelOf, reviewOf, versionFor, type Finding, type Model } from './model';
import type { Refusal } from './problems';
import type { Sheet, Theirs } from './sheet';
import { FIELDS, keyOf, type Edits } from './staged';

interface Saving {
  model: Model | undefined;
  sheet: Sheet;
  /** Reads the grid again. */
  reread: () => Promise<EntryGrid | undefined>;
  onSaved: (receipt: EntryReceipt) => void;
  onConflict: () => void;
  /** The summary is to take the focus. */
  onRefused: () => void;
}

interface Sent {
  body: SaveEntry;
  edits: Edits;
  /** The cells of each item. */
  keys: string[][];
}

/** Saves what is valid in one transaction; what stands in the way is told cell by cell. */
export function useSave({ model, sheet, reread, onSaved, onConflict, onRefused }: Saving) {
  const queryClient = useQueryClient();
  const [refusals, setRefusals] = useState<readonly Refusal[]>([]);
  const [lacksReason, setLacksReason] = useState(false);
  const [lastSent, setLastSent] = useState<{ text: string; id: string } | null>(null);
  const refuse = (found: readonly Refusal[]) => {
    setRefusals(found);
    onRefused();
  };
  const mutation = useMutation({
    mutationFn: ({ body }: Sent) => saveEntry(body),
    onSuccess: async (receipt, { edits }) => {
      setLastSent(null);
      await reread();
      const versions = Object.fromEntries(
        receipt.items.flatMap(({ benefit, month, field, version }) =>
          field === 'evidence' ? [] : [[keyOf(benefit, month, field), version]],
        ),
      );
      sheet.saved(edits, versions);
      setRefusals([]);
      setLacksReason(false);
      onSaved(receipt);
      void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'entry' });
    },
    onError: async (error, sent) => {
      const stale = staleOf(error);
      if (error instanceof ApiError && error.status === 412) {
        const told: Record<string, Theirs> = {};
        for (const { benefit, month, theirs } of stale)
          for (const field of FIELDS)
            told[keyOf(benefit, month, field)] = {
              version: theirs.version,
              value: theirs[field],
              by: theirs.changedBy,
              at: theirs.changedAt,
            };
        sheet.learn(told);
        const grid = await reread();
        const now = grid && model ? modelOf(grid, model.field, model.scale) : model;
        // Where only something beside the own values changed there is nothing to choose: the same is sent over the new version.
        if (now && stale.length > 0 && reviewOf(now, sheet.get()).conflicts.length === 0) return submit(now, true);
        if (stale.length > 0) return onConflict();
      }
      if (error instanceof ApiError && error.status === 401)
        return refuse([
          {
            key: null,
            message:
              'Your session has ended. What you entered is kept: sign in again in this or another window, then save.',
          },
        ]);
      refuse(refusalsOf(error, sent, (found) => setLacksReason(found)));
    },
  });

  function submit(now: Model | undefined = model, isAgain = false): void {
    if (!now || (mutation.isPending && !isAgain)) return;
    const state = sheet.get();
    const review = reviewOf(now, state);
    setRefusals([]);
    if (review.conflicts.length > 0) return onConflict();
    if (review.valid.length === 0) return review.edits.length > 0 ? onRefused() : undefined;
    const reason = state.reason.trim();
    if (review.unreasoned.length > 0 && reason === '') {
      setLacksReason(true);
      const many = review.unreasoned.length;
      const message = `Reason: ${many === 1 ? 'a saved or locked value changes' : `${many} saved or locked values change`}. Say why.`;
      return refuse([{ key: null, message, isReason: true }]);
    }
    const sent = sentOf(now, review.valid, state.theirs, reason);
    const text = JSON.stringify([sent.body.reason, sent.body.items]);
    // The same entry sent again has the same id, so that nothing is stored twice.
    const id = lastSent?.text === text ? lastSent.id : sent.body.id;
    setLastSent({ text, id });
    mutation.mutate({ ...sent, body: { ...sent.body, id } });
  }
  return { save: () => submit(), isSaving: mutation.isPending, refusals, lacksReason, forget: () => setRefusals([]) };
}

/** One item for each month of a benefit, with all its values that changed. */
function sentOf(
  model: Model,
  valid: readonly Finding[],
  theirs: Readonly<Record<string, Theirs>>,
  reason: string,
): Sent {
  const items = new Map<string, EntryItem>();
  const keys = new Map<string, string[]>();
  for (const { key, edit } of valid) {
    const { benefit, month, field, value } = edit;
    const at = `${month}:${benefit}`;
    const row = model.grid.rows[model.rowOf.get(benefit) ?? -1];
    const version = versionFor(edit, row?.cells[model.columnOf.get(month) ?? -1], theirs[key]);
    const item = items.get(at) ?? { benefit, month, ...(version === null ? {} : { version }) };
    items.set(at, { ...item, [field]: value });
    keys.set(at, [...(keys.get(at) ?? []), key]);
  }
  return {
    body: { id: uuidv7(), ...(reason === '' ? {} : { reason }), items: [...items.values()] },
    edits: Object.fromEntries(valid.map(({ key, edit }) => [key, edit])),
    keys: [...keys.values()],
  };
}

/** What the server refused, by the cells that it was about. */
function refusalsOf(error: Error, { keys }: Sent, lacksReason: (found: boolean) => void): Refusal[] {
  if (!(error instanceof ApiError) || error.errors.length === 0)
    return [{ key: null, message: `Nothing was saved. ${error.message}` }];
  lacksReason(error.errors.some(({ code }) => code === 'reason.required' || code === 'month.locked'));
  return error.errors.slice(0, 50).map(({ pointer, message }) => {
    const item = Number(/^\/items\/(\d+)/.exec(pointer)?.[1] ?? -1);
    return { key: keys[item]?.[0] ?? null, message };
  });
}
