import { figureNameIn } from '../../../../server/contract/named-figure.js';
import type { ReviewSection, ReviewSentence } from '../../../../server/contract/review.js';
import { Button } from '../../../ui/button';
import { useReading } from '../reading';
import { held, type EditedSentence } from './edits';
import type { Earlier } from './looks';
import { SentenceField } from './sentence-field';
import { WasEarlier } from './was-earlier';

interface StoredSentenceFieldProps {
  label: string;
  sentence: EditedSentence;
  /** The sentence as it is saved; none where it is new. */
  stored: ReviewSentence | undefined;
  onChange: (sentence: EditedSentence) => void;
  onRemove: () => void;
  hint?: string;
  section?: ReviewSection;
  /** What figures were when somebody looked at the draft before. */
  earlier?: ReadonlyMap<string, Earlier>;
}

/** A sentence to write in, with whose it is and what of its figures has changed since it was saved. */
export function StoredSentenceField({ stored, sentence, onChange, earlier, ...field }: StoredSentenceFieldProps) {
  const { document } = useReading();
  const nameOf = figureNameIn(document);
  const isChanged = stored === undefined || stored.text !== sentence.text;
  return (
    <div className="sentence" data-sentence={sentence.id}>
      <SentenceField
        {...field}
        sentence={sentence}
        onChange={onChange}
        foot={isChanged ? 'edited, not saved' : stored.by === 'rule' ? 'by rule' : 'by hand'}
      />
      {!isChanged && stored.by === 'rule' && earlier && <WasEarlier text={stored.text} earlier={earlier} />}
      {!isChanged && sentence.holds !== true && stored.stale.length > 0 && (
        <p className="caption sentence-stale">
          <span aria-hidden="true">⚠ </span>Changed since this was written:{' '}
          {stored.stale.map(({ figure, was, is }, at) => (
            <span key={figure}>
              {at > 0 && '; '}
              {nameOf(figure)}{' '}
              <span className="nowrap">
                {was}
                <span aria-hidden="true"> → </span>
                <span className="visually-hidden"> is now </span>
                {is}
              </span>
            </span>
          ))}
          .{' '}
          <Button look="plain" onClick={() => onChange(held(sentence, document.figures))}>
            The sentence still holds
          </Button>
        </p>
      )}
    </div>
  );
}
