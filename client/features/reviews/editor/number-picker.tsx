import { useMemo, useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Collection, Header, ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components/ListBox';
import { Dialog, Heading } from 'react-aria-components/Modal';
import { Input, TextField } from 'react-aria-components/TextField';
import type { ReviewDocument, ReviewSection } from '../../../../server/contract/review.js';
import { Overlay } from '../../../ui/overlays';
import { figureChoices, foundIn } from './figure-choices';

interface NumberPickerProps {
  document: ReviewDocument;
  /** What the sentence goes on with from the number on that a figure is to stand for; nothing where none was typed. */
  typed: string;
  /** That the sentence is of; none of the cover. */
  section: ReviewSection | undefined;
  onChoose: (figure: string) => void;
  onClose: () => void;
}

/** The figures of the document by their titles, the likely ones first; the one that is chosen stands in the sentence and follows the records until it is frozen. */
export function NumberPicker({ document, typed, section, onChoose, onClose }: NumberPickerProps) {
  const [words, setWords] = useState('');
  const groups = useMemo(() => figureChoices(document, typed, section), [document, typed, section]);
  const items = foundIn(groups, words.trim());
  return (
    <Overlay onClose={onClose}>
      <Dialog className="dialog">
        <Heading slot="title">Choose a figure</Heading>
        <Autocomplete inputValue={words} onInputChange={setWords}>
          <TextField aria-label="Figure, by its title" className="figure-words" autoFocus>
            <Input className="input" placeholder="Title or value" autoComplete="off" spellCheck={false} />
          </TextField>
          <ListBox
            aria-label="Figures"
            className="menu figure-choices"
            items={items}
            onAction={(key) => onChoose(String(key))}
            renderEmptyState={() => 'No figure of the review is called so. Try fewer words.'}
          >
            {(group) => (
              <ListBoxSection id={group.id}>
                <Header className="menu-header figure-group">{group.title}</Header>
                <Collection items={group.items}>
                  {({ id, name, text }) => (
                    <ListBoxItem id={id} className="menu-item figure-choice" textValue={`${name}, ${text}`}>
                      <span>{name}</span>
                      <span className="figures nowrap">{text}</span>
                    </ListBoxItem>
                  )}
                </Collection>
              </ListBoxSection>
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
