import { useEffect, useState } from 'react';
import { type Sign, type SignComment, signComment } from '../../../server/contract/sign.js';
import { currentIn } from '../../lib/current';
import { instant } from '../../../server/contract/format.js';
import { Link } from '@tanstack/react-router';
import { keepScope } from '../../lib/address';
import { periodLabel } from '../../lib/period';
import { Button } from '../../ui/button';
import { usePageScope } from '../../ui/page-scope';
import { ProofForm, type FieldProblem, type Typed } from '../proof/proof-form';
import { writeComment } from './api';
import { MissingRecords } from './missing-records';
import { Beside } from './beside';
import { SignTests } from './sign-tests';
import { SignStateMark } from './state';
import { heldOf, STATE_WORDS } from './words';

/** One sign: what people see, whether it is there, on what evidence, since when, what to look at, and what its owner says. */
export function SignRow({ sign, mayWrite }: { sign: Sign; mayWrite: boolean }) {
  const page = usePageScope();
  const head = `sign-${sign.id}`;
  // A decision leads to the sign that it answers, which is there only once it is read.
  useEffect(() => {
    if (location.hash === `#${head}`) document.getElementById(head)?.scrollIntoView({ block: 'center' });
  }, [head]);
  return (
    <article className="card sign" aria-labelledby={head} data-sign={sign.id}>
      <header className="sign-head">
        <h2 id={head}>
          {sign.name}
          <span className="visually-hidden">: {STATE_WORDS[sign.state]}</span>
        </h2>
        <p className="sign-symptom">{sign.symptom}</p>
        <p>
          <SignStateMark state={sign.state} /> <span className="caption">{heldOf(sign)}</span>
        </p>
      </header>
      <div className="sign-evidence">
        <SignTests sign={sign} />
        <MissingRecords tests={sign.tests} />
        <Beside sign={sign} />
      </div>
      <div className="sign-side">
        <ol className="sign-trend" aria-label={`${sign.name}, last four quarters`}>
          {sign.trend.map(({ period, state }) => (
            <li key={period} className={`sign-box sign-box-${state}`}>
              <span className="caption">{periodLabel(period, page.fiscalYearStartMonth)}</span>
              <SignStateMark state={state} />
            </li>
          ))}
        </ol>
        <p className="sign-advice">
          <b>Look at:</b> {sign.advice}
        </p>
        <Said sign={sign} mayWrite={mayWrite} />
      </div>
    </article>
  );
}

function Said({ sign, mayWrite }: { sign: Sign; mayWrite: boolean }) {
  const page = usePageScope();
  const [isOpen, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
    setTimeout(() => document.getElementById(`comment-${sign.id}`)?.focus());
  };
  const { comment } = sign;
  // What is said of a sign is said of the enterprise: a part of it reads it and does not change it.
  const isPart = page.portfolio !== undefined || page.orgUnit !== undefined;
  const isSaid = comment !== null && comment.text !== null;
  if (isOpen)
    return (
      <ProofForm<SignComment>
        label={`Comment on ${sign.name.toLowerCase()}`}
        fields={[
          {
            name: 'text',
            label: 'Comment',
            kind: 'long',
            help: `What is behind it in ${periodLabel(page.period, page.fiscalYearStartMonth)}, and what is done. Empty takes it away.`,
          },
          {
            name: 'decision',
            label: 'Decision',
            kind: 'reference',
            to: ['decision'],
            help: 'The decision that answers it, if there is one.',
          },
          {
            name: 'action',
            label: 'Corrective action',
            kind: 'reference',
            to: ['corrective_action'],
            help: 'The action of a benefit that answers it, if there is one.',
          },
        ]}
        stored={comment}
        typedOf={(stored) => ({
          text: stored?.text ?? '',
          decision: stored?.decision ?? '',
          action: stored?.action ?? '',
        })}
        check={(typed) => wordless(typed, isSaid)}
        save={(typed, stored) =>
          writeComment(sign.id, page.period, {
            text: textOf(typed['text']),
            decision: textOf(typed['decision']),
            action: textOf(typed['action']),
            version: stored?.version ?? null,
          })
        }
        saveWord="Save comment"
        currentOf={currentComment}
        onDone={close}
        onCancel={close}
      />
    );
  return (
    <div className="sign-said">
      {(isSaid || answersOf(comment)) && <Comment comment={comment!} ofAll={isPart} />}
      {mayWrite && !isPart && (
        <Button id={`comment-${sign.id}`} look="plain" onClick={() => setOpen(true)}>
          {isSaid ? 'Change comment' : 'Add a comment'}
          <span className="visually-hidden"> on {sign.name}</span>
        </Button>
      )}
    </div>
  );
}

const answersOf = (comment: SignComment | null): boolean =>
  comment !== null && (comment.decision !== null || comment.action !== null);

function Comment({ comment, ofAll }: { comment: SignComment; ofAll: boolean }) {
  const page = usePageScope();
  const { text, by, at } = comment;
  return (
    <blockquote className="sign-comment">
      {ofAll && (
        <p className="caption">
          Said of all of IT in {periodLabel(page.period, page.fiscalYearStartMonth)}, not of {page.scopeName}
        </p>
      )}
      {text !== null && <p>{text}</p>}
      {answersOf(comment) && <Answers comment={comment} />}
      <p className="caption">
        {by}, {instant(at)}
      </p>
    </blockquote>
  );
}

/** The decision and the action that answer a sign; one that was archived has no page any more. */
function Answers({ comment }: { comment: SignComment }) {
  const { decision, decisionTitle, action, actionTitle, actionBenefit, archived } = comment;
  return (
    <ul className="sign-answers">
      {decision !== null && (
        <li>
          Decision{' '}
          {archived.includes('decision') ? (
            `${decision} ${decisionTitle ?? ''} (archived)`
          ) : (
            <Link to="/decisions/$ref" params={{ ref: decision }} search={keepScope}>
              {decision} {decisionTitle}
            </Link>
          )}
        </li>
      )}
      {action !== null && (
        <li>
          Action{' '}
          {archived.includes('action') || actionBenefit === null ? (
            `${action} ${actionTitle ?? ''} (archived)`
          ) : (
            <Link to="/benefits/$ref" params={{ ref: actionBenefit }} search={keepScope} hash="actions">
              {action} {actionTitle}
            </Link>
          )}
        </li>
      )}
    </ul>
  );
}

/** A link without a word says nothing; where there was a comment, an empty text takes it away with its links. */
const wordless = (typed: Typed, isSaid: boolean): FieldProblem[] =>
  !isSaid && textOf(typed['text']) === null && (textOf(typed['decision']) ?? textOf(typed['action'])) !== null
    ? [{ name: 'text', message: 'Write what is done, too: a link alone says nothing.' }]
    : [];

const textOf = (typed: string | undefined): string | null => (typed?.trim() ? typed.trim() : null);

const currentComment = (body: unknown): SignComment | null => {
  const current = currentIn(signComment, body);
  return current !== null && current.version > 0 ? current : null;
};
