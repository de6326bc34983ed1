import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useLayoutEffect, useState } from 'react';
import type { PageSearch } from '../lib/address';
import { lacksFullScreen, useFullScreen } from '../lib/full-screen';
import { usePresentedCount } from '../lib/presented-pages';
import { useShortcuts, useSingleKeys } from '../lib/shortcuts';
import './present.css';

/**
 * Nothing but the page, in large type, for a wall. A page with more than fits marks its sections with `data-present-page="1"`, `"2"`, …;
 * one page is shown at a time, the arrow keys turn it, and the address says which (`present=2`). A page that shows its parts itself says how
 * many they are (`usePresentedPages`).
 */
export function PresentMode({ at, say }: { at: number; say: (words: string) => void }) {
  const marked = usePageCount();
  const pages = usePresentedCount() ?? marked;
  const page = Math.min(at, Math.max(1, pages));
  const navigate = useNavigate();
  const show = (present: string | undefined) =>
    void navigate({
      to: '.',
      search: (current: PageSearch) => ({ ...current, present }),
      resetScroll: present !== undefined,
      replace: present !== undefined,
    });
  const turn = (label: string, target: number) =>
    pages < 2
      ? undefined
      : {
          label,
          run: () => {
            if (target >= 1 && target <= pages) show(String(target));
          },
        };
  const { isFull, toggle } = useFullScreen(() =>
    say('The browser does not give the whole screen here. Try its own key, often F11.'),
  );
  const back = turn('Previous page', page - 1);
  const on = turn('Next page', page + 1);
  useShortcuts(
    {
      Escape: { label: 'Leave present mode', run: () => show(undefined) },
      f: { label: isFull ? 'Leave full screen' : 'Full screen', run: toggle },
      ArrowLeft: back,
      ArrowRight: on,
      PageUp: back,
      PageDown: on,
      'Shift+ ': back,
      ' ': on,
      Enter: on,
      Home: turn('First page', 1),
      End: turn('Last page', pages),
    },
    'Present mode',
    'frame',
  );
  useFullScreenHint(say);
  useFocusAfterwards();
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.dataset['present'] = String(page);
    return () => void delete root.dataset['present'];
  }, [page]);
  useFocusThatReturns();
  return (
    <div className="present-bar">
      {back && on && (
        <>
          <button type="button" className="button" disabled={page === 1} onClick={back.run}>
            <span aria-hidden="true">←</span>
            <span className="visually-hidden">Previous page</span>
          </button>
          <span className="present-count" role="status">
            {page} of {pages}
          </span>
          <button type="button" className="button" disabled={page === pages} onClick={on.run}>
            <span aria-hidden="true">→</span>
            <span className="visually-hidden">Next page</span>
          </button>
        </>
      )}
      <button type="button" className="button" onClick={toggle}>
        {isFull ? 'Leave full screen' : 'Full screen'}
      </button>
      <button type="button" className="button" onClick={() => show(undefined)}>
        Leave present mode
      </button>
    </div>
  );
}

/** Whoever came by an address, which no browser takes for a wish of theirs, is told the key: once, and where there are keys. */
function useFullScreenHint(say: (words: string) => void): void {
  const hasKeys = useSingleKeys();
  const tell = useEffectEvent((isLacking: boolean) => {
    if (isLacking && hasKeys && !matchMedia('(pointer: coarse)').matches) say('f: full screen');
  });
  useEffect(() => {
    let isGone = false;
    void lacksFullScreen().then((isLacking) => tell(isLacking && !isGone));
    return () => void (isGone = true);
  }, []);
}

/** What had the focus has it again afterwards; where that is gone, the page. */
function useFocusThatReturns(): void {
  useLayoutEffect(() => {
    const before = document.activeElement;
    return () => {
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return;
        const target = before instanceof HTMLElement && before !== document.body && before.isConnected ? before : null;
        (target ?? document.getElementById('content'))?.focus({ preventScroll: true });
      });
    };
  }, []);
}

/** What had the focus has it again afterwards: bar and rail are hidden meanwhile, and lose it. */
function useFocusAfterwards(): void {
  useLayoutEffect(() => {
    const before = document.activeElement;
    return () =>
      void requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return;
        const isThere = before instanceof HTMLElement && before !== document.body && before.checkVisibility();
        (isThere ? before : document.getElementById('content'))?.focus({ preventScroll: true });
      });
  }, []);
}

/** `present=2` → 2; null where the page is not presented. */
export const presentPage = (text: string | undefined): number | null => (text === undefined ? null : Number(text));

const countPages = (): number =>
  Math.max(
    0,
    ...[...document.querySelectorAll<HTMLElement>('main [data-present-page]')].map(
      ({ dataset }) => Number(dataset['presentPage']) || 0,
    ),
  );

/** Sections come with their data. */
function usePageCount(): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const look = () => setCount(countPages());
    look();
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, []);
  return count;
}
