import { useEffect, useRef, type ReactNode } from 'react';

/** Whether a step was shown before: the next one takes the focus; a page that was just opened does not. */
let isUnderWay = false;

/** For the step that has no heading of this kind: what comes after it takes the focus. */
export const useUnderWay = (): void =>
  useEffect(() => {
    isUnderWay = true;
  }, []);

/** The name of a step. It takes the focus where the step before was left for it. */
export function StepHeading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isUnderWay) heading.current?.focus();
    isUnderWay = true;
  }, []);
  return (
    <h2 ref={heading} tabIndex={-1} className="step-heading">
      {children}
    </h2>
  );
}
