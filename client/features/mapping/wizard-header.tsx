import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageHeader } from '../../ui/page-header';

/** The same at every step: what the wizard is for, and where earlier imports are. */
export const WizardHeader = ({ children }: { children: ReactNode }) => (
  <PageHeader
    title="Import"
    question="What do I bring, and is it right?"
    message="Bring a spreadsheet as it is. It is checked first; nothing is written before you say so."
    actions={
      <Link to="/import/history" className="button">
        History
      </Link>
    }
  >
    {children}
  </PageHeader>
);
