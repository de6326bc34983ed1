import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import {
  CHANGED_TYPES,
  changeKey,
  readableChanges,
  writeChanges,
  type ScenarioChange,
} from '../../../server/contract/scenario-words.js';

/** What the address says: what is changed, as far as it is not saved. */
export interface ScenarioSearch {
  changes?: string | undefined;
  /** An entry from elsewhere: `investment:EX-INV-03`, or a code alone, stopped from the next month on. */
  stop?: string | undefined;
}

/** No change at all, where a saved scenario has some. */
const NONE = 'none';

/** The address that holds such changes. */
export const searchOf = (changes: readonly ScenarioChange[]): ScenarioSearch => ({
  changes: changes.length === 0 ? NONE : writeChanges(changes),
  stop: undefined,
});

export interface Changes {
  readonly list: readonly ScenarioChange[];
  /** Whether they differ from what is saved. */
  readonly isEdited: boolean;
  readonly set: (changes: readonly ScenarioChange[]) => void;
  /** Back to what is saved. */
  readonly discard: () => void;
}

/**
 * The changes of the page, kept in its address: so they outlive a reload and can be sent to others before anything is saved.
 * @param saved those of the scenario; none for a new one
 */
export function useChanges(saved: readonly ScenarioChange[]): Changes {
  const { changes } = useSearch({ strict: false }) as ScenarioSearch;
  const navigate = useNavigate();
  const go = (search: ScenarioSearch) =>
    void navigate({
      to: '.',
      search: (current: Record<string, unknown>) => ({ ...current, ...search, trace: undefined }),
      replace: true,
      resetScroll: false,
    });
  const list = changes === undefined ? saved : readableChanges(changes);
  const isSame = writeChanges(list) === writeChanges(saved);
  return {
    list,
    isEdited: !isSame,
    set: (next) =>
      go(writeChanges(next) === writeChanges(saved) ? { changes: undefined, stop: undefined } : searchOf(next)),
    discard: () => go({ changes: undefined, stop: undefined }),
  };
}

/** Turns `?stop=investment:EX-INV-03` into a change, once it is known from which month on anything can change. */
export function useStopEntry({ list, set }: Changes, suggestedFrom: string | undefined): void {
  const { stop } = useSearch({ strict: false }) as ScenarioSearch;
  useEffect(() => {
    if (stop === undefined || suggestedFrom === undefined) return;
    const [code = '', first] = stop.split(':').reverse();
    const type = CHANGED_TYPES.find((each) => each === (first ?? 'investment'));
    const read = readableChanges(`stop:${type}:${code}:${suggestedFrom}`);
    set([...list.filter((change) => read.every((other) => changeKey(other) !== changeKey(change))), ...read]);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each entry: `set` takes it out of the address
  }, [stop, suggestedFrom]);
}
