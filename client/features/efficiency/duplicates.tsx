import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { EfficiencyLists, Effort } from '../../../server/contract/efficiency.js';
import { count, day, instant, type Scale, scaleFor, unitOf } from '../../../server/contract/format.js';
import { Amount } from '../../ui/amount';
import { Button } from '../../ui/button';
import { usePageScope } from '../../ui/page-scope';
import { Empty } from '../../ui/query-state';
import { TakeBack } from '../../ui/take-back';
import { tryKeys } from '../proof/coded';
import { ProofForm, type ProofField, type Typed } from '../proof/proof-form';
import { RecordLink } from '../records/record-link';
import { judge, reopen, unmark } from './api';
import '../proof/proof.css';

type Candidate = EfficiencyLists['candidates'][number];
/** More are read when they are asked for; those with the most money come first. */
const FIRST = 8;
const keyOfPair = ({ a, b }: Candidate): string => `${a.code}:${b.code}`;

/** Initiatives that may do the same: found by the same capability in overlapping time, judged by a person. */
export function Duplicates({ lists }: { lists: EfficiencyLists }) {
  const { candidates, marked, dismissed } = lists;
  const { currency, portfolio, orgUnit, scopeName } = usePageScope();
  const [open, setOpen] = useState<string | null>(null);
  const [isAll, setAll] = useState(false);
  const scale = scaleFor([
    ...candidates.flatMap(({ a, b }) => [a.cost, b.cost]),
    ...marked.map(({ initiative }) => initiative.cost),
  ]);
  return (
    <section className="card" aria-labelledby="duplicates">
      <h2 id="duplicates">Is anything done twice?</h2>
      <p className="about">
        Pairs of initiatives that build the same capability in overlapping time. The amounts are their cost to date
        {portfolio !== undefined || orgUnit !== undefined ? ` from the money of ${scopeName} only` : ''},{' '}
        {unitOf(scale, currency)}. A person says whether they do the same.
      </p>
      {candidates.length === 0 ? (
        <Empty>No two initiatives build the same capability in overlapping time, or all such pairs were judged.</Empty>
      ) : (
        <ul className="efficiency-list">
          {candidates.slice(0, isAll ? undefined : FIRST).map((pair) => (
            <li key={keyOfPair(pair)}>
              <p>
                <Side effort={pair.a} scale={scale} /> and <Side effort={pair.b} scale={scale} />
              </p>
              <p className="caption">
                Both build {pair.capabilities.map(({ code, name }) => `${name} (${code})`).join(', ')}
              </p>
              {(pair.a.mayWrite || pair.b.mayWrite) &&
                (open === keyOfPair(pair) ? (
                  <JudgeForm pair={pair} onClose={() => setOpen(null)} />
                ) : (
                  <Button
                    onClick={() => setOpen(keyOfPair(pair))}
                    aria-label={`Judge ${pair.a.code} and ${pair.b.code}`}
                  >
                    Judge
                  </Button>
                ))}
            </li>
          ))}
        </ul>
      )}
      {!isAll && candidates.length > FIRST && (
        <p className="table-more">
          <Button onClick={() => setAll(true)}>Show all {count(candidates.length)} pairs</Button>
        </p>
      )}
      {marked.length > 0 && (
        <>
          <h3>Marked as duplicates</h3>
          <ul className="efficiency-list">
            {marked.map(({ initiative, of, said }) => (
              <li key={initiative.code}>
                <p>
                  <Side effort={initiative} scale={scale} /> duplicates{' '}
                  {of.isArchived ? (
                    <>
                      <span className="code">{of.code}</span> {of.name}, which is archived
                    </>
                  ) : (
                    <RecordLink type="initiative" code={of.code}>
                      {of.code} {of.name}
                    </RecordLink>
                  )}
                </p>
                <p className="caption">
                  {said === null ? 'Stated with the record.' : `${said.reason} · ${said.by}, ${instant(said.at)}`}
                </p>
                {initiative.mayWrite && (
                  <TakeBack
                    what={`the mark that ${initiative.code} duplicates ${of.code}`}
                    asksReason
                    takeBack={(reason) => unmark(initiative, reason)}
                  >
                    Its cost then counts as duplicate effort no more, and the pair can be judged again. The audit keeps
                    what was said, and by whom.
                  </TakeBack>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {dismissed.length > 0 && <Dismissed dismissed={dismissed} />}
    </section>
  );
}

function Side({ effort: { code, name, from, to, cost }, scale }: { effort: Effort; scale: Scale }) {
  return (
    <>
      <RecordLink type="initiative" code={code}>
        <span className="code">{code}</span> {name}
      </RecordLink>{' '}
      <span className="caption">{spanOf(from, to)}</span>{' '}
      <Amount
        amount={cost}
        scale={scale}
        name={`Cost of ${name} to date`}
        trace={{ figure: 'node.cost', type: 'initiative', ref: code }}
        withUnit
      />
    </>
  );
}

/** `13 Jan 2025 to 18 Dec 2026`; an initiative may have neither day. */
const spanOf = (from: string | null, to: string | null): string => {
  if (from === null) return to === null ? 'without dates' : `until ${day(to)}`;
  return to === null ? `since ${day(from)}` : `${day(from)} to ${day(to)}`;
};

/** Which of the two goes on is the judge's to say: the other one counts as duplicate effort. */
function JudgeForm({ pair: { a, b }, onClose }: { pair: Candidate; onClose: () => void }) {
  const [keyOf] = useState(tryKeys);
  const marks = [
    { of: a, other: b },
    { of: b, other: a },
  ].filter(({ of }) => of.mayWrite);
  const fields: ProofField[] = [
    {
      name: 'verdict',
      label: 'What is it?',
      kind: 'choice',
      isRequired: true,
      choices: [
        { value: '', label: 'Choose' },
        ...marks.map(({ of, other }) => ({ value: of.code, label: `${of.code} duplicates ${other.code}` })),
        { value: 'different', label: 'They do different things' },
      ],
    },
    {
      name: 'reason',
      label: 'Why',
      kind: 'long',
      isRequired: true,
      help: 'It stays with the verdict, under your name.',
    },
  ];
  const save = ({ verdict = '', reason = '' }: Typed) => {
    const isDifferent = verdict === 'different';
    const [one, other] = isDifferent || verdict === a.code ? [a, b] : [b, a];
    const body = {
      verdict: isDifferent ? ('different' as const) : ('duplicate' as const),
      initiative: one.code,
      other: other.code,
      version: one.version,
      reason: reason.trim(),
    };
    return judge(body, keyOf(JSON.stringify(body)));
  };
  return (
    <ProofForm<null>
      label={`Do ${a.code} and ${b.code} do the same?`}
      fields={fields}
      stored={null}
      typedOf={() => ({ verdict: '', reason: '' })}
      save={save}
      saveWord="Save the verdict"
      onDone={onClose}
      onCancel={onClose}
    />
  );
}

function Dismissed({ dismissed }: { dismissed: EfficiencyLists['dismissed'] }) {
  const queryClient = useQueryClient();
  const again = useMutation({ mutationFn: reopen, onSuccess: () => queryClient.invalidateQueries() });
  return (
    <details>
      <summary>Judged to be different</summary>
      {again.error && <p role="alert">▲ {again.error.message}</p>}
      <ul className="efficiency-list">
        {dismissed.map(({ id, a, b, reason, by, at, mayWrite }) => (
          <li key={id}>
            <p>
              <RecordLink type="initiative" code={a.code}>
                {a.code} {a.name}
              </RecordLink>{' '}
              and{' '}
              <RecordLink type="initiative" code={b.code}>
                {b.code} {b.name}
              </RecordLink>
            </p>
            <p className="caption">
              {reason} · {by}, {instant(at)}
            </p>
            {mayWrite && (
              <Button
                look="plain"
                busy={again.isPending}
                onClick={() => again.mutate(id)}
                aria-label={`Judge ${a.code} and ${b.code} again`}
              >
                Judge again
              </Button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
