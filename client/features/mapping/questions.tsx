import type { ImportMapping, SourceSheet } from '../../../server/contract/mapping.js';
import { count, counted, inFull } from '../../../server/contract/format.js';
import { answer, answerTo, questionId, questionsOf } from './open-points';
import { answerScale, SCALE_ID, scaleQuestionIn, type ScaleQuestion } from './scale-question';
import { SCALES } from './words';

interface QuestionsProps {
  mapping: ImportMapping;
  sheet: SourceSheet;
  onChange: (mapping: ImportMapping) => void;
}

/** What the file leaves open is never guessed: both readings, asked once for all columns that are written so. */
export function Questions({ mapping, sheet, onChange }: QuestionsProps) {
  const questions = questionsOf(mapping, sheet);
  const scale = scaleQuestionIn(mapping, sheet);
  if (questions.length === 0 && scale === null) return null;
  return (
    <section className="card import-form" aria-labelledby="questions-title">
      <h2 id="questions-title">How is it written?</h2>
      {questions.map(({ kind, example, against, readings, columns }) => {
        const given = answerTo(mapping, sheet, kind);
        return (
          <fieldset key={kind} className="choices" id={questionId(kind)} tabIndex={-1}>
            <legend>
              {against === null
                ? `“${example}” can be read in two ways (${columns.join(', ')})`
                : `“${example}” and “${against}” contradict each other (${columns.join(', ')})`}
            </legend>
            {readings.map(({ format, reads, refuses }) => {
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
                    {against === null ? reads : capital(WORDS[value]!)}
                    <span className="field-help">
                      {against === null && ` ${WORDS[value]}`}
                      {against !== null && refuses > 0 && ` ${refusal(refuses)}`}
                    </span>
                  </span>
                </label>
              );
            })}
          </fieldset>
        );
      })}
      {scale && <Scale question={scale} onChoose={(multiplier) => onChange(answerScale(mapping, sheet, multiplier))} />}
    </section>
  );
}

interface ScaleProps {
  question: ScaleQuestion;
  onChoose: (multiplier: ScaleQuestion['readings'][number]['multiplier']) => void;
}

/** Some of the sheet says thousands, and these columns say nothing. */
function Scale({ question: { said, columns, example, readings, given }, onChoose }: ScaleProps) {
  return (
    <fieldset className="choices" id={SCALE_ID} tabIndex={-1}>
      <legend>
        “{said}” says a scale, {columns.slice(0, MOST_NAMED).join(', ')}
        {columns.length > MOST_NAMED && ` and ${count(columns.length - MOST_NAMED)} more`}{' '}
        {columns.length === 1 ? 'says' : 'say'} none
      </legend>
      {readings.map(({ multiplier, reads }) => (
        <label key={multiplier} className="choice">
          <input
            type="radio"
            name={SCALE_ID}
            value={multiplier}
            checked={given === multiplier}
            onChange={() => onChoose(multiplier)}
          />
          <span>
            “{example}” is {inFull(reads)}
            <span className="field-help"> {SCALES.find(({ value }) => value === multiplier)!.label}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

const MOST_NAMED = 6;

const refusal = (cells: number): string =>
  `${counted(cells, 'cell')} cannot be read so: ${cells === 1 ? 'its row is' : 'their rows are'} refused`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const WORDS: Record<string, string> = {
  dot: 'the decimal sign is a point',
  comma: 'the decimal sign is a comma',
  dmy: 'the day stands first',
  mdy: 'the month stands first',
};
