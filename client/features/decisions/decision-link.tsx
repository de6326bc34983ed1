import { Link } from '@tanstack/react-router';

/** To a decision, with scope and period. */
export const DecisionLink = ({ code, children }: { code: string; children: string }) => (
  <Link to="/decisions/$ref" params={{ ref: code }}>
    {children}
  </Link>
);
