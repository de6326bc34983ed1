import { useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Dialog, Heading } from 'react-aria-components/Modal';
import { Input, TextField } from 'react-aria-components/TextField';
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
  const items = Object.entries(document.figures)
    .map(([id, { title, text }], _, all) => {
      const isAlone = all.every(([other, figure]) => other === id || figure.title !== title);
      return { id, title, text, more: isAlone ? '' : moreOf(id) };
    })
    .filter(({ title, text, more }) => holdsWords(`${title} ${text} ${more}`, words.trim()));
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
            {({ id, title, text, more }) => (
              <ListBoxItem
                id={id}
                className="menu-item figure-choice"
                textValue={[title, more, text].filter(Boolean).join(', ')}
              >
                <span>
                  {title} {more !== '' && <span className="caption">{more}</span>}
                </span>
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

/** What tells figures of one title apart: what else their keys name. */
const moreOf = (key: string): string =>
  [...new URLSearchParams(key.split('?')[1] ?? '').values()].map((value) => value.replaceAll('_', ' ')).join(', ');
