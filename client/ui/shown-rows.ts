import { useNavigate, useSearch } from '@tanstack/react-router';
import { shownOf } from '../lib/shown-rows';

/** How many rows of a long list are shown, which the address keeps (`rows=100`), and how to show more. */
export function useShownRows(step: number): { shown: number; showMore: () => void } {
  const { rows } = useSearch({ strict: false }) as { rows?: string };
  const navigate = useNavigate();
  const shown = shownOf(rows, step);
  return {
    shown,
    showMore: () =>
      void navigate({
        to: '.',
        search: (current: Record<string, unknown>) => ({ ...current, rows: String(shown + step) }),
        replace: true,
        resetScroll: false,
      }),
  };
}
