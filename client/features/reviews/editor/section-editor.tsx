import type { ReviewSection } from '../../../../server/contract/review.js';
import { Button } from '../../../ui/button';
import { SECTION_WORDS } from '../words';
import { sentencesIn, type EditedSentence } from './edits';
import { SentenceField } from './sentence-field';
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
      {sentences.map((sentence, at) => {
        const stored = section.sentences.find((each) => each.id === sentence.id);
        const isChanged = stored === undefined || stored.text !== sentence.text;
        const replace = (next: EditedSentence) => write(sentences.map((each, place) => (place === at ? next : each)));
        return (
          <div key={sentence.id} className="sentence" data-sentence={sentence.id}>
            <SentenceField
              label={`${SECTION_WORDS[id]}, sentence ${at + 1}`}
              sentence={sentence}
              onChange={replace}
              onRemove={() => write(sentences.filter((_, place) => place !== at))}
              foot={isChanged ? 'edited, not saved' : stored.by === 'rule' ? 'by rule' : 'by hand'}
            />
            {!isChanged &&
              sentence.holds !== true &&
              stored.stale.map(({ figure, was, is }) => (
                <p key={figure} className="caption sentence-stale">
                  <span aria-hidden="true">⚠ </span>The figure was {was} when this was written and is {is}.{' '}
                  <Button look="plain" onClick={() => replace({ ...sentence, holds: true })}>
                    The sentence still holds
                  </Button>
                </p>
              ))}
          </div>
        );
      })}
      <div className="actions">
        <Button
          onClick={() =>
            write([...sentences, { id: `${id}.hand.${Date.now().toString(36)}`, text: '', confirmed: [] }])
          }
        >
          Add a sentence
        </Button>
        {(isByHand || isTouched) && (
          <Button look="plain" onClick={() => editing.giveBack(id)}>
            Back to the sentences by rule
          </Button>
        )}
      </div>
    </div>
  );
}
