import { useEffect, useSyncExternalStore } from 'react';

/** A page that shows what was frozen and not the records of today says so to the frame. */

let frozen: string | null = null;
const listeners = new Set<() => void>();

const tell = (words: string | null): void => {
  frozen = words;
  for (const listener of listeners) listener();
};

/** @param words `14 Oct 2026 · 2026 Q3`; null where the page is live */
export function useFrozenPage(words: string | null): void {
  useEffect(() => {
    tell(words);
    return () => tell(null);
  }, [words]);
}

/** What the page that is open says of itself. */
export const useFrozenWords = (): string | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => frozen,
  );
