import { Link } from '@tanstack/react-router';

/** To a decision, with scope and period; keys of the page find by it which one has the focus. */
export const DecisionLink = ({ code, children }: { code: string; children: string }) => (
  <Link to="/decisions/$ref" params={{ ref: code }} data-decision={code}>
    {children}
  </Link>
);

/** The decision whose row or link has the focus. */
export function focusedDecision(): string | null {
  const at = document.activeElement;
  const link = at?.closest('[data-decision]') ?? at?.closest('tr, li')?.querySelector('[data-decision]');
  return link?.getAttribute('data-decision') ?? null;
}
