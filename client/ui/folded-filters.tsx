import { useId, useState, type ReactNode } from 'react';
import { count } from '../../server/contract/format.js';
import './filters.css';

interface FoldedFiltersProps {
  /** How many of them are set. */
  set: number;
  children: ReactNode;
}

/** Filters that stand in the bar where there is room, and behind one button on a small screen. */
export function FoldedFilters({ set, children }: FoldedFiltersProps) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <button
        type="button"
        className="button filters-toggle"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        Filters{set > 0 && ` (${count(set)})`}
      </button>
      <div id={id} className="filters-folded" data-open={isOpen || undefined}>
        {children}
      </div>
    </>
  );
}
