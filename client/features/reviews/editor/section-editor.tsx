import { MESSAGE } from '../../../../server/contract/review-change.js';
import type { ReviewSection } from '../../../../server/contract/review.js';
import { Button } from '../../../ui/button';
import { useReading } from '../reading';
import { SECTION_WORDS } from '../words';
import { newSentence, rewritten, sentencesIn, storedIn, type EditedSentence } from './edits';
import type { Earlier } from './looks';
import { StoredSentenceField } from './stored-sentence-field';
import type { Editing } from './use-editing';
import { WasEarlier } from './was-earlier';

interface SectionEditorProps {
  section: ReviewSection;
  editing: Editing;
  /** What figures were when this person looked at the draft before. */
  earlier: ReadonlyMap<string, Earlier>;
}

/** The message and the sentences of a section, to be written: those by rule as they are made from the figures, and whatever somebody makes of them. */
export function SectionEditor({ section, editing, earlier }: SectionEditorProps) {
  const { id } = section;
  const { figures } = useReading().document;
  const sentences = sentencesIn(section, editing.edits);
  const isTouched = editing.edits.narrative[id] !== undefined;
  const write = (next: EditedSentence[]) => editing.writeSection(id, next);
  if (sentences === null)
    return (
      <p className="notice">
        What the rules say comes back when you save.{' '}
        <Button look="plain" onClick={() => editing.dropSection(id)}>
          Keep what was written
        </Button>
      </p>
    );
  const stored = storedIn(section);
  const isByHand = stored.some(({ by }) => by === 'hand');
  const hasMessage = sentences.some((each) => each.id === MESSAGE);
  const before = hasMessage ? 0 : 1;
  // It begins as the rule has it.
  const writeMessage = () =>
    write([rewritten({ id: MESSAGE, text: '', confirmed: [] }, section.title, figures), ...sentences]);
  return (
    <div className="section-editor">
      {!hasMessage && <WasEarlier text={section.title} earlier={earlier} />}
      {sentences.map((sentence, at) => (
        <StoredSentenceField
          key={sentence.id}
          label={`${SECTION_WORDS[id]}, ${sentence.id === MESSAGE ? 'message' : `sentence ${at + before}`}`}
          sentence={sentence}
          section={section}
          earlier={earlier}
          stored={stored.find((each) => each.id === sentence.id)}
          onChange={(next) => write(sentences.map((each, place) => (place === at ? next : each)))}
          onRemove={() => write(sentences.filter((_, place) => place !== at))}
        />
      ))}
      <div className="actions">
        <Button onClick={() => write([...sentences, newSentence(id, '')])}>Add a sentence</Button>
        {!hasMessage && <Button onClick={writeMessage}>Write the message yourself</Button>}
        {(isByHand || isTouched) && (
          <Button look="plain" onClick={() => editing.giveBack(id)}>
            Back to what the rules say
          </Button>
        )}
      </div>
    </div>
  );
}
