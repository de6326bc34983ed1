import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Stakeholders } from '../../../server/contract/stakeholder.js';
import { count, percent } from '../../../server/contract/format.js';
import { metricNull } from '../../../server/contract/null-words.js';
import { periodLabel } from '../../lib/period';
import { letterOf } from '../../ui/metric-text';
import { Num } from '../../ui/num';
import { PageHeader } from '../../ui/page-header';
import { usePageScope } from '../../ui/page-scope';
import { QueryState } from '../../ui/query-state';
import { may, readsChain, sessionQuery } from '../access/api';
import { ActionsCard } from './actions-card';
import { stakeholdersQuery } from './api';
import { AreasTable } from './areas-table';
import { Coming, Delivered } from './delivered';
import { Perception } from './perception';
import { VoiceNum } from './voice-num';
import { VoicesChart } from './voices-chart';
import './stakeholders.css';

/** What the business got, what it said, and what was done about it. */
export function StakeholdersPage() {
  const page = usePageScope();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const query = useQuery(stakeholdersQuery(page));
  const isStaff = readsChain(session);
  const mayManage = may(session, 'surveys');
  const who = page.portfolio === undefined || page.orgUnit !== undefined ? page.scopeName : 'All IT';
  const about = `${who} · answers from 1 to 5 · ${periodLabel(page.period, page.fiscalYearStartMonth)}`;
  return (
    <main id="content" className="page stakeholders" tabIndex={-1}>
      <PageHeader
        title="Stakeholders"
        question={
          isStaff
            ? 'Does the business trust us, and did it get what was agreed?'
            : 'What did IT deliver for us, and were we heard?'
        }
        message={query.data ? <Message data={query.data} who={who} /> : '\u00a0'}
        actions={mayManage && <Link to="/stakeholders/surveys">Survey rounds</Link>}
      >
        {about}
        {page.portfolio !== undefined && ' · surveys ask areas, not portfolios'}
      </PageHeader>
      <QueryState query={query} what="what people said" rows={10}>
        {(data) => (
          <>
            <VoicesChart
              whole={data.whole}
              responseRate={data.responseRate}
              invited={data.invited}
              who={who}
              about={about}
              speaker={isStaff ? 'the business' : 'you'}
            />
            {(data.areas.length > 1 || (isStaff && data.areas.length > 0 && page.orgUnit === undefined)) && (
              <AreasTable areas={data.areas} />
            )}
            {(data.perception || (isStaff && page.orgUnit === undefined && data.areas.length > 0)) && (
              <Perception lines={data.perception} />
            )}
            <div className="stakeholder-columns">
              <Delivered outcomes={data.outcomes} />
              <Coming outcomes={data.outcomes} next={data.next} />
            </div>
            <ActionsCard
              actions={data.actions}
              comments={data.comments}
              commentsTotal={data.commentsTotal}
              mayManage={mayManage}
            />
          </>
        )}
      </QueryState>
    </main>
  );
}

function Message({ data: { whole, involvement, responseRate }, who }: { data: Stakeholders; who: string }) {
  const voice = (question: string) => whole.voices.find((each) => each.question === question)!;
  const [satisfaction, trust] = [voice('satisfaction'), voice('trust')];
  const involved = `IT involved before strategic decisions: ${involvement.value === null ? metricNull(involvement.nullReason) : percent(involvement.value)}`;
  return (
    <>
      {whole.answers === 0 ? (
        // Who was asked and has not answered is known of the enterprise only.
        `${responseRate === null ? 'Nobody was asked, or nobody has answered,' : 'Nobody has answered'} in this quarter. `
      ) : (
        <>
          Satisfaction <VoiceNum voice={satisfaction} who={who} /> of 5 and trust <VoiceNum voice={trust} who={who} />{' '}
          of 5, from {count(whole.answers)} {whole.answers === 1 ? 'answer' : 'answers'}.{' '}
        </>
      )}
      {involvement.n === 0 && involvement.nullReason !== 'not_in_scope' ? (
        'No strategic decision was recorded in this quarter.'
      ) : (
        <>
          IT was involved before{' '}
          <Num trace={{ figure: 'stakeholder.strategic_involvement', portfolio: '' }} label={involved}>
            {involvement.value === null ? letterOf(involvement.nullReason) : percent(involvement.value)}
          </Num>{' '}
          of {count(involvement.n)} strategic {involvement.n === 1 ? 'decision' : 'decisions'}.
        </>
      )}
    </>
  );
}
