import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

export interface Size {
  width: number;
  height: number;
  /** The element's font size over the 12 px of captions: drawings grow with their labels. */
  scale: number;
}

/** Long enough that a window being dragged does not redraw each chart at each pixel. */
const DEBOUNCE_MS = 100;

/** The size that CSS gives an element; drawn anew 100 ms after it has stopped changing. */
export function useElementSize<Element extends HTMLElement>(): [RefObject<Element | null>, Size | null] {
  const element = useRef<Element>(null);
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const target = element.current;
    if (target === null) return;
    const measure = () => {
      const { width, height } = target.getBoundingClientRect();
      const scale = Number.parseFloat(getComputedStyle(target).fontSize) / 12;
      setSize((before) =>
        before?.width === width && before.height === height && before.scale === scale
          ? before
          : { width, height, scale },
      );
    };
    measure();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new ResizeObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(measure, DEBOUNCE_MS);
    });
    observer.observe(target);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, []);
  return [element, size];
}
