import { useCallback, useEffect, useRef, type RefObject } from 'react';

/**
 * Where the focus goes as traces open and close. A number that was activated hands the focus to the panel; a step back hands it to the
 * number that was left. Where the panel stood in the address from the start (reload, Back), the number on the page keeps the focus.
 *
 * @returns says which number takes the focus once the panel has changed; `onPage` where the panel closes altogether
 */
export function useTraceFocus(
  panel: RefObject<HTMLElement | null>,
  heading: RefObject<HTMLElement | null>,
  path: string,
): (step: string, onPage: boolean) => void {
  const waiting = useRef<string | null>(null);

  useEffect(() => {
    const step = waiting.current;
    waiting.current = null;
    if (step !== null) return focusWhenThere(() => find(panel.current, step) ?? heading.current);
    if (wasActivated(path)) {
      heading.current?.focus();
      return;
    }
    return focusWhenThere(() => (hasFocusElsewhere() ? 'given up' : find(document, path.split('~')[0]!)));
  }, [path, panel, heading]);

  return useCallback((step, onPage) => {
    // The panel is gone by then, so the effect above cannot do it.
    if (onPage)
      requestAnimationFrame(() =>
        focusWhenThere(() => findOnPage(step) ?? (hasFocusElsewhere() && !isInPanel() ? 'given up' : null)),
      );
    else waiting.current = step;
  }, []);
}

const find = (root: ParentNode | null, step: string): HTMLElement | null =>
  firstSeen(root, `[data-num="${CSS.escape(step)}"]`);

/** A number in a table that is folded away cannot take the focus. */
const firstSeen = (root: ParentNode | null, selector: string): HTMLElement | null =>
  [...(root?.querySelectorAll<HTMLElement>(selector) ?? [])].find((found) => found.checkVisibility()) ?? null;

/** The number that opened the trace, if it still stands there; otherwise the first that shows the same figure. */
const findOnPage = (step: string): HTMLElement | null => {
  const last = lastActivated;
  if (last?.isConnected && last.dataset['num'] === step && !last.closest('.trace-panel')) return last;
  return firstSeen(document, `main [data-num="${CSS.escape(step)}"]`);
};

let lastActivated: HTMLElement | null = null;
/** The path that the number leads to, until its panel has opened: however long that takes. */
let activatedPath: string | null = null;

/** Numbers on the page are remembered as they are activated; those inside the panel lead further down. */
document.addEventListener(
  'click',
  (event) => {
    const number = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-num]') : null;
    // With a key held it opens elsewhere.
    if (number === null || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const href = number.getAttribute('href');
    const search = href === null ? null : new URL(href, location.href).searchParams;
    // Figures of a review are no traces of today: they have a name of their own in the address.
    activatedPath = search?.get('trace') ?? search?.get('figure') ?? null;
    if (!number.closest('.trace-panel')) lastActivated = number;
  },
  true,
);

/** True once for each number that was activated. */
function wasActivated(path: string): boolean {
  const is = activatedPath === path;
  activatedPath = null;
  return is;
}

/** The body and the main part as a whole are where the focus lies after a change of page: nobody put it there. */
const hasFocusElsewhere = (): boolean =>
  document.activeElement !== null &&
  document.activeElement !== document.body &&
  document.activeElement.id !== 'content';

const isInPanel = (): boolean => document.activeElement?.closest('.trace-panel') !== null;

/** On a slow machine or line a page takes so long to show its figures. */
const PATIENCE_MS = 30_000;

/** As long as a page that was gone back to may still put another element in the place of the first. */
const SETTLING_MS = 3000;

/**
 * Figures may still be loading: looks again until one is there. The page that is being left may show the figure, too; who loses the focus with it
 * gets it again on the page that comes, unless somebody moved it.
 */
function focusWhenThere(target: () => HTMLElement | 'given up' | null): () => void {
  let until = performance.now() + PATIENCE_MS;
  let frame = 0;
  let held: HTMLElement | null = null;
  const look = () => {
    if (held !== null && document.activeElement !== held && (held.isConnected || hasFocusElsewhere())) return;
    if (held === null || !held.isConnected) {
      const found = target();
      if (found === 'given up') return;
      if (found) {
        found.focus();
        until = performance.now() + SETTLING_MS;
        held = found;
      }
    }
    if (performance.now() < until) frame = requestAnimationFrame(look);
  };
  look();
  return () => cancelAnimationFrame(frame);
}
