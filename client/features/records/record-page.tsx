import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { SessionInfo } from '../../../server/contract/access.js';
import type { AnyRecord } from '../../../server/contract/records.js';
import type { Rights } from '../../../server/contract/rights.js';
import { ApiError } from '../../lib/http';
import type { Register } from '../../lib/registers';
import { useShortcuts } from '../../lib/shortcuts';
import { PageHeader } from '../../ui/page-header';
import { Empty, QueryState } from '../../ui/query-state';
import { may, readsChain, sessionQuery } from '../access/api';
import { BenefitSections } from '../benefit/benefit-sections';
import { StrengthSection } from '../capabilities/strength-section';
import { InvestmentCase } from '../case/investment-case';
import { StopLink } from '../scenarios/stop-link';
import { recordQuery } from './api';
import { ArchiveButton } from './archive-button';
import { CostMonths } from './cost-months';
import { RecordFacts } from './record-facts';
import { RecordFigures } from './record-figures';
import { RecordGaps } from './record-gaps';
import { RecordHistory } from './record-history';
import { RecordLinks } from './record-links';
import { NO_RIGHTS, rightsQuery } from './rights';
import { useRegister } from './use-register';
import { refOf, titleOf } from './words';
import './records.css';

/** One record: its facts, what it leads to and comes from, its figures, its gaps, and who changed it. */
export function RecordPage() {
  const register = useRegister();
  const { ref = '' } = useParams({ strict: false }) as { ref?: string };
  const { data: session } = useSuspenseQuery(sessionQuery);
  const record = useQuery(recordQuery(register.type, ref));
  const rights = useQuery(rightsQuery(register.type, ref)).data ?? NO_RIGHTS;
  const isMissing = record.error instanceof ApiError && [403, 404].includes(record.error.status);
  return (
    <main id="content" className="page" tabIndex={-1} key={record.data?.id ?? ref}>
      {isMissing ? (
        <>
          <PageHeader
            title={ref}
            question={`Which ${register.one} is this?`}
            message={`There is no ${register.one} ${ref}`}
          />
          <Empty
            action={
              <Link to={`/${register.path}`} className="button">
                See {register.many}
              </Link>
            }
          >
            It does not exist, was archived, or is not visible to you.
          </Empty>
        </>
      ) : (
        <>
          <Header {...{ register, session, rights }} record={record.data} />
          <QueryState query={record} what={`the ${register.one}`} rows={10}>
            {(found) => <Sections {...{ register, session, rights }} record={found} />}
          </QueryState>
        </>
      )}
    </main>
  );
}

interface HeaderProps {
  register: Register;
  session: SessionInfo;
  rights: Rights;
  record: AnyRecord | undefined;
}

function Header({ register, session, rights: { mayWrite }, record }: HeaderProps) {
  return (
    <PageHeader
      title={record ? titleOf(record) : register.one}
      question={
        register.type === 'benefit'
          ? 'Is this benefit real, and what is it due to?'
          : `What is this ${register.one}, and what hangs on it?`
      }
      message={record ? [titleOf(record), record['name']].filter(Boolean).join(' ') : '\u00a0'}
      actions={
        record && (
          <>
            {register.type !== 'link' && readsChain(session) && (
              <Link to="/chain/$type/$ref" params={{ type: register.type, ref: refOf(record) }} className="button">
                Open in the chain
              </Link>
            )}
            {(register.type === 'investment' || register.type === 'initiative') &&
              readsChain(session) &&
              record.archivedAt === null && <StopLink type={register.type} code={refOf(record)} />}
            {mayWrite && register.type === 'benefit' && (
              <Link to="/enter" search={{ q: refOf(record), show: 'all' }} className="button">
                Enter values
              </Link>
            )}
            {mayWrite && <EditLink {...{ register, record }} />}
            {mayWrite && <ArchiveButton {...{ register, record }} />}
          </>
        )
      }
    >
      {record && about(register, record)}
    </PageHeader>
  );
}

function EditLink({ register, record }: { register: Register; record: AnyRecord }) {
  useShortcuts({ e: { label: 'Edit this record', run: () => document.getElementById('edit-record')?.click() } });
  return (
    <Link to={`/${register.path}/$ref/edit`} params={{ ref: refOf(record) }} id="edit-record" className="button">
      Edit
    </Link>
  );
}

const about = ({ one }: Register, record: AnyRecord): string => {
  const owner = record['ownerEmail'];
  const whose = typeof owner === 'string' ? ` · owned by ${owner}` : 'ownerEmail' in record ? ' · no owner' : '';
  return `${one.charAt(0).toUpperCase()}${one.slice(1)}${whose}${record.archivedAt === null ? '' : ' · archived'}`;
};

interface SectionsProps {
  register: Register;
  session: SessionInfo;
  rights: Rights;
  record: AnyRecord;
}

function Sections({ register, session, rights, record }: SectionsProps) {
  const { type } = register;
  const seesChain = readsChain(session);
  const { mayWrite } = rights;
  const code = String(record['code'] ?? '');
  useScrollToHash();
  if (type === 'benefit' && record.archivedAt === null)
    return (
      <div className="record-sections">
        <BenefitSections {...{ record, session, rights }} />
      </div>
    );
  return (
    <div className="record-sections">
      {type !== 'link' && type !== 'benefit' && <RecordFigures {...{ type, code, seesChain }} />}
      {type !== 'link' && seesChain && <RecordGaps {...{ type, code, rights }} />}
      <RecordFacts {...{ type, record, session }} />
      {type === 'capability' && seesChain && record.archivedAt === null && <StrengthSection {...{ code }} />}
      {type !== 'link' && seesChain && <RecordLinks {...{ type, code, rights }} />}
      {type === 'investment' && seesChain && record.archivedAt === null && <InvestmentCase code={code} />}
      {type === 'investment' && session.reads.includes('investment_cost') && <CostMonths {...{ code, mayWrite }} />}
      <RecordHistory {...{ type, record }} mayRead={may(session, 'audit')} />
    </div>
  );
}

/** As long as what stands above may still be read and push it down. */
const SETTLING_MS = 3000;

/** `#values` and `#costs` lead to a section that is there only once the record is; it is held in sight until the page is all there. */
function useScrollToHash(): void {
  useEffect(() => {
    const id = location.hash.slice(1);
    const content = document.getElementById('content');
    if (id === '' || content === null) return;
    const show = () => document.getElementById(id)?.scrollIntoView();
    const observer = new ResizeObserver(show);
    observer.observe(content);
    const stop = () => observer.disconnect();
    const timer = setTimeout(stop, SETTLING_MS);
    const signs = ['wheel', 'keydown', 'pointerdown', 'touchstart'] as const;
    for (const sign of signs) addEventListener(sign, stop, { once: true, passive: true });
    return () => {
      stop();
      clearTimeout(timer);
      for (const sign of signs) removeEventListener(sign, stop);
    };
  }, []);
}
