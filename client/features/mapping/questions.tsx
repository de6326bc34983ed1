import type { ImportMapping, SourceSheet } from '../../../server/contract/mapping.js';
import { answer, answerTo, questionId, questionsOf } from './open-points';

interface QuestionsProps {
  mapping: ImportMapping;
  sheet: SourceSheet;
  onChange: (mapping: ImportMapping) => void;
}

/** What the file leaves open is never guessed: both readings, asked once for all columns that are written so. */
export function Questions({ mapping, sheet, onChange }: QuestionsProps) {
  const questions = questionsOf(mapping, sheet);
  if (questions.length === 0) return null;
  return (
    <section className="card import-form" aria-labelledby="questions-title">
      <h2 id="questions-title">How is it written?</h2>
      {questions.map(({ kind, example, readings, columns }) => {
        const given = answerTo(mapping, sheet, kind);
        return (
          <fieldset key={kind} className="choices" id={questionId(kind)} tabIndex={-1}>
            <legend>
              “{example}” can be read in two ways ({columns.join(', ')})
            </legend>
            {readings.map(({ format, reads }) => {
              const value = (kind === 'decimal' ? format.decimal : format.dateOrder) ?? '';
              return (
                <label key={value} className="choice">
                  <input
                    type="radio"
                    name={questionId(kind)}
                    value={value}
                    checked={given === value}
                    onChange={() => onChange(answer(mapping, sheet, kind, format))}
                  />
                  <span>
                    {reads}
                    <span className="field-help"> {WORDS[value]}</span>
                  </span>
                </label>
              );
            })}
          </fieldset>
        );
      })}
    </section>
  );
}

const WORDS: Record<string, string> = {
  dot: 'the decimal sign is a point',
  comma: 'the decimal sign is a comma',
  dmy: 'the day stands first',
  mdy: 'the month stands first',
};
