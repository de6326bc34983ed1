import { Link } from '@tanstack/react-router';
import type { DecisionPage } from '../../../server/contract/decision.js';
import { counted, day, percent, scaled, scaleFor, unitOf } from '../../../server/contract/format.js';
import { recordPath } from '../../lib/registers';
import { Amount } from '../../ui/amount';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { usePageScope } from '../../ui/page-scope';
import { Empty } from '../../ui/query-state';
import { INVOLVED_WORDS, levelWord, OUTCOME_WORDS, waitingWords } from './words';

/** What was weighed, what was given up for it, who decided and when it is looked at again. */
export function Weighed({ page: { decision } }: { page: DecisionPage }) {
  const none = <span className="caption">not stated</span>;
  const facts = [
    ['Trade-off', decision.tradeOff],
    ['Given up', decision.givenUp],
    ['Why', decision.rationale],
    ['Who decided', decision.decidedBy],
    ['Intended level', decision.intendedLevel === null ? null : levelWord(decision.intendedLevel)],
    ['Decided at', decision.decidedLevel === null ? null : levelWord(decision.decidedLevel)],
    ['IT was involved', decision.itInvolved === null ? null : (INVOLVED_WORDS[decision.itInvolved] ?? null)],
    ['Look again on', decision.revisitOn === null ? null : day(decision.revisitOn)],
  ] as const;
  return (
    <section className="card" aria-labelledby="weighed-head">
      <h2 id="weighed-head">What was weighed</h2>
      <dl className="decision-facts">
        {facts.map(([label, value]) => (
          <div key={label} className="decision-fact">
            <dt>{label}</dt>
            <dd>{value ?? none}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Benefits that wait for it, and what a month of waiting holds up of each, where the months are known. */
export function Waiting({ page }: { page: DecisionPage }) {
  const { delay, decision } = page;
  const { currency } = usePageScope();
  const scale = scaleFor(delay.benefits.flatMap(({ perMonth }) => perMonth ?? []));
  const unit = `${unitOf(scale, currency)} a month`;
  const missing = waitingWords(page);
  const hasMonths = delay.from !== null && delay.to !== null;
  const month: TableColumn<DecisionPage['delay']['benefits'][number]> = {
    id: 'month',
    header: 'Planned',
    unit,
    numeric: true,
    cell: ({ perMonth }) => (perMonth === null ? 'x' : scaled(perMonth, scale)),
    footer:
      delay.perMonth === null ? (
        'x'
      ) : (
        <Amount
          amount={delay.perMonth}
          scale={scale}
          name={`Planned value a month that waits for ${decision.code}`}
          trace={{ figure: 'decision.delay_cost', decision: decision.code }}
        />
      ),
  };
  return (
    <section className="card" aria-labelledby="waiting-head">
      <h2 id="waiting-head">What waits for it</h2>
      {delay.benefits.length === 0 ? (
        <Empty>{missing}</Empty>
      ) : (
        <>
          <p className="about">
            {delay.from && delay.to
              ? `Planned value from ${day(delay.from)} to ${day(delay.to)}, a month of it, the part due to `
              : 'What depends on '}
            {decision.about?.name}.
          </p>
          <DataTable
            caption="Benefits that wait for the decision"
            hideCaption
            label="Benefits that wait for the decision"
            rows={delay.benefits}
            rowKey={({ code }) => code}
            columns={[
              {
                id: 'benefit',
                header: 'Benefit',
                rowHeader: true,
                ...(hasMonths && { footer: 'A month of waiting' }),
                cell: ({ code, name }) => <Link to={recordPath('benefit', code)}>{name}</Link>,
              },
              { id: 'share', header: 'Part due to it', numeric: true, cell: ({ share }) => percent(share) },
              ...(hasMonths ? [month] : []),
            ]}
          />
          {missing !== null && <p className="caption">{missing}</p>}
        </>
      )}
    </section>
  );
}

/** Raised, escalated, decided, opened again: in the order in which it happened. */
export function History({ page: { decision, escalations, reopenings } }: { page: DecisionPage }) {
  const outcome = (of: DecisionPage['decision']['outcome'], level: number | null): string =>
    `${of === null ? 'decided' : OUTCOME_WORDS[of]}${level === null ? '' : ` at level ${levelWord(level)}`}`;
  const events = [
    ...(decision.raisedAt === null ? [] : [{ at: decision.raisedAt, what: 'Raised', why: null as string | null }]),
    ...escalations.map(({ at, fromLevel, toLevel, reason }) => ({
      at,
      what: `Escalated from level ${levelWord(fromLevel)} to ${levelWord(toLevel)}`,
      why: reason,
    })),
    ...reopenings.flatMap(({ at, reason, decidedAt, outcome: of, decidedLevel }) => [
      ...(decidedAt === null ? [] : [{ at: decidedAt, what: `Decided: ${outcome(of, decidedLevel)}`, why: null }]),
      { at, what: 'Opened again', why: reason },
    ]),
    ...(decision.decidedAt === null
      ? []
      : [{ at: decision.decidedAt, what: `Decided: ${outcome(decision.outcome, decision.decidedLevel)}`, why: null }]),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const untold = decision.reopened - reopenings.length;
  return (
    <section className="card" aria-labelledby="history-head">
      <h2 id="history-head">What happened</h2>
      {events.length === 0 ? (
        <Empty>Nobody has recorded when it was raised or decided.</Empty>
      ) : (
        <ol className="decision-history">
          {events.map(({ at, what, why }, index) => (
            <li key={`${at}-${index}`}>
              <p>
                <time dateTime={at}>{day(at)}</time> · {what}
              </p>
              {why !== null && <p className="caption">{why}</p>}
            </li>
          ))}
        </ol>
      )}
      {untold > 0 && (
        <p className="caption">
          {counted(untold, 'reopening')} {untold === 1 ? 'is' : 'are'} counted without a day or a reason.
        </p>
      )}
    </section>
  );
}
