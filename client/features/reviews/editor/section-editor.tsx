import type { ReviewSection } from '../../../../server/contract/review.js';
import { Button } from '../../../ui/button';
import { SECTION_WORDS } from '../words';
import { newSentence, sentencesIn, type EditedSentence } from './edits';
import { StoredSentenceField } from './stored-sentence-field';
import type { Editing } from './use-editing';

/** The sentences of a section, to be written: those by rule as they are made from the figures, and whatever somebody makes of them. */
export function SectionEditor({ section, editing }: { section: ReviewSection; editing: Editing }) {
  const { id } = section;
  const sentences = sentencesIn(section, editing.edits);
  const isTouched = editing.edits.narrative[id] !== undefined;
  const write = (next: EditedSentence[]) => editing.writeSection(id, next);
  if (sentences === null)
    return (
      <p className="notice">
        The sentences by rule come back when you save.{' '}
        <Button look="plain" onClick={() => editing.dropSection(id)}>
          Keep what was written
        </Button>
      </p>
    );
  const isByHand = section.sentences.some(({ by }) => by === 'hand');
  return (
    <div className="section-editor">
      {sentences.map((sentence, at) => (
        <StoredSentenceField
          key={sentence.id}
          label={`${SECTION_WORDS[id]}, sentence ${at + 1}`}
          sentence={sentence}
          stored={section.sentences.find((each) => each.id === sentence.id)}
          onChange={(next) => write(sentences.map((each, place) => (place === at ? next : each)))}
          onRemove={() => write(sentences.filter((_, place) => place !== at))}
        />
      ))}
      <div className="actions">
        <Button onClick={() => write([...sentences, newSentence(id, '')])}>Add a sentence</Button>
        {(isByHand || isTouched) && (
          <Button look="plain" onClick={() => editing.giveBack(id)}>
            Back to the sentences by rule
          </Button>
        )}
      </div>
    </div>
  );
}
