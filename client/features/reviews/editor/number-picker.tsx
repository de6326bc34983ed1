import { useMemo, useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Dialog, Heading } from 'react-aria-components/Modal';
import { Input, TextField } from 'react-aria-components/TextField';
import { figureNameIn } from '../../../../server/contract/named-figure.js';
import type { ReviewDocument } from '../../../../server/contract/review.js';
import { holdsWords } from '../../../app/palette-items';
import { Overlay } from '../../../ui/overlays';

interface NumberPickerProps {
  document: ReviewDocument;
  onChoose: (figure: string) => void;
  onClose: () => void;
}

/** The figures of the document by their titles; the one that is chosen stands in the sentence and follows the records until it is frozen. */
export function NumberPicker({ document, onChoose, onClose }: NumberPickerProps) {
  const [words, setWords] = useState('');
  const named = useMemo(() => namedFigures(document), [document]);
  const items = foundIn(named, words.trim());
  return (
    <Overlay onClose={onClose}>
      <Dialog className="dialog">
        <Heading slot="title">Choose a figure</Heading>
        <Autocomplete inputValue={words} onInputChange={setWords}>
          <TextField aria-label="Figure, by its title" autoFocus>
            <Input className="input" placeholder="Title or value" autoComplete="off" spellCheck={false} />
          </TextField>
          <ListBox
            aria-label="Figures"
            className="menu figure-choices"
            items={items}
            onAction={(key) => onChoose(String(key))}
            renderEmptyState={() => 'No figure of the review is called so. Try fewer words.'}
          >
            {({ id, name, text }) => (
              <ListBoxItem id={id} className="menu-item figure-choice" textValue={`${name}, ${text}`}>
                <span>{name}</span>
                <span className="figures">{text}</span>
              </ListBoxItem>
            )}
          </ListBox>
        </Autocomplete>
        <p className="caption">
          <kbd>↑</kbd> <kbd>↓</kbd> choose · <kbd>Enter</kbd> insert · <kbd>Esc</kbd> close
        </p>
      </Dialog>
    </Overlay>
  );
}

interface NamedFigure {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

/** By what they are called; those of the headline first. */
const namedFigures = (document: ReviewDocument): NamedFigure[] => {
  const nameOf = figureNameIn(document);
  const headline = new Set(document.headline);
  const others = Object.keys(document.figures).filter((id) => !headline.has(id));
  return [...headline, ...others].flatMap((id) => {
    const figure = document.figures[id];
    return figure === undefined ? [] : { id, name: nameOf(id), text: figure.text };
  });
};

/** Those that hold what is typed; first those whose name begins so. */
const foundIn = (figures: readonly NamedFigure[], words: string): NamedFigure[] => {
  const begins = ({ name }: NamedFigure): boolean => name.toLowerCase().startsWith(words.toLowerCase());
  return figures
    .filter(({ name, text }) => holdsWords(`${name} ${text}`, words))
    .sort((a, b) => Number(begins(b)) - Number(begins(a)));
};
