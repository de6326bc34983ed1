import { useState } from 'react';
import type { Sign, SignComment } from '../../../server/contract/sign.js';
import { instant } from '../../lib/format';
import { periodLabel } from '../../lib/period';
import { Button } from '../../ui/button';
import { usePageScope } from '../../ui/page-scope';
import { ProofForm } from '../proof/proof-form';
import { writeComment } from './api';
import { SignTests, MissingRecords } from './sign-tests';
import { SignStateMark } from './state';
import { heldOf, STATE_WORDS } from './words';

/** One sign: what people see, whether it is there, on what evidence, since when, what to look at, and what its owner says. */
export function SignRow({ sign, mayWrite }: { sign: Sign; mayWrite: boolean }) {
  const page = usePageScope();
  return (
    <article className="card sign" aria-labelledby={`sign-${sign.id}`} data-sign={sign.id}>
      <header className="sign-head">
        <h2 id={`sign-${sign.id}`}>
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
            kind: 'text',
            help: 'Code of the decision that answers it, if there is one.',
          },
        ]}
        stored={comment}
        typedOf={(stored) => ({ text: stored?.text ?? '', decision: stored?.decision ?? '' })}
        save={(typed, stored) =>
          writeComment(sign.id, page.period, {
            text: textOf(typed['text']),
            decision: textOf(typed['decision']),
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
      {isSaid && (
        <blockquote className="sign-comment">
          <p>{comment.text}</p>
          <p className="caption">
            {comment.by}, {instant(comment.at)}
            {comment.decision !== null && <DecisionLink comment={comment} />}
          </p>
        </blockquote>
      )}
      {mayWrite && (
        <Button id={`comment-${sign.id}`} look="plain" onClick={() => setOpen(true)}>
          {isSaid ? 'Change comment' : 'Add a comment'}
          <span className="visually-hidden"> on {sign.name}</span>
        </Button>
      )}
    </div>
  );
}

function DecisionLink({ comment: { decision, decisionTitle } }: { comment: SignComment }) {
  return (
    <>
      {' · '}decision {decision} {decisionTitle ?? ''}
    </>
  );
}

const textOf = (typed: string | undefined): string | null => (typed?.trim() ? typed.trim() : null);

const currentComment = (body: unknown): SignComment | null => {
  const current = (body as { current?: SignComment } | null)?.current;
  return current && current.version > 0 ? current : null;
};
