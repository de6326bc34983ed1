import type { ReactNode } from 'react';
import type { SessionInfo } from '../../../server/contract/access.js';
import type { AnyRecord } from '../../../server/contract/records.js';
import type { Rights } from '../../../server/contract/rights.js';
import { may, readsChain } from '../access/api';
import { BenefitActions, BenefitAssumptions, BenefitEvidence } from '../proof/sections';
import { RecordFacts } from '../records/record-facts';
import { RecordGaps } from '../records/record-gaps';
import { RecordHistory } from '../records/record-history';
import { RecordLinks } from '../records/record-links';
import { CreditPath } from './credit-path';
import { MeasureSection } from './measure-section';
import { Measurements } from './measurements';
import { PlanVersions } from './plan-versions';
import { ProfileSection } from './profile-section';
import { SectionNav, sectionId, SECTIONS } from './section-nav';
import { Standing } from './standing';
import { Verdicts } from './verdicts';
import './benefit.css';

interface BenefitSectionsProps {
  record: AnyRecord;
  session: SessionInfo;
  rights: Rights;
}

/** Is this benefit real? Seven sections, from how it stands to who changed it. */
export function BenefitSections({ record, session, rights }: BenefitSectionsProps) {
  const code = String(record['code']);
  const seesChain = readsChain(session);
  return (
    <>
      <SectionNav />
      <Section number={1}>
        <Standing {...{ code, rights, seesChain }} />
        {seesChain && <RecordGaps type="benefit" code={code} rights={rights} />}
        <RecordFacts type="benefit" record={record} session={session} />
      </Section>
      <Section number={2}>
        <ProfileSection code={code} mayWrite={rights.mayWrite} />
      </Section>
      <Section number={3}>
        <MeasureSection code={code} mayWrite={rights.mayWrite} />
      </Section>
      <Section number={4}>
        {seesChain ? (
          <>
            <CreditPath code={code} />
            <RecordLinks type="benefit" code={code} rights={rights} />
          </>
        ) : (
          <p className="card">What this benefit is due to is for those to see who read the chain.</p>
        )}
      </Section>
      <Section number={5}>
        <Measurements code={code} mayWrite={rights.mayWrite} />
        <PlanVersions code={code} />
      </Section>
      <Section number={6}>
        {session.reads.includes('benefit_value') && <BenefitEvidence code={code} />}
        <Verdicts code={code} />
      </Section>
      <Section number={7}>
        {session.reads.includes('assumption') && <BenefitAssumptions code={code} mayWrite={rights.mayWrite} />}
        {session.reads.includes('corrective_action') && (
          <BenefitActions code={code} unit={unitOf(record)} mayWrite={rights.mayWrite} />
        )}
        <RecordHistory type="benefit" record={record} mayRead={may(session, 'audit')} />
      </Section>
    </>
  );
}

/** In which its amounts were entered. */
const unitOf = (record: AnyRecord): string => String(record['currency'] ?? record['unit'] ?? '');

/** A place that a key leads to. */
function Section({ number, children }: { number: number; children: ReactNode }) {
  return (
    <div
      id={sectionId(number)}
      className="benefit-section"
      role="group"
      aria-label={`${number} ${SECTIONS[number - 1]}`}
      tabIndex={-1}
    >
      {children}
    </div>
  );
}
