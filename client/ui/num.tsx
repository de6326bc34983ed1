import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PageSearch } from '../lib/address';
import { writeStep, type TraceStep } from '../lib/trace-path';

interface NumProps {
  /** The figure that this number is; opens its trace. */
  trace: TraceStep;
  /** The accessible name: what the number is, in words, with the number as printed and its unit. */
  label: string;
  /** Inside the trace panel: the path above this input. */
  above?: string | undefined;
  children: ReactNode;
  className?: string;
  /** −1 inside a widget that keeps one place for the Tab key. */
  tabIndex?: number;
}

/** A figure on a screen: a link that opens what stands behind it, in a panel that the address keeps. */
export function Num({ trace, label, above, children, className = '', tabIndex }: NumProps) {
  const step = writeStep(trace);
  const path = above === undefined ? step : `${above}~${step}`;
  return (
    <Link
      to="."
      search={(current: PageSearch) => ({ ...current, trace: path })}
      resetScroll={false}
      className={`num ${className}`}
      activeProps={{ 'aria-current': 'true' }}
      data-num={step}
      aria-label={label}
      tabIndex={tabIndex}
    >
      {children}
    </Link>
  );
}
