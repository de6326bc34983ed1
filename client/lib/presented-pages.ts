import { useEffect, useSyncExternalStore } from 'react';

/** A page of the product that shows one of its parts at a time in present mode tells the frame how many they are. */

let count: number | null = null;
const listeners = new Set<() => void>();

const tell = (pages: number | null): void => {
  count = pages;
  for (const listener of listeners) listener();
};

/** Says for as long as the component is on the screen how many pages are presented. */
export function usePresentedPages(pages: number): void {
  useEffect(() => {
    tell(pages);
    return () => tell(null);
  }, [pages]);
}

/** What the page that is open says; null where it says nothing. */
export const usePresentedCount = (): number | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => count,
  );
