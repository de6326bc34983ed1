import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { DecisionPage as Page } from '../../../server/contract/decision.js';
import { ApiError } from '../../lib/http';
import { brief, counted, day, scaleFor } from '../../../server/contract/format.js';
import { isRegistered, recordPath } from '../../lib/registers';
import { useShortcuts } from '../../lib/shortcuts';
import { Amount } from '../../ui/amount';
import { Button } from '../../ui/button';
import { PageHeader } from '../../ui/page-header';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { sessionQuery, settingsQuery } from '../access/api';
import { decisionQuery, forumsQuery } from './api';
import { DecisionForm, type Form, levelOf } from './decision-forms';
import { Effect } from './effect';
import { Noted } from './noted';
import { Options } from './options';
import { History, Waiting, Weighed } from './sections';
import { daysWord, decidedWord, dueWord, KIND_WORDS, LEVELS } from './words';
import '../records/records.css';
import './decisions.css';
import '../proof/proof.css';

/** One decision: what was weighed, how it went, what waits for it, and what came after it. */
export function DecisionPage() {
  const { ref = '' } = useParams({ strict: false });
  const page = usePageScope();
  const query = useQuery(decisionQuery(ref, page));
  if (query.error instanceof ApiError && [403, 404].includes(query.error.status) && query.data === undefined)
    return (
      <main id="content" className="page" tabIndex={-1}>
        <PageHeader title={ref} question="What was decided?" message="There is no such decision." />
        <Empty action={<Link to="/decisions">See the decisions</Link>}>
          It does not exist, or it is not visible to you.
        </Empty>
      </main>
    );
  return (
    <main id="content" className="page decision-page" tabIndex={-1}>
      {query.data === undefined && <PageHeader title={ref} question="What was decided?" message={'\u00a0'} />}
      <QueryState query={query} what="the decision" rows={10}>
        {(data) => <Shown key={data.decision.code} data={data} />}
      </QueryState>
    </main>
  );
}

function Shown({ data }: { data: Page }) {
  const { decision } = data;
  const navigate = useNavigate();
  const { form: asked } = useSearch({ strict: false }) as { form?: string };
  const isClosable = decision.mayWrite && decision.decidedAt === null;
  const [form, setForm] = useState<Form | null>(asked === 'close' && isClosable ? 'close' : null);
  // The form is asked for once: the address that is shared or read anew is the decision's.
  useEffect(() => {
    if (asked !== undefined)
      void navigate({ to: '.', search: (now: object) => ({ ...now, form: undefined }), replace: true });
  }, [asked, navigate]);
  const mayAdd = useSuspenseQuery(sessionQuery).data.writes.includes('decision');
  const forums = useQuery({ ...forumsQuery, enabled: decision.mayWrite }).data ?? [];
  const { today } = useSuspenseQuery(settingsQuery).data;
  const isOpen = decision.decidedAt === null;
  const may = decision.mayWrite && form === null;
  useShortcuts({
    n: mayAdd ? { label: 'Add a decision', run: () => void navigate({ to: '/decisions/new' }) } : undefined,
    c: may && isOpen ? { label: 'Close it with its outcome', run: () => setForm('close') } : undefined,
    e: may ? { label: 'Change it', run: () => setForm('change') } : undefined,
  });
  return (
    <>
      <PageHeader
        title={decision.code}
        question={decision.title}
        message={<Message data={data} />}
        actions={
          decision.mayWrite && (
            <>
              {isOpen ? (
                <>
                  <Button look="primary" onClick={() => setForm('close')}>
                    Close with outcome
                  </Button>
                  {levelOf(data) < LEVELS.length && <Button onClick={() => setForm('escalate')}>Escalate</Button>}
                </>
              ) : (
                <Button onClick={() => setForm('reopen')}>Open again</Button>
              )}
              <Button onClick={() => setForm('change')}>Change</Button>
            </>
          )
        }
      >
        {decision.code} · {decision.kind === null ? 'no kind' : KIND_WORDS[decision.kind]} ·{' '}
        {decision.forum?.name ?? 'no forum'}
        {decision.raisedAt !== null && ` · raised ${day(decision.raisedAt)}`}
        {isOpen && ` · as of ${day(data.asOf)}`}
        {decision.about && isRegistered(decision.about.type) && (
          <>
            {' · about '}
            <Link to={recordPath(decision.about.type, decision.about.code)}>{decision.about.name}</Link>
          </>
        )}
      </PageHeader>
      {form !== null && <DecisionForm {...{ form, forums, today }} page={data} onClose={() => setForm(null)} />}
      <div className="decision-grid">
        <Options page={data} mayAdd={may} onAdd={() => setForm('option')} />
        <Weighed page={data} />
        <Waiting page={data} />
        <History page={data} />
        <Noted page={data} />
        <Effect page={data} />
      </div>
    </>
  );
}

function Message({ data: { decision, delay } }: { data: Page }) {
  const { currency } = usePageScope();
  const again =
    decision.reopened > 0 &&
    `; ${counted(decision.reopened, 'time')} opened again${decision.reversed ? ', and reversed' : ''}`;
  if (decision.decidedAt !== null)
    return (
      <>
        {capital(decidedWord(decision))}
        {decision.days !== null && `, ${brief(decision.days)} days after it was raised`}
        {again}.
      </>
    );
  return (
    <>
      Open{decision.days !== null && ` for ${daysWord(decision.days)}`}, {dueWord(decision)}
      {again}
      {delay.perMonth !== null && (
        <>
          ; each month of waiting holds up{' '}
          <Amount
            amount={delay.perMonth}
            scale={scaleFor([delay.perMonth])}
            name={`Planned value a month that waits for ${decision.code}, in ${currency}`}
            trace={{ figure: 'decision.delay_cost', decision: decision.code }}
            withUnit
          />{' '}
          of planned value
        </>
      )}
      .
    </>
  );
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
