import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useMemo, useState, type FormEvent } from 'react';
import {
  type AnswerSurvey,
  SURVEY_QUESTIONS,
  type SurveyAnswered,
  type SurveyForm,
  WHY_WE_ASK,
} from '../../../server/contract/survey.js';
import { day } from '../../../server/contract/format.js';
import { ApiError } from '../../lib/http';
import { Button } from '../../ui/button';
import { ErrorSummary } from '../../ui/field';
import { answerSurvey, openSurvey } from './api';
import {
  type Draft,
  forgetDraft,
  forgetOldDrafts,
  forgetOpened,
  openedHere,
  readDraft,
  rememberOpened,
  writeDraft,
} from './draft';
import { Question } from './question';
import { statusOfAction } from './words';
import './survey.css';

/** One page for one person with a link; no sign-in, nothing of the product around it. */
export function SurveyPage() {
  const { token = null } = useParams({ strict: false });
  // The link stays in the memory of the page, and nowhere else: the address holds nothing that opens anything.
  const [link] = useState(token);
  const form = useQuery({
    queryKey: ['survey-form'],
    queryFn: () => opened(link),
    retry: (times, error) => times < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
    staleTime: Infinity,
    gcTime: 0,
  });
  useEffect(() => {
    if (location.pathname !== '/s') history.replaceState(history.state, '', '/s');
    forgetOldDrafts();
  }, []);
  useEffect(() => {
    document.title = form.data ? `${form.data.name} · Survey` : 'Survey';
  }, [form.data]);
  if (form.data) return <Answering form={form.data} link={link} />;
  if (form.error) return <Closed error={form.error} retry={() => void form.refetch()} />;
  return (
    <main className="survey" aria-busy="true">
      <p role="status" className="visually-hidden">
        Loading
      </p>
    </main>
  );
}

const OTHER_TAB = new ApiError(
  404,
  'Open the link of your invitation. Only the tab that opened it can go on without it.',
);

/** Opens the survey of a link; without one, that which this tab has open, and no other that the browser may know. */
const opened = async (link: string | null): Promise<SurveyForm> => {
  const before = openedHere();
  if (link === null && before === null) throw OTHER_TAB;
  if (link !== null) forgetOpened();
  const form = await openSurvey(link);
  if (link === null && form.draftKey !== before) throw OTHER_TAB;
  rememberOpened(form.draftKey);
  return form;
};

const typeOf = (error: unknown): string => {
  const body = error instanceof ApiError ? error.body : null;
  return typeof body === 'object' && body !== null && 'type' in body ? String(body.type) : '';
};
/** Another tab has opened another link since, or used it up: the browser keeps one. */
const isOtherLink = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 404 || typeOf(error) === 'urn:problem:conflict');

/** Sends the answer for the link that this page was opened by. */
const sendFor = async (link: string | null, answer: AnswerSurvey): Promise<SurveyAnswered> => {
  try {
    return await answerSurvey(answer);
  } catch (error) {
    if (!isOtherLink(error)) throw error;
    if (link === null) throw OTHER_TAB;
    await openSurvey(link);
    return answerSurvey(answer);
  }
};

/** The server may have stored it before the way back broke. */
const mayHaveArrived = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || error.status >= 500);
const UNCERTAIN = 'We cannot tell whether your answer arrived';

const COMMENT_LENGTH = 2000;
const MISSING = 'Answer at least one question, or write a comment. Then send again.';

function Answering({ form, link }: { form: SurveyForm; link: string | null }) {
  const [draft, setDraft] = useState<Draft>(() => readDraft(form.draftKey));
  const [isEmpty, setEmpty] = useState(false);
  const send = useMutation({
    mutationFn: (answer: AnswerSurvey) => sendFor(link, answer),
    onSuccess: forgetDraft,
  });
  const change = (part: Draft) => {
    const changed = { ...draft, ...part };
    setDraft(changed);
    setEmpty(false);
    writeDraft(form.draftKey, changed);
  };
  const errors = useMemo(
    () =>
      isEmpty
        ? [{ message: MISSING, fieldId: `${SURVEY_QUESTIONS[0].id}-first` }]
        : send.error
          ? [{ message: mayHaveArrived(send.error) ? 'Send it again: it counts once.' : send.error.message }]
          : [],
    [isEmpty, send.error],
  );
  if (send.data) return <Thanks answered={send.data} form={form} />;
  if (send.error instanceof ApiError && [404, 409, 410].includes(send.error.status) && !isOtherLink(send.error))
    return <Closed error={send.error} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const answer = completed(draft, form.draftKey);
    if (answer === null) setEmpty(true);
    else send.mutate(answer);
  };
  return (
    <main className="survey" id="content">
      <form onSubmit={submit} noValidate>
        <h1>{form.name}</h1>
        <p>{form.why ?? WHY_WE_ASK}</p>
        <p className="survey-who">
          Nobody sees your answer with your name. What is stored is your answer
          {form.area === null ? '' : ` and your area, ${form.area}`}; figures are shown of five answers or more only.
          {form.closesOn && ` Open until ${day(form.closesOn)}.`}
        </p>
        <ErrorSummary title={!isEmpty && mayHaveArrived(send.error) ? UNCERTAIN : 'Nothing was sent'} errors={errors} />
        {SURVEY_QUESTIONS.map((question) => (
          <Question
            key={question.id}
            question={question}
            value={draft[question.id]}
            onChange={(value) => change({ [question.id]: value })}
          />
        ))}
        <div className="survey-question">
          <label htmlFor="comment">Anything else? (optional)</label>
          <p className="survey-help" id="comment-help">
            Please name nobody. Comments are read only where ten or more have answered.
          </p>
          <textarea
            id="comment"
            aria-describedby="comment-help"
            rows={3}
            maxLength={COMMENT_LENGTH}
            value={draft.comment ?? ''}
            onChange={({ target }) => change({ comment: target.value })}
          />
        </div>
        <Button look="primary" type="submit" busy={send.isPending} className="survey-send">
          Send my answer
        </Button>
        {form.contact && <p className="survey-help">Questions about this survey: {form.contact}</p>}
      </form>
    </main>
  );
}

/** Null where nothing at all was answered: "prefer not to say" is an answer that stores nothing. */
const completed = (draft: Draft, draftKey: string): AnswerSurvey | null => {
  const comment = draft.comment?.trim() ?? '';
  const said = SURVEY_QUESTIONS.some(({ id }) => typeof draft[id] === 'number');
  if (!said && comment === '') return null;
  const answers = Object.fromEntries(SURVEY_QUESTIONS.map(({ id }) => [id, draft[id] ?? null]));
  return {
    draftKey,
    ...(answers as Omit<AnswerSurvey, 'draftKey' | 'comment'>),
    comment: comment === '' ? null : comment,
  };
};

function Thanks({ answered: { actions }, form }: { answered: SurveyAnswered; form: SurveyForm }) {
  return (
    <main className="survey" id="content">
      <h1 tabIndex={-1} ref={(heading) => heading?.focus()}>
        Thank you. Your answer has arrived.
      </h1>
      <p>Your link is used up. You can close this page.</p>
      <h2>What happened after the last survey</h2>
      {actions.length === 0 ? (
        <p>Nothing is recorded yet. What people say now is where it begins.</p>
      ) : (
        <ul className="survey-actions">
          {actions.map(({ theme, action, status }) => (
            <li key={`${theme} ${action}`}>
              <strong>{theme}</strong>
              <span>{action}</span>
              <span className="survey-help">{statusOfAction(status)}</span>
            </li>
          ))}
        </ul>
      )}
      {form.contact && <p className="survey-help">Questions about this survey: {form.contact}</p>}
    </main>
  );
}

const TITLES: Readonly<Record<number, string>> = {
  404: 'This link does not lead to a survey',
  409: 'This link was used already',
  410: 'This survey is over',
  429: 'Please wait a little',
};

const contactOf = (error: Error): string | null => {
  const body = error instanceof ApiError ? error.body : null;
  const contact = typeof body === 'object' && body !== null && 'contact' in body ? body.contact : null;
  return typeof contact === 'string' ? contact : null;
};

/** A link that leads nowhere any more: said kindly, with somebody to ask. */
function Closed({ error, retry }: { error: Error; retry?: () => void }) {
  const status = error instanceof ApiError ? error.status : 0;
  const contact = contactOf(error);
  const isOver = status === 409 || status === 410;
  useEffect(() => {
    if (isOver) forgetDraft();
  }, [isOver]);
  return (
    <main className="survey" id="content">
      <h1>
        {error === OTHER_TAB ? 'No survey is open in this tab' : (TITLES[status] ?? 'The survey cannot be shown')}
      </h1>
      <p>{error.message}</p>
      <p className="survey-help">
        {contact
          ? `If you think that this is wrong, ask ${contact}.`
          : 'If you think that this is wrong, ask whoever sent you the link.'}
      </p>
      {retry && (status === 429 || !(status in TITLES)) && <Button onClick={retry}>Try again</Button>}
    </main>
  );
}
