import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { ReviewSection } from '../../../../server/contract/review.js';
import { Button } from '../../../ui/button';
import { FigureLink } from '../figure-link';
import { useReading } from '../reading';
import { caretIn, putCaret, rangeOfPlaces, readText, writeText } from './chip-dom';
import { chipsOf, cited, openNumbers, rewritten, type EditedSentence } from './edits';
import { markRanges } from './marks';
import { NumberPicker } from './number-picker';

interface SentenceFieldProps {
  label: string;
  sentence: EditedSentence;
  onChange: (sentence: EditedSentence) => void;
  onRemove: () => void;
  /** Whose the sentence is. */
  foot: string;
  /** How to begin, while nothing is written. */
  hint?: string;
  /** That it is of; none of the cover. */
  section?: ReviewSection;
}

/** Part of the text that a figure is to stand for. */
interface Place {
  from: number;
  to: number;
}

/**
 * A sentence to write in, with live numbers: `@` or the button puts a figure at the caret. A number that was typed is underlined until a figure
 * stands for it or somebody confirms it.
 */
export function SentenceField({ label, sentence, onChange, onRemove, foot, hint, section }: SentenceFieldProps) {
  const { text, confirmed } = sentence;
  const { document } = useReading();
  const box = useRef<HTMLDivElement>(null);
  const notes = useId();
  const [asked, setAsked] = useState<Place | null>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const open = openNumbers(sentence);
  const chips = chipsOf(text);

  useLayoutEffect(() => {
    const field = box.current!;
    const printed = (key: string) => document.figures[key]?.text ?? 'no figure';
    // What was typed stands there already: writing it again would move the caret.
    if (readText(field) !== text) writeText(field, text, printed);
    else
      for (const chip of field.querySelectorAll<HTMLElement>('[data-chip]'))
        chip.textContent = printed(chip.dataset['chip']!);
    return markRanges(
      openNumbers({ text, confirmed }).map((found) => rangeOfPlaces(field, found.at, found.at + found.text.length)),
    );
  }, [text, confirmed, document]);

  const write = (next: string) => onChange(rewritten(sentence, next, document.figures));
  const typed = (isAt: boolean) => {
    const field = box.current!;
    write(readText(field));
    const place = caretIn(field);
    // Within a word it is a sign like any other, as in an address.
    if (isAt && place !== null && !/[\p{L}\d]@$/u.test(readText(field).slice(0, place)))
      setAsked({ from: place - 1, to: place });
  };
  const choose = (figure: string) => {
    if (asked === null) return;
    write(cited(text, asked.from, asked.to, figure, document.figures[figure]?.text));
    const after = asked.from + figure.length + 4;
    setAsked(null);
    // Once the dialog has given the focus back.
    setTimeout(() => box.current && putCaret(box.current, after), 60);
  };
  const keys = (event: KeyboardEvent) => {
    // A sentence has one line.
    if (event.key === 'Enter') event.preventDefault();
    // Esc would go back one level.
    if (event.key === 'Escape') event.stopPropagation();
  };
  return (
    <div className="sentence-field">
      <div
        ref={box}
        className="input sentence-text"
        contentEditable="plaintext-only"
        suppressContentEditableWarning
        role="textbox"
        aria-multiline="true"
        aria-label={label}
        aria-describedby={notes}
        tabIndex={0}
        spellCheck
        lang="en"
        onKeyDown={keys}
        onInput={({ nativeEvent }) => typed((nativeEvent as InputEvent).data === '@')}
        onBlur={() => setCaret(box.current && caretIn(box.current))}
      />
      <div id={notes} className="sentence-notes caption">
        {hint !== undefined && text === '' && <span>{hint}</span>}
        {chips.length > 0 && (
          <span>
            Figures:{' '}
            {chips.map((chip, at) => (
              <span key={chip}>
                {at > 0 && ', '}
                <FigureLink figure={chip} /> {document.figures[chip]?.title}
              </span>
            ))}
          </span>
        )}
        {open.map((found) => (
          <span key={found.at} className="sentence-open" role="group" aria-label={`Uncited number ${found.text}`}>
            <span aria-hidden="true">⚠ </span>
            <b>{found.text}</b> uncited number: cite or confirm
            <span className="nowrap">
              <Button look="plain" onClick={() => setAsked({ from: found.at, to: found.at + found.text.length })}>
                Cite<span className="visually-hidden"> {found.text}</span>
              </Button>
              <Button look="plain" onClick={() => onChange({ ...sentence, confirmed: [...confirmed, found] })}>
                Confirm<span className="visually-hidden"> {found.text}</span>
              </Button>
            </span>
          </span>
        ))}
      </div>
      <div className="caption sentence-foot">
        {foot}
        <Button
          look="plain"
          onClick={() => {
            const place = caret ?? text.length;
            setAsked({ from: place, to: place });
          }}
        >
          <span aria-hidden="true">@ </span>Insert a figure
        </Button>
        <Button look="plain" onClick={onRemove}>
          Remove<span className="visually-hidden"> {label}</span>
        </Button>
      </div>
      {asked !== null && (
        <NumberPicker
          document={document}
          section={section}
          typed={asked.from === asked.to ? '' : text.slice(asked.from)}
          onChoose={choose}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  );
}
