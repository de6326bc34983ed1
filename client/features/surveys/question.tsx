import type { SURVEY_QUESTIONS } from '../../../server/contract/survey.js';

interface QuestionProps {
  question: (typeof SURVEY_QUESTIONS)[number];
  /** Null where the person prefers not to say; undefined where nothing was chosen yet. */
  value: number | null | undefined;
  onChange: (value: number | null) => void;
}

/** One question as radio buttons: each answer a full-size target, the ends in words, and a way not to say. */
export function Question({ question: { id, text, low, high, from, to }, value, onChange }: QuestionProps) {
  const answers = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const named = (answer: number): string =>
    answer === from ? `${answer}: ${low}` : answer === to ? `${answer}: ${high}` : String(answer);
  return (
    <fieldset className="survey-question">
      <legend>{text}</legend>
      <p className="survey-ends" aria-hidden="true">
        <span>
          {from} {low}
        </span>
        <span>
          {high} {to}
        </span>
      </p>
      <div className={answers.length > 5 ? 'survey-answers survey-answers-many' : 'survey-answers'}>
        {answers.map((answer) => (
          <label key={answer} className="survey-answer">
            <input
              type="radio"
              id={answer === from ? `${id}-first` : undefined}
              name={id}
              value={answer}
              checked={value === answer}
              onChange={() => onChange(answer)}
              aria-label={named(answer)}
            />
            <span aria-hidden="true">{answer}</span>
          </label>
        ))}
      </div>
      <label className="survey-answer survey-none">
        <input type="radio" name={id} value="none" checked={value === null} onChange={() => onChange(null)} />
        <span>Prefer not to say</span>
      </label>
    </fieldset>
  );
}
