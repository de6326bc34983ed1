import { useLayoutEffect, useRef, type RefObject } from 'react';

/** What type and room are made smaller to, at most; type has a floor of its own. */
const LEAST = 0.6;
const STEP = 0.04;

/**
 * Pages are cut by what texts are likely to need; other letters, or a wall of another shape, may need a little more. A page that is higher than its
 * place is set smaller by `--fit`, until it fits or no more is to be gained: then it scrolls.
 * @returns to be given to the page; its parent is the place that scrolls
 */
export function useFitting(): RefObject<HTMLElement | null> {
  const page = useRef<HTMLElement>(null);
  // After each rendering, so that what came later fits, too.
  useLayoutEffect(() => {
    const element = page.current;
    const place = element?.parentElement;
    if (!element || !place) return;
    const fit = () => {
      for (let size = 1; ; size -= STEP) {
        element.style.setProperty('--fit', size.toFixed(2));
        if (place.scrollHeight <= place.clientHeight || size - STEP < LEAST) return;
      }
    };
    fit();
    const observer = new ResizeObserver(fit);
    observer.observe(place);
    return () => observer.disconnect();
  });
  return page;
}
