import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams, useRouter } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Scenario, ScenarioEffect } from '../../../server/contract/scenario.js';
import { keepScope } from '../../app/places';
import { lastingAddress } from '../../lib/address';
import { copyText } from '../../lib/clipboard';
import { day, scaleFor, type Scale } from '../../../server/contract/format.js';
import { ApiError } from '../../lib/http';
import { periodLabel } from '../../lib/period';
import { Button } from '../../ui/button';
import { PageHeader } from '../../ui/page-header';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { readsChain, sessionQuery } from '../access/api';
import { effectQuery, scenarioQuery } from './api';
import { ChangesCard } from './changes-card';
import { EffectChart } from './effect-chart';
import { Benefits, Investments, Outcomes } from './effect-tables';
import { KeepCard } from './keep-card';
import { Message } from './message';
import { Totals } from './totals';
import { searchOf, useChanges, useStopEntry } from './use-changes';
import '../case/case.css';
import './scenarios.css';

const QUESTION = 'What if we stopped, delayed or funded this otherwise?';

/** A what-if that is not saved: all of it stands in the address. */
export function NewScenarioPage() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  return readsChain(session) ? <Workbench saved={null} /> : <NotPermitted />;
}

/** A saved what-if; what is edited and not saved yet stands in the address. */
export function ScenarioPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { data: session } = useSuspenseQuery(sessionQuery);
  const query = useQuery({ ...scenarioQuery(id), enabled: readsChain(session) });
  if (!readsChain(session)) return <NotPermitted />;
  if (query.error instanceof ApiError && query.error.status === 404)
    return (
      <Bare
        message="There is no such scenario"
        action={
          <Link to="/scenarios" search={keepScope} className="button">
            See the scenarios
          </Link>
        }
      >
        It was deleted, or its owner does not share it.
      </Bare>
    );
  const saved = query.data;
  // Another version is another beginning: the form starts from it.
  if (saved) return <Workbench key={`${saved.id} ${saved.version}`} saved={saved} />;
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader title="What-if" question={QUESTION} message={'\u00a0'} />
      <QueryState query={query} what="the scenario" rows={8}>
        {() => null}
      </QueryState>
    </main>
  );
}

export const NotPermitted = () => (
  <Bare message="What-if is for those who read the chain" action={<Link to="/">Go to the overview</Link>}>
    Your role shows you the outcomes and benefits of your own units. Ask a portfolio manager for a scenario.
  </Bare>
);

function Bare({ message, action, children }: { message: string; action: ReactNode; children: ReactNode }) {
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader title="What-if" question={QUESTION} message={message} />
      <Empty action={action}>{children}</Empty>
    </main>
  );
}

/** The changes on one side, what they would do on the other. */
function Workbench({ saved }: { saved: Scenario | null }) {
  const page = usePageScope();
  const changes = useChanges(saved?.changes ?? []);
  const query = useQuery(effectQuery(changes.list, page));
  const effect = query.data;
  useStopEntry(changes, effect?.suggestedFrom);
  const scale = effect ? scaleOf(effect) : null;
  return (
    <main id="content" className="page scenario-page" tabIndex={-1}>
      <PageHeader
        title={saved?.name ?? 'What-if'}
        question={saved ? `What if: ${saved.name}` : QUESTION}
        message={effect && scale ? <Message effect={effect} scale={scale} /> : '\u00a0'}
        actions={<CopyLink changes={changes} />}
      >
        {page.scopeName} · as known at the end of {periodLabel(page.period, page.fiscalYearStartMonth)} · hypothetical:
        no record changes
        {saved && !saved.isMine && ` · by ${saved.owner}`}
      </PageHeader>
      {saved?.note && <p className="prose scenario-note">{saved.note}</p>}
      <div className="scenario-parts">
        <ChangesCard changes={changes} effect={effect} />
        <div className="scenario-results">
          <QueryState query={query} what="the effect" rows={8}>
            {(data) => <Results effect={data} scale={scaleOf(data)} />}
          </QueryState>
        </div>
        <KeepCard saved={saved} changes={changes} />
      </div>
    </main>
  );
}

function Results({ effect, scale }: { effect: ScenarioEffect; scale: Scale }) {
  const { changes, columns, totals } = effect;
  if (changes.length === 0)
    return (
      <section className="card">
        <Empty>
          Nothing is changed yet. Add a change, and here stands what it saves, which outcomes lose how much, and which
          benefits are at risk.
        </Empty>
      </section>
    );
  if (changes.every(({ name }) => name === null))
    return (
      <section className="card">
        <Empty>None of the changed records exists any more. Change or remove them.</Empty>
      </section>
    );
  return (
    <div className="scenario-answers">
      <section className="card" aria-labelledby="scenario-totals">
        <h2 id="scenario-totals">What is still to pay, and still to gain</h2>
        <Totals {...{ effect, scale }} />
      </section>
      {totals.benefit.baseline.value !== null && columns.length > 0 && <EffectChart {...{ effect, scale }} />}
      <Outcomes {...{ effect, scale }} />
      <Benefits {...{ effect, scale }} />
      <Investments {...{ effect, scale }} />
      <section className="card" aria-labelledby="scenario-assumptions">
        <h2 id="scenario-assumptions">What is assumed</h2>
        <ul className="prose assumptions">
          {effect.assumptions.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        {effect.notes.length > 0 && (
          <ul className="notes">
            {effect.notes.map((sentence) => (
              <li key={sentence}>
                <span aria-hidden="true">⚠ </span>
                {sentence}
              </li>
            ))}
          </ul>
        )}
        <p className="about">
          Known to the end of the period; the first month that can change is {day(effect.firstMonth)}.
        </p>
      </section>
    </div>
  );
}

/** An address that holds the changes themselves: it opens for everybody who reads the chain, saved and shared or not. */
function CopyLink({ changes }: { changes: ReturnType<typeof useChanges> }) {
  const router = useRouter();
  const { period } = usePageScope();
  const [said, setSaid] = useState('');
  if (changes.list.length === 0) return null;
  const copy = async () => {
    const { href } = router.buildLocation({
      to: '/scenarios/new',
      search: (current: Record<string, unknown>) => ({ ...current, ...searchOf(changes.list), trace: undefined }),
    });
    const isCopied = await copyText(lastingAddress(new URL(href, location.origin).href, period));
    setSaid(isCopied ? 'Copied: it opens with these changes' : 'The browser refused to copy');
  };
  return (
    <>
      <Button onClick={() => void copy()}>Copy link to these changes</Button>
      <span className="caption" role="status">
        {said}
      </span>
    </>
  );
}

/** One scale for all money of the page. */
const scaleOf = ({ totals, benefits, outcomes, investments }: ScenarioEffect): Scale =>
  scaleFor(
    [
      totals.cost.baseline.value,
      totals.benefit.baseline.value,
      totals.sunk.value,
      totals.net.baseline.value,
      totals.cost.scenario.value,
      totals.benefit.scenario.value,
      totals.net.scenario.value,
      ...benefits.items.flatMap(({ isMoney, value }) => (isMoney ? [value.baseline.value] : [])),
      ...outcomes.items.map(({ value }) => value.baseline.value),
      ...investments.items.map(({ sunk }) => sunk.value),
    ].filter((amount) => amount !== null),
  );
