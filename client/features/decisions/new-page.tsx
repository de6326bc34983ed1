import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { LAYERS } from '../../../server/contract/chain.js';
import { DECISION_KINDS } from '../../../server/contract/decision.js';
import type { AnyRecord } from '../../../server/contract/records.js';
import { ApiError } from '../../lib/http';
import { PageHeader } from '../../ui/page-header';
import { Empty, QueryState } from '../../ui/query-state';
import { sessionQuery, settingsQuery } from '../access/api';
import { ProofForm, type ProofField, type Typed } from '../proof/proof-form';
import { forumsQuery, raiseDecision } from './api';
import { KIND_WORDS, LEVELS } from './words';
import '../proof/proof.css';
import './decisions.css';

export const NOT_STATED = { value: '', label: 'not stated' };
export const LEVEL_CHOICES = [NOT_STATED, ...LEVELS.map((label, at) => ({ value: String(at + 1), label }))];
export const KIND_CHOICES = [NOT_STATED, ...DECISION_KINDS.map((value) => ({ value, label: KIND_WORDS[value] }))];
export const forumChoices = (forums: readonly AnyRecord[]) => [
  NOT_STATED,
  ...forums.map((forum) => ({ value: String(forum['code']), label: String(forum['name']) })),
];

/** A record of the chain, found by code or name; the type goes with it, as a code may be in two types. */
export const ABOUT: ProofField = {
  name: 'aboutCode',
  label: 'About',
  kind: 'reference',
  to: LAYERS,
  help: 'The investment, initiative, capability, outcome or benefit that waits for it.',
};

/** Blank fields are not stated; levels are numbers. */
export const bodyOf = (typed: Typed): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(typed).map(([name, text]) => [
      name,
      text.trim() === '' ? null : name.endsWith('Level') ? Number(text) : text.trim(),
    ]),
  );

/** Who writes decisions of own portfolios only says with it in which one it lies. */
const ABOUT_OWN: ProofField = {
  ...ABOUT,
  isRequired: true,
  help: 'The investment, initiative, capability, outcome or benefit of your portfolio that waits for it.',
};

const fieldsOf = (forums: readonly AnyRecord[], today: string, about: ProofField): ProofField[] => [
  {
    name: 'title',
    label: 'The question to decide',
    kind: 'text',
    isRequired: true,
    help: 'A question, not a topic: “Do we stop the legacy portal?”',
  },
  { name: 'code', label: 'Code', kind: 'text', isRequired: true, help: 'Short and unique, such as DEC-12.' },
  { name: 'kind', label: 'Kind', kind: 'choice', choices: KIND_CHOICES },
  { name: 'forumCode', label: 'Forum', kind: 'choice', choices: forumChoices(forums) },
  { name: 'intendedLevel', label: 'Intended level', kind: 'choice', choices: LEVEL_CHOICES },
  { name: 'raisedOn', label: 'Raised on', kind: 'date', isRequired: true, days: { from: null, to: today } },
  { name: 'neededBy', label: 'Needed by', kind: 'date', help: 'From then on, waiting has a price.' },
  about,
  { name: 'tradeOff', label: 'Trade-off', kind: 'long', help: 'What is weighed against what.' },
];

/** A question that somebody has to decide. */
export function NewDecisionPage() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const { today } = useSuspenseQuery(settingsQuery).data;
  const forums = useQuery(forumsQuery);
  const navigate = useNavigate();
  // Left only when the form knows that it is saved: else it would ask whether to leave without saving.
  const added = useRef('');
  const question = 'What is to be decided, by whom and by when?';
  if (!session.writes.includes('decision'))
    return (
      <main id="content" className="page" tabIndex={-1}>
        <PageHeader title="Add a decision" question={question} message="Not for your role." />
        <Empty action={<Link to="/decisions">See the decisions</Link>}>Your role reads decisions and adds none.</Empty>
      </main>
    );
  const about = session.grants.some(({ role }) => role === 'admin' || role === 'cio') ? ABOUT : ABOUT_OWN;
  const save = async (typed: Typed, _stored: null, reason: string) => {
    const made = await raiseDecision(bodyOf(typed), reason).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 409)
        throw new ApiError(409, `The code ${typed['code']} is taken. Choose another.`);
      throw error;
    });
    added.current = String(made['code']);
  };
  return (
    <main id="content" className="page decision-page" tabIndex={-1}>
      <PageHeader title="Add a decision" question={question} message="Add a decision" />
      <QueryState query={forums} what="the forums" rows={6}>
        {(known) => (
          <section className="card proof">
            <ProofForm<null>
              label="The decision"
              fields={fieldsOf(known, today, about)}
              stored={null}
              typedOf={() => ({
                title: '',
                code: '',
                kind: '',
                forumCode: '',
                intendedLevel: '',
                raisedOn: today,
                neededBy: '',
                aboutCode: '',
                tradeOff: '',
              })}
              asksReason
              save={save}
              saveWord="Add the decision"
              onDone={() => void navigate({ to: '/decisions/$ref', params: { ref: added.current } })}
              onCancel={() => void navigate({ to: '/decisions' })}
            />
          </section>
        )}
      </QueryState>
    </main>
  );
}
