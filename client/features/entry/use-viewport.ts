import { useLayoutEffect, useState, type RefObject } from 'react';

/** Which rows are in sight, and how high one is: the others are not drawn. */
export interface Viewport {
  first: number;
  visible: number;
  rowHeight: number;
}

const BEFORE = 4;
const AFTER = 6;

export function useViewport(scroller: RefObject<HTMLElement | null>): [Viewport, () => void] {
  const [viewport, setViewport] = useState<Viewport>({ first: 0, visible: 30, rowHeight: 36 });
  const [measure] = useState(() => () => {
    const element = scroller.current;
    const probe = element?.querySelector<HTMLElement>('[data-row-height]');
    if (!element || !probe) return;
    const rowHeight = probe.offsetHeight || 36;
    const first = Math.floor(element.scrollTop / rowHeight);
    const visible = Math.ceil(element.clientHeight / rowHeight);
    setViewport((now) =>
      now.first === first && now.visible === visible && now.rowHeight === rowHeight
        ? now
        : { first, visible, rowHeight },
    );
  });
  useLayoutEffect(() => {
    measure();
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    const probe = element.querySelector('[data-row-height]');
    if (probe) observer.observe(probe);
    return () => observer.disconnect();
  }, [scroller, measure]);
  return [viewport, measure];
}

/** The rows to draw: those in sight, some around them, and the one that has the focus. */
export function drawnRows({ first, visible }: Viewport, rows: number, focused: number): number[] {
  const from = Math.max(0, first - BEFORE);
  const to = Math.min(rows, first + visible + AFTER);
  const drawn = Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
  if (focused >= to && focused < rows) drawn.push(focused);
  else if (focused < from && focused >= 0) drawn.unshift(focused);
  return drawn;
}
