import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { ROOMS, type WallRoom } from './wall-room';

/** What type and room are made smaller to, at most; type has a floor of its own. */
const LEAST = 0.6;
const STEP = 0.04;
/** Before a page is set smaller than this, it tells less of what explains it. */
const EASY = 0.84;
/** Drawings take on a new size a little later, in ms. */
const DRAWN_AFTER = 300;

/**
 * Pages are cut by what texts are likely to need; other letters, a wall of another shape, or what explains another column may need more. A page that
 * is higher than its place is set smaller by `--fit`, then tells fewer reasons, then is set smaller still: until it fits or no more is to be gained.
 * @returns what is to be given to the page, whose parent is the place that scrolls; how much it tells, and whether it is tight
 */
export function useFitting(): [page: RefObject<HTMLElement | null>, room: WallRoom, isTight: boolean] {
  const page = useRef<HTMLElement>(null);
  const [level, setLevel] = useState(0);
  // After each rendering, so that what came later fits, too.
  useLayoutEffect(() => {
    const element = page.current;
    const place = element?.parentElement;
    if (!element || !place) return;
    const isLast = level === ROOMS.length - 1;
    const fit = () => {
      for (let size = 1; ; size -= STEP) {
        element.style.setProperty('--fit', size.toFixed(2));
        if (place.scrollHeight <= place.clientHeight || size - STEP < LEAST) return;
        if (size - STEP < EASY && !isLast) {
          setLevel(level + 1);
          return;
        }
      }
    };
    fit();
    const observer = new ResizeObserver(fit);
    observer.observe(place);
    // Drawings come a little later.
    observer.observe(element);
    const later = setTimeout(fit, DRAWN_AFTER);
    return () => {
      observer.disconnect();
      clearTimeout(later);
    };
  });
  return [page, ROOMS[level] ?? ROOMS[0], level === ROOMS.length - 1];
}
