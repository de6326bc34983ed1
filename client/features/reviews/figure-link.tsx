import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useReading } from './reading';

interface FigureLinkProps {
  /** Key of the figure in the document. */
  figure: string;
  /** The text as printed, where it is not that of the figure. */
  text?: string;
  /** What the name says after the number: `restated`, `unfavourable`. */
  remark?: string;
  children?: ReactNode;
}

/** A figure of the review: opens what stood behind it, in a panel that the address keeps. */
export function FigureLink({ figure, text, remark, children }: FigureLinkProps) {
  const { document, isLinked } = useReading();
  const found = document.figures[figure];
  const shown = text ?? found?.text ?? 'x';
  // A number stays with its unit.
  if (found === undefined || !isLinked) return children ?? <span className="nowrap">{shown}</span>;
  return (
    <Link
      to="."
      search={(current: Record<string, unknown>) => ({ ...current, trace: undefined, figure })}
      resetScroll={false}
      className="num"
      activeProps={{ 'aria-current': 'true' }}
      data-num={figure}
      aria-label={[`${found.title}: ${shown}`, remark].filter(Boolean).join(', ')}
    >
      {children ?? shown}
    </Link>
  );
}
