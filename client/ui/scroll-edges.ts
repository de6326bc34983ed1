import { useEffect, type RefObject } from 'react';

/** Says on a region in which directions it holds more than it shows (`data-more="right below"`), so that its edges can show it. */
export function useScrollEdges(region: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = region.current;
    if (!element) return;
    const look = () => {
      const { scrollLeft, scrollTop, scrollWidth, scrollHeight, clientWidth, clientHeight } = element;
      const more = [
        scrollLeft > 1 && 'left',
        scrollLeft + clientWidth < scrollWidth - 1 && 'right',
        scrollTop + clientHeight < scrollHeight - 1 && 'below',
      ].filter((edge) => edge !== false);
      if (more.length === 0) delete element.dataset['more'];
      else element.dataset['more'] = more.join(' ');
    };
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    for (const child of element.children) sizes.observe(child);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [region]);
}
