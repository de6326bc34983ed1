import { useSuspenseQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { PageHeader } from '../../ui/page-header';
import { Empty } from '../../ui/query-state';
import { may, sessionQuery } from '../access/api';

/** Pages of imports, for whom the server lets import; others read why not, before they choose files. */
export function ImportersOnly({ title, children }: { title: string; children: ReactNode }) {
  const { data: session } = useSuspenseQuery(sessionQuery);
  if (may(session, 'import')) return children;
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader title={title} question="What was brought in from tables, and by whom?" message="Not for your role." />
      <Empty>Tables are imported by administrators, the CIO, portfolio managers and finance.</Empty>
    </main>
  );
}
